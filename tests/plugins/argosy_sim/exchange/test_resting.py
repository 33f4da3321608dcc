import pytest

from argosy.kernel.matching import MatchingCore
from argosy_sim.exchange.resting import ANY_PRICE, LimitTrigger


class Core(MatchingCore):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[int] = []

    def on_fired(self, trigger: LimitTrigger, price: int, ts: int) -> bool:
        self.seen.append(price)
        return True


def quotes(trigger: LimitTrigger, *prices: int) -> list[int]:
    core = Core()
    core.add(trigger)
    for price in prices:
        core.quote(price, price, 1, 1, 0)
    return core.seen


@pytest.mark.parametrize(("is_buy", "expected"), [(True, [100, 99]), (False, [100, 101])])
def test_a_limit_fires_at_its_price_or_better(is_buy: bool, expected: list[int]) -> None:  # noqa: FBT001
    trigger = LimitTrigger("order", is_buy=is_buy, limit=100, is_taker=False)
    assert expected == quotes(trigger, 100, 101, 99)


@pytest.mark.parametrize("is_buy", [True, False])
def test_a_taker_is_one_until_the_market_leaves_its_limit(is_buy: bool) -> None:  # noqa: FBT001
    trigger = LimitTrigger("order", is_buy=is_buy, limit=100, is_taker=True)
    away = 101 if is_buy else 99
    assert [100] == quotes(trigger, 100)
    assert trigger.is_taker
    core = Core()
    again = LimitTrigger("order", is_buy=is_buy, limit=100, is_taker=True)
    core.add(again)
    core.quote(away, away, 1, 1, 0)
    assert (False, []) == (again.is_taker, core.seen)
    core.quote(100, 100, 1, 1, 0)
    assert [100] == core.seen


@pytest.mark.parametrize("is_buy", [True, False])
def test_any_price_is_taken_without_a_limit(is_buy: bool) -> None:  # noqa: FBT001
    limit = ANY_PRICE if is_buy else -ANY_PRICE
    trigger = LimitTrigger("order", is_buy=is_buy, limit=limit, is_taker=True)
    assert [5, 10**17, -(10**17)] == quotes(trigger, 5, 10**17, -(10**17))
    assert trigger.is_taker
