"""Moving averages of a price."""

from __future__ import annotations

from array import array

from argosy.model.enums import Named, PriceType
from argosy.strategy.indicators.price import PriceIndicator


class MovingAverageType(Named):
    """Name the average that another indicator smooths with."""

    SIMPLE = "SIMPLE"
    EXPONENTIAL = "EXPONENTIAL"
    WILDER = "WILDER"


class SimpleMovingAverage(PriceIndicator):
    """Average the last `period` prices with equal weights.

    value = (p[t] + p[t-1] + ... + p[t-n+1]) / n, over the prices there are until n have come.

    Source: the arithmetic mean; NIST/SEMATECH e-Handbook of Statistical Methods, section 6.4.2.1.
    """

    def __init__(self, period: int, price_type: PriceType = PriceType.MID) -> None:
        super().__init__(period, price_type)
        self.window = array("d", bytes(8 * period))
        self.place = 0
        self.total = 0.0

    def reset(self) -> None:
        """Forget every input."""
        super().reset()
        self.place = 0
        self.total = 0.0

    def update_price(self, price: float) -> int:
        """Take one price (C only)."""
        if self.initialized:
            self.total -= self.window[self.place]
        self.window[self.place] = price
        self.total += price
        self.advance(self.period)
        self.place += 1
        if self.place == self.period:
            # The running sum is made anew once a round, so that rounding errors never pile up.
            self.place = 0
            self.total = 0.0
            for index in range(self.period):
                self.total += self.window[index]
        size = self.period if self.initialized else self.count
        self.value = self.total / size
        return 0


class ExponentialMovingAverage(PriceIndicator):
    """Average all prices with weights that fall by a constant factor, the first price as the seed.

    value[0] = p[0]; value[t] = alpha * p[t] + (1 - alpha) * value[t-1], alpha = 2 / (n + 1).

    Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 6.4.3.1, seeded with the first
    observation.
    """

    def __init__(self, period: int, price_type: PriceType = PriceType.MID) -> None:
        super().__init__(period, price_type)
        self.alpha = 2.0 / (period + 1.0)

    def update_price(self, price: float) -> int:
        """Take one price (C only)."""
        if self.has_inputs:
            self.value = self.alpha * price + (1.0 - self.alpha) * self.value
        else:
            self.value = price
        return self.advance(self.period)


class WilderMovingAverage(ExponentialMovingAverage):
    """Average as an `ExponentialMovingAverage` whose alpha is 1 / n.

    Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978), seeded with the
    first price rather than with a mean.
    """

    def __init__(self, period: int, price_type: PriceType = PriceType.MID) -> None:
        super().__init__(period, price_type)
        self.alpha = 1.0 / period


def moving_average(period: int, ma_type: MovingAverageType) -> PriceIndicator:
    """Make the average that `ma_type` names."""
    return _AVERAGES[ma_type](period)


_AVERAGES: dict[MovingAverageType, type[SimpleMovingAverage | ExponentialMovingAverage]] = {
    MovingAverageType.SIMPLE: SimpleMovingAverage,
    MovingAverageType.EXPONENTIAL: ExponentialMovingAverage,
    MovingAverageType.WILDER: WilderMovingAverage,
}
