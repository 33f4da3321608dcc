from decimal import Decimal

from argosy.model.enums import ContingencyType, OrderType, TrailingOffsetType, TriggerType
from argosy.model.identifiers import ClientOrderId, ExecAlgorithmId, InstrumentId, OrderListId
from argosy.model.orders.intent import OrderIntent
from argosy.model.values import Price, Quantity
from tests.host.model.trades import SELL, STRATEGY, TRADER, an_order, initialized


def test_an_order_says_what_its_maker_said() -> None:
    said = {
        "trigger_type": TriggerType.LAST_PRICE,
        "activation_price": Price("1.30000"),
        "limit_offset": Decimal("0.1"),
        "trailing_offset": Decimal("0.2"),
        "trailing_offset_type": TrailingOffsetType.PRICE,
        "display_qty": Quantity(5),
        "emulation_trigger": TriggerType.BID_ASK,
        "trigger_instrument_id": InstrumentId("EUR/USD.SIM"),
        "contingency_type": ContingencyType.OUO,
        "order_list_id": OrderListId("OL-1"),
        "linked_order_ids": (ClientOrderId("O-2"),),
        "parent_order_id": ClientOrderId("O-3"),
        "exec_algorithm_id": ExecAlgorithmId("TWAP"),
        "exec_algorithm_params": {"horizon_secs": 60},
        "exec_spawn_id": ClientOrderId("O-4"),
        "tags": ("EXIT",),
        "options": {"iceberg": 3},
    }
    order = an_order(OrderType.TRAILING_STOP_LIMIT, side=SELL, **said)
    assert said == {name: getattr(order, name) for name in said}
    assert TRADER == order.trader_id
    assert STRATEGY == order.strategy_id
    assert order.is_contingency
    assert order.is_child_order
    assert not order.is_parent_order
    assert order.is_spawned
    assert not order.is_primary
    assert order.is_passive
    assert not order.is_aggressive
    assert order.is_sell
    assert not order.is_buy
    assert order.sign == -1
    assert order.expire_time_ns == 0


def test_a_plain_order_says_that_it_wants_nothing_special() -> None:
    order = an_order()
    assert isinstance(order, OrderIntent)
    assert order.init is order.events[0]
    assert not order.is_contingency
    assert () == order.tags == order.linked_order_ids
    assert order.options is None
    assert initialized().post_only is order.is_post_only is order.is_reduce_only


def test_a_market_order_takes_what_the_market_offers() -> None:
    assert an_order().is_aggressive
    assert not an_order().is_passive


def test_a_parent_releases_its_children() -> None:
    assert an_order(contingency_type=ContingencyType.OTO).is_parent_order


def test_the_order_that_an_algorithm_was_given_is_primary() -> None:
    given = ClientOrderId("O-77")
    order = an_order(client_order_id=given, exec_spawn_id=given)
    assert order.is_primary
    assert not order.is_spawned
    assert not an_order().is_primary
    assert not an_order().is_spawned
