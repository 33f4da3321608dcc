"""Argosy: a declarative, plugin-based host for trading strategies.

Every public name can be imported from here; the module that defines it is loaded when the name is
first used, so that ``import argosy`` stays light. ``__init__.pyi`` says the same to type checkers.
"""

from importlib import import_module

_PUBLIC: dict[str, tuple[str, ...]] = {}
"""Module -> the public names that it defines."""

_HOME = {name: module for module, names in _PUBLIC.items() for name in names}

__all__ = sorted(_HOME)  # noqa: PLE0605 (the table above is the list)
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    try:
        module = _HOME[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value: object = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
