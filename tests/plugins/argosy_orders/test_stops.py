"""When stop orders fire."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import argosy_orders
from argosy.kernel.matching import MatchingCore
from argosy.kernel.trigger import PriceTrigger, Trigger
from argosy.model.enums import OrderSide, TriggerType
from argosy.testing.order_types import check_order_type
from argosy_orders.stops import stop
from argosy_orders.watch import SOURCES, is_in_market
from tests.plugins.argosy_orders.orders import GBPUSD, stop_market

BUY, SELL = OrderSide.BUY, OrderSide.SELL


class Update(NamedTuple):
    """A quote (bid, spread) or a trade (price, spread 0)."""

    what: str
    price: int
    spread: int


class Core(MatchingCore):
    def __init__(self) -> None:
        super().__init__()
        self.fired_at: list[tuple[int, int]] = []

    def on_fired(self, trigger: Trigger, price: int, ts: int) -> bool:
        self.fired_at.append((ts, price))
        return False

    def update(self, ts: int, update: Update) -> None:
        if update.what == "trade":
            self.trade(update.price, 1, 0, ts)
        else:
            self.quote(update.price, update.price + update.spread, 1, 1, ts)


def expected(side: OrderSide, kind: TriggerType, level: int, updates: list[Update]) -> int | None:
    """Return when the order should fire, looking at every update."""
    met_before = False
    for ts, update in enumerate(updates):
        sees_quotes = kind not in (TriggerType.LAST_PRICE, TriggerType.DOUBLE_LAST)
        sees_trades = "LAST" in kind
        if not (sees_trades if update.what == "trade" else sees_quotes):
            continue
        bid, ask = update.price, update.price + update.spread
        price, wanted = (ask if side is BUY else bid), level
        if kind is TriggerType.MID_POINT:
            price, wanted = bid + ask, 2 * level
        meets = price >= wanted if side is BUY else price <= wanted
        if meets and (met_before or not kind.startswith("DOUBLE")):
            return ts
        met_before = meets
    return None


UPDATES = st.lists(
    st.one_of(
        st.builds(Update, st.just("trade"), st.integers(149_995, 150_005), st.just(0)),
        st.builds(Update, st.just("quote"), st.integers(149_995, 150_005), st.integers(0, 3)),
    ),
    max_size=30,
)


@given(st.sampled_from([BUY, SELL]), st.sampled_from(sorted(SOURCES)), UPDATES)
def test_a_stop_fires_when_a_look_at_every_update_says_so(
    side: OrderSide, kind: TriggerType, updates: list[Update]
) -> None:
    core = Core()
    core.add(stop(stop_market(side, "1.5", kind), GBPUSD))
    for ts, update in enumerate(updates):
        core.update(ts, update)
    assert expected(side, kind, 150_000, updates) == (
        core.fired_at[0][0] if core.fired_at else None
    )
    assert len(core.fired_at) <= 1
    assert (0 if core.fired_at else 1) == core.resting


@pytest.mark.parametrize(
    ("side", "bid", "ask", "in_market"),
    [
        (BUY, 149_998, 149_999, False),
        (BUY, 149_999, 150_000, True),
        (BUY, 149_999, 150_001, True),
        (SELL, 150_001, 150_002, False),
        (SELL, 150_000, 150_002, True),
        (SELL, 149_999, 150_002, True),
        (SELL, None, None, False),
    ],
)
def test_a_stop_that_the_market_has_passed_is_known_at_entry(
    side: OrderSide,
    bid: int | None,
    ask: int | None,
    in_market: bool,  # noqa: FBT001
) -> None:
    assert in_market == is_in_market(stop(stop_market(side, "1.5"), GBPUSD), bid, ask, 150_000)


@pytest.mark.parametrize("kind", [TriggerType.LAST_PRICE, TriggerType.DOUBLE_LAST])
def test_a_stop_on_trades_is_known_at_entry_by_the_last_trade(kind: TriggerType) -> None:
    trigger = stop(stop_market(SELL, "1.5", kind), GBPUSD)
    assert not is_in_market(trigger, 140_000, 140_001, None)
    assert not is_in_market(trigger, 140_000, 140_001, 150_001)
    assert is_in_market(trigger, 140_000, 140_001, 150_000)


def test_a_stop_on_the_mid_is_known_at_entry_by_bid_and_ask() -> None:
    trigger = stop(stop_market(BUY, "1.5", TriggerType.MID_POINT), GBPUSD)
    assert not is_in_market(trigger, 149_999, 150_000, None)
    assert is_in_market(trigger, 149_999, 150_001, None)


def test_the_plugin_registers_what_a_triggered_stop_becomes() -> None:
    offered = {}
    argosy_orders.register_order_types(
        lambda name, factory, **more: offered.update({name: (factory, more)})
    )
    factory, more = offered["STOP_MARKET"]
    assert {"releases=MARKET"} == more["capabilities"]
    assert isinstance(factory(stop_market(BUY, "1.5"), GBPUSD), PriceTrigger)


@pytest.mark.parametrize("side", [BUY, SELL])
@pytest.mark.parametrize(
    "trigger_type", [TriggerType.BID_ASK, TriggerType.LAST_PRICE, TriggerType.DOUBLE_LAST]
)
def test_a_stop_keeps_to_the_contract(side: OrderSide, trigger_type: TriggerType) -> None:
    order = stop_market(side, "1.30020" if side is BUY else "1.29980", trigger_type)
    check_order_type(lambda: stop(order, GBPUSD), around=130_000)
