"""RSI and MACD against independent plain implementations."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import InputError
from argosy.strategy.indicators import (
    MovingAverageConvergenceDivergence,
    MovingAverageType,
    RelativeStrengthIndex,
)

prices = st.lists(st.integers(1, 10_000).map(lambda cents: cents / 100), min_size=1, max_size=60)


def average(series: list[float], period: int, kind: MovingAverageType) -> float:
    if kind is MovingAverageType.SIMPLE:
        window = series[-period:]
        return sum(window) / len(window)
    alpha = 1 / period if kind is MovingAverageType.WILDER else 2 / (period + 1)
    value = series[0]
    for price in series[1:]:
        value += alpha * (price - value)
    return value


@given(prices, st.integers(1, 15), st.sampled_from(list(MovingAverageType)))
def test_rsi_is_the_share_of_rises_in_all_changes(
    series: list[float], period: int, kind: MovingAverageType
) -> None:
    rsi = RelativeStrengthIndex(period, kind)
    for price in series:
        rsi.update_raw(price)
    changes = [after - before for before, after in pairwise(series)]
    if not any(changes):
        assert rsi.value == 0.5
        return
    rises = average([max(change, 0.0) for change in changes], period, kind)
    falls = average([max(-change, 0.0) for change in changes], period, kind)
    if rises + falls > 1e-9:  # what a simple average forgot may leave rounding dust
        assert math.isclose(rises / (rises + falls), rsi.value, rel_tol=1e-6, abs_tol=1e-6)


def test_rsi_is_one_after_rises_only_and_zero_after_falls_only() -> None:
    rising, falling = RelativeStrengthIndex(3), RelativeStrengthIndex(3)
    for price in range(1, 6):
        rising.update_raw(float(price))
        falling.update_raw(float(-price))
    assert (rising.value, falling.value) == (1.0, 0.0)


def test_rsi_is_initialized_after_as_many_changes_as_its_period() -> None:
    rsi = RelativeStrengthIndex(3)
    seen = []
    for price in (1.0, 2.0, 3.0, 4.0):
        rsi.update_raw(price)
        seen.append(rsi.initialized)
    assert seen == [False, False, False, True]


@given(prices, st.integers(1, 8), st.integers(1, 8), st.integers(1, 9))
def test_macd_is_the_fast_average_less_the_slow_one(
    series: list[float], fast: int, wider: int, signal: int
) -> None:
    macd = MovingAverageConvergenceDivergence(fast, fast + wider, signal_period=signal)
    values = []
    kind = MovingAverageType.EXPONENTIAL
    for at, price in enumerate(series):
        macd.update_raw(price)
        seen = series[: at + 1]
        values.append(average(seen, fast, kind) - average(seen, fast + wider, kind))
        assert math.isclose(values[-1], macd.value, rel_tol=1e-6, abs_tol=1e-9)
    line = average(values, signal, kind)
    assert math.isclose(line, macd.signal, rel_tol=1e-6, abs_tol=1e-9)
    assert macd.histogram == macd.value - macd.signal


def test_macd_refuses_a_fast_period_that_is_not_below_the_slow_one() -> None:
    with pytest.raises(InputError, match=r"MovingAverageConvergenceDivergence\(26, 12"):
        MovingAverageConvergenceDivergence(26, 12)


@given(prices, prices)
def test_after_a_reset_both_are_as_new(before: list[float], series: list[float]) -> None:
    for make in (
        lambda: RelativeStrengthIndex(4, MovingAverageType.SIMPLE),
        lambda: MovingAverageConvergenceDivergence(3, 5),
    ):
        used, fresh = make(), make()
        for price in before:
            used.update_raw(price)
        used.reset()
        for price in series:
            used.update_raw(price)
            fresh.update_raw(price)
            assert (fresh.value, fresh.initialized) == (used.value, used.initialized)
