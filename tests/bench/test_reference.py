"""The recipe and the reference against the outcomes that performance goals name."""

import numpy as np
import pytest

from tests.bench import recipe, reference
from tests.bench.workloads import wide


@pytest.mark.slow
def test_the_recipe_gives_the_crosses_that_every_peer_trades() -> None:
    close = recipe.bars().close.tolist()
    outcome = reference.ema_cross(close, close, close)
    assert (outcome["bars"], outcome["orders"]) == (1_000_000, 45_287)


@pytest.mark.slow
def test_the_recipe_gives_the_minutes_and_the_crosses_of_ten_million_quotes() -> None:
    series = next(recipe.quotes(1))
    ends = reference.minute_ends(series.ts)
    bid, ask = series.bid[ends].tolist(), series.ask[ends].tolist()
    outcome = reference.ema_cross(bid, ask, bid)
    assert (outcome["bars"], outcome["orders"]) == (16_659, 775)


def test_a_tick_at_the_end_of_a_minute_belongs_to_it() -> None:
    minute = recipe.MINUTE_NS
    ts = np.array([1, minute, minute + 1, 2 * minute - 1, 3 * minute, 3 * minute + 1])
    assert [1, 3, 4] == reference.minute_ends(ts).tolist()


def test_each_realised_profit_is_rounded_half_away_from_zero() -> None:
    ledger = reference.Ledger(cents=0)
    for entry, end in ((0, 5), (0, 4), (0, -5), (0, -15)):
        ledger.buy(entry)
        ledger.sell(end)
    assert (8, 1 + 0 - 1 - 2) == (ledger.orders, ledger.cents)


def test_each_tenth_bar_is_bought_or_sold_at_its_close() -> None:
    closes = [[100, 110, 120], [200, 190, 180]]
    over_all = reference.rotate(closes, 2, has_one_each=False)
    # Bars 2, 4 and 6 are those of the second stock: bought at 2.00, sold at 1.90, bought at 1.80.
    assert {"bars": 6, "orders": 3, "fills": 3, "balance": "999999981"} == over_all
    # Of each stock the second bar: 1.10 and 1.90.
    assert "999999970" == reference.rotate(closes, 2, has_one_each=True)["balance"]
    assert "1000000000" == reference.rotate(closes, 0, has_one_each=True)["balance"]


@pytest.mark.parametrize("variant", ["one-orders-30", "each-orders-30", "merge-quiet-30"])
def test_a_broad_market_trades_what_the_reference_does(variant: str) -> None:
    assert wide.prepare(variant, 1_800) == wide.run(variant, 1_800).outcome
