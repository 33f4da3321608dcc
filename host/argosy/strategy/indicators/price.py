"""The base of indicators over one series of prices."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from argosy.errors import InputError, ValueRangeError
from argosy.kernel.indicator import Indicator
from argosy.model.enums import PriceType

if TYPE_CHECKING:
    from argosy.model.data import Bar, QuoteTick, TradeTick

_BID = PriceType.BID.code
_ASK = PriceType.ASK.code
_MID = PriceType.MID.code


class PriceIndicator(Indicator):
    """Take the close of a bar, one price of a quote, or the price of a trade.

    Parameters
    ----------
    period : inputs until the indicator is initialized, at least 1
    price_type : which price of a quote is the input; bars and trades have only one
    params : shown in the repr, (period,) unless given
    """

    def __init__(
        self,
        period: int,
        price_type: PriceType = PriceType.MID,
        params: tuple[object, ...] = (),
    ) -> None:
        super().__init__(params or (period,))
        check_period(period, self.name)
        self.period = period
        self.price_type = price_type
        self.price_code = price_type.code

    def handle_bar(self, bar: Bar) -> None:
        """Take the close of one bar."""
        self.update_raw(bar.close.as_double())

    def handle_quote_tick(self, tick: QuoteTick) -> None:
        """Take the price of one quote that `price_type` names, if somebody offers it."""
        if self.has_price(tick.bid_size_raw > 0, tick.ask_size_raw > 0):
            bid, ask = tick.bid_price.as_double(), tick.ask_price.as_double()
            self.update_raw(self.quote_price(bid, ask))

    def handle_sides(self, tick: QuoteTick) -> None:
        """Take the side that `price_type` names, where the quote has it."""
        self.handle_quote_tick(tick)

    def handle_trade_tick(self, tick: TradeTick) -> None:
        """Take the price of one trade."""
        self.update_raw(tick.price.as_double())

    def update_raw(self, value: float) -> None:
        """Take one price."""
        check_finite(value, self.name)
        self.update_price(value)

    def update_bar(
        self, open: float, high: float, low: float, close: float, volume: float, ts: int
    ) -> int:
        """Take the close of one bar (C only)."""
        return self.update_price(close)

    def update_quote(
        self, bid: float, ask: float, bid_size: float, ask_size: float, ts: int
    ) -> int:
        """Take one price of a quote (C only)."""
        return self.update_price(self.quote_price(bid, ask))

    def update_sides(
        self, bid: float, ask: float, bid_size: float, ask_size: float, ts: int
    ) -> int:
        """Take the side that `price_type` names, where the quote has it (C only)."""
        if self.has_price(bid_size > 0.0, ask_size > 0.0):
            self.update_price(self.quote_price(bid, ask))
        return 0

    def update_trade(self, price: float, size: float, ts: int) -> int:
        """Take the price of one trade (C only)."""
        return self.update_price(price)

    def update_price(self, price: float) -> int:
        """Take one price (C only); the base keeps the last one."""
        self.value = price
        return self.advance(self.period)

    def has_price(self, has_bid: bool, has_ask: bool) -> bool:  # noqa: FBT001  a C signature
        """Tell whether a quote has the price that `price_type` names (C only)."""
        if self.price_code == _BID:
            return has_bid
        if self.price_code == _ASK:
            return has_ask
        return has_bid and has_ask

    def quote_price(self, bid: float, ask: float) -> float:
        """Return the price of a quote that `price_type` names (C only)."""
        if self.price_code == _MID:
            return (bid + ask) / 2.0
        if self.price_code == _BID:
            return bid
        if self.price_code == _ASK:
            return ask
        raise InputError(
            f"the indicator {self} asks for the {self.price_type} price, which a quote lacks",
            cure="Give it price_type=PriceType.BID, ASK or MID",
        )


def check_period(period: int, name: str, *, what: str = "period") -> None:
    """Refuse a period below 1."""
    if period < 1:
        raise InputError(f"{what} of {name} was {period}", cure="It must be 1 or more")


def check_finite(value: float, name: str) -> None:
    """Refuse NaN and infinity: one of them would stay in the indicator for ever."""
    if not isfinite(value):
        raise ValueRangeError(f"the input of {name} was {value}: it must be a finite number")
