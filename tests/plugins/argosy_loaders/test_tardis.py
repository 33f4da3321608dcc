"""Files of Tardis, against plain reads of them."""

import csv
import gzip
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import DataError
from argosy.model.data import F_LAST, F_MBP, F_SNAPSHOT, QuoteTick
from argosy.model.enums import BookAction
from argosy_catalog import ParquetDataCatalog
from argosy_loaders import csv_file
from argosy_loaders.tardis import kind_of
from tests.plugins.argosy_loaders.books import Levels, level_book
from tests.plugins.argosy_loaders.kit import guesses, items, objects

US = 1_000


def raw_rows(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def times(row: dict[str, str]) -> tuple[int, int]:
    """Return when it happened, and when it was received."""
    return int(row["timestamp"]) * US, int(row["local_timestamp"]) * US


def test_trades(catalog: ParquetDataCatalog, real_data: Path) -> None:
    path = real_data / "tardis_bitmex_trades_xbtusd.csv"
    catalog.ingest([path], settings={"price_precision": 1, "size_precision": 0})
    assert [
        (
            *(int(row["timestamp"]) * US, int(row["local_timestamp"]) * US),
            *(Decimal(row["price"]), Decimal(row["amount"])),
            *({"buy": "BUYER", "sell": "SELLER"}[row["side"]], row["id"]),
        )
        for row in raw_rows(path)
    ] == [
        (
            *(t.ts_event, t.ts_init, t.price.as_decimal(), t.size.as_decimal()),
            *(t.aggressor_side, t.trade_id),
        )
        for t in catalog.trade_ticks("XBTUSD.BITMEX")
    ]


def test_changes_of_a_book(catalog: ParquetDataCatalog, real_data: Path) -> None:
    path = real_data / "tardis_deribit_incremental_book_l2_btc_perpetual.csv"
    catalog.ingest([path], "tardis", {"price_precision": 1, "size_precision": 0})
    clear, *deltas = catalog.order_book_deltas("BTC-PERPETUAL.DERIBIT")
    assert (BookAction.CLEAR, F_MBP | F_SNAPSHOT) == (clear.action, clear.flags)
    rows = raw_rows(path)
    assert times(rows[0]) == (clear.ts_event, clear.ts_init)
    sides = {"bid": "BUY", "ask": "SELL"}
    assert [
        (
            *times(row),
            *(sides[row["side"]], Decimal(row["price"]), Decimal(row["amount"])),
        )
        for row in rows
    ] == [
        (
            *(d.ts_event, d.ts_init, d.order.side),
            *(d.order.price.as_decimal(), d.order.size.as_decimal()),
        )
        for d in deltas
    ]
    assert 15 == len(rows)
    assert times(rows[0])[0] != times(rows[0])[1]  # else the two could be mixed up
    assert {
        (sides[row["side"]], Decimal(row["price"])): Decimal(row["amount"])
        for row in rows
        if row["amount"] != "0"
    } == level_book([clear, *deltas])


@pytest.mark.parametrize("depth", [5, pytest.param(25, marks=pytest.mark.slow)])
def test_whole_books(catalog: ParquetDataCatalog, real_data: Path, depth: int) -> None:
    path = real_data / f"tardis_binance_futures_book_snapshot_{depth}_btcusdt.csv"
    catalog.ingest([path], settings={"price_precision": 2, "size_precision": 3})
    deltas = catalog.order_book_deltas("BTCUSDT.BINANCE-FUTURES")
    rows = raw_rows(path)
    assert (10, 10 * (1 + 2 * depth)) == (len(rows), len(deltas))
    assert all(times(row)[0] != times(row)[1] for row in rows)  # else the two could be mixed up
    for number, row in enumerate(rows):
        part = deltas[number * (1 + 2 * depth) :][: 1 + 2 * depth]
        expected: Levels = {}
        for side, name in (("BUY", "bids"), ("SELL", "asks")):
            for level in range(depth):
                price = Decimal(row[f"{name}[{level}].price"])
                expected[side, price] = Decimal(row[f"{name}[{level}].amount"])
        assert expected == level_book(part)
        assert [BookAction.CLEAR] + [BookAction.ADD] * 2 * depth == [d.action for d in part]
        assert {times(row)} == {(d.ts_event, d.ts_init) for d in part}
        assert [2 * depth] == [i for i, d in enumerate(part) if d.flags & F_LAST]


def test_the_header_tells_the_kind(real_data: Path) -> None:
    kinds = {
        path.name: kind_of(path.read_text().split("\n")[0].split(","))
        for path in real_data.glob("tardis_*.csv")
    }
    assert {
        "tardis_bitmex_trades_xbtusd.csv": "trades",
        "tardis_deribit_incremental_book_l2_btc_perpetual.csv": "incremental_book_L2",
        "tardis_binance_futures_book_snapshot_5_btcusdt.csv": "book_snapshot",
        "tardis_binance_futures_book_snapshot_25_btcusdt.csv": "book_snapshot",
    } == kinds
    for name, kind in kinds.items():
        assert f"its header is that of Tardis {kind}" == guesses(real_data / name)["tardis"]


# Files that a test writes

HEAD = "exchange,symbol,timestamp,local_timestamp,"
LEVELS = HEAD + "is_snapshot,side,price,amount\n"
PRECISE: dict[str, Any] = {"price_precision": 1, "size_precision": 0}


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "file.csv.gz"
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_quotes_are_kept_with_the_sides_that_they_have(tmp_path: Path) -> None:
    text = (
        HEAD + "ask_amount,ask_price,bid_price,bid_amount\nx,A,1,2,5,1.5,1.4,6\nx,A,2,3,,,1.4,6\n"
    )
    quote, one_sided = objects("tardis", write(tmp_path, text), **PRECISE)
    assert "1.4 0.0 6 0" == (
        f"{one_sided.bid_price} {one_sided.ask_price} {one_sided.bid_size} {one_sided.ask_size}"
    )
    assert isinstance(quote, QuoteTick)
    assert ("A.X", "1.4 1.5 6 5", 1000, 2000) == (
        quote.instrument_id,
        f"{quote.bid_price} {quote.ask_price} {quote.bid_size} {quote.ask_size}",
        quote.ts_event,
        quote.ts_init,
    )


@pytest.mark.parametrize("block", [120, 10**6])
def test_books_of_two_symbols_and_a_second_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(csv_file, "BLOCK_BYTES", block)
    rows = [
        "A,1,10,true,bid,1,1",
        "B,1,10,true,bid,2,1",
        "A,1,10,true,ask,3,1",
        "A,1,11,false,bid,1,0",
        "A,1,11,false,bid,2,4",
        "A,1,12,true,bid,5,5",
        "B,1,13,false,ask,9,1",
    ]
    text = LEVELS + "".join(f"x,{row}\n" for row in rows)
    found = objects("tardis", write(tmp_path, text), **PRECISE)
    mine = [d for d in found if d.instrument_id == "A.X"]
    clear, add, update, delete = "CLEAR", "ADD", "UPDATE", "DELETE"
    assert [clear, add, add, delete, update, clear, add] == [d.action for d in mine]
    assert [False, False, True, False, True, False, True] == [bool(d.flags & F_LAST) for d in mine]
    assert {("BUY", Decimal(5)): Decimal(5)} == level_book(mine)
    assert 2 == len(level_book(d for d in found if d.instrument_id == "B.X"))


def test_trades_without_an_id_get_their_number(tmp_path: Path) -> None:
    text = HEAD + "id,side,price,amount\nx,A,1,2,,unknown,1,1\nx,A,1,2,q,buy,1,1\n"
    assert [("1", 0), ("q", 1)] == [
        (t.trade_id, t.aggressor) for t in objects("tardis", write(tmp_path, text), **PRECISE)
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "funding_rate\nx,A,1,2,3\n", "is that of no file of Tardis that can be loaded"),
        ("time,open\n1,2\n", "the header time,open is that of no file of Tardis"),
        (LEVELS, "the file has no rows"),
        (LEVELS + "x,A,1,2,true,bid,NaN,1\n", r":2, column 'price': 'NaN' is no finite number"),
        (LEVELS + "x,A,1,2,true,bid,1.25,1\n", r":2, column 'price': 1.25 has 2 decimals"),
        (LEVELS + "x,A,1,2,true,middle,1,1\n", r":2, column 'side': 'middle' is none of"),
        (LEVELS + "x,A,noon,2,true,bid,1,1\n", r":2, column 'timestamp': 'noon' is no time"),
        (LEVELS + "x,\x01,1,2,true,bid,1,1\n", r":2: "),
        (LEVELS + "x,A,1,2,true,bid,1,1\nx,A\n", r":3: the row has 2 columns, the header 8"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        items("tardis", write(tmp_path, text), **PRECISE)


def test_negative_sizes_and_unsorted_rows_are_named(
    catalog: ParquetDataCatalog, tmp_path: Path
) -> None:
    for rows, message in (
        ("x,A,1,2,true,bid,1,1\nx,A,1,2,true,bid,2,-1\n", r":3: size is negative"),
        ("x,A,1,3,true,bid,1,1\nx,A,1,2,false,bid,2,1\n", r":3: the rows are not sorted"),
    ):
        with pytest.raises(DataError, match=message):
            catalog.ingest([write(tmp_path, LEVELS + rows)], "tardis", PRECISE)
    assert [] == catalog.holdings()


def test_an_unknown_precision_tells_what_the_file_needs(real_data: Path) -> None:
    for name, options in (
        ("bitmex_trades_xbtusd", "--price-precision 1 --size-precision 0"),
        ("deribit_incremental_book_l2_btc_perpetual", "--price-precision 1 --size-precision 0"),
        ("binance_futures_book_snapshot_5_btcusdt", "--price-precision 2 --size-precision 3"),
    ):
        with pytest.raises(DataError, match=f"give {options}, which is what the file needs"):
            items("tardis", real_data / f"tardis_{name}.csv")


def test_an_instrument_and_a_venue_may_be_named(real_data: Path) -> None:
    path = real_data / "tardis_bitmex_trades_xbtusd.csv"
    for given, expected in (
        ({"venue": "MEX"}, "XBTUSD.MEX"),
        ({"instrument": "BTC.X"}, "BTC.X"),
    ):
        found = objects("tardis", path, **{**PRECISE, **given})
        assert {expected} == {each.instrument_id for each in found}
