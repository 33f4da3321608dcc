from __future__ import annotations

from dataclasses import dataclass

import pytest

from argosy import Bar, BarType, DataError, InstrumentNotFoundError, QuoteTick, TradeTick
from argosy.kernel.replay import Replay
from argosy.kernel.stream import MemoryStream
from argosy.kernel.timeline import Timeline
from argosy.run.feeds import add_source, check_precision, declare_bars, memory_streams, past
from argosy.serialization import arrow
from tests.host.run.kit import PAIR, SECOND, T0, bar, data_engine, quote, quotes, trade


@dataclass
class Note:
    ts_init: int
    text: str


def test_objects_become_a_stream_for_each_type_and_key() -> None:
    items = [quote(1), trade(2), quote(3), bar(60), bar(60, "1-MINUTE-ASK")]
    streams, others = memory_streams(items)
    assert [
        (QuoteTick, PAIR),
        (TradeTick, PAIR),
        (Bar, BarType.from_str(f"{PAIR}-1-MINUTE-BID-EXTERNAL")),
        (Bar, BarType.from_str(f"{PAIR}-1-MINUTE-ASK-EXTERNAL")),
    ] == [(stream.data_type, stream.key) for stream in streams]
    assert [] == others
    assert [items[0], items[2]] == list(past(streams, QuoteTick, PAIR, None, T0 + 9 * SECOND))


def test_objects_that_are_no_market_data_keep_their_order_and_get_their_type_as_place() -> None:
    notes = [Note(2, "a"), Note(1, "b")]
    assert ([], [("Note", notes)]) == memory_streams(notes)


def test_arrow_rows_say_themselves_what_they_are() -> None:
    batch = arrow.to_batch(quotes([1, 2, 3]))
    [stream], _ = memory_streams(batch, 2)
    assert (QuoteTick, PAIR, 5, 0) == (
        stream.data_type,
        stream.key,
        stream.price_precision,
        stream.size_precision,
    )
    assert [2, 1] == [each.num_rows for each in stream.batches(None, None)]


def test_the_past_ends_now() -> None:
    streams, _ = memory_streams(quotes([1, 2, 3, 4]))
    found = past(streams, QuoteTick, PAIR, T0 + 2 * SECOND, T0 + 3 * SECOND)
    assert [T0 + 2 * SECOND, T0 + 3 * SECOND] == [each.ts_init for each in found]
    assert [] == list(past(streams, TradeTick, PAIR, None, T0 + 9 * SECOND))


def test_a_stream_of_other_precisions_than_its_instrument_is_refused() -> None:
    stream = MemoryStream(QuoteTick, PAIR, 4, 2, [])
    with pytest.raises(DataError) as raised:
        check_precision(data_engine(), stream)
    assert (
        "QuoteTick GBP/USD.SIM: prices have 4 decimals and sizes 2, but the instrument has 5 and 0."
        " Load the data at the instrument's precisions, or define the instrument so"
    ) == str(raised.value)


def test_a_stream_of_an_instrument_that_nobody_defined_is_refused() -> None:
    stream = MemoryStream(QuoteTick, PAIR, 5, 0, [])
    with pytest.raises(InstrumentNotFoundError, match=r"GBP/USD\.SIM"):
        check_precision(data_engine("EUR/USD"), stream)


def test_a_source_begins_at_the_start() -> None:
    data = data_engine()
    [stream], _ = memory_streams(quotes([1, 2, 3]))
    replay = Replay(data._timeline)
    add_source(data, replay, stream, T0 + 2 * SECOND)
    assert T0 + 2 * SECOND == replay.first()


def test_venues_match_on_the_finest_bars_of_each_instrument() -> None:
    data = data_engine()
    names = ("1-MINUTE-BID", "1-MINUTE-ASK", "5-MINUTE-BID")
    streams, _ = memory_streams([bar(300, name) for name in names])
    declare_bars(data, streams)
    found = {str(feed.bar_type): feed.executes for feed in data.market(PAIR).bar_feeds.values()}
    assert {
        f"{PAIR}-1-MINUTE-BID-EXTERNAL": True,
        f"{PAIR}-1-MINUTE-ASK-EXTERNAL": True,
        f"{PAIR}-5-MINUTE-BID-EXTERNAL": False,
    } == found
    assert 3 == data.market(PAIR).bar_sides


def test_bars_that_are_built_here_cannot_be_loaded() -> None:
    kind = BarType.from_str(f"{PAIR}-1-MINUTE-BID-INTERNAL")
    with pytest.raises(DataError, match="INTERNAL type are built here and cannot be loaded"):
        declare_bars(data_engine(), [MemoryStream(Bar, kind, 5, 0, [])])


def test_a_market_knows_whether_trades_will_come() -> None:
    data = data_engine()
    assert not data.market(PAIR).has_trades
    for items in (quotes([1]), [trade(2)]):
        [stream], _ = memory_streams(items)
        add_source(data, Replay(Timeline()), stream, None)
    assert data.market(PAIR).has_trades
