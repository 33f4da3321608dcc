"""Strategies trade; each event goes to the handlers that were written for it."""

import logging
from typing import Any

import pytest

from argosy.errors import InputError, StrategyError
from argosy.model.enums import OmsType, OrderSide, OrderStatus, PositionSide
from argosy.model.events.order import (
    OrderCancelRejected,
    OrderDenied,
    OrderEvent,
    OrderFilled,
    OrderModifyRejected,
)
from argosy.model.events.position import PositionEvent
from argosy.model.identifiers import ClientId, StrategyId
from argosy.model.money import Money
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.strategy.config import StrategyConfig
from argosy.strategy.strategy import HANDLERS, Strategy
from argosy.testing.instruments import btcusdt_spot
from tests.host.engine.kit import (
    BUY,
    EURUSD,
    GBPUSD,
    HEDGING,
    NETTING,
    NOW,
    SELL,
    Desk,
    cash_account,
)

THOUSAND = Quantity("1000")


class Quiet(Strategy):
    """A strategy without any handler."""


class Noting(Strategy):
    """Notes the names of the handlers that were called."""

    def __init__(self, config: Any = None) -> None:
        super().__init__(config)
        self.got: list[str] = []


def noting(*names: str) -> type[Noting]:
    """Return a strategy class that overrides these handlers, and no others."""

    def handler(name: str) -> Any:
        def take(self: Noting, event: Any) -> None:
            self.got.append(name)

        return take

    return type("Noting", (Noting,), {name: handler(name) for name in names})


def run(desk: Desk, made: Strategy) -> Any:
    desk.trader().add(made)
    made.start()
    return made


def market(strategy: Strategy, side: OrderSide = BUY, quantity: Quantity = THOUSAND) -> Order:
    return strategy.order_factory.market(EURUSD.id, side, quantity)


def limit(strategy: Strategy, side: OrderSide = BUY, price: str = "1.1") -> Order:
    return strategy.order_factory.limit(EURUSD.id, side, THOUSAND, Price(price))


def bought(desk: Desk, strategy: Strategy, **more: Any) -> Order:
    order = market(strategy, **more)
    strategy.submit_order(order)
    desk.fill(order)
    return order


@pytest.fixture
def desk() -> Desk:
    return Desk(EURUSD, GBPUSD)


# -- names ----------------------------------------------------------------------------------------


def test_a_strategy_is_named_by_its_settings_or_its_class() -> None:
    assert Quiet().id == "Quiet-000"
    assert Quiet(StrategyConfig(order_id_tag="EUR")).id == "Quiet-EUR"
    named = Quiet(StrategyConfig(strategy_id=StrategyId("Mine-007"), order_id_tag="X"))
    assert named.id == "Mine-007"
    assert (False, True) == (Quiet().is_tagged, named.is_tagged)


def test_its_orders_carry_its_name(desk: Desk) -> None:
    strategy = run(desk, Quiet(StrategyConfig(order_id_tag="EUR")))
    order = market(strategy)
    assert ("Quiet-EUR", "O-20240101-000000-001-EUR-1") == (
        order.strategy_id,
        order.client_order_id,
    )


# -- events ---------------------------------------------------------------------------------------


def test_every_event_has_a_handler_of_its_own_and_of_its_family() -> None:
    for kind, names in HANDLERS.items():
        family = "order" if issubclass(kind, OrderEvent) else "position"
        assert issubclass(kind, PositionEvent) == (family == "position")
        own = "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__)
        assert (f"on{own}", f"on_{family}_event", "on_event") == names
        assert {True} == {hasattr(Strategy, name) for name in names}


def test_an_event_goes_to_the_most_specific_handler_first(desk: Desk) -> None:
    names = ("on_event", "on_order_event", "on_order_filled", "on_position_opened")
    strategy = run(desk, noting(*names)())
    order = market(strategy)
    strategy.submit_order(order)
    strategy.got.clear()
    desk.fill(order)
    assert [
        "on_order_filled",
        "on_order_event",
        "on_event",
        "on_position_opened",
        "on_event",
    ] == strategy.got


def test_handlers_that_were_not_written_are_not_asked_for(desk: Desk) -> None:
    before = len(desk.bus.subscriptions())
    quiet, filled = run(desk, Quiet()), run(desk, noting("on_order_filled")())
    topics = [pattern for pattern, _ in desk.bus.subscriptions()]
    assert [f"events.order.{filled.id}"] == topics[before:]
    bought(desk, quiet)
    assert [] == filled.got
    bought(desk, filled)
    assert ["on_order_filled"] == filled.got


def test_a_handler_may_be_set_on_the_object(desk: Desk) -> None:
    got: list[Any] = []
    strategy = Quiet()
    strategy.on_position_opened = got.append  # type: ignore[method-assign, assignment]
    run(desk, strategy)
    bought(desk, strategy)
    assert 1 == len(got)


def test_events_can_be_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    strategy = run(desk, Quiet(StrategyConfig(log_events=True)))
    with caplog.at_level(logging.INFO, logger="argosy.component"):
        bought(desk, strategy)
    lines = [record.getMessage() for record in caplog.records]
    kinds = ["OrderInitialized", "OrderSubmitted", "OrderFilled", "PositionOpened"]
    assert kinds == [line.split("Quiet-000: ")[1].split("(")[0] for line in lines]


def test_an_event_can_be_handed_over_by_hand(desk: Desk) -> None:
    strategy = run(desk, noting("on_order_filled")())
    bought(desk, strategy)
    strategy.handle_event(desk.of(OrderFilled)[0])
    assert ["on_order_filled"] * 2 == strategy.got


def test_a_stopped_strategy_hears_nothing_and_a_resumed_one_again(desk: Desk) -> None:
    strategy = run(desk, noting("on_order_filled")())
    strategy.stop()
    bought(desk, strategy)
    assert [] == strategy.got
    strategy.resume()
    bought(desk, strategy)
    assert ["on_order_filled"] == strategy.got


def test_a_strategy_that_was_reset_hears_of_its_orders_again(desk: Desk) -> None:
    strategy = run(desk, noting("on_order_filled")())
    bought(desk, strategy)
    strategy.stop()
    strategy.reset()
    strategy.order_factory.set_client_order_id_count(10)
    strategy.start()
    bought(desk, strategy)
    assert ["on_order_filled"] * 2 == strategy.got


def test_orders_of_on_start_are_heard_of(desk: Desk) -> None:
    class Eager(noting("on_order_submitted")):  # type: ignore[misc]
        def on_start(self) -> None:
            self.submit_order(market(self))

    assert ["on_order_submitted"] == run(desk, Eager()).got


def test_a_reset_counts_order_ids_from_the_beginning(desk: Desk) -> None:
    strategy = run(desk, Quiet())
    first = market(strategy).client_order_id
    strategy.stop()
    strategy.reset()
    assert first == market(strategy).client_order_id


def test_an_error_of_a_handler_names_the_strategy_and_the_handler(desk: Desk) -> None:
    class Broken(Strategy):
        def on_order_filled(self, event: OrderFilled) -> None:
            raise KeyError("gone")

    strategy = run(desk, Broken())
    with pytest.raises(StrategyError, match=r"Broken-000.*on_order_filled"):
        bought(desk, strategy)


# -- orders ---------------------------------------------------------------------------------------


def test_orders_are_sent_changed_and_canceled(desk: Desk) -> None:
    strategy = run(desk, Quiet())
    order = limit(strategy)
    strategy.submit_order(order)
    desk.accept(order)
    strategy.modify_order(order, Quantity("2000"), Price("1.2"))
    desk.venue.updated(order, NOW, quantity=Quantity("2000"), price=Price("1.2"))
    strategy.cancel_order(order)
    name = order.client_order_id
    assert [
        ("submit", name, None),
        ("modify", name, Quantity("2000"), Price("1.2"), None),
        ("cancel", name),
    ] == desk.venue.commands


def test_every_command_says_which_client_is_to_take_it(desk: Desk) -> None:
    strategy, client_id = run(desk, noting("on_order_event")()), ClientId("NOPE")
    bought(desk, strategy)
    (position,) = desk.cache.positions()
    resting = limit(strategy)
    strategy.submit_order(resting)
    desk.accept(resting)
    commands = list(desk.venue.commands)
    strategy.submit_order(limit(strategy), client_id=client_id)
    strategy.submit_order_list(
        strategy.order_factory.create_list([limit(strategy)]), client_id=client_id
    )
    strategy.modify_order(resting, Quantity("2000"), client_id=client_id)
    strategy.cancel_order(resting, client_id)
    strategy.cancel_all_orders(EURUSD.id, client_id=client_id)
    strategy.close_position(position, client_id)
    strategy.close_all_positions(EURUSD.id, client_id=client_id)
    told = desk.of(OrderDenied, OrderModifyRejected, OrderCancelRejected)
    assert ["CLIENT_NOT_FOUND: client_id=NOPE, venue=SIM"] * 7 == [each.reason for each in told]
    assert commands == desk.venue.commands


def test_a_change_of_nothing_is_refused(desk: Desk) -> None:
    strategy = run(desk, Quiet())
    with pytest.raises(InputError, match=r"nothing to modify. Give a quantity, a price"):
        strategy.modify_order(limit(strategy))


def test_the_orders_of_a_list_are_sent_together(desk: Desk) -> None:
    strategy = run(desk, Quiet())
    bracket = strategy.order_factory.bracket(
        EURUSD.id, BUY, THOUSAND, sl_trigger_price=Price("1.0"), tp_price=Price("1.2")
    )
    strategy.submit_order_list(bracket)
    assert ["submit"] * 3 == [command[0] for command in desk.venue.commands]


def cancels(desk: Desk) -> list[Any]:
    return [command[1] for command in desk.venue.commands if command[0] == "cancel"]


def test_orders_are_canceled_one_by_one(desk: Desk) -> None:
    strategy = run(desk, Quiet())
    orders = [limit(strategy) for _ in range(2)]
    for order in orders:
        strategy.submit_order(order)
        desk.accept(order)
    strategy.cancel_orders(orders)
    assert [order.client_order_id for order in orders] == cancels(desk)


def test_all_own_orders_of_an_instrument_are_canceled_once(desk: Desk) -> None:
    strategy, other = run(desk, Quiet()), run(desk, Quiet())
    buy, sell, sent, foreign = limit(strategy), limit(strategy, SELL), limit(strategy), limit(other)
    for order in (buy, sell, sent, foreign):
        order_owner = other if order is foreign else strategy
        order_owner.submit_order(order)
        if order is not sent:
            desk.accept(order)
    strategy.cancel_all_orders(GBPUSD.id)
    assert [] == cancels(desk)
    strategy.cancel_all_orders(EURUSD.id, SELL)
    assert [sell.client_order_id] == cancels(desk)
    strategy.cancel_all_orders(EURUSD.id)
    assert {buy.client_order_id, sent.client_order_id} == set(cancels(desk)[1:])
    strategy.cancel_all_orders(EURUSD.id)
    assert 3 == len(cancels(desk))
    assert OrderStatus.ACCEPTED == foreign.status


# -- positions ------------------------------------------------------------------------------------


def submits(desk: Desk) -> list[Order]:
    ids = [command[1] for command in desk.venue.commands if command[0] == "submit"]
    return [order for order in desk.cache.orders() if order.client_order_id in ids]


@pytest.mark.parametrize(("side", "closing"), [(BUY, SELL), (SELL, BUY)])
def test_a_position_is_closed_at_market(desk: Desk, side: OrderSide, closing: OrderSide) -> None:
    strategy = run(desk, Quiet())
    bought(desk, strategy, side=side)
    (position,) = desk.cache.positions()
    strategy.close_position(position, tags=["EXIT"])
    order = submits(desk)[-1]
    assert (closing, THOUSAND, True, ("EXIT",)) == (
        order.side,
        order.quantity,
        order.is_reduce_only,
        order.init.tags,
    )
    assert ("submit", order.client_order_id, position.id) == desk.venue.commands[-1]
    desk.fill(order)
    assert position.is_closed


def test_a_position_that_is_closed_already_is_left_alone(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    strategy = run(desk, Quiet())
    for side in (BUY, SELL):
        bought(desk, strategy, side=side)
    (position,) = desk.cache.positions()
    strategy.close_position(position)
    assert 2 == len(submits(desk))
    assert "is closed already" in caplog.text


def test_all_own_positions_are_closed_or_those_of_one_side() -> None:
    desk = Desk(EURUSD, GBPUSD, oms_type=HEDGING)
    strategy, other = run(desk, Quiet()), run(desk, Quiet())
    for side in (BUY, BUY, SELL):
        bought(desk, strategy, side=side)
    bought(desk, other)
    strategy.close_all_positions(GBPUSD.id)
    assert 4 == len(submits(desk))
    strategy.close_all_positions(EURUSD.id, PositionSide.SHORT, reduce_only=False)
    assert [(BUY, False)] == [(each.side, each.is_reduce_only) for each in submits(desk)[4:]]
    strategy.close_all_positions(EURUSD.id)
    assert [SELL, SELL, BUY] == [order.side for order in submits(desk)[5:]]


def test_dust_is_closed_with_its_own_decimals() -> None:
    desk = Desk(btcusdt_spot(), account=cash_account("1 USDT"))
    strategy = run(desk, Quiet())
    order = strategy.order_factory.market(desk.instrument.id, BUY, Quantity("1"))
    desk.cache.add_order(order)
    fill_of(desk, order)
    (position,) = desk.cache.positions()
    strategy.close_position(position)
    assert Quantity("0.999") == desk.cache.orders()[-1].quantity


def fill_of(desk: Desk, order: Order) -> None:
    """Apply a fill with a commission in the base currency to the position alone."""
    from tests.host.engine.test_positions import filled

    desk.positions.apply(filled(desk, order, BUY, "1", "50000", "0.001 BTC"))


def test_hedging_and_netting_are_the_strategys_choice() -> None:
    desk = Desk(EURUSD, oms_type=NETTING)
    strategy = run(desk, Quiet(StrategyConfig(oms_type=OmsType.HEDGING)))
    for _ in range(2):
        bought(desk, strategy)
    assert 2 == len(desk.cache.positions_open(strategy_id=strategy.id))
    assert Money.from_str("2200.00 USD") == desk.portfolio.net_exposure(EURUSD.id, Price("1.1"))


@pytest.mark.parametrize(
    "method",
    [
        "submit_order",
        "submit_order_list",
        "modify_order",
        "cancel_order",
        "cancel_orders",
        "cancel_all_orders",
        "close_position",
        "close_all_positions",
    ],
)
def test_parameters_that_nobody_reads_are_refused(desk: Desk, method: str) -> None:
    strategy = run(desk, Quiet())
    with pytest.raises(
        InputError, match=rf"{method}\(\) does not read params, was .* Leave it out"
    ):
        getattr(strategy, method)(None, params={"post_type": "x"})
    assert [] == desk.venue.commands
