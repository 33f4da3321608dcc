from argosy.model.identifiers import ClientOrderId
from tests.plugins.argosy_sim.exchange import AUDUSD, BUY, SELL, Exchange, told


def test_a_desk_knows_what_rests() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    desk = exchange.venue.house.desks[AUDUSD.id]
    limit = exchange.limit(BUY, 1_000, "1.04000")
    exchange.market(SELL, 500)
    stop = exchange.stop(BUY, 200, "1.06000", reduce_only=True)
    assert [ClientOrderId("O-1"), ClientOrderId("O-3")] == list(desk.working)
    assert [ClientOrderId("O-3")] == list(desk.reducing)
    assert (3, 1) == (desk.orders, desk.fills)
    exchange.cancel(limit)
    exchange.cancel(stop)
    assert ({}, {}, 0) == (desk.working, desk.reducing, desk.matcher.resting)


def test_a_cancel_of_what_is_unknown_is_refused() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.engine.cancel(order)
    exchange.venue.cancel_order(order)
    exchange.timeline.settle()
    expected = ["Accepted", "PendingCancel", "Canceled", "CancelRejected ORDER_NOT_FOUND: id=O-1"]
    assert expected == told(order, reasons=True)
