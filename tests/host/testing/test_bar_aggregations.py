"""The kit for aggregations: good ones pass, and each kind of wrong one is caught."""

from collections.abc import Callable

import pytest

from argosy.kernel.aggregator import Aggregator
from argosy.model.bar_type import BarType
from argosy.testing.bar_aggregations import TICKS, bars_of, check_bar_aggregation, market


def maker(
    kind: type[Aggregator], price_type: str = "LAST", digits: int = 0
) -> Callable[[], Aggregator]:
    bar_type = BarType.from_str(f"EUR/USD.SIM-5-TICK-{price_type}-INTERNAL")
    return lambda: kind(bar_type, 5 + digits, digits)


class EveryFifth(Aggregator):
    def on_tick(self, price: int, size: int, aggressor: int, ts: int) -> None:
        self.update(price, size)
        if self.count == self.step:
            self.emit(ts, ts)


class Forgetful(EveryFifth):
    def on_tick(self, price: int, size: int, aggressor: int, ts: int) -> None:
        super().on_tick(price, size if size > 2 else 0, aggressor, ts)


class Prophet(EveryFifth):
    def emit(self, ts_event: int, ts_init: int) -> None:
        super().emit(ts_event, ts_init + 1)


class Late(EveryFifth):
    def emit(self, ts_event: int, ts_init: int) -> None:
        super().emit(ts_event + 1, ts_init)


class Silent(Aggregator):
    """Emits nothing."""


class Shared(EveryFifth):
    ticks = 0

    def on_tick(self, price: int, size: int, aggressor: int, ts: int) -> None:
        self.update(price, size)
        Shared.ticks += 1
        if Shared.ticks % 7 == 0:
            self.emit(ts, ts)


@pytest.mark.parametrize("price_type", ["LAST", "BID", "ASK", "MID"])
def test_a_sound_aggregation_passes(price_type: str) -> None:
    digits = int(price_type == "MID")
    check_bar_aggregation(maker(EveryFifth, price_type, digits))


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Forgetful, "the ticks"),
        (Prophet, "is emitted before it is known"),
        (Late, "is known before it happened"),
        (Silent, f"no bar in {TICKS} ticks"),
        (Shared, "batches of 1 rows give another bar"),
    ],
)
def test_an_unsound_aggregation_is_caught(kind: type[Aggregator], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_bar_aggregation(maker(kind))


def test_an_aggregation_may_drop_volume_if_it_says_so() -> None:
    check_bar_aggregation(maker(Forgetful), drops_volume=True)


def test_the_market_is_the_same_each_time_and_has_ticks_at_one_time() -> None:
    ticks = market()
    assert ticks == market()
    assert len({tick.ts for tick in ticks}) < len(ticks) == TICKS
    assert bars_of(maker(EveryFifth)()) == bars_of(maker(EveryFifth)(), batch_rows=11)
