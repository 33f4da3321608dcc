"""Hooks of the command line, and notices while a system lives."""

from typing import TYPE_CHECKING

from argosy.hookspecs.marks import hookspec

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.parts.command import Command
    from argosy.parts.registration import Register
    from argosy.parts.run_result import RunResult


# When the command line starts


@hookspec
def register_commands(register: "Register[Command, []]") -> None:
    """Offer commands of the command line.

    When: ``argosy --help``, or a command that is not the host's own.
    Returns: nothing; ``factory()`` gives a ``click.Command``; `click.pass_obj` hands it `Parts`.
    Order: all answer; the host's own commands cannot be taken.
    Modes: outside of any.
    Since: 0.1.
    Example::

        import click
        from argosy.hookspecs import hookimpl
        @hookimpl
        def register_commands(register):
            hello = lambda: click.Command("hello", callback=lambda: click.echo("hello"))
            register("hello", hello, doc="Say hello.")
    """


# While a system lives


@hookspec
def on_system_loaded(plan: "Plan") -> None:
    """Hear that a system file was resolved.

    When: after every name was found and every setting checked, before anything is built.
    Returns: nothing; raise to refuse the system.
    Order: all are told.
    Modes: all; ``argosy check``, too.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        @hookimpl
        def on_system_loaded(plan):
            print(plan.system.name, plan.mode)
    """


@hookspec
def on_run_started(plan: "Plan", run_id: str) -> None:
    """Hear that a run begins.

    When: after everything was built, before the first datum.
    Returns: nothing; raise to stop the run.
    Order: all are told.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        @hookimpl
        def on_run_started(run_id):
            print("begins", run_id)
    """


@hookspec
def on_run_finished(plan: "Plan", result: "RunResult") -> None:
    """Hear that a run ended.

    When: after the last event, once the run is written.
    Returns: nothing.
    Order: all are told.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        @hookimpl
        def on_run_finished(result):
            print(result.run_id)
    """
