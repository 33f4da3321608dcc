"""A scripted venue is a list of reports; however they travel, the event log is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from argosy.kernel.topics import REPORTS
from argosy.model.orders.order import Order
from argosy.model.reports import Report
from argosy.model.values import Price, Quantity
from argosy.parts.sink import SinkRun
from argosy.serialization import from_json, from_msgpack, to_json, to_msgpack
from argosy_recorder import Record
from argosy_sim.transit import Arrival
from tests.host.engine.kit import BUY, NOW, SECOND, SELL, Desk
from tests.plugins.argosy_recorder.kit import recorder

Carry = Callable[[Sequence[Report]], Sequence[Report]]
DELAY = SECOND // 10


class Play:
    """A trader who always does the same, and a venue that says what its script says.

    Parameters
    ----------
    script : what the venue says; None for what the trader's own venue does
    delay_ns : how long each report travels
    """

    def __init__(self, script: Sequence[Report] | None = None, delay_ns: int = 0) -> None:
        self.desk = Desk()
        self.script = None if script is None else list(script)
        self.delay_ns = delay_ns
        self.told: list[Report] = []
        self.desk.bus.subscribe(REPORTS, self.told.append)

    def says(self, report: Callable[[], None]) -> None:
        """Let the venue say the next thing."""
        self.desk.timeline.advance(self.desk.timeline.now + SECOND)
        if self.script is None:
            report()
            return
        said = self.script.pop(0)
        if not self.delay_ns:
            self.desk.execution.take(said)
            return
        arrival = Arrival(self.desk.execution.take, said, Counter())
        self.desk.timeline.schedule(arrival, self.desk.timeline.now + self.delay_ns)
        self.desk.timeline.advance(self.desk.timeline.now + self.delay_ns)

    def run(self) -> list[Any]:
        """Trade; return the events as they were logged, stamps apart."""
        desk, venue, now = self.desk, self.desk.venue, NOW
        entry, exit_ = desk.limit(BUY, 3_000, "1.1"), desk.limit(SELL, 5_000, "1.2")
        self.submit(entry)
        self.says(lambda: desk.accept(entry) and None)
        self.says(lambda: self.fill(entry, "1000", "1.10000"))
        desk.execution.modify(entry, Quantity("2500"), Price("1.05"), None)
        self.says(lambda: venue.updated(entry, now, quantity=Quantity("2500"), price=Price("1.05")))
        self.says(lambda: self.fill(entry, "1500", "1.05000"))
        self.submit(exit_)
        self.says(lambda: desk.accept(exit_) and None)
        self.says(lambda: self.fill(exit_, "4000", "1.20000"))
        desk.execution.cancel(exit_)
        self.says(lambda: venue.cancel_rejected(exit_, "BUSY: x=1", now))
        desk.execution.cancel(exit_)
        self.says(lambda: venue.canceled(exit_, now))
        refused = desk.limit(BUY, 1_000, "1.3", post_only=True)
        self.submit(refused)
        self.says(lambda: venue.rejected(refused, "WOULD_TAKE: x=1", now, due_post_only=True))
        return [(kind, msgspec.msgpack.decode(data)) for _, _, kind, data in desk.log.rows()]

    def submit(self, order: Order) -> None:
        self.desk.execution.submit(order)

    def fill(self, order: Order, quantity: str, price: str) -> None:
        self.desk.fill(order, quantity, price, fee="0.50 USD")


def at_once(script: Sequence[Report]) -> Sequence[Report]:
    return script


def through_msgpack(script: Sequence[Report]) -> Sequence[Report]:
    return [from_msgpack(to_msgpack(report)) for report in script]


def through_json(script: Sequence[Report]) -> Sequence[Report]:
    return [from_json(to_json(report)) for report in script]


@pytest.mark.parametrize("carry", [at_once, through_msgpack, through_json])
def test_a_script_gives_the_event_log_of_the_venue_that_wrote_it(carry: Carry) -> None:
    written = Play()
    rows = written.run()
    assert 9 == len(written.told)
    played = Play(carry(written.told))
    assert rows == played.run()
    assert written.desk.log.hash() == played.desk.log.hash()


def test_a_recorded_script_gives_it_too(tmp_path: Path) -> None:
    written = Play()
    written.run()
    sink = recorder(tmp_path, topics=["messages.*"])
    desk = written.desk
    sink.begin(
        SinkRun("script", "script", "backtest", "T-001", 0, {}, {}, None, [], [], NOW, desk.log)
    )
    for report in written.told:
        sink.tell("messages.*", report)
    sink.cut(desk.timeline.now + 1)
    sink.end(None)
    record = Record(sink.folder)
    payloads = [
        payload for batch in record.messages() for payload in batch.column("payload").to_pylist()
    ]
    played = Play([from_msgpack(payload) for payload in payloads])
    played.run()
    assert written.desk.log.hash() == played.desk.log.hash()


def test_reports_that_travel_give_the_same_events_in_the_same_order() -> None:
    written = Play()
    rows = written.run()
    late = Play(written.told, delay_ns=DELAY)
    late_rows = late.run()
    assert [kind for kind, _ in rows] == [kind for kind, _ in late_rows]
    assert [strip(values) for _, values in rows] == [strip(values) for _, values in late_rows]
    assert written.desk.log.hash() != late.desk.log.hash()


def strip(values: list[Any]) -> list[Any]:
    """Leave the stamps out: every large number is one."""
    return [each for each in values if not (isinstance(each, int) and each > NOW // 2)]
