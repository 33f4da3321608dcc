"""Recording: what a run takes in, written while it goes on, so that it can be replayed.

`Record` reads what the sink ``recorder`` has written.
"""

from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    import click

    from argosy.hookspecs import Register
    from argosy.parts.command import Command
    from argosy.parts.loader import Loader
    from argosy.parts.sink import Sink
    from argosy_recorder.loader import RecordLoader
    from argosy_recorder.record import Record
    from argosy_recorder.recorder import Recorder
    from argosy_recorder.settings import RecorderSettings

__all__ = ["Record", "Recorder"]

_MODULES = {"Record": "record", "Recorder": "recorder"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: pyarrow is heavy."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


@hookimpl
def register_sinks(register: "Register[Sink]") -> None:
    """Offer the recorder to system files."""
    register(
        "recorder",
        _build,
        settings=_settings,
        doc="Write what a run takes in, so that it can be replayed.",
    )


@hookimpl
def register_loaders(register: "Register[Loader]") -> None:
    """Offer records to ``argosy catalog ingest``."""
    register("record", _loader, doc="Records of runs, by their record.json.")


@hookimpl
def register_commands(register: "Register[Command, []]") -> None:
    """Offer ``argosy record``."""
    register("record", _command, doc="Look at records of runs, and load them into a catalog.")


def _build(settings: "RecorderSettings") -> "Recorder":
    from argosy_recorder.recorder import Recorder

    return Recorder(settings)


def _settings() -> type:
    from argosy_recorder.settings import RecorderSettings

    return RecorderSettings


def _loader(settings: None) -> "RecordLoader":
    from argosy_recorder.loader import RecordLoader

    return RecordLoader()


def _command() -> "click.Command":
    from argosy_recorder.commands import record

    return record
