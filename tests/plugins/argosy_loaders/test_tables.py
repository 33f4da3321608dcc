"""CSV and Parquet files with declared columns."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from argosy.errors import ConfigError, DataError
from argosy.parts.loader import Sample
from argosy_catalog import ParquetDataCatalog
from argosy_loaders import parquet_file
from tests.plugins.argosy_loaders.kit import guesses, items, loader, objects

MS = 10**6
BTC = {"instrument": "BTCUSDT.BINANCE", "price_precision": 2, "size_precision": 6}
QUOTES: dict[str, Any] = {
    **BTC,
    "type": "quote",
    "columns": {"ts_event": "timestamp", "bid_price": "bid", "ask_price": "ask"},
    "rounding": "half_even",
}
TRADES: dict[str, Any] = {
    **BTC,
    "type": "trade",
    "columns": {"ts_event": "timestamp", "size": "quantity", "aggressor_side": "buyer_maker"},
    "values": {"aggressor_side": {"True": "SELLER", "False": "BUYER"}},
    "rounding": "half_even",
}


def rounded(number: float, digits: int) -> Decimal:
    """Round what a float spells; its own value is never exact."""
    return round(Decimal(str(number)), digits)


def test_quotes_that_were_floats(catalog: ParquetDataCatalog, real_data: Path) -> None:
    path = real_data / "binance_btcusdt_quotes_20210108.parquet"
    catalog.ingest([path], settings=QUOTES)
    rows = pq.read_table(path).to_pylist()
    assert [
        (
            round(row["timestamp"].timestamp() * 1_000) * MS,
            *(rounded(row[name], 2) for name in ("bid", "ask")),
            *(rounded(row[name], 6) for name in ("bid_size", "ask_size")),
        )
        for row in rows
    ] == [
        (
            q.ts_event,
            *(v.as_decimal() for v in (q.bid_price, q.ask_price, q.bid_size, q.ask_size)),
        )
        for q in catalog.quote_ticks("BTCUSDT.BINANCE")
    ]
    assert 451 == len(rows)


def test_trades_that_were_floats(
    catalog: ParquetDataCatalog, real_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_file, "BATCH_ROWS", 700)
    path = real_data / "binance_btcusdt_trades_20210108.parquet"
    catalog.ingest([path], settings=TRADES)
    rows = pq.read_table(path).to_pylist()
    assert [
        (
            round(row["timestamp"].timestamp() * 1_000) * MS,
            *(rounded(row["price"], 2), rounded(row["quantity"], 6), str(row["trade_id"])),
            {"True": "SELLER", "False": "BUYER"}[row["buyer_maker"]],
        )
        for row in rows
    ] == [
        (
            *(t.ts_event, t.price.as_decimal(), t.size.as_decimal()),
            *(t.trade_id, t.aggressor_side),
        )
        for t in catalog.trade_ticks("BTCUSDT.BINANCE")
    ]
    assert 2_001 == len(rows)


def test_floats_without_a_declared_rounding_are_refused(real_data: Path) -> None:
    path = real_data / "binance_btcusdt_trades_20210108.parquet"
    with pytest.raises(DataError, match=r"row 2, column 'quantity': .* or declare a rounding"):
        items("parquet", path, **{**TRADES, "rounding": "error"})


def write(folder: Path, **columns: Any) -> Path:
    path = folder / "rows.parquet"
    pq.write_table(pa.table(columns), path)
    return path


TIME = pa.array([0, 10**9], pa.timestamp("us"))
BAR: dict[str, Any] = {
    "type": "bar",
    "bar_type": "A.B-1-SECOND-LAST",
    "instrument": "A.B",
    "price_precision": 1,
    "size_precision": 0,
}


def test_decimals_booleans_and_naive_times_are_exact(tmp_path: Path) -> None:
    prices = pa.array(["1.5", "2.5"]).cast(pa.decimal128(20, 1))
    path = write(
        tmp_path,
        ts_event=TIME,
        **dict.fromkeys(("open", "high", "low", "close"), prices),
        volume=[3, 4],
        is_revision=[True, False],
    )
    found = objects("parquet", path, **BAR)
    assert [(0, "1.5", "3", True), (10**12, "2.5", "4", False)] == [
        (b.ts_event, str(b.close), str(b.volume), b.is_revision) for b in found
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"open": pa.array([None, "1"])}, r"row 0, column 'open': the value is missing"),
        ({"open": pa.array([1.0, float("nan")])}, r"row 1, column 'open': 'nan' is no finite"),
        ({"open": pa.array([1.0, float("inf")])}, r"row 1, column 'open': 'inf' is no finite"),
        ({"open": pa.array([1.25, 1.0])}, r"row 0, column 'open': 1.25 has 2 decimals"),
        ({"ts_event": pa.array([None, 0], pa.timestamp("s"))}, "row 0, .* the time is missing"),
        (
            {"ts_event": pa.array([2**60, 0], pa.timestamp("ms"))},
            "row 0, .* is outside of 1677 to 2262",
        ),
        ({"ts_event": pa.array(["x", "y"])}, "row 0, column 'ts_event': 'x' is no time"),
    ],
)
def test_a_bad_value_is_named(tmp_path: Path, changed: dict[str, Any], message: str) -> None:
    prices = {name: ["1", "1"] for name in ("open", "high", "low", "close")}
    columns: dict[str, Any] = {"ts_event": TIME, **prices, "volume": [1, 1], **changed}
    with pytest.raises(DataError, match=message):
        items("parquet", write(tmp_path, **columns), **BAR)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1 and more PAR1", b"a,b\n1,2\n"])
def test_what_is_no_parquet_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rows.parquet"
    path.write_bytes(data)
    with pytest.raises(DataError, match=r"rows\.parquet: the file cannot be read"):
        items("parquet", path, **BAR)


TITLED = b"""Broker export v3

Date (UTC);Bid Px;"Ask; Px";Vol bid;Vol ask
04/03/2024 00:00:00;1.1000;1.1002;100;200
04/03/2024 00:01:00;1.1001;1.1003;101;201
"""


def test_a_guess_sees_the_lines_to_skip_and_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(TITLED)
    sample = Sample.of(path)
    assert loader("csv").guess(sample) is None
    assert loader("csv", skip_lines=1, delimiter="|").guess(sample) is None
    for settings in ({"skip_lines": 1}, {"skip_lines": 2, "delimiter": ";"}):
        why = loader("csv", **settings).guess(sample)
        assert "it is text with columns, 5 in a row" == why


def test_files_are_known_by_what_is_in_them(real_data: Path, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("one word\n")
    (tmp_path / "bytes").write_bytes(b"a,\0\0\n")
    found = {
        name: guesses(path)
        for name, path in (
            ("parquet", real_data / "binance_btcusdt_quotes_20210108.parquet"),
            ("csv", real_data / "xcme_6eh4_1m_202401.csv.gz"),
            ("words", tmp_path / "words"),
            ("bytes", tmp_path / "bytes"),
        )
    }
    assert {
        "parquet": {"parquet": "it begins with PAR1"},
        "csv": {"csv": "it is text with columns, 6 in a row"},
        "words": {},
        "bytes": {},
    } == found


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_a_type_is_asked_for(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="it is not said what the columns mean"):
        items(name, tmp_path / "none")
