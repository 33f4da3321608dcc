"""What comes back: a report becomes its event, and is believed whole."""

from typing import Any

import pytest

from argosy.errors import OrderStateError, RunError
from argosy.model.enums import OrderStatus
from argosy.model.events.account import AccountState
from argosy.model.events.order import (
    OrderAccepted,
    OrderCanceled,
    OrderFilled,
    OrderRejected,
    OrderTriggered,
)
from argosy.model.events.position import PositionClosed, PositionOpened
from argosy.model.identifiers import (
    ClientOrderId,
    TradeId,
    VenueOrderId,
)
from argosy.model.money import Money
from argosy.model.orders.order import Order
from argosy.model.reports import Accepted, AccountChange, Expired, Filled
from argosy.model.values import Price, Quantity
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    MAKER,
    NOW,
    SECOND,
    STRATEGY,
    TRADER,
    Desk,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def names(desk: Desk) -> list[str]:
    return [type(event).__name__ for event in desk.events]


def working_order(desk: Desk) -> Order:
    return desk.limit(BUY, 3000, "1.1")


def working(desk: Desk) -> Order:
    order = working_order(desk)
    desk.execution.submit(order)
    return desk.accept(order)


def test_reports_have_the_venues_time_and_ours(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    desk.timeline.advance(NOW + SECOND)
    desk.venue.accepted(order, VenueOrderId("V-1"), NOW + 1)
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
    desk.venue.rejected(rejected, "WOULD_TAKE: x=1", NOW, due_post_only=True)
    desk.accept(stop)
    desk.venue.triggered(stop, NOW)
    desk.venue.canceled(stop, NOW, "HALT: x=1")
    (rejection,) = desk.of(OrderRejected)
    assert (True, "WOULD_TAKE: x=1") == (rejection.due_post_only, rejection.reason)
    assert ["HALT: x=1"] == [event.reason for event in desk.of(OrderCanceled)]
    assert 1 == len(desk.of(OrderTriggered))
    assert stop.is_triggered


def test_a_report_that_cannot_be_changes_nothing(desk: Desk) -> None:
    order = working(desk)
    desk.venue.canceled(order, NOW)
    logged, published = len(desk.log), len(desk.events)
    with pytest.raises(OrderStateError, match="OrderExpired is not possible in state CANCELED"):
        desk.venue.expired(order, NOW)
    assert (logged, published) == (len(desk.log), len(desk.events))


def test_a_fill_says_what_was_executed(desk: Desk) -> None:
    order = working(desk)
    desk.timeline.advance(NOW + SECOND)
    desk.venue.filled(
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
    assert ("submit", made[0].client_order_id, None) == desk.venue.commands[-1]
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
    desk.venue.canceled(order, NOW)
    assert Money.from_str("0.00 USD") == desk.of(AccountState)[-1].balances[0].locked
    assert desk.of(AccountState) == desk.accounting.states


def test_a_state_that_no_order_caused_is_logged_and_published(desk: Desk) -> None:
    logged = len(desk.log)
    change = AccountChange((), (), ())
    desk.venue.account_is(change, NOW)
    assert desk.accounting.states == desk.of(AccountState)
    assert logged + 1 == len(desk.log)


def test_a_report_of_an_order_that_nobody_made_is_an_error(desk: Desk) -> None:
    order_id = ClientOrderId("O-WHOSE")
    with pytest.raises(RunError, match="Expired of order O-WHOSE, which nobody here made"):
        desk.execution.take(Expired(1, 0, 0, NOW, EURUSD.id, order_id, None, None))


def filled_without_id(order: Order) -> Filled:
    zero = Money.from_str("0 USD")
    size, price = Quantity("1000"), Price("1.10000")
    whose = (EURUSD.id, order.client_order_id, None)
    return Filled(9, 0, 0, NOW, *whose, None, TradeId("T-1"), None, size, price, MAKER, zero)


def test_a_fill_without_the_venues_id_means_the_one_that_is_known(desk: Desk) -> None:
    order = working(desk)
    desk.execution.take(filled_without_id(order))
    (fill,) = desk.of(OrderFilled)
    assert f"V-{order.client_order_id}" == fill.venue_order_id


def test_an_order_that_no_report_named_yet_is_an_error(desk: Desk) -> None:
    order = working_order(desk)
    desk.execution.submit(order)
    logged = len(desk.log)
    accepted = Accepted(9, 0, 0, NOW, EURUSD.id, order.client_order_id, None, None)
    for report in (accepted, filled_without_id(order)):
        with pytest.raises(RunError, match="without the venue's id of it"):
            desk.execution.take(report)
    assert (logged, OrderStatus.SUBMITTED) == (len(desk.log), order.status)


def test_commands_say_what_led_to_them(desk: Desk) -> None:
    sent: list[Any] = []
    desk.venue.on_submit = sent.append  # type: ignore[method-assign]

    def answer(event: Any) -> None:
        if isinstance(event, OrderAccepted) and len(sent) == 1:
            desk.execution.submit(desk.sell(1000))

    first = working_order(desk)
    desk.execution.submit(first)
    desk.bus.subscribe(f"events.order.{STRATEGY}", answer)
    command = sent[0]
    report = Accepted(77, 1, 1, NOW, EURUSD.id, first.client_order_id, VenueOrderId("V"), None)
    desk.execution.take(report)
    assert (1, 1, 0) == (command.command_id, command.correlation_id, command.causation_id)
    assert (2, 2, 77) == (sent[1].command_id, sent[1].correlation_id, sent[1].causation_id)


def test_only_those_who_listen_to_a_strategy_hear_of_its_orders(desk: Desk) -> None:
    other: list[Any] = []
    desk.bus.subscribe("events.order.Other-000", other.append)
    desk.trade_at(BUY, 1000, "1.1")
    assert [] == other
