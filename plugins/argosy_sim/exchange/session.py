"""When an instrument can be traded: its life time, and halts of its market or its venue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from argosy.kernel.timeline import NEVER, TIMER, Alarm
from argosy.model.enums import MarketStatusAction, OrderType

if TYPE_CHECKING:
    from argosy.model.instruments import Instrument

CLOSED = frozenset(
    {
        MarketStatusAction.HALT,
        MarketStatusAction.PAUSE,
        MarketStatusAction.SUSPEND,
        MarketStatusAction.CLOSE,
        MarketStatusAction.POST_CLOSE,
        MarketStatusAction.NOT_AVAILABLE_FOR_TRADING,
    }
)
"""What a market does when it matches nothing."""
_OPEN = frozenset({MarketStatusAction.TRADING})
_MARKET = OrderType.MARKET


class Session:
    """Say whether orders of an instrument are taken.

    Parameters
    ----------
    rests : orders that come during a halt may rest, else they are refused
    """

    def __init__(self, instrument: Instrument, *, rests: bool) -> None:
        self._rests = rests
        self._status: MarketStatusAction | None = None
        self._venue_status: MarketStatusAction | None = None
        self.define(instrument)

    def define(self, instrument: Instrument) -> None:
        """Take the life time of the instrument from a definition."""
        self.begin_ns: int = getattr(instrument, "activation_ns", 0)
        self.end_ns: int = getattr(instrument, "expiration_ns", NEVER) or NEVER
        self._has_life = self.begin_ns > 0 or self.end_ns != NEVER
        self.is_limited = self._has_life or self.halt is not None

    @property
    def halt(self) -> MarketStatusAction | None:
        """Why nothing matches, None where it does."""
        return self._venue_status or self._status

    def change(self, status: MarketStatusAction, *, of_venue: bool) -> None:
        """Note what the market of the instrument, or its venue, now does."""
        if status in CLOSED:
            now: MarketStatusAction | None = status
        elif status in _OPEN:
            now = None
        else:
            return
        if of_venue:
            self._venue_status = now
        else:
            self._status = now
        self.is_limited = self._has_life or self.halt is not None

    def refusal(self, now: int, order_type: OrderType) -> str | None:
        """Return why an order is not taken now, or None."""
        if now < self.begin_ns:
            return f"INSTRUMENT_NOT_ACTIVE: activation={self.begin_ns}, now={now}"
        if now >= self.end_ns:
            return f"INSTRUMENT_EXPIRED: expiration={self.end_ns}, now={now}"
        if self.halt is None or (self._rests and order_type is not _MARKET):
            return None
        return f"MARKET_CLOSED: status={self.halt}"


class Close(Alarm):
    """End the orders of an instrument when it expires.

    Parameters
    ----------
    end : ends them all
    """

    def __init__(self, session: Session, end: Callable[[], object]) -> None:
        super().__init__(TIMER)
        self._session = session
        self._end = end

    def on_fire(self, now: int) -> None:
        """End whatever rests, unless the instrument was given a longer life."""
        if now >= self._session.end_ns:
            self._end()
