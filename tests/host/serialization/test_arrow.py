from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argosy.errors import DataError, UnknownNameError
from argosy.model.data import (
    Bar,
    OrderBookDelta,
    QuoteTick,
    Ticker,
    TradeTick,
    bar_from_raw,
    delta_from_raw,
    quote_from_raw,
    trade_from_raw,
)
from argosy.model.identifiers import InstrumentId
from argosy.serialization import arrow
from tests.host.model.strategies import (
    AUDUSD,
    BAR_TYPE,
    precisions,
    raws,
    sizes,
    times,
)
from tests.host.serialization.objects import EXAMPLES, anything

QUOTE = quote_from_raw(AUDUSD, 100_000, 100_002, 3, 4, 5, 0, 1, 2)
TRADE = trade_from_raw(AUDUSD, 100_000, 3, 1, "T-1", 5, 0, 1, 2)
BAR = bar_from_raw(BAR_TYPE, 102, 104, 101, 103, 7, 2, 0, 1, 2)
DELTA = delta_from_raw(AUDUSD, 1, 1, 105, 30, 42, 128, 7, 2, 1, 1, 2)


def test_the_schemas_are_those_of_the_catalog() -> None:
    time, price, size = pa.timestamp("ns"), pa.decimal64(18, 5), pa.decimal64(18, 2)
    times_ = [("ts_event", time), ("ts_init", time)]
    fields = {
        QuoteTick: [
            ("bid_price", price),
            ("ask_price", price),
            ("bid_size", size),
            ("ask_size", size),
        ],
        TradeTick: [
            ("price", price),
            ("size", size),
            ("aggressor_side", pa.int8()),
            ("trade_id", pa.string()),
        ],
        Bar: [
            ("open", price),
            ("high", price),
            ("low", price),
            ("close", price),
            ("volume", size),
            ("is_revision", pa.bool_()),
        ],
        OrderBookDelta: [
            ("action", pa.int8()),
            ("side", pa.int8()),
            ("price", price),
            ("size", size),
            ("order_id", pa.uint64()),
            ("flags", pa.uint8()),
            ("sequence", pa.uint64()),
        ],
    }
    for kind, own in fields.items():
        assert pa.schema([*times_, *own]) == arrow.schema(kind, 5, 2)


def test_the_metadata_says_type_key_and_precisions() -> None:
    assert {
        b"argosy.type": b"QuoteTick",
        b"argosy.key": b"AUD/USD.SIM",
        b"argosy.price_precision": b"5",
        b"argosy.size_precision": b"0",
    } == arrow.to_batch([QUOTE]).schema.metadata


def test_only_market_data_has_a_fixed_schema() -> None:
    with pytest.raises(DataError, match=r"Ticker has no fixed schema. Give one of QuoteTick"):
        arrow.schema(Ticker, 2, 0)
    with pytest.raises(DataError, match=r"QuoteTick: precision 19. Give 0 to 18 decimals"):
        arrow.schema(QuoteTick, 19, 0)


@given(anything)
def test_market_data_comes_back(each: Any) -> None:
    assert [each] == arrow.from_batch(arrow.to_batch([each]))
    assert [each, each] == arrow.from_bytes(arrow.to_bytes([each, each]))


@settings(max_examples=30)
@given(st.data(), precisions, precisions)
def test_many_rows_come_back(data: st.DataObject, price: int, size: int) -> None:
    rows = data.draw(st.lists(st.tuples(raws, raws, sizes, sizes, times, times), min_size=1))
    ticks = [quote_from_raw(AUDUSD, *row[:4], price, size, *row[4:]) for row in rows]
    batch = arrow.to_batch(ticks)
    assert [tick.bid_price.as_decimal() for tick in ticks] == batch.column("bid_price").to_pylist()
    assert ticks == arrow.from_batch(batch)
    assert ticks[1:-1] == arrow.from_batch(batch.slice(1, max(0, len(ticks) - 2)))


@pytest.mark.parametrize("each", [QUOTE, TRADE, BAR, DELTA])
def test_an_empty_slice_is_no_objects(each: Any) -> None:
    assert [] == arrow.from_batch(arrow.to_batch([each]).slice(0, 0))


@pytest.mark.parametrize("each", EXAMPLES, ids=lambda each: type(each).__name__)
def test_a_message_comes_back(each: Any) -> None:
    assert [each, each] == arrow.from_batch(arrow.to_batch([each, each]))


def test_a_revision_comes_back() -> None:
    revised = [BAR, bar_from_raw(BAR_TYPE, 1, 1, 1, 1, 0, 2, 0, 3, 3, is_revision=True)]
    assert revised == arrow.from_batch(arrow.to_batch(revised))


def test_a_clear_fits_every_precision() -> None:
    group = [OrderBookDelta.clear(AUDUSD, 1, 1, 2), DELTA]
    assert group == arrow.from_batch(arrow.to_batch(group))
    assert group[:1] == arrow.from_batch(arrow.to_batch(group[:1]))


def test_nothing_makes_no_batch() -> None:
    with pytest.raises(DataError, match=r"to_batch: there are no objects. Give at least one"):
        arrow.to_batch([])


@pytest.mark.parametrize("one", [QUOTE, TRADE, BAR, DELTA])
def test_a_batch_has_one_type(one: Any) -> None:
    other = TRADE if one is QUOTE else QUOTE
    with pytest.raises(DataError, match=rf"object 1 is of type {type(other).__name__}, those"):
        arrow.to_batch([one, other])


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (
            QUOTE,
            quote_from_raw(InstrumentId("A.B"), 1, 2, 3, 4, 5, 0, 1, 2),
            r"object 1 is of instrument A.B, those before it of AUD/USD.SIM. Give one batch for",
        ),
        (
            QUOTE,
            quote_from_raw(AUDUSD, 1, 2, 3, 4, 4, 0, 1, 2),
            r"of price and size precision \(4, 0\), those before it of \(5, 0\)",
        ),
        (TRADE, trade_from_raw(AUDUSD, 1, 3, 1, "T", 5, 1, 1, 2), r"\(5, 1\)"),
        (TRADE, trade_from_raw(InstrumentId("A.B"), 1, 3, 1, "T", 5, 0, 1, 2), r"instrument"),
        (BAR, bar_from_raw(BAR_TYPE, 1, 1, 1, 1, 1, 3, 0, 1, 2), r"\(3, 0\)"),
        (DELTA, delta_from_raw(AUDUSD, 1, 1, 1, 1, 1, 0, 1, 2, 2, 1, 2), r"\(2, 2\)"),
        (DELTA, delta_from_raw(InstrumentId("A.B"), 1, 1, 1, 1, 1, 0, 1, 2, 1, 1, 2), r"instr"),
    ],
)
def test_a_batch_has_one_key_and_one_precision(one: Any, other: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        arrow.to_batch([one, other])


def without_metadata(batch: pa.RecordBatch, *names: bytes) -> pa.RecordBatch:
    metadata = {key: text for key, text in batch.schema.metadata.items() if key not in names}
    return batch.replace_schema_metadata(metadata)


def test_a_key_can_be_passed_where_the_batch_does_not_say() -> None:
    bare = without_metadata(arrow.to_batch([QUOTE]), arrow.KEY)
    assert [QUOTE] == arrow.from_batch(bare, AUDUSD)
    with pytest.raises(DataError, match=r"does not say whose data it is. Pass the key"):
        arrow.from_batch(bare)


def test_a_batch_without_a_type_is_refused() -> None:
    with pytest.raises(DataError, match=r"batch: the schema does not name a type"):
        arrow.from_batch(without_metadata(arrow.to_batch([QUOTE]), arrow.TYPE))
    odd = arrow.to_batch([QUOTE]).replace_schema_metadata({arrow.TYPE: b"Quote"})
    with pytest.raises(UnknownNameError, match=r"Did you mean 'QuoteTick'"):
        arrow.from_batch(odd)


def changed(batch: pa.RecordBatch, name: str, array: pa.Array) -> pa.RecordBatch:
    i = batch.schema.get_field_index(name)
    return batch.set_column(i, pa.field(name, array.type), array)


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        ("bid_price", pa.array([1.5]), r"column bid_price is double, no decimal. Cast it to dec"),
        (
            "bid_price",
            pa.array([Decimal("1.5")], pa.decimal64(18, 1)),
            r"the columns have decimals bid_price 1, ask_price 5. Write them at one precision",
        ),
        ("bid_price", pa.array([None], pa.decimal64(18, 5)), r"column bid_price has nulls"),
        ("ts_init", pa.array(["yesterday"]), r"column ts_init is string: .* Cast it to timestamp"),
        ("bid_size", pa.array([-1], pa.decimal64(18, 0)), r"row 0: a size is below zero"),
    ],
)
def test_a_wrong_column_is_named(name: str, array: pa.Array, message: str) -> None:
    batch = changed(arrow.to_batch([QUOTE]), name, array)
    with pytest.raises(DataError, match=rf"atch of .*AUD/USD.SIM: {message}"):
        arrow.from_batch(batch)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(DataError, match=r"batch of QuoteTick AUD/USD.SIM: no column ask_size"):
        arrow.from_batch(arrow.to_batch([QUOTE]).drop_columns(["ask_size"]))


def test_wider_decimals_and_coarser_times_are_cast() -> None:
    batch = arrow.to_batch([quote_from_raw(AUDUSD, 1, 2, 3, 4, 5, 0, 10**9, 2 * 10**9)])
    wide = changed(batch, "ask_price", batch.column("ask_price").cast(pa.decimal128(38, 5)))
    coarse = changed(wide, "ts_init", wide.column("ts_init").cast(pa.timestamp("s")))
    assert arrow.from_batch(batch) == arrow.from_batch(coarse)


@pytest.mark.parametrize("length", [0, 10, 100, -20])
def test_a_stream_that_is_cut_off_is_refused(length: int) -> None:
    with pytest.raises(DataError, match=r"Arrow: .* Send the whole stream"):
        arrow.from_bytes(arrow.to_bytes([QUOTE])[:length])


def test_a_stream_without_a_batch_is_refused() -> None:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, arrow.schema(QuoteTick, 2, 0)):
        pass
    with pytest.raises(DataError, match=r"the stream has no batch"):
        arrow.from_bytes(sink.getvalue().to_pybytes())
