"""Indicators: compiled, fed before the handler that reads them."""

from argosy.kernel.indicator import Indicator
from argosy.strategy.indicators.averages import (
    ExponentialMovingAverage,
    MovingAverageType,
    SimpleMovingAverage,
    WilderMovingAverage,
    moving_average,
)
from argosy.strategy.indicators.momentum import (
    MovingAverageConvergenceDivergence,
    RelativeStrengthIndex,
)
from argosy.strategy.indicators.price import PriceIndicator
from argosy.strategy.indicators.volatility import AverageTrueRange, BollingerBands

__all__ = [
    "AverageTrueRange",
    "BollingerBands",
    "ExponentialMovingAverage",
    "Indicator",
    "MovingAverageConvergenceDivergence",
    "MovingAverageType",
    "PriceIndicator",
    "RelativeStrengthIndex",
    "SimpleMovingAverage",
    "WilderMovingAverage",
    "moving_average",
]
