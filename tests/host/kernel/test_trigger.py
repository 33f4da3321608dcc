"""What an order waits for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.kernel.matching import MatchingCore
from argosy.kernel.timeline import NEVER
from argosy.kernel.trigger import WATCH_ASK, WATCH_BID, WATCH_LAST, PriceTrigger, Trigger


class Core(MatchingCore):
    def __init__(self) -> None:
        super().__init__()
        self.fired_at: list[tuple[int, int]] = []

    def on_fired(self, trigger: Trigger, price: int, ts: int) -> bool:
        self.fired_at.append((price, ts))
        return False


def last_trigger(*, upward: bool, doubled: bool = False) -> PriceTrigger:
    return PriceTrigger(
        "order", is_buy=upward, watch=WATCH_LAST, level=100, upward=upward, doubled=doubled
    )


def test_a_price_trigger_is_looked_at_on_its_side_only() -> None:
    up, down = last_trigger(upward=True), last_trigger(upward=False)
    assert (100, -NEVER) == (up.above, up.below)
    assert (NEVER, 100) == (down.above, down.below)
    assert "PriceTrigger('order', level=100)" == repr(up)


@given(st.booleans(), st.booleans(), st.lists(st.integers(97, 103), max_size=20))
def test_a_price_trigger_fires_at_the_first_price_that_meets_it(
    upward: bool,  # noqa: FBT001
    doubled: bool,  # noqa: FBT001
    prices: list[int],
) -> None:
    core = Core()
    core.add(last_trigger(upward=upward, doubled=doubled))
    meets = [price >= 100 if upward else price <= 100 for price in prices]
    fits = [i for i, met in enumerate(meets) if met and (not doubled or (i and meets[i - 1]))]
    for ts, price in enumerate(prices):
        core.trade(price, 1, 0, ts)
    assert [(prices[i], i) for i in fits[:1]] == core.fired_at


class Trailing(Trigger):
    """Sells when the bid falls 5 below the best one seen."""

    def __init__(self, bid: int) -> None:
        super().__init__(
            "trail", is_buy=False, watch=WATCH_BID, level=bid - 5, above=bid + 1, below=bid - 5
        )
        self.best = bid

    def on_touch(self, price: int, ts: int) -> bool:
        if price <= self.best - 5:
            return True
        self.best = price
        self.move(above=price + 1, below=price - 5)
        return False


@given(st.lists(st.integers(80, 120), max_size=40))
def test_an_interpreted_trigger_may_move_its_levels(bids: list[int]) -> None:
    core = Core()
    core.add(Trailing(100))
    best, expected = 100, []
    for ts, bid in enumerate(bids):
        core.quote(bid, bid + 1, 1, 1, ts)
        if not expected and bid <= best - 5:
            expected = [(bid, ts)]
        best = max(best, bid)
    assert expected == core.fired_at


def test_a_plain_trigger_fires_when_it_is_touched() -> None:
    core = Core()
    core.add(Trigger("x", is_buy=True, watch=WATCH_ASK, level=10, below=10))
    core.quote(10, 11, 1, 1, 0)
    assert [] == core.fired_at
    core.quote(9, 10, 1, 1, 1)
    assert [(10, 1)] == core.fired_at


def test_a_subclass_that_forgets_the_direction_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        PriceTrigger("order", is_buy=True, watch=WATCH_LAST, level=1)  # type: ignore[call-arg]
