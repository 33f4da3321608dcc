from __future__ import annotations

from typing import Any

import pytest

from argosy import RunError
from argosy.parts.sink import Sink, SinkRun
from argosy.testing.runs import QUOTES, make_engine
from argosy.testing.sinks import Listener, Taker, check_sink


class Meddler(Sink):
    """Add an event to the log, which no sink may do."""

    def begin(self, run: SinkRun) -> None:
        self.run = run

    def end(self, error: BaseException | None) -> None:
        self.run.log.append(self.run.instruments[0])


class Hider(Sink):
    """Raise when it is told that the run failed."""

    topics = ("data.quotes.*",)

    def tell(self, topic: str, message: Any) -> None:
        raise ValueError("hides everything")


@pytest.mark.parametrize("build", [Sink, Listener, lambda: Listener(["*"], flush_rows=5)])
def test_a_sink_that_listens_passes(build: Any) -> None:
    check_sink(build)


def test_a_sink_that_meddles_is_found() -> None:
    with pytest.raises(AssertionError, match="only listens"):
        check_sink(Meddler)


def test_a_sink_that_fails_is_found() -> None:
    with pytest.raises(RunError, match="sink 'Hider' failed in tell: ValueError: hides"):
        check_sink(Hider)


def test_a_listener_hears_of_everything() -> None:
    listener = Listener(["events.*"], flush_rows=100)
    made = make_engine()
    made.add_actor(Taker())
    made.add_sink(listener)
    result = made.run()
    assert result.run_id == (listener.run and listener.run.run_id)
    assert QUOTES == sum(batch.num_rows for batch in listener.rows[0])
    assert {"events.*"} == {topic for topic, _ in listener.messages}
    assert [None] == listener.ends
    assert ({}, 6) == (listener.past, len(listener.cuts) - 1)
