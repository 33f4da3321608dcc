"""Each report names the command that began it, the one it answers, and what it changed."""

from argosy.model.enums import TimeInForce
from argosy.model.reports import Accepted, Canceled, CancelRejected, ModifyRejected, Report
from tests.plugins.argosy_sim.kit import BUY, Exchange, cancel_of, latency, modify_of


def listening(exchange: Exchange) -> list[Report]:
    taken: list[Report] = []
    exchange.venue.exchange.reporting.connect(taken.append)
    return taken


def test_a_report_names_the_command_that_it_answers() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    order = exchange.limit(BUY, 1_000, "1.04000")
    taken = listening(exchange)
    exchange.venue.send(cancel_of(order))
    exchange.timeline.settle()
    (canceled,) = taken
    assert isinstance(canceled, Canceled)
    assert (order.command_id, 99) == (canceled.correlation_id, canceled.causation_id)
    assert canceled.change is not None


def test_refusals_answer_the_command_that_they_refuse() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    order = exchange.market(BUY, 1_000)
    taken = listening(exchange)
    exchange.venue.send(cancel_of(order))
    exchange.venue.send(modify_of(order))
    exchange.timeline.settle()
    assert [CancelRejected, ModifyRejected] == [type(report) for report in taken]
    assert [99, 99] == [report.causation_id for report in taken]


def test_an_order_has_no_name_before_its_owner_can_know_it() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    taken = listening(exchange)
    exchange.market(BUY, 5_000_000, tif=TimeInForce.FOK)
    assert taken[-1].venue_order_id is None
    exchange.limit(BUY, 1_000, "1.04000")
    assert isinstance(taken[-1], Accepted)
    assert taken[-1].venue_order_id is not None


def test_a_report_that_travels_is_numbered_when_it_is_made() -> None:
    exchange = Exchange(latency=latency(report="1s"))
    exchange.quote("1.05000", "1.05010")
    exchange.market(BUY, 1_000)
    assert 2 == exchange.venue.exchange.reporting.number() - 1
