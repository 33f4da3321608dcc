"""The kit for statistics: good ones pass, and each kind of wrong one is caught."""

from itertools import count
from typing import Any

import pytest

from argosy.parts.statistic import Number, Results, Statistic
from argosy.testing.statistics import check_statistic, samples

NUMBERS = count()


class Trades(Statistic):
    """Count closed positions."""

    def calculate(self, results: Results) -> Number:
        return len(results.positions)


class Made(Statistic):
    """Return what a function of the results says."""

    def __init__(self, formula: Any) -> None:
        self.formula = formula

    def calculate(self, results: Results) -> Number:
        value: Number = self.formula(results)
        return value


def test_a_sound_statistic_passes() -> None:
    check_statistic(Trades)


def test_a_run_with_closed_positions_is_among_the_samples() -> None:
    assert any(results.positions and results.orders for _, results in samples())


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (lambda _: "many", "of empty results it is 'many', neither a number nor None"),
        (lambda _: float("nan"), "it is NaN: return None"),
        (lambda _: next(NUMBERS), "of empty results it is 0, then 1"),
        (lambda results: results.equity.append(1), "it changes the empty results"),
    ],
)
def test_an_unsound_statistic_is_caught(formula: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_statistic(lambda: Made(formula))


def test_a_statistic_that_cannot_do_without_data_is_caught() -> None:
    with pytest.raises(IndexError):
        check_statistic(lambda: Made(lambda results: results.equity[0]))
