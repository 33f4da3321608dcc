"""A record is read up to its last mark, and replayed by hand without a catalog."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argosy import (
    BacktestEngine,
    Bar,
    BarType,
    DataError,
    OrderSide,
    Quantity,
    QuoteTick,
    Strategy,
    StrategyConfig,
    TradeTick,
)
from argosy.run.result import RunResult
from argosy.testing.instruments import default_fx_ccy
from argosy.testing.runs import VENUE
from argosy.testing.sinks import Taker
from argosy_recorder import Record, Recorder
from argosy_recorder.manifest import ChannelEntry
from argosy_recorder.record import data_type_of, key_of
from tests.host.run.kit import PAIR, SECOND, T0, bar, quote, trade
from tests.plugins.argosy_recorder.kit import payloads, plan, recorded, recorder, tear


def replay(record: Record) -> BacktestEngine:
    """Run the system of the kit over a record."""
    made = BacktestEngine(plan())
    made.add_venue("SIM", **VENUE)
    for instrument in record.instruments:
        made.add_instrument(instrument)
    for stream in record.streams():
        made.add_stream(stream)
    made.add_actor(Taker())
    made.run()
    return made


def test_a_whole_record_gives_the_same_event_log(tmp_path: Path) -> None:
    result, record = recorded(tmp_path, flush_rows=64)
    assert result.event_log_hash == replay(record).result().event_log_hash
    assert (0, 0) == (record.loss.rows, record.loss.size_bytes)


@pytest.mark.parametrize("marks", [1, 3, 6])
def test_a_torn_record_gives_the_same_event_log_up_to_its_tail(tmp_path: Path, marks: int) -> None:
    result, record = recorded(tmp_path, flush_rows=64)
    torn = tear(record, marks)
    (channel,) = torn.channels
    assert ("torn", 64 * marks - 1) == (torn.state, torn.rows(channel))
    assert 64 * (9 - marks) < torn.loss.rows
    last_ns = max(batch.column("ts_init")[-1].value for batch in torn.batches(channel))
    expected = [row for row in result.log.rows() if row[1] <= last_ns]
    found = list(replay(torn).result().log.rows())
    same = expected == found[: len(expected)]
    assert same, "the replay differs before the tail"
    assert payloads(torn) == [row[3] for row in result.log.rows()][: len(payloads(torn))]


def test_a_stream_of_a_record_is_cut_by_time(tmp_path: Path) -> None:
    _, record = recorded(tmp_path, flush_rows=64)
    (stream,) = record.streams()
    times = [time.value for batch in stream.batches(None, None) for time in batch.column("ts_init")]
    part = [
        time.value
        for batch in stream.batches(times[100], times[200])
        for time in batch.column("ts_init")
    ]
    assert times[100:201] == part
    assert 600 == stream.rows  # type: ignore[attr-defined]


class Echo(Strategy):
    """Answer each datum with an order of a size of its own: the log tells the order of data."""

    def __init__(self) -> None:
        super().__init__(StrategyConfig())

    def on_start(self) -> None:
        self.subscribe_quote_ticks(PAIR)
        self.subscribe_trade_ticks(PAIR)
        self.subscribe_bars(BarType.from_str(f"{PAIR}-1-MINUTE-BID-EXTERNAL"))

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.send(OrderSide.BUY, 1_000)

    def on_trade_tick(self, tick: TradeTick) -> None:
        self.send(OrderSide.SELL, 2_000)

    def on_bar(self, bar: Bar) -> None:
        self.send(OrderSide.BUY, 3_000)

    def send(self, side: OrderSide, size: int) -> None:
        self.submit_order(self.order_factory.market(PAIR, side, Quantity.from_int(size)))


def echo(streams: list[Any], sink: Recorder | None = None) -> RunResult:
    """Run Echo over lists of data, or over streams."""
    made = BacktestEngine(plan())
    made.add_venue("SIM", **VENUE)
    made.add_instrument(default_fx_ccy("GBP/USD"))
    for each in streams:
        if isinstance(each, list):
            made.add_data(each, batch_rows=5)
        else:
            made.add_stream(each)
    made.add_strategy(Echo())
    if sink is not None:
        made.add_sink(sink)
    return made.run()


TIMES = st.lists(st.integers(1, 12), min_size=1, max_size=15).map(sorted)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    times=st.tuples(TIMES, TIMES, TIMES),
    order=st.permutations([0, 1, 2]),
    flush_rows=st.integers(1, 6),
    interval=st.sampled_from([None, "3s"]),
    tail=st.integers(0, 30),
)
def test_the_merged_order_comes_back_wherever_the_record_ends(
    tmp_path_factory: pytest.TempPathFactory,
    times: tuple[list[int], ...],
    order: list[int],
    flush_rows: int,
    interval: str | None,
    tail: int,
) -> None:
    kinds: list[Any] = [quote, trade, bar]
    data = [[kinds[kind](ts) for ts in times[kind]] for kind in order]
    sink = recorder(
        tmp_path_factory.mktemp("records"), flush_rows=flush_rows, flush_interval=interval
    )
    whole = list(echo(data, sink).log.rows())
    record = Record(sink.folder)
    assert whole == list(echo(record.streams()).log.rows())  # type: ignore[arg-type]
    marks = len((record.path / "marks.jsonl").read_bytes().splitlines())
    torn = tear(record, max(marks - 1 - tail, 0))
    kept = [torn.rows(channel) for channel in torn.channels]
    before = T0 if torn.marks.before_ns is None else torn.marks.before_ns
    assert [sum(T0 + ts * SECOND < before for ts in times[kind]) for kind in order] == kept
    if any(kept):
        last = max(T0 + ts * SECOND for kind in times for ts in kind if T0 + ts * SECOND < before)
        expected = [row for row in whole if row[1] <= last]
        found = list(echo(torn.streams()).log.rows())  # type: ignore[arg-type]
        same = expected == found[: len(expected)]
        assert same, "the replay differs before the tail"


class Warmed(Strategy):
    """Ask for the bars of the last minutes when the run begins, and again for older ones."""

    def __init__(self) -> None:
        super().__init__(StrategyConfig())
        self.seen: list[int] = []

    def on_start(self) -> None:
        kind = BarType.from_str(f"{PAIR}-1-MINUTE-BID-EXTERNAL")
        for minutes in (4, 2):
            start = datetime.fromtimestamp(T0 // SECOND + minutes * 60, UTC)
            self.request_bars(kind, start=start)

    def on_historical_data(self, data: Bar) -> None:
        self.seen.append((data.ts_init - T0) // SECOND // 60)


def test_rows_that_warmed_a_strategy_up_are_in_the_record(tmp_path: Path) -> None:
    sink = recorder(tmp_path)
    seen = []
    for record in (None, sink):
        made = BacktestEngine(plan())
        made.add_venue("SIM", account={"balances": ["1_000 USD"]})
        made.add_instrument(default_fx_ccy("GBP/USD"))
        if record is None:
            made.add_data([bar(minute * 60) for minute in range(1, 10)])
            made.add_sink(sink)
        else:
            made.add_stream(Record(sink.folder).streams()[0])
        strategy = Warmed()
        made.add_strategy(strategy)
        made.run(start=T0 + 6 * 60 * SECOND)
        seen.append(strategy.seen)
    assert [4, 5, 6, 2, 3, 4, 5, 6] == seen[0]
    assert seen[0] == seen[1]
    (channel,) = Record(sink.folder).channels
    assert 8 == Record(sink.folder).rows(channel)


def test_a_record_of_which_nothing_was_flushed_is_empty(tmp_path: Path) -> None:
    _, record = recorded(tmp_path)
    torn = tear(record, 0)
    assert ([], 0) == (list(torn.batches(torn.channels[0])), torn.rows(torn.channels[0]))
    assert 600 + 61 == torn.loss.rows
    assert None is torn.marks.before_ns


def test_an_unknown_type_of_rows_is_named() -> None:
    entry = ChannelEntry(number=4, type="tide", key="X.Y", price_precision=0, size_precision=0)
    with pytest.raises(DataError, match="channel 4 has rows of an unknown type 'tide'"):
        data_type_of(entry)
    assert "X.Y" == str(key_of(entry))
