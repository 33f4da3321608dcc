"""The recipe and the reference against the outcomes that performance goals name."""

import numpy as np
import pytest

from tests.bench import recipe, reference


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
