from argosy.model.events.order import OrderInitialized
from argosy.model.orders.types import order_from
from argosy.model.orders.working import WorkingOrder
from argosy.model.values import Price
from tests.host.model.messages import INIT
from tests.plugins.argosy_sim.kit import Exchange


def made(init: OrderInitialized) -> WorkingOrder:
    order: WorkingOrder = order_from(init)
    return order


def test_its_maker_and_its_venue_keep_the_same_of_an_order() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    own = exchange.limit(exchange_side(), 1_000, "1.04000")
    desk = exchange.venue.exchange.desks[own.instrument_id]
    venues: WorkingOrder = desk.working.get(own.client_order_id)
    for name in ("price", "trigger_price", "is_quote_quantity", "is_open", "sign", "init"):
        assert getattr(own, name) == getattr(venues, name), name
    exchange.modify(own, price="1.03000", quantity=500)
    assert (own.price, Price("1.03000")) == (venues.price, own.price)
    assert own.leaves_qty.as_decimal() == venues.leaves_raw / 10**venues.size_precision


def exchange_side() -> object:
    return INIT.order_side


def test_it_says_which_prices_it_has() -> None:
    order = made(INIT)
    assert (True, False) == (order.has_price, order.has_trigger_price)
