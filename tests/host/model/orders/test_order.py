from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import OrderStateError, ValueRangeError
from argosy.model.currency import GBP, USD
from argosy.model.enums import LiquiditySide, OrderSide, OrderStatus, OrderType, PositionSide
from argosy.model.events.order import (
    OrderAccepted,
    OrderCanceled,
    OrderCancelRejected,
    OrderDenied,
    OrderEmulated,
    OrderExpired,
    OrderModifyRejected,
    OrderPendingCancel,
    OrderPendingUpdate,
    OrderRejected,
    OrderReleased,
    OrderSubmitted,
    OrderTriggered,
    OrderUpdated,
)
from argosy.model.identifiers import ClientOrderId, TradeId, VenueOrderId
from argosy.model.money import Money
from argosy.model.orders import Order, order_from
from argosy.model.orders.state import CLOSED, INFLIGHT, OPEN, TRANSITIONS
from argosy.model.values import Price, Quantity
from tests.host.model.trades import (
    BUY,
    SELL,
    an_order,
    event,
    fill_of,
    initialized,
    limit_order,
    working,
)

LEADS_TO = {
    OrderDenied: OrderStatus.DENIED,
    OrderEmulated: OrderStatus.EMULATED,
    OrderReleased: OrderStatus.RELEASED,
    OrderSubmitted: OrderStatus.SUBMITTED,
    OrderAccepted: OrderStatus.ACCEPTED,
    OrderRejected: OrderStatus.REJECTED,
    OrderCanceled: OrderStatus.CANCELED,
    OrderExpired: OrderStatus.EXPIRED,
    OrderTriggered: OrderStatus.TRIGGERED,
    OrderPendingUpdate: OrderStatus.PENDING_UPDATE,
    OrderPendingCancel: OrderStatus.PENDING_CANCEL,
}
PENDING = {OrderStatus.PENDING_UPDATE, OrderStatus.PENDING_CANCEL}


def facts(order: Order) -> tuple[Any, ...]:
    return (
        order.status,
        order.previous_status,
        order.quantity,
        order.filled_qty,
        order.leaves_qty,
        order.price,
        order.venue_order_id,
        order.event_count,
        order.ts_last,
        order.ts_closed,
    )


def partly_filled() -> Order:
    order = working(limit_order(BUY, "1000", "1.25000"))
    order.apply(fill_of(order, "400", "1.25000"))
    return order


# -- the state machine --------------------------------------------------------------------------


class Model:
    """The state machine once more, written from the literal table."""

    def __init__(self) -> None:
        self.status = OrderStatus.INITIALIZED
        self.before = OrderStatus.INITIALIZED
        self.filled = 0

    def take(self, kind: Any, quantity: int) -> bool:
        """Apply an event, or say that it is illegal."""
        if kind in {OrderModifyRejected, OrderCancelRejected, OrderUpdated}:
            return self._answer(kind)
        if kind == "fill":
            if self.filled + quantity > 100:
                return False
            full = self.filled + quantity == 100
            target = OrderStatus.FILLED if full else OrderStatus.PARTIALLY_FILLED
        else:
            target = LEADS_TO[kind]
        if target not in TRANSITIONS[self.status]:
            return False
        if kind == "fill":
            self.filled += quantity
        if (self.status, target) == (OrderStatus.PENDING_UPDATE, OrderStatus.SUBMITTED):
            target = OrderStatus.PENDING_UPDATE
        self._go(target)
        return True

    def _answer(self, kind: Any) -> bool:
        if kind is OrderUpdated and self.status in CLOSED:
            return False
        ended = "CANCEL" if kind is OrderCancelRejected else "UPDATE"
        pending = self.status.value == f"PENDING_{ended}"
        self._go(self.before if pending else self.status)
        return True

    def _go(self, status: OrderStatus) -> None:
        if self.status not in PENDING:
            self.before = self.status
        self.status = status


KINDS = [*LEADS_TO, OrderModifyRejected, OrderCancelRejected, OrderUpdated, "fill"]
steps = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from([10, 40, 100])), max_size=12)


@given(steps)
def test_any_sequence_of_events_follows_the_literal_table(steps: list[tuple[Any, int]]) -> None:
    order = limit_order(BUY, "100", "1.25000")
    model = Model()
    for kind, quantity in steps:
        before = facts(order)
        happened = (
            fill_of(order, str(quantity), "1.25000") if kind == "fill" else event(kind, order)
        )
        if model.take(kind, quantity):
            order.apply(happened)
        else:
            with pytest.raises(OrderStateError) as error:
                order.apply(happened)
            assert order.client_order_id == error.value.order_id
            assert before[0] == error.value.state
            assert type(happened).__name__ in error.value.event
            assert before == facts(order)
        assert model.status is order.status
        assert model.before is order.previous_status
        assert (order.status in OPEN) == order.is_open
        assert (order.status in CLOSED) == order.is_closed
        assert (order.status in INFLIGHT) == order.is_inflight
        assert order.is_closed == bool(order.ts_closed)
        assert Quantity(100 - model.filled) == order.leaves_qty


def test_an_illegal_event_names_order_state_and_event() -> None:
    order = an_order(client_order_id=ClientOrderId("O-9"))
    order.apply(event(OrderSubmitted, order))
    order.apply(fill_of(order, "100_000", "1.25000"))
    with pytest.raises(OrderStateError, match=r"O-9.*OrderExpired.*FILLED"):
        order.apply(event(OrderExpired, order))


def test_an_order_is_not_initialized_twice() -> None:
    order = an_order()
    with pytest.raises(OrderStateError):
        order.apply(order.init)


def test_nested_pendings_keep_the_status_before_all_of_them() -> None:
    order = partly_filled()
    order.apply(event(OrderPendingUpdate, order))
    order.apply(event(OrderPendingCancel, order))
    assert OrderStatus.PARTIALLY_FILLED is order.previous_status
    order.apply(event(OrderModifyRejected, order))
    assert OrderStatus.PENDING_CANCEL is order.status
    order.apply(event(OrderCancelRejected, order))
    assert OrderStatus.PARTIALLY_FILLED is order.status


def test_a_refused_cancel_may_come_after_the_last_fill() -> None:
    order = partly_filled()
    order.apply(event(OrderPendingCancel, order))
    order.apply(fill_of(order, "600", "1.25000"))
    order.apply(event(OrderCancelRejected, order))
    assert OrderStatus.FILLED is order.status


def test_a_late_fill_of_a_canceled_order_is_applied() -> None:
    order = partly_filled()
    order.apply(event(OrderCanceled, order))
    assert order.is_closed
    order.apply(fill_of(order, "600", "1.25000"))
    assert OrderStatus.FILLED is order.status
    assert Quantity(1000) == order.filled_qty


def test_a_triggered_order_says_so() -> None:
    order = working(
        an_order(OrderType.STOP_LIMIT, price="1.26000", trigger_price="1.25500", quantity="10")
    )
    order.apply(event(OrderTriggered, order))
    assert order.is_triggered
    assert order.is_open


# -- fills --------------------------------------------------------------------------------------


def test_fills_add_up() -> None:
    order = working(limit_order(BUY, "1000", "1.25000"))
    order.apply(fill_of(order, "400", "1.25000", commission="0.10 USD"))
    order.apply(fill_of(order, "600", "1.24000", commission="0.15 USD"))
    assert OrderStatus.FILLED is order.status
    assert Quantity(1000) == order.filled_qty
    assert Quantity(0) == order.leaves_qty
    assert Decimal("1.2440000000") == order.avg_px
    assert Decimal("-0.006") == order.slippage
    assert {USD: Money("0.25", USD)} == order.commissions()
    assert LiquiditySide.TAKER is order.liquidity_side
    assert 2 == len(order.trade_ids)


def test_commissions_are_kept_by_currency() -> None:
    order = working(limit_order(SELL, "1000", "1.25000"))
    order.apply(fill_of(order, "400", "1.25000", commission="0.10 USD"))
    order.apply(fill_of(order, "600", "1.25000", commission="0.20 GBP"))
    assert {USD: Money("0.10", USD), GBP: Money("0.20", GBP)} == order.commissions()


def test_an_average_is_rounded_half_to_even_at_ten_decimals() -> None:
    order = working(limit_order(BUY, "3", "2.00000"))
    order.apply(fill_of(order, "2", "1.00000"))
    order.apply(fill_of(order, "1", "2.00000"))
    assert "1.3333333333" == str(order.avg_px)


def test_the_average_of_a_price_with_many_decimals_keeps_them() -> None:
    order = working(limit_order(BUY, "3", "0.00000000001235"))
    order.apply(fill_of(order, "1", "0.00000000001234"))
    order.apply(fill_of(order, "2", "0.00000000001235"))
    assert "1.2346667E-11" == str(order.avg_px)


def test_the_average_of_an_inverse_contract_is_of_what_was_paid() -> None:
    order = working(limit_order(BUY, "200", "20000.0"))
    order.is_inverse = True
    order.apply(fill_of(order, "100", "10000.0"))
    order.apply(fill_of(order, "100", "20000.0"))
    assert "13333.3333333333" == str(order.avg_px)
    assert Decimal("-6666.6666666667") == order.slippage


def test_a_seller_slips_when_he_gets_less() -> None:
    order = working(limit_order(SELL, "10", "1.25000"))
    assert order.slippage is None
    order.apply(fill_of(order, "10", "1.24000"))
    assert Decimal("0.01") == order.slippage


def test_a_market_order_has_no_slippage() -> None:
    order = an_order()
    order.apply(event(OrderSubmitted, order))
    order.apply(fill_of(order, "100_000", "1.25000"))
    assert order.slippage is None


def test_a_trade_is_applied_once() -> None:
    order = partly_filled()
    first = order.last_trade_id
    second = fill_of(order, "100", "1.25000", trade_id=TradeId("T-second"))
    order.apply(second)
    for trade_id in (first, TradeId("T-second")):
        before = facts(order)
        with pytest.raises(OrderStateError, match=f"OrderFilled of trade {trade_id}"):
            order.apply(fill_of(order, "100", "1.25000", trade_id=trade_id))
        assert before == facts(order)
    assert second is order.fill_of(TradeId("T-second"))
    assert order.fill_of(TradeId("T-third")) is None
    assert order.has_trade(TradeId("T-second"))
    assert not order.has_trade(TradeId("T-third"))


def test_a_fill_of_nothing_is_refused() -> None:
    order = partly_filled()
    with pytest.raises(OrderStateError, match="OrderFilled of nothing"):
        order.apply(fill_of(order, "0", "1.25000"))


def test_more_than_is_left_is_refused() -> None:
    order = partly_filled()
    before = facts(order)
    with pytest.raises(OrderStateError, match="OrderFilled of 601 with 600 left"):
        order.apply(fill_of(order, "601", "1.25000"))
    assert before == facts(order)


def test_more_than_is_left_is_taken_where_it_is_allowed() -> None:
    order = partly_filled()
    order.apply(fill_of(order, "601", "1.25000"), allow_overfill=True)
    assert OrderStatus.FILLED is order.status
    assert Quantity(1001) == order.filled_qty
    assert Quantity(0) == order.leaves_qty
    assert Quantity(1) == order.overfill_qty


def test_a_fill_may_be_finer_than_the_order() -> None:
    order = working(limit_order(BUY, "1", "1.25000"))
    order.apply(fill_of(order, "0.25", "1.25000"))
    assert "0.75" == str(order.leaves_qty)
    order.apply(fill_of(order, "0.7", "1.25000"))
    assert "0.05" == str(order.leaves_qty)
    order.apply(fill_of(order, "0.05", "1.25000"))
    assert OrderStatus.FILLED is order.status


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**7)), min_size=1, max_size=8))
def test_quantities_and_averages_are_exact(parts: list[tuple[int, int]]) -> None:
    total = sum(quantity for quantity, _ in parts)
    order = working(limit_order(BUY, str(total), "1.25000"))
    for quantity, price in parts:
        order.apply(fill_of(order, str(quantity), str(Price.from_raw(price, 5))))
    cost = sum(quantity * price for quantity, price in parts)
    assert OrderStatus.FILLED is order.status
    assert order.avg_px is not None
    assert abs(order.avg_px - Decimal(cost) / Decimal(total) / 100_000) <= Decimal("5.1e-11")


# -- updates ------------------------------------------------------------------------------------


def test_an_update_changes_what_it_names() -> None:
    order = partly_filled()
    order.apply(event(OrderPendingUpdate, order))
    order.apply(event(OrderUpdated, order, quantity=Quantity(700), price=Price("1.26000")))
    assert OrderStatus.PARTIALLY_FILLED is order.status
    assert Quantity(300) == order.leaves_qty
    assert Price("1.26000") == order.price
    order.apply(event(OrderUpdated, order, quantity=Quantity(800)))
    assert Price("1.26000") == order.price
    assert Quantity(400) == order.leaves_qty


def test_an_update_may_bring_another_venue_order_id() -> None:
    order = partly_filled()
    order.apply(event(OrderUpdated, order, venue_order_id=VenueOrderId("V-new")))
    assert "V-new" == order.venue_order_id


@pytest.mark.parametrize("quantity", ["399", "0"])
def test_an_update_below_what_is_filled_is_refused(quantity: str) -> None:
    order = partly_filled()
    before = facts(order)
    with pytest.raises(OrderStateError, match="with 400 filled"):
        order.apply(event(OrderUpdated, order, quantity=Quantity(quantity)))
    assert before == facts(order)


def test_a_quote_quantity_becomes_a_base_quantity() -> None:
    order = working(limit_order(BUY, "1000", "1.25000", quote_quantity=True))
    assert order.is_quote_quantity
    order.apply(event(OrderUpdated, order, quantity=Quantity(800), is_quote_quantity=False))
    assert not order.is_quote_quantity
    assert Quantity(800) == order.leaves_qty


# -- whose events -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [OrderAccepted, OrderSubmitted, OrderUpdated, OrderCanceled])
def test_an_event_of_another_order_is_refused(kind: Any) -> None:
    order = partly_filled()
    other = event(kind, order, client_order_id=ClientOrderId("O-other"))
    with pytest.raises(OrderStateError, match="of order O-other"):
        order.apply(other)


def test_an_event_of_another_venue_order_is_refused() -> None:
    order = partly_filled()
    with pytest.raises(OrderStateError, match="of venue order V-other instead of"):
        order.apply(event(OrderCanceled, order, venue_order_id=VenueOrderId("V-other")))


# -- what an order says -------------------------------------------------------------------------


def test_times_are_those_of_the_events() -> None:
    order = working(limit_order(BUY, "10", "1.25000"))
    submitted, accepted = order.events[1:]
    last = fill_of(order, "10", "1.25000")
    order.apply(last)
    assert order.init.ts_init == order.ts_init
    assert submitted.ts_event == order.ts_submitted
    assert accepted.ts_event == order.ts_accepted
    assert last.ts_event == order.ts_last == order.ts_closed
    assert last is order.last_event
    assert 4 == order.event_count


@pytest.mark.parametrize(
    ("side", "position_side", "held", "expected"),
    [
        (BUY, PositionSide.SHORT, 1000, True),
        (BUY, PositionSide.SHORT, 999, False),
        (BUY, PositionSide.LONG, 5000, False),
        (SELL, PositionSide.LONG, 1000, True),
        (SELL, PositionSide.FLAT, 0, False),
    ],
)
def test_only_what_is_open_on_the_other_side_can_be_reduced(
    side: OrderSide,
    position_side: PositionSide,
    held: int,
    expected: bool,  # noqa: FBT001
) -> None:
    order = limit_order(side, "1000", "1.25000")
    assert expected == order.would_reduce_only(position_side, Quantity(held))


def test_an_order_reads_as_what_it_wants() -> None:
    order = limit_order(BUY, "1000", "1.25000", client_order_id=ClientOrderId("O-1"))
    assert "LimitOrder(BUY 1000 GBP/USD.SIM LIMIT @ 1.25000 GTC, INITIALIZED, O-1)" == repr(order)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"quantity": "0"}, "the quantity is 0"),
        ({"side": OrderSide.NO_ORDER_SIDE}, "the side is"),
    ],
)
def test_an_impossible_order_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueRangeError, match=message):
        an_order(**fields)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Order(initialized(OrderType.LIMIT, price=1.25)),
        lambda: Order(initialized(OrderType.STOP_MARKET, trigger_price=Decimal("1.25"))),
    ],
)
def test_a_price_that_is_no_price_is_named(wrong: Callable[[], Order]) -> None:
    with pytest.raises(ValueRangeError, match=r"price is a .* give a Price"):
        wrong()


@pytest.mark.parametrize("field", ["time_in_force", "trigger_type"])
@pytest.mark.parametrize("wrong", ["FOK", "LAST_PRICE", None, 3])
def test_a_word_of_another_set_is_refused_not_taken_for_the_usual_one(
    field: str, wrong: object
) -> None:
    kind = {"time_in_force": "TimeInForce", "trigger_type": "TriggerType"}[field]
    with pytest.raises(ValueRangeError, match=rf"O-9: {field} is a .*: give a {kind}, such as"):
        an_order(client_order_id=ClientOrderId("O-9"), **{field: wrong})


@pytest.mark.parametrize("field", ["post_only", "reduce_only", "quote_quantity"])
@pytest.mark.parametrize("wrong", ["no", None, 0, 1])
def test_a_flag_is_true_or_false_and_nothing_else(field: str, wrong: object) -> None:
    with pytest.raises(ValueRangeError, match=rf"O-9: {field} is a .*: give a bool"):
        an_order(client_order_id=ClientOrderId("O-9"), **{field: wrong})


def test_the_same_events_make_the_same_order() -> None:
    order = partly_filled()
    again = order_from(order.init)
    for each in order.events[1:]:
        again.apply(each)
    assert facts(order) == facts(again)
