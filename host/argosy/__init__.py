"""Argosy: a declarative, plugin-based host for trading strategies.

Every public name can be imported from here; each one's module is loaded when the name is first used, so that
``import argosy`` stays light.
"""

import importlib
from typing import Any

_PUBLIC: dict[str, str] = {}
"""Public name -> the module that defines it."""

__all__ = sorted(_PUBLIC)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    try:
        module = _PUBLIC[name]
    except KeyError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None
    value = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
