"""Handlers as their author wrote them: what would be called wrongly, or never, is told first."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

from argosy.errors import ConfigError, source_place
from argosy.strategy.strategy import Strategy

ON = "on_"
KNOWN = {name: getattr(Strategy, name) for name in dir(Strategy) if name.startswith(ON)}
"""Name -> the handler that does nothing, with the arguments that the host gives."""
STEMS = [name[len(ON) :] for name in KNOWN]
CLOSE = 0.65  # how alike two names are, after on_, of which one is a misspelling


def check_component(component: Any) -> None:
    """Refuse a component that was not made whole, or whose handlers cannot be called.

    Raises
    ------
    ConfigError : names file and line
    """
    check_made(component)
    class_ = type(component)
    for name, function in _written(class_).items():
        fault = _fault(name, function)
        if fault is not None:
            message, cure = fault
            place = _place(function)
            raise ConfigError(f"{class_.__name__}.{name} {message}", place=place, cure=cure)


def check_made(component: Any) -> None:
    """Refuse a component that was not made whole; its class was checked before.

    Raises
    ------
    ConfigError : names file and line
    """
    class_ = type(component)
    if getattr(component, "_state", None) is None:
        raise ConfigError(
            f"{class_.__name__}.__init__ does not call that of its base class",
            place=_place(class_.__init__),
            cure="Begin it with super().__init__(config)",
        )


def misspelt(component: Any) -> Iterator[str]:
    """Warn of each `on_` method that nothing calls, and whose name is almost that of a handler."""
    class_ = type(component)
    written = _written(class_)
    unknown = [name for name in written if name not in KNOWN]
    used = set(_names(class_)) if unknown else set()
    for name in unknown:
        close = difflib.get_close_matches(name[len(ON) :], STEMS, n=1, cutoff=CLOSE)
        if close and name not in used:
            yield (
                f"{_place(written[name])}: {class_.__name__}.{name} is no handler, and the class"
                f" does not call it; did you mean {ON + close[0]!r}?"
            )


def _fault(name: str, function: FunctionType) -> tuple[str, str] | None:
    """Return what is wrong with a handler and its cure."""
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return "is async, and nothing would await it", "Write def, not async def"
    known = KNOWN.get(name)
    if known is None:
        return None
    if inspect.isgeneratorfunction(function):
        return "has a yield, so that calling it does nothing", "Write it without yield"
    given = list(inspect.signature(known).parameters)
    try:
        inspect.signature(function, follow_wrapped=False).bind(*given)
    except TypeError:
        return "does not take the arguments of its call", f"Write def {name}({', '.join(given)})"
    return None


def _written(class_: type) -> dict[str, FunctionType]:
    """Return the `on_` methods that are not the host's."""
    found: dict[str, FunctionType] = {}
    hidden: set[str] = set()
    for each in _classes(class_):
        for name, value in vars(each).items():
            if not name.startswith(ON) or name in hidden:
                continue
            hidden.add(name)
            if isinstance(value, FunctionType):
                found[name] = value
    return found


def _classes(class_: type) -> Iterator[type]:
    """Yield a class and its bases, without those of the host and of Python."""
    for each in class_.__mro__:
        if not each.__module__.startswith("argosy.") and each is not object:
            yield each


def _names(class_: type) -> Iterator[str]:
    """Yield the names and texts in the code of a class."""
    for each in _classes(class_):
        for value in vars(each).values():
            code = getattr(getattr(value, "__func__", value), "__code__", None)
            if isinstance(code, CodeType):
                yield from _said(code)


def _said(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield from _said(value)
        elif isinstance(value, str):
            yield value


def _place(function: Any) -> str | None:
    code = getattr(function, "__code__", None)
    return None if code is None else source_place(code.co_filename, code.co_firstlineno)
