"""Slow data: a day's figures of an instrument, and what venues and instruments now do."""

from collections.abc import Mapping
from typing import Any, Final, Self

import msgspec

from argosy.model.codec import convert, to_builtins
from argosy.model.enums import MarketStatusAction
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.values import Price, Quantity

IS_TRADING: Final = 1  # orders match
IS_QUOTING: Final = 2  # orders are taken
IS_SHORT_SELL_RESTRICTED: Final = 4


class _Message(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    ts_event: int
    ts_init: int

    def to_dict(self) -> dict[str, Any]:
        """Return the message as JSON would spell it."""
        values: dict[str, Any] = to_builtins(self)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the message that `to_dict` spelled."""
        return convert(values, cls)


class Ticker(_Message, frozen=True, kw_only=True, gc=False, tag=True):
    """What a venue tells about the last 24 hours of an instrument; what it does not tell is None.

    Parameters
    ----------
    last, bid, ask : now
    open, high, low : of the 24 hours
    volume, quote_volume : of the 24 hours, in units and in the quote currency
    ts_event : ns, when it was so at the source
    ts_init : ns, when it became known here
    """

    instrument_id: InstrumentId
    last: Price | None = None
    bid: Price | None = None
    ask: Price | None = None
    open: Price | None = None
    high: Price | None = None
    low: Price | None = None
    volume: Quantity | None = None
    quote_volume: Quantity | None = None


class VenueStatusUpdate(_Message, frozen=True, kw_only=True, gc=False, tag=True):
    """What a venue now does.

    Parameters
    ----------
    ts_event : ns, since when at the source
    ts_init : ns, when it became known here
    """

    venue: Venue
    status: MarketStatusAction
    reason: str | None = None


class InstrumentStatusUpdate(_Message, frozen=True, kw_only=True, gc=False, tag=True):
    """What the market of one instrument now does.

    Parameters
    ----------
    flags : bits IS_TRADING, IS_QUOTING, IS_SHORT_SELL_RESTRICTED where the venue tells them
    ts_event : ns, since when at the source
    ts_init : ns, when it became known here
    """

    instrument_id: InstrumentId
    action: MarketStatusAction
    reason: str | None = None
    flags: int = 0
