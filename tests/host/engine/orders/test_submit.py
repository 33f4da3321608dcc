"""An order's way out: through risk to the client of its venue, as a command."""

from typing import Any

import pytest

from argosy.errors import DuplicateNameError
from argosy.model.enums import OrderStatus, TriggerType
from argosy.model.events.order import (
    OrderCancelRejected,
    OrderDenied,
    OrderModifyRejected,
)
from argosy.model.identifiers import (
    ClientId,
    ExecAlgorithmId,
    InstrumentId,
    PositionId,
)
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.parts.risk_rule import RiskRule
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    HEDGING,
    NETTING,
    NOW,
    SELL,
    SIM,
    Desk,
    order_list,
)
from tests.host.engine.venue import ScriptedVenue


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


def working_order(desk: Desk) -> Order:
    return desk.limit(BUY, 3000, "1.1")


def working(desk: Desk) -> Order:
    order = working_order(desk)
    desk.execution.submit(order)
    return desk.accept(order)


def test_an_order_is_sent_to_the_client_of_its_venue(desk: Desk) -> None:
    order = desk.buy(1000)
    desk.execution.submit(order)
    assert [("submit", order.client_order_id, None)] == desk.venue.commands
    assert ["OrderInitialized", "OrderSubmitted"] == names(desk)
    assert (OrderStatus.SUBMITTED, ACCOUNT) == (order.status, order.account_id)
    assert order is desk.cache.order(order.client_order_id)


def test_the_position_that_an_order_is_for_goes_with_it() -> None:
    desk = Desk(oms_type=HEDGING)
    order, position_id = desk.buy(1000), PositionId("P-7")
    desk.execution.submit(order, position_id)
    assert [("submit", order.client_order_id, position_id)] == desk.venue.commands
    assert position_id == desk.cache.position_id(order.client_order_id)


def test_an_order_for_a_venue_without_a_client_is_denied(desk: Desk) -> None:
    order = desk.buy(1000, instrument_id=InstrumentId("BTC.NOWHERE"))
    desk.execution.submit(order)
    (denied,) = desk.of(OrderDenied)
    assert denied.reason == "VENUE_NOT_FOUND: venue=NOWHERE"
    assert OrderStatus.DENIED == order.status
    assert [] == desk.venue.commands


def test_an_order_that_risk_refuses_is_denied_and_never_sent(desk: Desk) -> None:
    desk.rules(Refusing(desk.context))
    desk.execution.submit(desk.sell(1000))
    (denied,) = desk.of(OrderDenied)
    assert (denied.reason, denied.ts_event) == ("NO_SALES: side=SELL", NOW)
    assert [] == desk.venue.commands
    assert [] == desk.cache.orders_working()


def test_an_order_to_be_watched_here_is_denied_until_somebody_watches(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1", emulation_trigger=TriggerType.BID_ASK)
    desk.execution.submit(order)
    (denied,) = desk.of(OrderDenied)
    assert denied.reason == "UNSUPPORTED_EMULATION: emulation_trigger=BID_ASK"
    assert [] == desk.venue.commands


def test_an_order_for_an_algorithm_that_nobody_brings_is_denied(desk: Desk) -> None:
    desk.execution.submit(desk.buy(1000, exec_algorithm_id=ExecAlgorithmId("TWAP")))
    (denied,) = desk.of(OrderDenied)
    assert denied.reason == "EXEC_ALGORITHM_NOT_FOUND: exec_algorithm_id=TWAP"
    assert [] == desk.venue.commands


def test_a_client_has_the_name_of_its_venue(desk: Desk) -> None:
    desk.execution.submit(desk.buy(1000), None, ClientId("SIM"))
    assert [] == desk.of(OrderDenied)
    assert 1 == len(desk.venue.commands)


def test_an_order_for_a_client_that_its_venue_does_not_have_is_denied(desk: Desk) -> None:
    desk.execution.submit(desk.buy(1000), None, ClientId("NOPE"))
    desk.execution.submit_list(order_list("OL-1", [desk.buy(1000)]), None, ClientId("NOPE"))
    reasons = [denied.reason for denied in desk.of(OrderDenied)]
    assert ["CLIENT_NOT_FOUND: client_id=NOPE, venue=SIM"] * 2 == reasons
    assert [] == desk.venue.commands


def test_commands_for_a_client_that_the_venue_does_not_have_are_rejected(desk: Desk) -> None:
    order, client_id = working(desk), ClientId("NOPE")
    desk.execution.modify(order, Quantity("2000"), None, None, client_id)
    desk.execution.cancel(order, client_id)
    rejected = desk.of(OrderModifyRejected, OrderCancelRejected)
    assert ["CLIENT_NOT_FOUND: client_id=NOPE, venue=SIM"] * 2 == [each.reason for each in rejected]
    assert OrderStatus.ACCEPTED is order.status
    assert ["submit"] == [command[0] for command in desk.venue.commands]


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
    assert desk.venue is desk.routes.of(EURUSD.id).client
    other = ScriptedVenue(desk.timeline, SIM, ACCOUNT, NETTING, None)
    desk.execution.add_client(other)
    assert other is desk.routes.of(EURUSD.id).client
    assert desk.routes.of(InstrumentId("BTC.NOWHERE")).client is None


def test_the_orders_of_a_list_are_sent_together(desk: Desk) -> None:
    orders = [desk.buy(1000), desk.limit(SELL, 1000, "1.2")]
    desk.execution.submit_list(order_list("OL-1", orders))
    assert ["OrderInitialized"] * 2 + ["OrderSubmitted"] * 2 == names(desk)
    assert [order.client_order_id for order in orders] == [each[1] for each in desk.venue.commands]
    assert desk.cache.order_list("OL-1") is not None


def test_if_one_order_of_a_list_is_denied_all_are(desk: Desk) -> None:
    desk.rules(Refusing(desk.context))
    desk.execution.submit_list(order_list("OL-1", [desk.buy(1000), desk.sell(1000)]))
    assert [
        "ORDER_LIST_DENIED: order_list=OL-1, NO_SALES: side=SELL",
        "NO_SALES: side=SELL",
    ] == [event.reason for event in desk.of(OrderDenied)]
    assert [] == desk.venue.commands


def test_a_change_is_pending_until_the_venue_answers(desk: Desk) -> None:
    order = working(desk)
    desk.execution.modify(order, Quantity("5000"), Price("1.2"), None)
    assert OrderStatus.PENDING_UPDATE == order.status
    sent = ("modify", order.client_order_id, Quantity("5000"), Price("1.2"), None)
    assert sent == desk.venue.commands[-1]
    desk.venue.updated(order, NOW, quantity=Quantity("5000"), price=Price("1.2"))
    assert (OrderStatus.ACCEPTED, Quantity("5000"), Price("1.2")) == (
        order.status,
        order.quantity,
        order.price,
    )


def test_an_update_keeps_what_the_venue_does_not_mention(desk: Desk) -> None:
    order = working(desk)
    desk.venue.updated(order, NOW, price=Price("1.05"))
    assert (Quantity("3000"), Price("1.05")) == (order.quantity, order.price)
    desk.venue.updated(order, NOW, is_quote_quantity=True)
    assert order.is_quote_quantity


def test_a_change_that_risk_refuses_is_rejected_and_not_sent(desk: Desk) -> None:
    order = working(desk)
    desk.rules(Refusing(desk.context))
    desk.execution.modify(order, Quantity("5000"), None, None)
    (rejected,) = desk.of(OrderModifyRejected)
    assert rejected.reason == "NO_CHANGES: x=1"
    assert OrderStatus.ACCEPTED == order.status
    assert 1 == len(desk.venue.commands)


def test_a_cancel_is_pending_until_the_venue_answers(desk: Desk) -> None:
    order = working(desk)
    desk.execution.cancel(order)
    assert OrderStatus.PENDING_CANCEL == order.status
    assert ("cancel", order.client_order_id) == desk.venue.commands[-1]
    desk.venue.canceled(order, NOW)
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
    desk.venue.canceled(done, NOW)
    sent = len(desk.venue.commands)
    for order in (unsent, done):
        command(desk, order)
    assert ["ORDER_NOT_AT_VENUE: status=INITIALIZED", "ORDER_CLOSED: status=CANCELED"] == [
        event.reason for event in desk.of(rejection)
    ]
    assert sent == len(desk.venue.commands)


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
    desk.venue.modify_rejected(order, "NO", NOW)
    desk.execution.cancel(order)
    desk.venue.cancel_rejected(order, "NO", NOW)
    assert (OrderStatus.ACCEPTED, Quantity("3000")) == (order.status, order.quantity)
