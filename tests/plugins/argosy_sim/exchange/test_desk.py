from argosy.model.identifiers import ClientOrderId
from tests.plugins.argosy_sim.kit import AUDUSD, BUY, SELL, Exchange, cancel_of, told


def test_a_desk_knows_what_rests() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    desk = exchange.venue.exchange.desks[AUDUSD.id]
    working = desk.working
    limit = exchange.limit(BUY, 1_000, "1.04000")
    exchange.market(SELL, 500)
    stop = exchange.stop(BUY, 200, "1.06000", reduce_only=True)
    assert [ClientOrderId("O-1"), ClientOrderId("O-3")] == list(working.orders)
    assert [ClientOrderId("O-3")] == list(working.reducing)
    assert (3, 1) == (desk.orders, desk.fills.count)
    exchange.cancel(limit)
    exchange.cancel(stop)
    assert ({}, {}, 0) == (working.orders, working.reducing, desk.matcher.resting)


def test_a_cancel_of_what_is_unknown_is_refused() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.engine.cancel(order)
    exchange.venue.send(cancel_of(order))
    exchange.timeline.settle()
    expected = ["Accepted", "PendingCancel", "Canceled", "CancelRejected ORDER_NOT_FOUND: id=O-1"]
    assert expected == told(order, reasons=True)
