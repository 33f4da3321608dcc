from __future__ import annotations

from decimal import Decimal

import pytest

from tests.acceptance.script import BUY, SELL, Played, play, quote, send

DATA = [quote(1, 150_000, 150_010), quote(10, 150_100, 150_110)]


@pytest.fixture(scope="module")
def run() -> Played:
    steps = [
        (2, send("market", BUY, 10_000)),
        (3, send("market", SELL, 10_000)),
        (4, send("market", BUY, 5_000)),
        (5, send("limit", BUY, 1_000, 149_000)),
    ]
    return play(DATA, *steps)


def test_counts_are_those_of_orders_fills_and_cycles(run: Played) -> None:
    result = run.result
    assert (4, 3, 2) == (result.orders, result.fills, result.positions)
    assert {"USD": "-1.00"} == result.pnl
    assert {"SIM": {"USD": "999999.00"}} == result.balances


def test_statistics_are_plain_numbers_or_nothing(run: Played) -> None:
    [found] = run.result.statistics.values()
    assert {"sharpe_ratio", "max_drawdown", "win_rate"} <= found.keys()
    assert all(each is None or isinstance(each, int | float | Decimal) for each in found.values())
