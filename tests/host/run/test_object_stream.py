"""Rows of a plugin's kind reach handlers as objects, in the order of everything else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from argosy import Actor, DataType, InstrumentId
from argosy.errors import RunError
from argosy.kernel.stream import MemoryStream
from argosy.model.kinds import KINDS
from argosy.modes.backtest.config import BacktestEngineConfig
from argosy.modes.backtest.engine import BacktestEngine
from argosy.run.by_hand import plan_of
from argosy.run.object_stream import KindStream, ObjectStream, replayed
from argosy.serialization import arrow
from argosy.testing.kinds import PAIR
from argosy.testing.runs import make_engine, make_quotes
from argosy.testing.sinks import Listener
from tests.host.serialization.test_plain_rows import KNOWN, TIDE, Tide, tide

QUOTES = 20


class Gauge(Actor):
    """Note the tides, and how many quotes came before each."""

    def __init__(self, asked: DataType) -> None:
        super().__init__()
        self.asked = asked
        self.quotes = 0
        self.heard: list[tuple[int, Any]] = []

    def on_start(self) -> None:
        self.subscribe_quote_ticks(PAIR)
        self.subscribe_data(self.asked)

    def on_quote_tick(self, tick: Any) -> None:
        self.quotes += 1

    def on_data(self, data: Any) -> None:
        self.heard.append((self.quotes, data))


def tides() -> list[Tide]:
    """Return a tide at the time of every fifth quote."""
    times = [quote.ts_init for quote in make_quotes(QUOTES)][::5]
    return [tide(i, ts_event=time, ts_init=time) for i, time in enumerate(times)]


def engine() -> BacktestEngine:
    plan = replace(plan_of(BacktestEngineConfig().to_system()), kinds=KNOWN)
    return make_engine(plan, quotes=QUOTES)


def as_rows(made: BacktestEngine) -> None:
    made.add_data(arrow.to_batch(tides(), KNOWN), batch_rows=2)


def as_stream(made: BacktestEngine) -> None:
    made.add_stream(MemoryStream(Tide, PAIR, 2, 0, [arrow.to_batch(tides(), KNOWN)]))


def as_objects(made: BacktestEngine) -> None:
    made.add_data(tides())


@pytest.mark.parametrize("add", [as_rows, as_stream, as_objects])
def test_a_kind_of_a_plugin_is_heard_among_the_quotes(add: Callable[[Any], None]) -> None:
    made, gauge = engine(), Gauge(DataType(Tide))
    made.add_actor(gauge)
    add(made)
    made.run()
    assert [(1 + 5 * i, each) for i, each in enumerate(tides())] == gauge.heard


@pytest.mark.parametrize(("key", "count"), [(PAIR, 4), (InstrumentId("A.B"), 0)])
def test_one_instrument_is_heard_alone(key: InstrumentId, count: int) -> None:
    made, gauge = engine(), Gauge(DataType(Tide, {"instrument_id": key}))
    made.add_actor(gauge)
    as_rows(made)
    made.run()
    assert count == len(gauge.heard)


def test_a_sink_is_told_of_the_objects() -> None:
    made, listener = engine(), Listener()
    made.add_sink(listener)
    as_rows(made)
    made.run()
    assert listener.run is not None
    (channel,) = [each for each in listener.run.channels if each.data_type is None]
    assert f"Tide {PAIR}" == channel.key
    assert tides() == [each for rows in listener.rows[channel.number] for each in rows]


def test_other_streams_stay_as_they_are() -> None:
    quotes = MemoryStream(type(make_quotes(1)[0]), PAIR, 5, 0, [arrow.to_batch(make_quotes(1))])
    assert quotes is replayed(quotes, KNOWN)
    unknown = MemoryStream(Tide, PAIR, 2, 0, [])
    assert unknown is replayed(unknown, KINDS)
    known = replayed(unknown, KNOWN)
    assert isinstance(known, KindStream)
    assert known is replayed(known, KNOWN)
    assert (TIDE, 0, []) == (known.kind, known.rows, list(known.batches(None, None)))


def test_a_stream_of_objects_says_what_it_yields() -> None:
    stream = ObjectStream(Tide, PAIR, 0, 0)
    for ask in (iter, lambda each: each.topics):
        with pytest.raises(RunError, match="must "):
            ask(stream)
