"""Real DBN files, against the vendor's own reader and the decoded CSV."""

import csv
import gzip
import struct
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import databento_dbn as dbn
import numpy as np
import pyarrow as pa
import pytest

from argosy.errors import DataError, InputError
from argosy.model.bar_type import BarType
from argosy.model.data import (
    F_LAST,
    F_SNAPSHOT,
    IS_QUOTING,
    IS_TRADING,
    Bar,
    InstrumentStatusUpdate,
    OrderBookDelta,
    QuoteTick,
    TradeTick,
)
from argosy.model.enums import AggressorSide, MarketStatusAction
from argosy.parts.loader import Load
from argosy_catalog import ParquetDataCatalog
from argosy_loaders import dbn_file
from argosy_loaders.dbn_file import LAYOUTS, MBP_1
from tests.plugins.argosy_loaders.books import Orders, order_book
from tests.plugins.argosy_loaders.kit import guesses, items, loader, objects

MINUTE = 60 * 10**9
UNDEFINED = 2**63 - 1


def unpacked(path: Path) -> bytes:
    with pa.input_stream(path, compression="zstd") as stream:
        data: bytes = stream.read()
    return data


def records(path: Path) -> list[Any]:
    """Read a file with the vendor's package."""
    decoder = dbn.DBNDecoder()
    decoder.write(unpacked(path))
    return list(decoder.decode()[1:])


def price(raw: int) -> Decimal:
    return Decimal(raw).scaleb(-9)


@pytest.fixture(scope="module")
def esu4(real_data: Path) -> Path:
    return real_data / "databento_esu4_definition.dbn.zst"


def test_orders_build_the_book_that_the_decoded_csv_builds(
    catalog: ParquetDataCatalog, real_data: Path
) -> None:
    files = [
        real_data / f"databento_esm4_{name}.dbn.zst" for name in ("definition", "mbo_20240508")
    ]
    catalog.ingest(files)
    deltas = catalog.order_book_deltas("ESM4.GLBX")
    with gzip.open(real_data / "esm4_mbo_20240508.csv.gz", "rt") as text:
        rows = [row for row in csv.DictReader(text) if row["action"] not in "TF"]
    assert (13_786, len(rows)) == (len(deltas), len(deltas))
    assert [(int(r["ts_event"]), int(r["ts_recv"]), int(r["sequence"])) for r in rows] == [
        (d.ts_event, d.ts_init, d.sequence) for d in deltas
    ]
    assert [int(r["flags"]) & (F_LAST | F_SNAPSHOT) for r in rows] == [d.flags for d in deltas]
    named = [
        (Decimal(row["price"]), int(row["size"]), int(row["order_id"]))
        for row in rows
        if row["action"] != "R"
    ]
    assert named == [
        (d.order.price.as_decimal(), int(d.order.size.as_decimal()), d.order.order_id)
        for d in deltas
        if d.order is not None
    ]
    assert csv_book(rows) == order_book(deltas)
    assert len(csv_book(rows)) > 5_000


def csv_book(rows: list[dict[str, str]]) -> Orders:
    """Build a book as the vendor says: a cancel takes its size away."""
    book: Orders = {}
    for row in rows:
        order, size = int(row["order_id"]), int(row["size"])
        if row["action"] == "R":
            book.clear()
        elif row["action"] == "C":
            side, at, left = book.pop(order)
            if left > size:
                book[order] = (side, at, left - size)
        else:
            book[order] = (row["side"], Decimal(row["price"]), size)
    return book


def test_the_top_of_the_book_becomes_quotes_and_trades(
    catalog: ParquetDataCatalog, esu4: Path, real_data: Path
) -> None:
    path = real_data / "databento_esu4_mbp1_20240702.dbn.zst"
    catalog.ingest([esu4, path])
    raw = records(path)
    assert 2_288 == len(raw)
    tops = [r for r in raw if r.action != "T"]
    quotes = catalog.quote_ticks("ESU4.GLBX")
    assert [
        (
            *(r.ts_event, r.ts_recv),
            *(price(r.levels[0].bid_px), price(r.levels[0].ask_px)),
            *(r.levels[0].bid_sz, r.levels[0].ask_sz),
        )
        for r in tops
    ] == [
        (
            *(q.ts_event, q.ts_init),
            *(q.bid_price.as_decimal(), q.ask_price.as_decimal()),
            *(q.bid_size.as_decimal(), q.ask_size.as_decimal()),
        )
        for q in quotes
    ]
    assert_trades([r for r in raw if r.action == "T"], catalog.trade_ticks())


def assert_trades(raw: list[Any], trades: list[TradeTick]) -> None:
    sides = {"B": AggressorSide.BUYER, "A": AggressorSide.SELLER, "N": AggressorSide.NO_AGGRESSOR}
    assert [
        (r.ts_event, r.ts_recv, price(r.price), r.size, sides[str(r.side)], str(r.sequence))
        for r in raw
    ] == [
        (
            *(t.ts_event, t.ts_init, t.price.as_decimal(), t.size.as_decimal()),
            *(t.aggressor_side, t.trade_id),
        )
        for t in trades
    ]


def test_trades_and_bars_of_two_instruments(
    catalog: ParquetDataCatalog, esu4: Path, real_data: Path
) -> None:
    trades, bars = (
        real_data / f"databento_esu4_{name}_20240702.dbn.zst" for name in ("trades", "ohlcv1m")
    )
    loaded = catalog.ingest([esu4, trades, bars])
    assert [("instruments", 1)] * 2 + [("trades", 120), ("bars", 30), ("bars", 30)] == [
        (each.kind, each.rows) for each in loaded
    ]
    assert_trades(records(trades), catalog.trade_ticks())
    for symbol, number in (("ESU4", 118), ("NQU4", 4358)):
        bar_type = BarType.from_str(f"{symbol}.GLBX-1-MINUTE-LAST-EXTERNAL")
        expected = [
            (
                *(r.ts_event + MINUTE, r.ts_event + MINUTE),  # stamped at the open
                *map(price, (r.open, r.high, r.low, r.close)),
                r.volume,
            )
            for r in records(bars)
            if r.instrument_id == number
        ]
        assert expected == [
            (
                *(b.ts_event, b.ts_init),
                *(each.as_decimal() for each in (b.open, b.high, b.low, b.close, b.volume)),
            )
            for b in catalog.bars(str(bar_type))
        ]
    sums = catalog.sql("SELECT sum(volume) AS volume FROM bars").to_pylist()
    assert [{"volume": sum(r.volume for r in records(bars))}] == sums


def test_sampled_tops_become_quotes_and_the_trades_of_the_interval(real_data: Path) -> None:
    folder = "_20240509T0955_20240509T1005.dbn.zst"
    for kind, trades in (("futures", 20), ("options", 0)):
        definition = real_data / f"databento_opt_{kind}_definition.dbn.zst"
        path = real_data / f"databento_opt_{kind}_bbo1m{folder}"
        found = objects("databento", definition, path)
        raw = records(path)
        fresh = [r for r in raw if r.ts_recv - MINUTE < r.ts_event <= r.ts_recv]
        quotes = [each for each in found if type(each) is QuoteTick]
        assert sorted(
            (r.ts_recv, price(r.levels[0].bid_px), r.levels[0].ask_sz) for r in raw
        ) == sorted((q.ts_init, q.bid_price.as_decimal(), q.ask_size.as_decimal()) for q in quotes)
        assert all(quote.ts_event == quote.ts_init for quote in quotes)
        assert trades == len(fresh) == sum(type(each) is TradeTick for each in found)


def test_definitions_become_futures_and_options(real_data: Path) -> None:
    (future,) = items("databento", real_data / "databento_esm4_definition.dbn.zst")
    options = items("databento", real_data / "databento_opt_options_definition.dbn.zst")
    (raw,) = records(real_data / "databento_esm4_definition.dbn.zst")
    assert (raw.raw_symbol, raw.expiration, raw.activation, raw.exchange, raw.currency) == (
        *(future.raw_symbol, future.expiration_ns, future.activation_ns),
        *(future.exchange, future.quote_currency.code),
    )
    assert ("ESM4.GLBX", "0.25", "50", "ES") == (
        *(future.id, str(future.price_increment)),
        *(str(future.multiplier), future.underlying),
    )
    assert {"ESM4 P5230.GLBX": "5230", "ESM4 P5250.GLBX": "5250"} == {
        each.id: str(each.strike_price) for each in options
    }
    assert {("PUT", "ESM4", "0.01", "50")} == {
        (each.option_kind, each.underlying, str(each.price_increment), str(each.multiplier))
        for each in options
    }


def test_the_time_that_was_asked_for_is_covered(
    catalog: ParquetDataCatalog, esu4: Path, real_data: Path
) -> None:
    start, end = 1_719_878_280 * 10**9, 1_719_878_520 * 10**9  # as the README of the data says
    catalog.ingest([esu4, real_data / "databento_esu4_trades_20240702.dbn.zst"])
    spans = catalog.coverage(TradeTick)
    assert ["empty", "held", "empty"] == [each.state for each in spans]
    assert (start, end - 1) == (spans[0].first_ns, spans[-1].last_ns)
    catalog.ingest([real_data / "databento_esu4_ohlcv1m_20240702.dbn.zst"])
    (span, *_) = catalog.coverage(Bar)
    assert (1_719_877_200 + 60) * 10**9 == span.first_ns


def test_an_unknown_precision_tells_what_the_file_needs(real_data: Path) -> None:
    for name in ("esu4_trades", "esu4_ohlcv1m", "esu4_mbp1"):
        with pytest.raises(DataError, match="give --price-precision 2 --size-precision 0, which"):
            items("databento", real_data / f"databento_{name}_20240702.dbn.zst")


def test_a_venue_may_be_named(esu4: Path) -> None:
    found = items("databento", esu4, venue="XCME")
    assert ["ESU4.XCME", "NQU4.XCME"] == sorted(each.id for each in found)


def test_a_file_is_known_by_its_first_bytes(real_data: Path) -> None:
    for path in real_data.glob("*.dbn.zst"):
        assert {"databento": "it begins with DBN"} == guesses(path)


def test_a_file_that_is_not_packed_is_read_too(real_data: Path, tmp_path: Path) -> None:
    packed = real_data / "databento_esu4_trades_20240702.dbn.zst"
    plain = tmp_path / "trades.dbn"
    plain.write_bytes(unpacked(packed))
    given: dict[str, Any] = {"price_precision": 2, "size_precision": 0}
    assert objects("databento", packed, **given) == objects("databento", plain, **given)


# Files that a test writes


def header(schema: str, symbols: dict[str, int], **given: Any) -> bytes:
    """Write metadata as the vendor's package does."""
    days = {"start_date": date(2024, 1, 1), "end_date": date(2024, 1, 3)}
    metadata = dbn.Metadata(
        dataset="XNAS.ITCH",
        start=1_704_067_200 * 10**9,
        stype_in=dbn.SType.RAW_SYMBOL,
        stype_out=dbn.SType.INSTRUMENT_ID,
        schema=dbn.Schema.from_str(schema),
        symbols=list(symbols),
        partial=[],
        not_found=[],
        mappings=[
            SimpleNamespace(
                raw_symbol=name, intervals=[SimpleNamespace(symbol=str(number), **days)]
            )
            for name, number in symbols.items()
        ],
        **given,
    )
    return bytes(metadata)


def day(number: int) -> bytes:
    """Write a date of the metadata."""
    return number.to_bytes(4, "little")


T0 = 1_704_100_000 * 10**9


def mbo(
    action: str, order: int, size: int, *, flags: int = 128, side: str = "B", **given: Any
) -> bytes:
    values = {
        "publisher_id": 2,
        "instrument_id": 7,
        "ts_event": T0,
        "order_id": order,
        "price": 10 * 10**9,
        "size": size,
        "channel_id": 0,
        "action": dbn.Action(action),
        "side": dbn.Side(side),
        "ts_recv": T0 + 1,
        "flags": flags,
        "ts_in_delta": 0,
        "sequence": 1,
        **given,
    }
    return bytes(dbn.MBOMsg(**values))


def top(bid: int, ask: int, bid_size: int, ask_size: int) -> bytes:
    """Write an MBP-1 record; prices of 9 decimals."""
    layout = LAYOUTS[MBP_1]
    record = np.zeros(1, layout)
    for name, value in {
        **{"length": layout.itemsize // 4, "rtype": MBP_1, "publisher_id": 2, "instrument_id": 7},
        **{"ts_event": T0, "ts_recv": T0 + 1, "action": ord("A"), "side": ord("N")},
        **{"price": UNDEFINED, "bid_px": bid, "ask_px": ask},
        **{"bid_sz": bid_size, "ask_sz": ask_size},
    }.items():
        record[name] = value
    return record.tobytes()


def test_a_top_without_a_side_is_a_quote_with_nobody_there(tmp_path: Path) -> None:
    path = tmp_path / "file.dbn"
    ten = 10 * 10**9
    tops = [top(ten, ten, 1, 2), top(UNDEFINED, ten, 1, 2), top(ten, UNDEFINED, 1, 2)]
    tops += [top(UNDEFINED, UNDEFINED, 0, 0)] * 2
    path.write_bytes(header("mbp-1", {"AAPL": 7}) + b"".join(tops))
    given = {"price_precision": 2, "size_precision": 0}
    assert ["10.00 10.00 1 2", "0.00 10.00 0 2", "10.00 0.00 1 0"] == [
        f"{q.bid_price} {q.ask_price} {q.bid_size} {q.ask_size}"
        for q in objects("databento", path, **given)
    ]
    notes: list[str] = []
    list(loader("databento", **given).load(Load([path], on_note=notes.append)))
    assert [
        f"{path}: 2 records were left out, in which neither side has a price; the first is"
        f" {path}, record 3"
    ] == notes


def changes(tmp_path: Path, *parts: bytes, **given: Any) -> list[OrderBookDelta]:
    path = tmp_path / "file.dbn"
    path.write_bytes(header("mbo", {"AAPL": 7}) + b"".join(parts))
    found: list[OrderBookDelta] = objects(
        "databento", path, **{"price_precision": 2, "size_precision": 0, **given}
    )
    return found


def test_a_cancel_of_a_part_leaves_the_rest(tmp_path: Path) -> None:
    found = changes(tmp_path, mbo("A", 1, 10), mbo("C", 1, 4), mbo("M", 1, 9), mbo("C", 1, 9))
    assert [("ADD", 10), ("UPDATE", 6), ("UPDATE", 9), ("DELETE", 9)] == [
        (d.action, d.order.size.as_decimal()) for d in found if d.order is not None
    ]


def test_an_event_that_ends_with_a_trade_ends_with_its_last_change(tmp_path: Path) -> None:
    found = changes(
        tmp_path,
        *(mbo("A", 1, 10), mbo("A", 2, 10, flags=0), mbo("T", 0, 3, flags=0), mbo("F", 2, 3)),
        mbo("C", 2, 3),
    )
    assert [("AAPL.XNAS", F_LAST)] * 3 == [(d.instrument_id, d.flags) for d in found]


@pytest.mark.parametrize("chunk", [56, 100, 10**6])
def test_the_size_of_parts_changes_nothing(
    real_data: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, tmp_path: Path
) -> None:
    path = real_data / "databento_esm4_mbo_20240508.dbn.zst"
    short = tmp_path / "short.dbn"
    data = unpacked(path)
    short.write_bytes(data[: len(data) - 13_500 * 56])
    given: dict[str, Any] = {"price_precision": 2, "size_precision": 0}
    expected = objects("databento", short, **given)
    monkeypatch.setattr(dbn_file, "CHUNK_BYTES", chunk)
    assert expected == objects("databento", short, **given)
    assert len(expected) > 200


def test_status_records_become_updates(tmp_path: Path) -> None:
    head = struct.pack("<BBHIQ", 10, 0x12, 2, 7, T0)
    record = head + struct.pack("<QHHHccc7x", T0 + 5, 7, 0, 0, b"Y", b"Y", b"N")
    path = tmp_path / "status.dbn"
    path.write_bytes(header("status", {"AAPL": 7}) + record)
    (found,) = objects("databento", path)
    assert (
        InstrumentStatusUpdate(
            instrument_id="AAPL.XNAS",
            action=MarketStatusAction.TRADING,
            flags=IS_TRADING | IS_QUOTING,
            ts_event=T0,
            ts_init=T0 + 5,
        )
        == found
    )


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([], "the file has no records"),
        ([mbo("A", 1, 5)[:-1]], r"record 0: .* the record is cut off"),
        ([mbo("A", 1, 5), mbo("A", 2, 5)[:20]], r"record 1: .* the record is cut off"),
        ([mbo("A", 1, 5, price=UNDEFINED)], r"record 0: price is undefined"),
        ([mbo("A", 1, 5), mbo("A", 2, 5, price=1)], r"record 1: price 1e-9 has more decimals"),
        ([mbo("A", 1, 5, side="N")], r"record 0: an order has side 'N'"),
        ([mbo("A", 1, 5, instrument_id=8)], r"record 0: the metadata name no symbol for .* id 8"),
        ([mbo("A", 1, 5, ts_recv=2**64 - 1)], r"record 0: the time is undefined"),
        ([mbo("A", 1, 5, ts_event=2**64 - 1)], r"record 0: the time is undefined"),
        ([b"\x00" * 56], r"record 0: .* a record would be 0 bytes long"),
        ([b"\x05" + mbo("A", 1, 5)[1:]], r"record 0: .* is 20 bytes long, not 56"),
        ([mbo("A", 1, 5)[:1] + b"\x0a" + mbo("A", 1, 5)[2:]], "records of type 10 .* cannot be"),
    ],
)
def test_a_bad_record_is_named(tmp_path: Path, parts: list[bytes], message: str) -> None:
    with pytest.raises(DataError, match=message):
        changes(tmp_path, *parts)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it does not begin with DBN"),
        (b"DBZ\x01 and more", "it does not begin with DBN"),
        (b"DBN\x03\xff\x00\x00\x00short", "cut off within its metadata"),
        (b"DBN\x03\xff\xff\xff\xffshort", "would be 4294967295 bytes long"),
        (header("mbo", {"A": 1})[:8] + b"\xff" * 300, "cut off within|cannot be read"),
        (header("mbo", {"A": 1}).replace(day(20_240_101), day(101)), "year 0 is out of range"),
    ],
)
def test_bad_metadata_are_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.dbn"
    path.write_bytes(data)
    with pytest.raises(DataError, match=message):
        items("databento", path)


def test_unsorted_records_are_refused_by_record(
    catalog: ParquetDataCatalog, tmp_path: Path
) -> None:
    path = tmp_path / "file.dbn"
    path.write_bytes(
        header("mbo", {"AAPL": 7})
        + mbo("A", 1, 5)
        + mbo("A", 2, 5, ts_recv=T0 - 1)
        + mbo("C", 1, 5)
    )
    with pytest.raises(DataError, match=r"file\.dbn, record 1: the rows are not sorted"):
        catalog.ingest([path], "databento", {"price_precision": 2, "size_precision": 0})
    assert [] == catalog.holdings()


def test_without_the_vendors_package_the_cure_is_told(
    real_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "databento_dbn", None)
    with pytest.raises(InputError, match=r"Install argosy\[loaders\]"):
        items("databento", real_data / "databento_esm4_definition.dbn.zst")
