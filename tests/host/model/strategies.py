"""Hypothesis strategies for values, market data and slow data."""

from hypothesis import strategies as st

from argosy.model.bar_type import BarType
from argosy.model.data import (
    Bar,
    BookOrder,
    OrderBookDelta,
    QuoteTick,
    TradeTick,
)
from argosy.model.enums import AggressorSide, BookAction, OrderSide
from argosy.model.identifiers import InstrumentId, TradeId
from argosy.model.values import RAW_MAX, Price, Quantity

AUDUSD = InstrumentId("AUD/USD.SIM")
BAR_TYPE = BarType.from_str("AUD/USD.SIM-1-MINUTE-BID-EXTERNAL")
INT64_MAX = 2**63 - 1

instrument_ids = st.sampled_from(
    [AUDUSD, InstrumentId("BTC-USDT.BINANCE"), InstrumentId("BRK.A.XNYS")]
)
precisions = st.integers(0, 18)
raws = st.integers(-RAW_MAX, RAW_MAX)
sizes = st.integers(0, RAW_MAX)
positive_sizes = st.integers(1, RAW_MAX)
times = st.integers(0, INT64_MAX)
flags = st.integers(0, 255)
unsigned = st.integers(0, 2**64 - 1)


@st.composite
def quotes(draw: st.DrawFn) -> QuoteTick:
    price, size = draw(precisions), draw(precisions)
    return QuoteTick(
        draw(instrument_ids),
        Price.from_raw(draw(raws), price),
        Price.from_raw(draw(raws), price),
        Quantity.from_raw(draw(sizes), size),
        Quantity.from_raw(draw(sizes), size),
        draw(times),
        draw(times),
    )


@st.composite
def trades(draw: st.DrawFn) -> TradeTick:
    return TradeTick(
        draw(instrument_ids),
        Price.from_raw(draw(raws), draw(precisions)),
        Quantity.from_raw(draw(st.integers(1, RAW_MAX)), draw(precisions)),
        draw(st.sampled_from(AggressorSide)),
        TradeId(draw(st.text("abcXYZ-0123456789", min_size=1, max_size=36))),
        draw(times),
        draw(times),
    )


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    precision = draw(precisions)
    low, one, two, high = sorted(draw(st.tuples(raws, raws, raws, raws)))
    open_, close = draw(st.permutations([one, two]))
    return Bar(
        BAR_TYPE,
        Price.from_raw(open_, precision),
        Price.from_raw(high, precision),
        Price.from_raw(low, precision),
        Price.from_raw(close, precision),
        Quantity.from_raw(draw(sizes), draw(precisions)),
        draw(times),
        draw(times),
        draw(st.booleans()),
    )


@st.composite
def book_orders(draw: st.DrawFn, side: OrderSide | None = None) -> BookOrder:
    return BookOrder(
        side or draw(st.sampled_from([OrderSide.BUY, OrderSide.SELL])),
        Price.from_raw(draw(raws), draw(precisions)),
        Quantity.from_raw(draw(st.integers(1, RAW_MAX)), draw(precisions)),
        draw(unsigned),
    )


@st.composite
def deltas(draw: st.DrawFn, instrument_id: InstrumentId | None = None) -> OrderBookDelta:
    action = draw(
        st.sampled_from([BookAction.ADD, BookAction.UPDATE, BookAction.DELETE, BookAction.CLEAR])
    )
    return OrderBookDelta(
        instrument_id or draw(instrument_ids),
        action,
        None if action is BookAction.CLEAR else draw(book_orders()),
        draw(flags),
        draw(unsigned),
        draw(times),
        draw(times),
    )
