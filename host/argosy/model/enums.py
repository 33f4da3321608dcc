"""The closed sets of the domain, and the two open ones: order types and bar aggregations.

A member of a closed set is its own name (``OrderSide.BUY == "BUY"``) and has a small int ``code``,
its place in the definition, which is what columns and compiled code carry. An open set takes any
well-formed name, since plugins add to it; whether somebody registered the name is checked when a
system is wired.
"""

import re
from enum import StrEnum, auto
from functools import cache
from typing import ClassVar, Self

from argosy.errors import InputError, UnknownNameError


class Named(StrEnum):
    """A closed set whose members are their names."""

    code: int

    def __new__(cls, value: str) -> Self:
        """Give the member the next code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.code = len(cls.__members__)
        return member

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        # Settings say "netting" and "margin".
        return cls.__members__.get(value.upper()) if isinstance(value, str) else None

    @classmethod
    def from_code(cls, code: int) -> Self:
        """Return the member at a place of the definition, 0 first."""
        members = _members(cls)
        if not 0 <= code < len(members):
            message = f"{cls.__name__} has no code {code}"
            raise InputError(message, cure=f"Codes are 0 to {len(members) - 1}")
        return members[code]  # type: ignore[return-value]

    @classmethod
    def from_str(cls, value: str) -> Self:
        """Return the member of a name, in whatever case; an unknown name gets a suggestion."""
        try:
            return cls(value)
        except ValueError:
            raise UnknownNameError(cls.__name__, str(value), cls.__members__) from None


@cache
def _members(cls: type[Named]) -> tuple[Named, ...]:
    return tuple(cls)


class OrderSide(Named):
    """The side of an order."""

    NO_ORDER_SIDE = auto()
    BUY = auto()
    SELL = auto()


class PositionSide(Named):
    """The side of a position."""

    NO_POSITION_SIDE = auto()
    FLAT = auto()
    LONG = auto()
    SHORT = auto()


class PriceType(Named):
    """Which price of an instrument is meant."""

    UNDEFINED = auto()
    BID = auto()
    ASK = auto()
    MID = auto()
    LAST = auto()


class AggressorSide(Named):
    """The side that took liquidity in a trade."""

    NO_AGGRESSOR = auto()
    BUYER = auto()
    SELLER = auto()


class BookAction(Named):
    """What a delta does to a book."""

    UNDEFINED = auto()
    ADD = auto()
    UPDATE = auto()
    DELETE = auto()
    CLEAR = auto()


class BookType(Named):
    """How much of a book is known: its top, its levels, or each of its orders."""

    UNDEFINED = auto()
    L1_MBP = auto()
    L2_MBP = auto()
    L3_MBO = auto()


class TimeInForce(Named):
    """How long an order works."""

    GTC = auto()
    IOC = auto()
    FOK = auto()
    GTD = auto()
    DAY = auto()
    AT_THE_OPEN = auto()
    AT_THE_CLOSE = auto()


class LiquiditySide(Named):
    """Whether a fill gave liquidity or took it."""

    NO_LIQUIDITY_SIDE = auto()
    MAKER = auto()
    TAKER = auto()


class OmsType(Named):
    """Whether fills of one instrument add up to one position or to many."""

    UNSPECIFIED = auto()
    NETTING = auto()
    HEDGING = auto()


class AccountType(Named):
    """What backs the orders of an account."""

    CASH = auto()
    MARGIN = auto()
    BETTING = auto()


class OrderStatus(Named):
    """Where an order is in its life."""

    INITIALIZED = auto()
    DENIED = auto()
    EMULATED = auto()
    RELEASED = auto()
    SUBMITTED = auto()
    ACCEPTED = auto()
    REJECTED = auto()
    CANCELED = auto()
    EXPIRED = auto()
    TRIGGERED = auto()
    PENDING_UPDATE = auto()
    PENDING_CANCEL = auto()
    PARTIALLY_FILLED = auto()
    FILLED = auto()


class TriggerType(Named):
    """Which price a conditional order watches."""

    NO_TRIGGER = auto()
    DEFAULT = auto()
    LAST_PRICE = auto()
    MARK_PRICE = auto()
    INDEX_PRICE = auto()
    BID_ASK = auto()
    DOUBLE_LAST = auto()
    DOUBLE_BID_ASK = auto()
    LAST_OR_BID_ASK = auto()
    MID_POINT = auto()


class TrailingOffsetType(Named):
    """The unit of a trailing offset."""

    NO_TRAILING_OFFSET = auto()
    PRICE = auto()
    BASIS_POINTS = auto()
    TICKS = auto()
    PRICE_TIER = auto()


class ContingencyType(Named):
    """How the orders of a list act on each other."""

    NO_CONTINGENCY = auto()
    OCO = auto()
    OTO = auto()
    OUO = auto()


class AssetClass(Named):
    """What an instrument is about."""

    FX = auto()
    EQUITY = auto()
    COMMODITY = auto()
    DEBT = auto()
    INDEX = auto()
    CRYPTOCURRENCY = auto()
    ALTERNATIVE = auto()


class InstrumentClass(Named):
    """What kind of contract an instrument is."""

    SPOT = auto()
    SWAP = auto()
    FUTURE = auto()
    FUTURES_SPREAD = auto()
    FORWARD = auto()
    CFD = auto()
    BOND = auto()
    OPTION = auto()
    OPTION_SPREAD = auto()
    WARRANT = auto()
    SPORTS_BETTING = auto()
    BINARY_OPTION = auto()


class OptionKind(Named):
    """What an option gives the right to."""

    CALL = auto()
    PUT = auto()


class CurrencyType(Named):
    """What stands behind a currency."""

    FIAT = auto()
    CRYPTO = auto()
    COMMODITY_BACKED = auto()


class MarketStatusAction(Named):
    """What a market, or one instrument in it, now does."""

    NONE = auto()
    PRE_OPEN = auto()
    PRE_CROSS = auto()
    QUOTING = auto()
    CROSS = auto()
    ROTATION = auto()
    NEW_PRICE_INDICATION = auto()
    TRADING = auto()
    HALT = auto()
    PAUSE = auto()
    SUSPEND = auto()
    PRE_CLOSE = auto()
    CLOSE = auto()
    POST_CLOSE = auto()
    SHORT_SELL_RESTRICTION_CHANGE = auto()
    NOT_AVAILABLE_FOR_TRADING = auto()


class AggregationSource(Named):
    """Who builds a bar: this host, or somebody outside."""

    INTERNAL = auto()
    EXTERNAL = auto()


class ComponentState(Named):
    """Where a component is in its life."""

    PRE_INITIALIZED = auto()
    READY = auto()
    STARTING = auto()
    RUNNING = auto()
    STOPPING = auto()
    STOPPED = auto()
    RESUMING = auto()
    RESETTING = auto()
    DEGRADING = auto()
    DEGRADED = auto()
    FAULTING = auto()
    FAULTED = auto()
    DISPOSING = auto()
    DISPOSED = auto()


class TradingState(Named):
    """What risk lets pass: everything, what reduces, or nothing but cancels."""

    ACTIVE = auto()
    REDUCING = auto()
    HALTED = auto()


class OpenName(str):
    """A name of an open set: one object a name, so that identity is equality."""

    __slots__ = ()

    _known: ClassVar[dict[str, Self]]

    def __init_subclass__(cls) -> None:
        """Give each set its own names."""
        cls._known = {}

    def __new__(cls, value: str) -> Self:
        """Return the one object of a name, made at its first use."""
        known = cls._known.get(value)
        if known is not None:
            return known
        if not isinstance(value, str) or not re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", value):
            message = f"{value!r} is no name for {cls.__name__}"
            raise InputError(
                message, cure="Write it like STOP_MARKET: capitals, digits, underscores"
            )
        return cls._known.setdefault(str(value), str.__new__(cls, value))

    @property
    def value(self) -> str:
        """The name as a plain string."""
        return str(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (str(self),)


class OrderType(OpenName):
    """The type of an order; MARKET and LIMIT are primitive, each other one is a plugin's."""

    __slots__ = ()

    MARKET: ClassVar["OrderType"]
    LIMIT: ClassVar["OrderType"]
    STOP_MARKET: ClassVar["OrderType"]
    STOP_LIMIT: ClassVar["OrderType"]
    MARKET_TO_LIMIT: ClassVar["OrderType"]
    MARKET_IF_TOUCHED: ClassVar["OrderType"]
    LIMIT_IF_TOUCHED: ClassVar["OrderType"]
    TRAILING_STOP_MARKET: ClassVar["OrderType"]
    TRAILING_STOP_LIMIT: ClassVar["OrderType"]


class BarAggregation(OpenName):
    """What closes a bar: time, activity, or what a plugin makes of it."""

    __slots__ = ()

    MILLISECOND: ClassVar["BarAggregation"]
    SECOND: ClassVar["BarAggregation"]
    MINUTE: ClassVar["BarAggregation"]
    HOUR: ClassVar["BarAggregation"]
    DAY: ClassVar["BarAggregation"]
    WEEK: ClassVar["BarAggregation"]
    MONTH: ClassVar["BarAggregation"]
    TICK: ClassVar["BarAggregation"]
    VOLUME: ClassVar["BarAggregation"]
    VALUE: ClassVar["BarAggregation"]
    TICK_IMBALANCE: ClassVar["BarAggregation"]
    TICK_RUNS: ClassVar["BarAggregation"]
    VOLUME_IMBALANCE: ClassVar["BarAggregation"]
    VOLUME_RUNS: ClassVar["BarAggregation"]
    VALUE_IMBALANCE: ClassVar["BarAggregation"]
    VALUE_RUNS: ClassVar["BarAggregation"]


for _set in (OrderType, BarAggregation):
    for _name in _set.__annotations__:
        setattr(_set, _name, _set(_name))
