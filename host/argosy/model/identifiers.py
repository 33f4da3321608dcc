"""Identifiers: validated strings, one class for each thing that has a name.

They compare and hash as strings, so a dictionary look-up costs what it costs for a string.
"""

from functools import lru_cache
from typing import Self

from argosy.errors import InputError


class Identifier(str):
    """A name: not empty, printable ASCII, no space at either end."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """Check the name."""
        if type(value) is cls:
            return value
        if not isinstance(value, str):
            raise TypeError(f"{cls.__name__} takes a str, was {type(value).__name__}: {value!r}")
        if not (value and value.isascii() and value.isprintable() and value == value.strip()):
            message = f"{value!r} is no {cls.__name__}"
            raise InputError(message, cure="Give printable ASCII without spaces at either end")
        cls._check(value)
        return str.__new__(cls, value)

    @classmethod
    def _check(cls, value: str) -> None:
        """Raise where a class wants more than a name."""

    @classmethod
    def from_str(cls, value: str) -> Self:
        """Return the identifier that a text spells."""
        return cls(value)

    @property
    def value(self) -> str:
        """The name as a plain string."""
        return str(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class _Tagged(Identifier):
    """A name with a tag behind its last hyphen."""

    __slots__ = ()

    @classmethod
    def _check(cls, value: str) -> None:
        name, hyphen, tag = value.rpartition("-")
        if not (name and hyphen and tag):
            message = f"{value!r} is no {cls.__name__}"
            raise InputError(message, cure="Give a name, a hyphen and a tag, such as NAME-001")

    @property
    def tag(self) -> str:
        """What stands behind the last hyphen."""
        return self.rpartition("-")[2]


class Symbol(Identifier):
    """The name of an instrument at its venue; dots, slashes and hyphens are fine."""

    __slots__ = ()


class Venue(Identifier):
    """The name of a trading venue; no dots, since an instrument id is split at its last one."""

    __slots__ = ()

    @classmethod
    def _check(cls, value: str) -> None:
        if "." in value:
            raise InputError(f"{value!r} is no {cls.__name__}", cure="Leave out the dots")


class InstrumentId(Identifier):
    """A symbol and its venue: ``AUD/USD.SIM``, split at the last dot.

    Parameters
    ----------
    symbol : the whole id, or only its symbol
    venue : the venue, where only the symbol was given
    """

    __slots__ = ()

    def __new__(cls, symbol: str, venue: str | None = None) -> Self:
        """Check the id, or put it together."""
        if venue is None:
            return super().__new__(cls, symbol)
        return super().__new__(cls, f"{Symbol(symbol)}.{Venue(venue)}")

    @classmethod
    def _check(cls, value: str) -> None:
        symbol, dot, venue = value.rpartition(".")
        if not (symbol.strip() and dot and venue.strip()):
            message = f"{value!r} is no {cls.__name__}"
            raise InputError(message, cure="Give symbol, dot and venue, such as AUD/USD.SIM")

    @property
    def symbol(self) -> Symbol:
        """What stands before the last dot."""
        return _split(str(self))[0]

    @property
    def venue(self) -> Venue:
        """What stands behind the last dot."""
        return _split(str(self))[1]


@lru_cache(maxsize=65_536)
def _split(value: str) -> tuple[Symbol, Venue]:
    symbol, _, venue = value.rpartition(".")
    return Symbol(symbol), Venue(venue)


class TraderId(_Tagged):
    """Who trades: ``TRADER-001``."""

    __slots__ = ()


class StrategyId(_Tagged):
    """Which strategy: ``EMACross-001``, or ``EXTERNAL`` for orders that no strategy made."""

    __slots__ = ()

    @classmethod
    def _check(cls, value: str) -> None:
        if value != "EXTERNAL":
            super()._check(value)

    @property
    def is_external(self) -> bool:
        """Whether no strategy of this system made the order."""
        return self == "EXTERNAL"


class ComponentId(Identifier):
    """The name of a part of a running system."""

    __slots__ = ()


class ExecAlgorithmId(Identifier):
    """The name of an execution algorithm."""

    __slots__ = ()


class ClientId(Identifier):
    """The name of a data or execution client."""

    __slots__ = ()


class AccountId(Identifier):
    """An account: ``SIM-001``, the issuer, a hyphen, and the issuer's number for it."""

    __slots__ = ()

    @classmethod
    def _check(cls, value: str) -> None:
        issuer, hyphen, number = value.partition("-")
        if not (issuer and hyphen and number):
            message = f"{value!r} is no {cls.__name__}"
            raise InputError(message, cure="Give issuer, hyphen and number, such as SIM-001")

    @property
    def issuer(self) -> str:
        """What stands before the first hyphen."""
        return self.partition("-")[0]

    @property
    def number(self) -> str:
        """What stands behind the first hyphen."""
        return self.partition("-")[2]


class ClientOrderId(Identifier):
    """The name that this system gave an order."""

    __slots__ = ()


class VenueOrderId(Identifier):
    """The name that the venue gave an order."""

    __slots__ = ()


class OrderListId(Identifier):
    """The name of a list of orders that belong together."""

    __slots__ = ()


class PositionId(Identifier):
    """The name of a position; virtual where this system, not the venue, keeps it."""

    __slots__ = ()

    @property
    def is_virtual(self) -> bool:
        """Whether this system made the position up."""
        return self.startswith("P-")


class TradeId(Identifier):
    """The name that the venue gave a trade, at most 36 characters."""

    __slots__ = ()

    @classmethod
    def _check(cls, value: str) -> None:
        if len(value) > 36:
            message = f"{value!r} is no {cls.__name__}: it has {len(value)} characters"
            raise InputError(message, cure="Give at most 36")
