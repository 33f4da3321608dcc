"""An order's way out, and what comes back: state first, then the log, then those who listen."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DuplicateNameError, OrderStateError
from argosy.model.enums import OrderStatus, TriggerType
from argosy.model.events.account import AccountState
from argosy.model.events.order import (
    OrderAccepted,
    OrderCanceled,
    OrderCancelRejected,
    OrderDenied,
    OrderEvent,
    OrderFilled,
    OrderModifyRejected,
    OrderRejected,
    OrderTriggered,
)
from argosy.model.events.position import PositionClosed, PositionOpened
from argosy.model.identifiers import (
    ClientId,
    ExecAlgorithmId,
    InstrumentId,
    PositionId,
    TradeId,
    VenueOrderId,
)
from argosy.model.money import Money
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.parts.risk_rule import RiskRule
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    HEDGING,
    MAKER,
    NOW,
    SECOND,
    SELL,
    STRATEGY,
    TRADER,
    Desk,
    ScriptedClient,
    order_list,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


class Refusing(RiskRule):
    """Refuses orders that sell, and every change."""

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Refuse sales."""
        return "NO_SALES: side=SELL" if order.sign < 0 else None

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Refuse changes."""
        return "NO_CHANGES: x=1"


def names(desk: Desk) -> list[str]:
    return [type(event).__name__ for event in desk.events]


def working(desk: Desk) -> Order:
    order = desk.limit(BUY, 3000, "1.1")
    desk.execution.submit(order)
    return desk.accept(order)


# -- submit ---------------------------------------------------------------------------------------


def test_an_order_is_sent_to_the_client_of_its_venue(desk: Desk) -> None:
    order = desk.buy(1000)
    desk.execution.submit(order)
    assert [("submit", order.client_order_id, None)] == desk.client.commands
    assert ["OrderInitialized", "OrderSubmitted"] == names(desk)
    assert (OrderStatus.SUBMITTED, ACCOUNT) == (order.status, order.account_id)
    assert order is desk.cache.order(order.client_order_id)


def test_the_position_that_an_order_is_for_goes_with_it() -> None:
    desk = Desk(oms_type=HEDGING)
    order, position_id = desk.buy(1000), PositionId("P-7")
    desk.execution.submit(order, position_id)
    assert [("submit", order.client_order_id, position_id)] == desk.client.commands
    assert position_id == desk.cache.position_id(order.client_order_id)


def test_an_order_for_a_venue_without_a_client_is_denied(desk: Desk) -> None:
    order = desk.buy(1000, instrument_id=InstrumentId("BTC.NOWHERE"))
    desk.execution.submit(order)
    (denied,) = desk.of(OrderDenied)
    assert denied.reason == "VENUE_NOT_FOUND: venue=NOWHERE"
    assert OrderStatus.DENIED == order.status
    assert [] == desk.client.commands


def test_an_order_that_risk_refuses_is_denied_and_never_sent(desk: Desk) -> None:
    desk.rules(Refusing(desk.context))
    desk.execution.submit(desk.sell(1000))
    (denied,) = desk.of(OrderDenied)
    assert (denied.reason, denied.ts_event) == ("NO_SALES: side=SELL", NOW)
    assert [] == desk.client.commands
    assert [] == desk.cache.orders_working()


def test_an_order_to_be_watched_here_is_denied_until_somebody_watches(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1", emulation_trigger=TriggerType.BID_ASK)
    desk.execution.submit(order)
    (denied,) = desk.of(OrderDenied)
    assert denied.reason == "UNSUPPORTED_EMULATION: emulation_trigger=BID_ASK"
    assert [] == desk.client.commands


def test_an_order_for_an_algorithm_that_nobody_brings_is_denied(desk: Desk) -> None:
    desk.execution.submit(desk.buy(1000, exec_algorithm_id=ExecAlgorithmId("TWAP")))
    (denied,) = desk.of(OrderDenied)
    assert denied.reason == "EXEC_ALGORITHM_NOT_FOUND: exec_algorithm_id=TWAP"
    assert [] == desk.client.commands


def test_a_client_has_the_name_of_its_venue(desk: Desk) -> None:
    desk.execution.submit(desk.buy(1000), None, ClientId("SIM"))
    assert [] == desk.of(OrderDenied)
    assert 1 == len(desk.client.commands)


def test_an_order_for_a_client_that_its_venue_does_not_have_is_denied(desk: Desk) -> None:
    desk.execution.submit(desk.buy(1000), None, ClientId("NOPE"))
    desk.execution.submit_list(order_list("OL-1", [desk.buy(1000)]), None, ClientId("NOPE"))
    reasons = [denied.reason for denied in desk.of(OrderDenied)]
    assert ["CLIENT_NOT_FOUND: client_id=NOPE, venue=SIM"] * 2 == reasons
    assert [] == desk.client.commands


def test_commands_for_a_client_that_the_venue_does_not_have_are_rejected(desk: Desk) -> None:
    order, client_id = working(desk), ClientId("NOPE")
    desk.execution.modify(order, Quantity("2000"), None, None, client_id)
    desk.execution.cancel(order, client_id)
    rejected = desk.of(OrderModifyRejected, OrderCancelRejected)
    assert ["CLIENT_NOT_FOUND: client_id=NOPE, venue=SIM"] * 2 == [each.reason for each in rejected]
    assert OrderStatus.ACCEPTED is order.status
    assert ["submit"] == [command[0] for command in desk.client.commands]


def test_a_position_id_that_netting_does_not_know_is_denied(desk: Desk) -> None:
    desk.execution.submit(desk.buy(1000), PositionId("P-7"))
    (denied,) = desk.of(OrderDenied)
    assert denied.reason == "POSITION_ID_NOT_NETTING: position_id=P-7, net=EUR/USD.SIM-Cross-000"


def test_the_same_order_cannot_be_sent_twice(desk: Desk) -> None:
    order = desk.buy(1000)
    desk.execution.submit(order)
    with pytest.raises(DuplicateNameError, match=order.client_order_id):
        desk.execution.submit(order)


def test_a_client_that_is_added_later_takes_over_its_venue(desk: Desk) -> None:
    assert desk.client is desk.execution.client(EURUSD.id)
    other = ScriptedClient()
    desk.execution.add_client(other)
    assert other is desk.execution.client(EURUSD.id)
    assert desk.execution.client(InstrumentId("BTC.NOWHERE")) is None


# -- lists ----------------------------------------------------------------------------------------


def test_the_orders_of_a_list_are_sent_together(desk: Desk) -> None:
    orders = [desk.buy(1000), desk.limit(SELL, 1000, "1.2")]
    desk.execution.submit_list(order_list("OL-1", orders))
    assert ["OrderInitialized"] * 2 + ["OrderSubmitted"] * 2 == names(desk)
    assert [order.client_order_id for order in orders] == [each[1] for each in desk.client.commands]
    assert desk.cache.order_list("OL-1") is not None


def test_if_one_order_of_a_list_is_denied_all_are(desk: Desk) -> None:
    desk.rules(Refusing(desk.context))
    desk.execution.submit_list(order_list("OL-1", [desk.buy(1000), desk.sell(1000)]))
    assert [
        "ORDER_LIST_DENIED: order_list=OL-1, NO_SALES: side=SELL",
        "NO_SALES: side=SELL",
    ] == [event.reason for event in desk.of(OrderDenied)]
    assert [] == desk.client.commands


# -- modify and cancel ----------------------------------------------------------------------------


def test_a_change_is_pending_until_the_venue_answers(desk: Desk) -> None:
    order = working(desk)
    desk.execution.modify(order, Quantity("5000"), Price("1.2"), None)
    assert OrderStatus.PENDING_UPDATE == order.status
    sent = ("modify", order.client_order_id, Quantity("5000"), Price("1.2"), None)
    assert sent == desk.client.commands[-1]
    desk.execution.updated(order, NOW, quantity=Quantity("5000"), price=Price("1.2"))
    assert (OrderStatus.ACCEPTED, Quantity("5000"), Price("1.2")) == (
        order.status,
        order.quantity,
        order.price,
    )


def test_an_update_keeps_what_the_venue_does_not_mention(desk: Desk) -> None:
    order = working(desk)
    desk.execution.updated(order, NOW, price=Price("1.05"))
    assert (Quantity("3000"), Price("1.05")) == (order.quantity, order.price)
    desk.execution.updated(order, NOW, is_quote_quantity=True)
    assert order.is_quote_quantity


def test_a_change_that_risk_refuses_is_rejected_and_not_sent(desk: Desk) -> None:
    order = working(desk)
    desk.rules(Refusing(desk.context))
    desk.execution.modify(order, Quantity("5000"), None, None)
    (rejected,) = desk.of(OrderModifyRejected)
    assert rejected.reason == "NO_CHANGES: x=1"
    assert OrderStatus.ACCEPTED == order.status
    assert 1 == len(desk.client.commands)


def test_a_cancel_is_pending_until_the_venue_answers(desk: Desk) -> None:
    order = working(desk)
    desk.execution.cancel(order)
    assert OrderStatus.PENDING_CANCEL == order.status
    assert ("cancel", order.client_order_id) == desk.client.commands[-1]
    desk.execution.canceled(order, NOW)
    assert order.is_closed
    assert [] == desk.cache.orders_working()


@pytest.mark.parametrize(
    ("command", "rejection"),
    [
        (lambda desk, order: desk.execution.cancel(order), OrderCancelRejected),
        (
            lambda desk, order: desk.execution.modify(order, Quantity("1"), None, None),
            OrderModifyRejected,
        ),
    ],
    ids=["cancel", "modify"],
)
def test_a_command_for_an_order_that_is_not_at_the_venue_is_rejected(
    desk: Desk, command: Any, rejection: type
) -> None:
    unsent, done = desk.limit(BUY, 1000, "1.1"), working(desk)
    desk.execution.canceled(done, NOW)
    sent = len(desk.client.commands)
    for order in (unsent, done):
        command(desk, order)
    assert ["ORDER_NOT_AT_VENUE: status=INITIALIZED", "ORDER_CLOSED: status=CANCELED"] == [
        event.reason for event in desk.of(rejection)
    ]
    assert sent == len(desk.client.commands)


def test_a_change_of_an_order_that_is_being_canceled_is_rejected(desk: Desk) -> None:
    order = working(desk)
    desk.execution.cancel(order)
    desk.execution.modify(order, Quantity("5000"), None, None)
    (rejected,) = desk.of(OrderModifyRejected)
    assert rejected.reason == "ORDER_PENDING_CANCEL: status=PENDING_CANCEL"
    assert OrderStatus.PENDING_CANCEL == order.status


def test_an_answer_that_says_no_leaves_the_order_as_it_was(desk: Desk) -> None:
    order = working(desk)
    desk.execution.modify(order, Quantity("5000"), None, None)
    desk.execution.modify_rejected(order, "NO", NOW)
    desk.execution.cancel(order)
    desk.execution.cancel_rejected(order, "NO", NOW)
    assert (OrderStatus.ACCEPTED, Quantity("3000")) == (order.status, order.quantity)


# -- reports --------------------------------------------------------------------------------------


def test_reports_have_the_venues_time_and_ours(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    desk.timeline.advance(NOW + SECOND)
    desk.execution.accepted(order, VenueOrderId("V-1"), NOW + 1)
    (accepted,) = desk.of(OrderAccepted)
    assert (NOW + 1, NOW + SECOND, "V-1", ACCOUNT) == (
        accepted.ts_event,
        accepted.ts_init,
        accepted.venue_order_id,
        accepted.account_id,
    )


def test_each_report_becomes_its_event(desk: Desk) -> None:
    rejected, stop = desk.limit(BUY, 1000, "1.1", post_only=True), desk.stop(BUY, 1000, "1.2")
    for order in (rejected, stop):
        desk.execution.submit(order)
    desk.execution.rejected(rejected, "WOULD_TAKE: x=1", NOW, due_post_only=True)
    desk.accept(stop)
    desk.execution.triggered(stop, NOW)
    desk.execution.canceled(stop, NOW, "HALT: x=1")
    (rejection,) = desk.of(OrderRejected)
    assert (True, "WOULD_TAKE: x=1") == (rejection.due_post_only, rejection.reason)
    assert ["HALT: x=1"] == [event.reason for event in desk.of(OrderCanceled)]
    assert 1 == len(desk.of(OrderTriggered))
    assert stop.is_triggered


def test_a_report_that_cannot_be_changes_nothing(desk: Desk) -> None:
    order = working(desk)
    desk.execution.canceled(order, NOW)
    logged, published = len(desk.log), len(desk.events)
    with pytest.raises(OrderStateError, match="OrderExpired is not possible in state CANCELED"):
        desk.execution.expired(order, NOW)
    assert (logged, published) == (len(desk.log), len(desk.events))


# -- fills ----------------------------------------------------------------------------------------


def test_a_fill_says_what_was_executed(desk: Desk) -> None:
    order = working(desk)
    desk.timeline.advance(NOW + SECOND)
    desk.execution.filled(
        order,
        VenueOrderId(f"V-{order.client_order_id}"),
        TradeId("T-9"),
        Quantity("1000"),
        Price("1.10000"),
        MAKER,
        Money.from_str("0.02 USD"),
        NOW + 5,
    )
    (fill,) = desk.of(OrderFilled)
    assert (TRADER, STRATEGY, EURUSD.id, "T-9", MAKER, "USD") == (
        fill.trader_id,
        fill.strategy_id,
        fill.instrument_id,
        fill.trade_id,
        fill.liquidity_side,
        fill.currency.code,
    )
    assert (NOW + 5, NOW + SECOND) == (fill.ts_event, fill.ts_init)
    assert OrderStatus.PARTIALLY_FILLED == order.status


def test_handlers_see_the_whole_of_a_fill(desk: Desk) -> None:
    seen: list[tuple[Any, ...]] = []

    def look(event: Any) -> None:
        if isinstance(event, OrderFilled):
            position = desk.cache.position_for_order(event.client_order_id)
            assert position is not None
            account = desk.account
            assert isinstance(account, type(desk.account))
            seen.append((position.signed_qty, desk.cache.orders_open(), names(desk)[-1]))

    desk.bus.subscribe(f"events.order.{STRATEGY}", look)
    desk.trade_at(BUY, 1000, "1.1")
    assert [(1000, [], "OrderFilled")] == seen
    assert ["OrderFilled", "PositionOpened", "AccountState"] == names(desk)[-3:]


def test_an_order_made_inside_a_handler_of_a_fill_is_sent_at_once(desk: Desk) -> None:
    made: list[Order] = []

    def answer(event: Any) -> None:
        if isinstance(event, OrderFilled) and not made:
            made.append(desk.sell(1000))
            desk.execution.submit(made[0])

    desk.bus.subscribe(f"events.order.{STRATEGY}", answer)
    desk.trade_at(BUY, 1000, "1.1")
    assert ("submit", made[0].client_order_id, None) == desk.client.commands[-1]
    desk.fill(made[0], price="1.2")
    assert ["PositionOpened", "PositionClosed"] == [
        type(event).__name__ for event in desk.of(PositionOpened, PositionClosed)
    ]
    assert desk.portfolio.realized_pnl(EURUSD.id) == Money.from_str("100.00 USD")


def test_an_account_state_follows_what_changes_what_is_held(desk: Desk) -> None:
    order = working(desk)
    (held,) = desk.of(AccountState)
    assert Money.from_str("99.00 USD") == held.balances[0].locked
    desk.execution.cancel(order)
    assert 1 == len(desk.of(AccountState))
    desk.execution.canceled(order, NOW)
    assert Money.from_str("0.00 USD") == desk.of(AccountState)[-1].balances[0].locked
    assert desk.of(AccountState) == desk.accounting.states


def test_a_state_that_no_order_caused_is_logged_and_published(desk: Desk) -> None:
    assert desk.account is not None
    state = desk.cache.accounts()[0].last_event
    logged = len(desk.log)
    desk.execution.publish_account(state)
    assert [state] == desk.of(AccountState)
    assert logged + 1 == len(desk.log)


def test_only_those_who_listen_to_a_strategy_hear_of_its_orders(desk: Desk) -> None:
    other: list[Any] = []
    desk.bus.subscribe("events.order.Other-000", other.append)
    desk.trade_at(BUY, 1000, "1.1")
    assert [] == other


# -- the log --------------------------------------------------------------------------------------


def is_logged(desk: Desk) -> bool:
    """Tell whether the log holds the events that were published, in their order."""
    rows = [(kind, msgspec.msgpack.decode(data)) for _, _, kind, data in desk.log.rows()]
    return names(desk) == [kind for kind, _ in rows] and all(
        event.event_id in values for event, (_, values) in zip(desk.events, rows, strict=True)
    )


def test_the_log_has_every_event_in_the_order_of_publication(desk: Desk) -> None:
    order = working(desk)
    desk.fill(order, 1000)
    desk.execution.cancel(order)
    desk.execution.canceled(order, NOW)
    desk.trade_at(SELL, 2000, "1.2", fee="1 USD")
    assert is_logged(desk)


STEPS = ("accept", "modify", "updated", "cancel", "canceled", "part", "fill")


def act(desk: Desk, order: Order, step: str) -> None:
    """Let a command be given or a report come, as a client would, where the order allows it."""
    engine, status = desk.execution, order.status
    if status is OrderStatus.INITIALIZED:
        engine.submit(order)
    elif step == "accept" and status is OrderStatus.SUBMITTED:
        desk.accept(order)
    elif step == "modify":
        engine.modify(order, Quantity("9000"), Price("1.2"), None)
    elif step == "updated" and order.is_open:
        engine.updated(order, NOW, quantity=Quantity("9000"))
    elif step == "cancel":
        engine.cancel(order)
    elif step == "canceled" and order.is_open:
        engine.canceled(order, NOW)
    elif step in ("part", "fill") and order.venue_order_id is not None and order.leaves_raw:
        if status in (OrderStatus.CANCELED, OrderStatus.EXPIRED):
            return
        desk.fill(order, 1000 if step == "part" else None)


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(STEPS)), max_size=40))
def test_whatever_comes_the_log_and_the_orders_agree(steps: Sequence[tuple[int, str]]) -> None:
    desk = Desk()
    orders = [desk.limit(side, 3000, "1.1") for side in (BUY, SELL, BUY)]
    for index, step in steps:
        act(desk, orders[index], step)
    assert is_logged(desk)
    for order in orders:
        own = [
            event for event in desk.of(OrderEvent) if event.client_order_id == order.client_order_id
        ]
        assert order.events == (own or [order.init])
        filled = sum(each.last_qty.raw for each in own if isinstance(each, OrderFilled))
        assert filled == order.filled_raw
    held = sum(order.sign * order.filled_raw for order in orders if order.strategy_id == STRATEGY)
    assert held == desk.portfolio.net_position(EURUSD.id)


def test_no_order_is_an_error_and_no_crash() -> None:
    desk = Desk()
    with pytest.raises(TypeError, match=r"submit_order\(\) takes an order, was None"):
        desk.execution.submit(None)  # type: ignore[arg-type]
