"""The kit for triggers: good ones pass, and each kind of wrong one is caught."""

import pytest

from argosy.kernel.trigger import WATCH_ASK, WATCH_BID, WATCH_LAST, PriceTrigger, Trigger
from argosy.testing.order_types import check_order_type

START = 1_000


class Trailing(Trigger):
    """Sell when the bid is 5 below the best one since it came."""

    reach = 0

    def __init__(self) -> None:
        super().__init__("trail", is_buy=False, watch=WATCH_BID, level=0, above=0)
        self.best = 0

    def on_touch(self, price: int, ts: int) -> bool:
        if self.best and price <= self.best - 5:
            return True
        self.best = max(self.best, price)
        self.move(above=self.best + 1, below=self.best - 5 - self.reach)
        return False


class TooFar(Trailing):
    reach = 3


class Sleeping(Trigger):
    def __init__(self) -> None:
        super().__init__("sleep", is_buy=True, watch=WATCH_ASK, level=0)


class Blind(Trigger):
    def __init__(self) -> None:
        super().__init__("blind", is_buy=True, watch=0, level=0, above=0)


class Moody(Trigger):
    touches = 0

    def __init__(self) -> None:
        super().__init__("moody", is_buy=True, watch=WATCH_LAST, level=START, above=START)

    def on_touch(self, price: int, ts: int) -> bool:
        Moody.touches += 1
        return Moody.touches in {10, 30, 60}


def stop(level: int) -> PriceTrigger:
    return PriceTrigger("stop", is_buy=True, watch=WATCH_ASK, level=level, upward=True)


def test_sound_triggers_pass() -> None:
    check_order_type(Trailing, around=START)
    check_order_type(lambda: stop(START + 20), around=START)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (TooFar, "they are too far"),
        (Sleeping, "waits for nothing"),
        (Blind, "watches no price"),
        (Moody, "is not deterministic"),
    ],
)
def test_an_unsound_trigger_is_caught(kind: type[Trigger], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_order_type(kind, around=START)


def test_a_trigger_that_the_prices_never_reach_proves_nothing() -> None:
    with pytest.raises(AssertionError, match="never fired within 50 of 1000"):
        check_order_type(lambda: stop(START + 1_000), around=START)
