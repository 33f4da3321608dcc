"""The statistics of closed positions."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.enums import OrderSide
from argosy_stats import trades


@dataclass(frozen=True)
class Closed:
    """A closed position."""

    entry: OrderSide


@dataclass(eq=False)
class Run:
    """Results of a run, as the host would hand them over."""

    realized_pnls: list[Decimal]
    positions: list[Closed] = field(default_factory=list)
    currency: str = "USD"
    times: list[int] = field(default_factory=list)
    equity: list[Decimal] = field(default_factory=list)
    orders: list[object] = field(default_factory=list)


def run(*pnls: str) -> Run:
    return Run([*map(Decimal, pnls)])


MIXED = run("10.00", "-4.00", "0.00", "2.00", "-1.00", "-1.00")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (trades.max_winner, Decimal("10.00")),
        (trades.average_winner, Decimal("6")),
        (trades.min_winner, Decimal("2.00")),
        (trades.max_loser, Decimal("-4.00")),
        (trades.average_loser, Decimal("-2")),
        (trades.min_loser, Decimal("-1.00")),
        (trades.expectancy, Decimal("1.2")),
        (trades.win_rate, 2 / 6),
        (trades.profit_factor, 2.0),
    ],
)
def test_a_statistic_of_profits_and_losses(formula: object, expected: object) -> None:
    assert expected == formula(MIXED)  # type: ignore[operator]


@pytest.mark.parametrize(
    "formula",
    [
        trades.max_winner,
        trades.average_winner,
        trades.min_winner,
        trades.max_loser,
        trades.average_loser,
        trades.min_loser,
        trades.expectancy,
        trades.win_rate,
        trades.profit_factor,
        trades.long_ratio,
    ],
)
def test_without_positions_there_are_no_statistics(formula: object) -> None:
    assert formula(run()) is None  # type: ignore[operator]


def test_without_a_loss_there_is_no_profit_factor() -> None:
    assert trades.profit_factor(run("1.00")) is None


def test_an_average_is_rounded_half_to_even_at_ten_decimals() -> None:
    assert trades.average_winner(run("0.01", "0.01", "0.02")) == Decimal("0.0133333333")


def test_an_average_is_four_decimals_finer_than_amounts_that_have_many() -> None:
    assert "2.3333E-12" == str(trades.average_winner(run("1e-12", "2e-12", "4e-12")))


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1).filter(any))
def test_expectancy_weighs_winners_and_losers_by_their_share(pnls: list[Decimal]) -> None:
    results = Run(pnls)
    winners, losers = [each for each in pnls if each > 0], [each for each in pnls if each < 0]
    decided = len(winners) + len(losers)
    expected = (trades.average_winner(results) or Decimal(0)) * len(winners) / decided + (
        trades.average_loser(results) or Decimal(0)
    ) * len(losers) / decided
    assert expected == pytest.approx(trades.expectancy(results), abs=Decimal("1e-9"))


def test_long_ratio_is_the_part_of_positions_that_a_buy_opened() -> None:
    sides = [OrderSide.BUY, OrderSide.SELL, OrderSide.SELL]
    assert trades.long_ratio(Run([], [Closed(side) for side in sides])) == 0.33
