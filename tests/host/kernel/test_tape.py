"""Tapes hold the newest ticks, whichever way they came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.replay import QuoteSource, Replay, TradeSource
from argosy.kernel.stream import MemoryStream
from argosy.kernel.tape import QuoteTape
from argosy.kernel.timeline import Timeline
from argosy.model.data import QuoteTick, TradeTick
from tests.host.kernel import rows

# Rows in one go (a batch is replayed), or one (fed by hand), or a look at the tape.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("batch"), st.integers(1, 30)),
        st.tuples(st.just("feed"), st.just(1)),
        st.tuples(st.just("look"), st.just(0)),
    ),
    max_size=12,
)


def market(capacity: int) -> MarketState:
    bus = MessageBus()
    return MarketState(rows.EURUSD, bus.topic("q"), bus.topic("t"), capacity)


@given(STEPS, st.integers(1, 40), st.integers(1, 10))
def test_a_tape_of_quotes_is_complete_whenever_someone_looks(
    steps: list[tuple[str, int]], capacity: int, batch_rows: int
) -> None:
    state, seen = market(capacity), []
    for what, count in steps:
        new = [(ts, ts, ts + 100, ts + 101, 1, 2) for ts in range(len(seen), len(seen) + count)]
        if what == "batch":
            key = rows.EURUSD.id
            stream = MemoryStream(QuoteTick, key, 5, 0, [rows.quotes(new)], batch_rows)
            replay = Replay(Timeline())
            replay.add(QuoteSource(stream, state, "quotes"))
            replay.run()
        elif what == "feed":
            state.feed_quote(*new[0][2:], *new[0][:2])
        else:
            assert min(len(seen), capacity) == len(state.quote_ring)
        seen += new
    kept = [(bid, ask, *sizes, event, init) for event, init, bid, ask, *sizes in seen]
    kept = kept[::-1][:capacity]
    assert kept == [state.quote_ring[i] for i in range(len(state.quote_ring))]
    quotes = [state.quote(i) for i in range(len(kept))]
    assert kept == [
        (q.bid_raw, q.ask_raw, q.bid_size_raw, q.ask_size_raw, q.ts_event, q.ts_init)
        for q in quotes
    ]
    assert state.quote(len(kept)) is None
    assert state.quote(-1) is None


@given(STEPS, st.integers(1, 40), st.integers(1, 10))
def test_a_tape_of_trades_is_complete_whenever_someone_looks(
    steps: list[tuple[str, int]], capacity: int, batch_rows: int
) -> None:
    state, seen = market(capacity), []
    for what, count in steps:
        new = [(ts, ts, ts + 7, 3, ts % 3, f"T-{ts}") for ts in range(len(seen), len(seen) + count)]
        if what == "batch":
            key = rows.EURUSD.id
            stream = MemoryStream(TradeTick, key, 5, 0, [rows.trades(new)], batch_rows)
            replay = Replay(Timeline())
            replay.add(TradeSource(stream, state, "trades"))
            replay.run()
        elif what == "feed":
            state.feed_trade(*new[0][2:], *new[0][:2])
        else:
            assert min(len(seen), capacity) == len(state.trade_ring)
        seen += new
    kept = seen[::-1][:capacity]
    trades = [state.trade(i) for i in range(len(kept))]
    assert kept == [
        (t.ts_event, t.ts_init, t.price_raw, t.size_raw, t.aggressor, str(t.trade_id))
        for t in trades
    ]
    assert state.trade(len(kept)) is None


def test_a_tick_that_is_not_held_is_an_error() -> None:
    tape = QuoteTape(rows.EURUSD.id, 5, 0, 10)
    assert 0 == len(tape)
    with pytest.raises(IndexError, match="tick 0 of a tape that holds 0"):
        tape[0]
