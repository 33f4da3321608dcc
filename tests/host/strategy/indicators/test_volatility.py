"""ATR and Bollinger bands against independent plain implementations."""

import math
from itertools import pairwise
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import InputError, ValueRangeError
from argosy.strategy.indicators import AverageTrueRange, BollingerBands, MovingAverageType

Ohlc = tuple[float, float, float]


def _bar(cents: tuple[int, int, int]) -> Ohlc:
    low, close, high = sorted(cents)
    return high / 100, low / 100, close / 100


bars = st.lists(st.tuples(*[st.integers(1, 10_000)] * 3).map(_bar), min_size=1, max_size=50)


@given(bars, st.integers(1, 15))
def test_atr_averages_the_reach_of_each_bar_from_the_close_before(
    series: list[Ohlc], period: int
) -> None:
    atr = AverageTrueRange(period)
    for bar in series:
        atr.update_raw(*bar)
    ranges = [series[0][0] - series[0][1]]
    for (_, _, before), (high, low, _) in pairwise(series):
        ranges.append(max(high - low, abs(high - before), abs(low - before)))
    assert math.isclose(fmean(ranges[-period:]), atr.value, rel_tol=1e-9, abs_tol=1e-9)


def test_atr_with_wilders_smoothing_follows_his_recursion() -> None:
    atr = AverageTrueRange(14, MovingAverageType.WILDER)
    atr.update_raw(11.0, 10.0, 10.5)
    atr.update_raw(13.0, 12.0, 12.5)
    assert math.isclose((1.0 * 13 + 2.5) / 14, atr.value)


def test_atr_without_the_previous_close_is_the_range_of_the_bar() -> None:
    atr = AverageTrueRange(1, use_previous=False)
    atr.update_raw(11.0, 10.0, 10.5)
    atr.update_raw(21.0, 20.0, 20.5)
    assert atr.value == 1.0


def test_atr_is_never_below_its_floor() -> None:
    atr = AverageTrueRange(2, value_floor=0.25)
    atr.update_raw(1.0, 1.0, 1.0)
    assert atr.value == 0.25


@given(bars, st.integers(1, 15), st.floats(0.5, 3.0))
def test_bands_are_k_deviations_around_the_mean_of_typical_prices(
    series: list[Ohlc], period: int, k: float
) -> None:
    bands = BollingerBands(period, k)
    for bar in series:
        bands.update_raw(*bar)
    window = [sum(bar) / 3 for bar in series[-period:]]
    middle, deviation = fmean(window), pstdev(window)
    close = {"rel_tol": 1e-6, "abs_tol": 1e-6}
    assert math.isclose(middle, bands.middle, **close)
    assert math.isclose(middle + k * deviation, bands.upper, **close)
    assert math.isclose(middle - k * deviation, bands.lower, **close)
    assert bands.value == bands.middle


@given(bars, bars)
def test_after_a_reset_both_are_as_new(before: list[Ohlc], series: list[Ohlc]) -> None:
    for make in (lambda: AverageTrueRange(4), lambda: BollingerBands(4, 2.0)):
        used, fresh = make(), make()
        for bar in before:
            used.update_raw(*bar)
        used.reset()
        for bar in series:
            used.update_raw(*bar)
            fresh.update_raw(*bar)
            assert (fresh.value, fresh.initialized) == (used.value, used.initialized)


def test_bands_refuse_a_width_that_is_not_positive() -> None:
    with pytest.raises(InputError, match="k of BollingerBands"):
        BollingerBands(20, 0.0)


def test_both_refuse_what_is_not_a_number() -> None:
    for indicator in (AverageTrueRange(2), BollingerBands(2, 2.0)):
        with pytest.raises(ValueRangeError, match=indicator.name):
            indicator.update_raw(1.0, math.nan, 1.0)
        assert indicator.count == 0
