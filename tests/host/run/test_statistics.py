from __future__ import annotations

from decimal import Decimal

from argosy import Venue
from argosy.run.statistics import account_results
from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.script import BUY, MARGIN, SELL, play, quote, send

SIM = Venue("SIM")


def test_results_are_those_of_closed_positions_in_their_order() -> None:
    other = default_fx_ccy("EUR/GBP")
    data = [
        quote(1, 150_000, 150_010),
        quote(1, 90_000, 90_010, key=other.id),
        quote(10, 150_100, 150_110),
        quote(20, 150_200, 150_210),
    ]
    steps = [
        (2, send("market", BUY, 10_000)),
        (3, send("market", BUY, 10_000, key=other.id)),
        (4, send("market", SELL, 10_000, key=other.id)),
        (11, send("market", SELL, 30_000)),
    ]
    run = play(
        data,
        *steps,
        account=MARGIN | {"base_currency": None, "balances": ["1_000_000 USD", "9_000 GBP"]},
        instruments=[default_fx_ccy("GBP/USD"), other],
    )
    curve = run.result.curves[SIM]
    found = account_results(run.engine.cache, SIM, curve)
    assert "USD" == found.currency
    assert [Decimal("9.00")] == list(found.realized_pnls)
    assert 4 == len(found.orders)
    assert (curve.times, curve.amounts) == (found.times, found.equity)
