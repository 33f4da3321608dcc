"""Everything that Argosy raises on purpose.

::

    ArgosyError                     exit code 1
    ├── InputError                  exit code 2: what the user gave is wrong
    │   ├── ConfigError
    │   ├── DataError
    │   ├── PluginError
    │   ├── UnknownNameError
    │   ├── DuplicateNameError
    │   ├── CatalogError
    │   └── InstrumentNotFoundError
    ├── ValueRangeError             also a ValueError
    │   ├── PrecisionError
    │   └── CurrencyMismatchError
    ├── OrderStateError
    ├── AccountError
    └── RunError                    the run failed
        ├── StrategyError
        └── SettleError
"""

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

_LISTED = 20  # names that a message lists at most


class ArgosyError(Exception):
    """Anything that this project raises on purpose."""

    exit_code: ClassVar[int] = 1


class InputError(ArgosyError):
    """What the user gave is wrong: a file, a setting, a name, data.

    Parameters
    ----------
    message : what is wrong
    place : where: a file with line and key, a row, an argument
    cure : what to do about it
    """

    exit_code = 2

    def __init__(self, message: str, *, place: str | None = None, cure: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.cure = cure

    def __str__(self) -> str:
        """Return ``place: message. cure``."""
        where = f"{self.place}: " if self.place else ""
        if not self.cure:
            return f"{where}{self.message}"
        stop = "" if self.message.endswith((".", "!", "?")) else "."
        return f"{where}{self.message}{stop} {self.cure}"


class ConfigError(InputError):
    """A system file or a setting is wrong."""


class DataError(InputError):
    """Market data is malformed, unsorted, or does not fit its instrument."""


class PluginError(InputError):
    """A plugin cannot be loaded or breaks its contract."""


class CatalogError(InputError):
    """A catalog cannot be opened, read or written as asked."""


class InstrumentNotFoundError(InputError):
    """An instrument is named that nobody has defined."""


class UnknownNameError(InputError):
    """A name is used that nobody registered.

    Parameters
    ----------
    kind : what the name should be, such as "fee model"
    name : the name as given
    available : the names that would have been right
    """

    def __init__(
        self, kind: str, name: str, available: Iterable[str] = (), *, place: str | None = None
    ) -> None:
        self.kind = kind
        self.name = name
        self.available = tuple(sorted(available))
        cure = suggest(name, self.available)
        super().__init__(
            f"unknown {kind} {name!r}", place=place, cure=cure[:1].upper() + cure[1:] or None
        )
        self.args = (kind, name, self.available)  # what pickle calls the class with


class DuplicateNameError(InputError):
    """A name is given to two things."""


class ValueRangeError(ArgosyError, ValueError):
    """A number is not finite, too large, or negative where it must not be."""


class PrecisionError(ValueRangeError):
    """A number has more decimals than it may have, or a float came without a precision."""


class CurrencyMismatchError(ValueRangeError):
    """Amounts of two currencies met in one sum or comparison."""


class OrderStateError(ArgosyError):
    """An event does not fit the state of its order; nothing was changed.

    Parameters
    ----------
    order_id : the client order id
    state : the status that the order has
    event : the event, or the status that it leads to
    """

    def __init__(self, order_id: str, state: str, event: str) -> None:
        super().__init__(order_id, state, event)
        self.order_id = order_id
        self.state = state
        self.event = event

    def __str__(self) -> str:
        """Name the order and both states."""
        return f"order {self.order_id}: {self.event} is not possible in state {self.state}"


class AccountError(ArgosyError):
    """An account would break one of its rules."""


class RunError(ArgosyError):
    """A run could not be finished."""


class StrategyError(RunError):
    """A component raised in one of its handlers.

    Parameters
    ----------
    component : the id of the strategy or actor
    handler : the name of the method
    cause : what it raised
    source : file and line of the handler, where they are known; the line may be missing
    """

    def __init__(
        self,
        component: str,
        handler: str,
        cause: BaseException,
        source: tuple[str, int | None] | None = None,
    ) -> None:
        super().__init__(component, handler, cause)
        self.component = component
        self.handler = handler
        self.cause = cause
        self.source = source

    def __str__(self) -> str:
        """Name the component, the handler and what was raised."""
        said = f": {self.cause}" if str(self.cause) else ""
        return f"{self.component}.{self.handler}: {type(self.cause).__name__}{said}"


class SettleError(RunError):
    """Components kept answering each other at one moment without ever coming to rest."""


def source_place(file: str | Path, line: int | None = None) -> str:
    """Return ``file:line``, the file as seen from the current folder where it lies in it."""
    path, here = Path(file), Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return str(shown) if line is None else f"{shown}:{line}"


def suggest(name: str, available: Iterable[str]) -> str:
    """Say which name was probably meant, else list those available.

    Returns
    -------
    such as "did you mean 'ema_cross'?", "available: a, b", or "" when there is nothing to offer
    """
    names = sorted(available)
    folded = {each.lower(): each for each in reversed(names)}
    close = difflib.get_close_matches(name.lower(), folded, n=1)
    if close:
        return f"did you mean {folded[close[0]]!r}?"
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"available: {', '.join(names[:_LISTED])}{more}" if names else ""
