"""Messages travel as values, each kind for its own time."""

from argosy.kernel.timeline import Timeline
from argosy_sim.latency import FixedLatency
from argosy_sim.part_settings import FixedLatencySettings
from argosy_sim.transit import Transit
from tests.host.model.messages import COMMANDS, REPORTS

MS = 1_000_000


def transit(**settings: str) -> tuple[Timeline, Transit]:
    timeline = Timeline()
    timeline.start(0)
    return timeline, Transit(FixedLatency(FixedLatencySettings(**settings)), timeline)


def test_each_kind_of_command_takes_its_own_time() -> None:
    timeline, way = transit(insert="2ms", modify="3ms", cancel="4ms")
    arrived: list[tuple[int, str]] = []
    for command in COMMANDS:
        way.send(command, arrived.append, lambda each: arrived.append((timeline.now, each)))
    timeline.advance(10 * MS)
    times = {type(command).__name__: time // MS for time, command in arrived}
    assert (3, 4, 4) == (times["ModifyOrder"], times["CancelOrder"], times["CancelOrders"])
    assert {2} == {times[name] for name in ("SubmitOrder", "SubmitOrderList", "QueryOrder")}


def test_what_takes_no_time_does_not_travel() -> None:
    _, way = transit(report="1ms")
    at_once: list[object] = []
    way.send(COMMANDS[0], at_once.append, lambda _: None)
    assert [COMMANDS[0]] == at_once
    assert way.delays_reports


def test_reports_arrive_whole_and_in_order() -> None:
    timeline, way = transit(report="5ms")
    arrived: list[object] = []
    for report in REPORTS:
        way.report(report, arrived.append)
    timeline.advance(5 * MS - 1)
    assert [] == arrived
    timeline.advance(5 * MS)
    assert REPORTS == arrived
