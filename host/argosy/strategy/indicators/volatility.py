"""Indicators of how far a price moves."""

from __future__ import annotations

from array import array
from math import sqrt
from typing import TYPE_CHECKING

from argosy.errors import InputError
from argosy.kernel.indicator import Indicator
from argosy.strategy.indicators.averages import MovingAverageType, moving_average
from argosy.strategy.indicators.price import check_finite, check_period

if TYPE_CHECKING:
    from argosy.model.data import Bar, QuoteTick, TradeTick


class AverageTrueRange(Indicator):
    """Average the true range of bars.

    range = max(high, previous close) - min(low, previous close); value = its moving average.

    Parameters
    ----------
    use_previous : without it the range is high - low
    value_floor : the least value

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978), section III; his
    smoothing is ma_type WILDER.
    """

    def __init__(
        self,
        period: int,
        ma_type: MovingAverageType = MovingAverageType.SIMPLE,
        use_previous: bool = True,  # noqa: FBT001, FBT002  as NautilusTrader's
        value_floor: float = 0.0,
    ) -> None:
        super().__init__((period, ma_type, use_previous, value_floor))
        check_period(period, self.name)
        check_finite(value_floor, self.name)
        self.period = period
        self.ma_type = ma_type
        self.use_previous = use_previous
        self.value_floor = value_floor
        self.average = moving_average(period, ma_type)
        self.last_close = 0.0

    def handle_bar(self, bar: Bar) -> None:
        """Take high, low and close of one bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def update_raw(self, high: float, low: float, close: float) -> None:
        """Take one bar's prices."""
        for price in (high, low, close):
            check_finite(price, self.name)
        self.update_range(high, low, close)

    def reset(self) -> None:
        """Forget every input."""
        super().reset()
        self.average.reset()

    def update_bar(
        self, open: float, high: float, low: float, close: float, volume: float, ts: int
    ) -> int:
        """Take high, low and close of one bar (C only)."""
        return self.update_range(high, low, close)

    def update_range(self, high: float, low: float, close: float) -> int:
        """Take one bar's prices (C only)."""
        top, bottom = high, low
        if self.use_previous and self.has_inputs:
            top = max(high, self.last_close)
            bottom = min(low, self.last_close)
        self.last_close = close
        self.average.update_price(top - bottom)
        self.value = max(self.average.value, self.value_floor)
        return self.advance(self.period)


class BollingerBands(Indicator):
    """Draw a band of `k` standard deviations around a moving average of the typical price.

    typical = (high + low + close) / 3; middle = its moving average (also `value`); upper and lower
    = middle +- k * sqrt(mean((typical - middle) ** 2)) over the last `period` typical prices. A
    quote counts as a bar from bid to ask that closes at mid, a trade as one at its price.

    Source: John Bollinger, Bollinger on Bollinger Bands (2001), chapter 7.
    """

    def __init__(
        self,
        period: int,
        k: float,
        ma_type: MovingAverageType = MovingAverageType.SIMPLE,
    ) -> None:
        super().__init__((period, k, ma_type))
        check_period(period, self.name)
        check_finite(k, self.name)
        if k <= 0.0:
            raise InputError(f"k of {self} was not positive", cure="The usual k is 2.0")
        self.period = period
        self.k = k
        self.ma_type = ma_type
        self.average = moving_average(period, ma_type)
        self.window = array("d", bytes(8 * period))
        self.place = 0
        self.upper = self.middle = self.lower = 0.0

    def handle_bar(self, bar: Bar) -> None:
        """Take high, low and close of one bar."""
        self.update_raw(bar.high.as_double(), bar.low.as_double(), bar.close.as_double())

    def handle_quote_tick(self, tick: QuoteTick) -> None:
        """Take bid, ask and mid of one quote that has both sides."""
        if tick.is_two_sided:
            bid, ask = tick.bid_price.as_double(), tick.ask_price.as_double()
            self.update_raw(ask, bid, (bid + ask) / 2.0)

    def handle_trade_tick(self, tick: TradeTick) -> None:
        """Take the price of one trade."""
        price = tick.price.as_double()
        self.update_raw(price, price, price)

    def update_raw(self, high: float, low: float, close: float) -> None:
        """Take one bar's prices."""
        for price in (high, low, close):
            check_finite(price, self.name)
        self.update_range(high, low, close)

    def reset(self) -> None:
        """Forget every input."""
        super().reset()
        self.average.reset()
        self.place = 0
        self.upper = self.middle = self.lower = 0.0

    def update_bar(
        self, open: float, high: float, low: float, close: float, volume: float, ts: int
    ) -> int:
        """Take high, low and close of one bar (C only)."""
        return self.update_range(high, low, close)

    def update_quote(
        self, bid: float, ask: float, bid_size: float, ask_size: float, ts: int
    ) -> int:
        """Take bid, ask and mid of one quote (C only)."""
        return self.update_range(ask, bid, (bid + ask) / 2.0)

    def update_trade(self, price: float, size: float, ts: int) -> int:
        """Take the price of one trade (C only)."""
        return self.update_range(price, price, price)

    def update_range(self, high: float, low: float, close: float) -> int:
        """Take one bar's prices (C only)."""
        typical = (high + low + close) / 3.0
        self.window[self.place] = typical
        self.place = 0 if self.place + 1 == self.period else self.place + 1
        self.average.update_price(typical)
        self.advance(self.period)
        self.middle = self.value = self.average.value
        spread = self.k * self.deviation()
        self.upper = self.middle + spread
        self.lower = self.middle - spread
        return 0

    def deviation(self) -> float:
        """Return the root mean square distance of the window from the middle (C only)."""
        size = min(self.count, self.period)
        total = 0.0
        for index in range(size):
            total += (self.window[index] - self.middle) * (self.window[index] - self.middle)
        return sqrt(total / size)
