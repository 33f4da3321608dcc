"""Statistics of the equity curve.

A return is the change of equity from one sample to the next, as a part of the former. Yearly
figures scale by the number of samples that a year of 365.25 days would have had at the pace of this
curve: 252 or so for daily samples on trading days, 365 where weekends trade too. The risk-free rate
is zero. Money that came from outside, a deposit, counts as a gain.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from itertools import accumulate, pairwise
from math import exp, fsum, log, sqrt
from statistics import fmean
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from argosy.parts.statistic import Results

YEAR_NS = 8_766 * 3_600_000_000_000
_FLAT = 1e-15  # a deviation below this is rounding: the returns are all alike


class Curve:
    """What the statistics of one equity curve have in common."""

    def __init__(self, results: Results) -> None:
        self.values = tuple(results.equity)
        times = results.times
        self.years = (times[-1] - times[0]) / YEAR_NS if times else 0.0

    @cached_property
    def returns(self) -> list[float]:
        """The return of each sample but the first; none where equity was ever used up."""
        if any(value <= 0 for value in self.values):
            return []
        return [float(after - before) / float(before) for before, after in pairwise(self.values)]

    @cached_property
    def mean(self) -> float | None:
        """The mean return."""
        return fmean(self.returns) if self.returns else None

    @cached_property
    def deviation(self) -> float | None:
        """The sample standard deviation of the returns; None where they are all alike."""
        if self.mean is None or len(self.returns) < 2:
            return None
        mean = self.mean
        squares = fsum((each - mean) ** 2 for each in self.returns)
        deviation = sqrt(squares / (len(self.returns) - 1))
        return deviation if deviation > _FLAT else None

    @cached_property
    def yearly(self) -> float | None:
        """The square root of the number of samples a year."""
        return sqrt(len(self.returns) / self.years) if self.returns and self.years else None

    def moment(self, power: int) -> float | None:
        """Return the sum of the returns' standardised powers (deviation over n)."""
        if self.mean is None or self.deviation is None:
            return None
        size = len(self.returns)
        spread = self.deviation * sqrt((size - 1) / size)
        mean = self.mean
        return fsum(((each - mean) / spread) ** power for each in self.returns)


_CURVES: WeakKeyDictionary[Results, Curve] = WeakKeyDictionary()


def curve_of(results: Results) -> Curve:
    """Return the curve of these results, derived once."""
    if (curve := _CURVES.get(results)) is None:
        curve = _CURVES[results] = Curve(results)
    return curve


def pnl(results: Results) -> Decimal | None:
    """Return the last equity less the first: realised and open profit, exact."""
    values = results.equity
    return values[-1] - values[0] if values else None


def pnl_percent(results: Results) -> float | None:
    """Return the change of equity in percent of the first."""
    values = results.equity
    if not values or values[0] <= 0:
        return None
    return float(values[-1] - values[0]) / float(values[0]) * 100.0


def average_return(results: Results) -> float | None:
    """Return the mean return of a sample."""
    return curve_of(results).mean


def average_gain(results: Results) -> float | None:
    """Return the mean of the positive returns."""
    gains = [each for each in curve_of(results).returns if each > 0.0]
    return fmean(gains) if gains else None


def average_loss(results: Results) -> float | None:
    """Return the mean of the negative returns."""
    losses = [each for each in curve_of(results).returns if each < 0.0]
    return fmean(losses) if losses else None


def volatility(results: Results) -> float | None:
    """Return the standard deviation of returns, times sqrt(samples a year)."""
    curve = curve_of(results)
    if curve.deviation is None or curve.yearly is None:
        return None
    return curve.deviation * curve.yearly


def sharpe_ratio(results: Results) -> float | None:
    """Return mean over standard deviation (n - 1) of returns, times sqrt(samples a year).

    Source: William F. Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21 (1994).
    """
    curve, ratio = curve_of(results), risk_return_ratio(results)
    return None if ratio is None or curve.yearly is None else ratio * curve.yearly


def sortino_ratio(results: Results) -> float | None:
    """Return mean over downside deviation of returns, times sqrt(samples a year).

    Downside deviation: the root of the sum of squared negative returns over the number of all.

    Source: Frank A. Sortino and Lee N. Price, Performance Measurement in a Downside Risk Framework,
    Journal of Investing 3 (1994), target return zero.
    """
    curve = curve_of(results)
    if curve.mean is None or curve.yearly is None:
        return None
    squares = fsum(each * each for each in curve.returns if each < 0.0)
    downside = sqrt(squares / len(curve.returns))
    return curve.mean / downside * curve.yearly if downside > _FLAT else None


def risk_return_ratio(results: Results) -> float | None:
    """Return mean over standard deviation of returns, of one sample."""
    curve = curve_of(results)
    if curve.mean is None or curve.deviation is None:
        return None
    return curve.mean / curve.deviation


def max_drawdown(results: Results) -> float | None:
    """Return the deepest fall of equity from its highest point before: 0 or negative, a part."""
    values = results.equity
    if not values or values[0] <= 0:
        return None
    tops = accumulate(values, max)
    return min(float(value - top) / float(top) for value, top in zip(values, tops, strict=True))


def cagr(results: Results) -> float | None:
    """Return the yearly growth that compounds to the whole: (last / first)^(1 / years) - 1."""
    curve = curve_of(results)
    if not curve.returns or not curve.years:
        return None
    try:
        return exp(log(curve.values[-1] / curve.values[0]) / curve.years) - 1.0
    except OverflowError:  # a great change in a short time
        return None


def calmar_ratio(results: Results) -> float | None:
    """Return the yearly growth over the depth of the greatest drawdown.

    Source: Terry W. Young, Calmar Ratio: A Smoother Tool, Futures (October 1991), here over the
    whole run.
    """
    growth, depth = cagr(results), max_drawdown(results)
    return growth / -depth if growth is not None and depth else None


def skewness(results: Results) -> float | None:
    """Return the skewness of returns, corrected for bias: sqrt(n (n - 1)) / (n - 2) m3.

    Source: D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and kurtosis,
    The Statistician 47 (1998), G1.
    """
    curve = curve_of(results)
    size, cubes = len(curve.returns), curve.moment(3)
    if cubes is None or size < 3:
        return None
    return sqrt(size * (size - 1)) / (size - 2) * cubes / size


def kurtosis(results: Results) -> float | None:
    """Return the excess kurtosis of returns, corrected for bias.

    Source: D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and kurtosis,
    The Statistician 47 (1998), G2.
    """
    curve = curve_of(results)
    size, fourths = len(curve.returns), curve.moment(4)
    if fourths is None or size < 4:
        return None
    excess = fourths / size - 3.0
    return (size - 1) / ((size - 2) * (size - 3)) * ((size + 1) * excess + 6.0)
