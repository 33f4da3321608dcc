from argosy.model.identifiers import ClientOrderId
from tests.plugins.argosy_sim.kit import BUY, SELL, Exchange, told


def shown() -> Exchange:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    return exchange


def test_what_rests_is_known_until_it_ends() -> None:
    exchange = shown()
    working = exchange.venue.exchange.desks[exchange.instrument.id].working
    order = exchange.limit(BUY, 1_000, "1.04000")
    kept = working.get(order.client_order_id)
    assert kept is not None
    assert (True, False) == (kept.is_open, kept.is_done)
    working.cancel(kept, "WHY: x=1")
    assert (False, True) == (kept.is_open, kept.is_done)
    assert "Canceled WHY: x=1" == told(order, reasons=True)[-1]
    assert working.get(ClientOrderId("O-1")) is None


def test_all_can_be_ended_at_once() -> None:
    exchange = shown()
    orders = [exchange.limit(BUY, 1_000, "1.04000"), exchange.limit(SELL, 1_000, "1.06000")]
    exchange.venue.exchange.desks[exchange.instrument.id].working.cancel_all("WHY: x=1")
    assert ["Canceled WHY: x=1"] * 2 == [told(order, reasons=True)[-1] for order in orders]
    assert 0 == exchange.matcher().resting
