"""The averages against independent plain implementations."""

import math
from statistics import fmean

from hypothesis import given
from hypothesis import strategies as st

from argosy.strategy.indicators import (
    ExponentialMovingAverage,
    MovingAverageType,
    SimpleMovingAverage,
    WilderMovingAverage,
    moving_average,
)

prices = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=80)
periods = st.integers(1, 30)


def exponential(series: list[float], alpha: float) -> float:
    """Sum the weights of each price directly, instead of recursively."""
    last = len(series) - 1
    seed = (1 - alpha) ** last * series[0]
    return seed + sum(alpha * (1 - alpha) ** (last - at) * series[at] for at in range(1, last + 1))


@given(prices, periods)
def test_a_simple_average_is_the_mean_of_the_last_prices(series: list[float], period: int) -> None:
    average = SimpleMovingAverage(period)
    for at, price in enumerate(series):
        average.update_raw(price)
        expected = fmean(series[max(0, at + 1 - period) : at + 1])
        assert math.isclose(expected, average.value, rel_tol=1e-9, abs_tol=1e-6)


def test_a_simple_average_forgets_a_huge_price_that_left_its_window() -> None:
    average = SimpleMovingAverage(3)
    for price in (1e16, 1.0, 2.0, 3.0, 4.0, 5.0):
        average.update_raw(price)
    assert average.value == 4.0


@given(prices, periods)
def test_an_exponential_average_weighs_each_price_by_its_age(
    series: list[float], period: int
) -> None:
    average = ExponentialMovingAverage(period)
    for price in series:
        average.update_raw(price)
    assert math.isclose(exponential(series, 2 / (period + 1)), average.value, rel_tol=1e-9)


@given(prices, periods)
def test_wilders_average_has_one_over_the_period_as_its_weight(
    series: list[float], period: int
) -> None:
    average = WilderMovingAverage(period)
    for price in series:
        average.update_raw(price)
    assert math.isclose(exponential(series, 1 / period), average.value, rel_tol=1e-9)


def test_an_exponential_average_starts_at_the_first_price() -> None:
    average = ExponentialMovingAverage(10)
    average.update_raw(1.5)
    assert (average.value, average.has_inputs, average.initialized) == (1.5, True, False)


@given(prices, periods, st.sampled_from(list(MovingAverageType)))
def test_an_average_is_initialized_once_its_period_is_full(
    series: list[float], period: int, kind: MovingAverageType
) -> None:
    average = moving_average(period, kind)
    for price in series:
        average.update_raw(price)
    assert average.count == len(series)
    assert average.initialized == (len(series) >= period)


@given(prices, prices, periods, st.sampled_from(list(MovingAverageType)))
def test_an_average_after_a_reset_is_as_new(
    before: list[float], series: list[float], period: int, kind: MovingAverageType
) -> None:
    used, fresh = moving_average(period, kind), moving_average(period, kind)
    for price in before:
        used.update_raw(price)
    used.reset()
    for price in series:
        used.update_raw(price)
        fresh.update_raw(price)
        assert (fresh.value, fresh.count) == (used.value, used.count)


def test_an_average_shows_its_period() -> None:
    assert repr(ExponentialMovingAverage(20)) == "ExponentialMovingAverage(20)"
