"""Indicators of momentum."""

from __future__ import annotations

from argosy.errors import InputError
from argosy.model.enums import PriceType
from argosy.strategy.indicators.averages import (
    ExponentialMovingAverage,
    MovingAverageType,
    moving_average,
)
from argosy.strategy.indicators.price import PriceIndicator, check_period


class RelativeStrengthIndex(PriceIndicator):
    """Measure the share of rises in the recent changes of a price, from 0 to 1.

    value = U / (U + D), U and D the moving averages of the rises and of the falls (Wilder's
    1 - 1 / (1 + U / D)); 0.5 while the price has not moved. The first change is the second price,
    so the indicator is initialized after `period` + 1 prices.

    Parameters
    ----------
    ma_type : the average of rises and falls; WILDER is the original

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978), section VI, on a
    scale of 1 instead of 100.
    """

    def __init__(
        self,
        period: int,
        ma_type: MovingAverageType = MovingAverageType.EXPONENTIAL,
        price_type: PriceType = PriceType.MID,
    ) -> None:
        super().__init__(period, price_type, (period, ma_type))
        self.ma_type = ma_type
        self.gains = moving_average(period, ma_type)
        self.losses = moving_average(period, ma_type)
        self.last = 0.0

    def reset(self) -> None:
        """Forget every input."""
        super().reset()
        self.gains.reset()
        self.losses.reset()

    def update_price(self, price: float) -> int:
        """Take one price (C only)."""
        if self.has_inputs:
            change = price - self.last
            self.gains.update_price(max(change, 0.0))
            self.losses.update_price(max(-change, 0.0))
        self.last = price
        total = self.gains.value + self.losses.value
        self.value = self.gains.value / total if total > 0.0 else 0.5
        return self.advance(self.period + 1)


class MovingAverageConvergenceDivergence(PriceIndicator):
    """Subtract a slow moving average of a price from a fast one.

    value = fast - slow; signal = EMA(value, signal_period); histogram = value - signal. Initialized
    after `slow_period` prices; the signal is as old as the value.

    Source: Gerald Appel, Technical Analysis: Power Tools for Active Investors (2005), chapter 8.
    """

    def __init__(
        self,
        fast_period: int,
        slow_period: int,
        ma_type: MovingAverageType = MovingAverageType.EXPONENTIAL,
        price_type: PriceType = PriceType.MID,
        *,
        signal_period: int = 9,
    ) -> None:
        super().__init__(slow_period, price_type, (fast_period, slow_period, ma_type))
        check_period(fast_period, self.name, what="fast_period")
        check_period(signal_period, self.name, what="signal_period")
        if fast_period >= slow_period:
            raise InputError(
                f"fast_period of {self} was not below slow_period",
                cure="The fast average is the one over fewer prices",
            )
        self.fast_period = fast_period
        self.slow_period = slow_period
        self.signal_period = signal_period
        self.ma_type = ma_type
        self.signal = 0.0
        self.histogram = 0.0
        self.fast = moving_average(fast_period, ma_type)
        self.slow = moving_average(slow_period, ma_type)
        self.line = ExponentialMovingAverage(signal_period)

    def reset(self) -> None:
        """Forget every input."""
        super().reset()
        self.signal = 0.0
        self.histogram = 0.0
        self.fast.reset()
        self.slow.reset()
        self.line.reset()

    def update_price(self, price: float) -> int:
        """Take one price (C only)."""
        self.fast.update_price(price)
        self.slow.update_price(price)
        self.value = self.fast.value - self.slow.value
        self.line.update_price(self.value)
        self.signal = self.line.value
        self.histogram = self.value - self.signal
        return self.advance(self.slow_period)
