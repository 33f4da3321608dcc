"""The statistics of equity curves against plain implementations over exact fractions."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.parts.statistic import Number, Results
from argosy_stats import curve

DAY_NS = 86_400_000_000_000
START_NS = 1_577_836_800_000_000_000


@dataclass(eq=False)
class Run:
    """Results of a run, as the host would hand them over."""

    times: list[int]
    equity: list[Decimal]
    currency: str = "USD"
    realized_pnls: list[Decimal] = field(default_factory=list)
    positions: list[object] = field(default_factory=list)
    orders: list[object] = field(default_factory=list)


def evenly(values: list[Decimal], step_ns: int = DAY_NS) -> Run:
    return Run([START_NS + step_ns * at for at in range(len(values))], values)


def run(*amounts: str, days: list[float] | None = None) -> Run:
    days = days or [float(at) for at in range(len(amounts))]
    return Run([START_NS + int(DAY_NS * day) for day in days], [*map(Decimal, amounts)])


amounts = st.integers(100_000, 200_000).map(lambda cents: Decimal(cents) / 100)
curves = st.lists(amounts, min_size=4, max_size=60).filter(lambda each: len(set(each)) > 2)


def returns(values: list[Decimal]) -> list[float]:
    return [float(after / before - 1) for before, after in pairwise(values)]


@given(curves, st.sampled_from([DAY_NS // 24, DAY_NS, 7 * DAY_NS]))
def test_yearly_figures_scale_by_the_pace_of_the_samples(values: list[Decimal], step: int) -> None:
    results = evenly(values, step)
    expected = returns(values)
    root = math.sqrt(365.25 * DAY_NS / step)
    sharpe = fmean(expected) / stdev(expected) * root
    assert stdev(expected) * root == pytest.approx(curve.volatility(results))
    assert sharpe == pytest.approx(curve.sharpe_ratio(results), abs=1e-9)
    assert sharpe / root == pytest.approx(curve.risk_return_ratio(results), abs=1e-9)
    assert fmean(expected) == pytest.approx(curve.average_return(results), abs=1e-12)


@given(curves)
def test_sortino_counts_only_falls_as_risk(values: list[Decimal]) -> None:
    expected = np.array(returns(values))
    downside = math.sqrt((np.minimum(expected, 0.0) ** 2).mean())
    sortino = curve.sortino_ratio(evenly(values))
    if downside == 0.0:
        assert sortino is None
    else:
        assert expected.mean() / downside * math.sqrt(365.25) == pytest.approx(sortino, abs=1e-9)


@given(curves)
def test_the_drawdown_is_the_worst_of_all_pairs(values: list[Decimal]) -> None:
    worst = min(later / earlier - 1 for at, earlier in enumerate(values) for later in values[at:])
    assert float(worst) == pytest.approx(curve.max_drawdown(evenly(values)))


@given(curves)
def test_skewness_and_kurtosis_agree_with_their_moment_formulas(values: list[Decimal]) -> None:
    expected = np.array(returns(values))
    size, centred = len(expected), expected - expected.mean()
    m2, m3, m4 = ((centred**power).mean() for power in (2, 3, 4))
    skewness = m3 / m2**1.5 * math.sqrt(size * (size - 1)) / (size - 2)
    assert skewness == pytest.approx(curve.skewness(evenly(values)), abs=1e-6)
    if size < 4:
        assert curve.kurtosis(evenly(values)) is None
        return
    excess = (size - 1) / (size - 2) / (size - 3) * ((size + 1) * (m4 / m2**2 - 3) + 6)
    assert excess == pytest.approx(curve.kurtosis(evenly(values)), abs=1e-6)


def test_a_year_of_daily_samples_grows_by_what_it_gained() -> None:
    results = evenly([Decimal(100 + at) for at in range(21)], curve.YEAR_NS // 20)
    assert curve.cagr(results) == pytest.approx(0.20)
    assert curve.pnl(results) == Decimal(20)
    assert curve.pnl_percent(results) == 20.0


def test_samples_on_trading_days_only_count_as_five_of_seven() -> None:
    results = run("100", "101", "100", "102", "103", "101", days=[0, 1, 2, 3, 4, 7])
    sharpe, ratio = curve.sharpe_ratio(results), curve.risk_return_ratio(results)
    assert sharpe is not None
    assert ratio is not None
    assert sharpe / ratio == pytest.approx(math.sqrt(5 / 7 * 365.25))


def test_calmar_is_growth_over_the_depth_of_the_drawdown() -> None:
    results = run("100", "80", "120", days=[0, 100, 365.25])
    assert curve.calmar_ratio(results) == pytest.approx(0.20 / 0.20)


def test_average_gain_and_loss_are_means_of_returns_of_one_sign() -> None:
    results = run("100", "110", "99", "99")
    assert curve.average_gain(results) == pytest.approx(0.1)
    assert curve.average_loss(results) == pytest.approx(-0.1)


FORMULAS: list[Callable[[Results], Number]] = [
    curve.average_return,
    curve.cagr,
    curve.calmar_ratio,
    curve.kurtosis,
    curve.risk_return_ratio,
    curve.sharpe_ratio,
    curve.skewness,
    curve.sortino_ratio,
    curve.volatility,
]


@pytest.mark.parametrize("formula", [*FORMULAS, curve.pnl, curve.pnl_percent, curve.max_drawdown])
def test_an_empty_curve_has_no_statistics(formula: Callable[[Results], Number]) -> None:
    assert formula(run()) is None


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("results", [run("100"), run("100", "0"), run("100", "-5", "90")])
def test_a_curve_of_one_sample_or_one_used_up_has_no_ratios(
    formula: Callable[[Results], Number], results: Run
) -> None:
    assert formula(results) is None


def test_a_curve_that_never_moves_has_no_risk_to_divide_by() -> None:
    results = run("100", "100", "100")
    assert curve.sharpe_ratio(results) is None
    assert curve.sortino_ratio(results) is None
    assert curve.calmar_ratio(results) is None
    assert (curve.max_drawdown(results), curve.cagr(results)) == (0.0, 0.0)


def test_growth_too_fast_for_a_float_has_no_yearly_figure() -> None:
    assert curve.cagr(run("1", "1000000", days=[0, 0.01])) is None
