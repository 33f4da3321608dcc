"""Files with declared columns into the catalog: exact, in order, all or none."""

import csv
import gzip
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import DataError
from argosy.model.data import Bar, QuoteTick
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.times import ns_of
from argosy_loaders import csv_file
from tests.catalog.samples import GBPUSD, files_under
from tests.plugins.argosy_loaders.kit import objects

QUOTE = {
    "type": "quote",
    "instrument": "GBP/USD.SIM",
    "price_precision": 5,
    "size_precision": 0,
    "columns": {"ts_event": "time", "bid_price": "bid", "ask_price": "ask"},
    "constants": {"bid_size": "1", "ask_size": "2"},
}
HEADER = "time,bid,ask\n"


def load(catalog: ParquetDataCatalog, *files: Path, **options: Any) -> list[tuple[str, int]]:
    return [(each.key, each.rows) for each in catalog.ingest(files, "csv", options)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def test_rows_are_exact_and_fields_find_their_columns(
    catalog: ParquetDataCatalog, file: Path
) -> None:
    file.write_text(HEADER + "2024-01-01 00:00:00.5,1.23456,1.3\n2024-01-01 00:00:01,-1,2\n")
    assert [("GBP/USD.SIM", 2)] == load(catalog, file, **QUOTE)
    first, second = catalog.quote_ticks()
    assert "1.23456 1.30000 1 2" == " ".join(
        map(str, (first.bid_price, first.ask_price, first.bid_size, first.ask_size))
    )
    assert ("-1.00000", ns_of("2024-01-01T00:00:01Z", 0)) == (
        str(second.bid_price),
        second.ts_event,
    )


def test_files_are_loaded_one_after_another(
    catalog: ParquetDataCatalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "BLOCK_BYTES", 500)
    paths = []
    for hour in range(3):
        path = tmp_path / f"{hour}.csv.gz"
        lines = (f"2024-01-01 {hour:02}:{i // 60:02}:{i % 60:02},1.{i:05},2\n" for i in range(600))
        path.write_bytes(gzip.compress((HEADER + "".join(lines)).encode()))
        paths.append(path)
    before = catalog.snapshot()
    assert [("GBP/USD.SIM", 1800)] == load(catalog, *paths, **QUOTE)
    assert before + 1 == catalog.snapshot()
    prices = [str(quote.bid_price) for quote in catalog.quote_ticks()]
    assert [f"1.{i:05}" for _ in range(3) for i in range(600)] == prices


@pytest.fixture(scope="module")
def refusing(
    empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ParquetDataCatalog]:
    """A catalog that bad files are loaded into; nothing of them stays."""
    folder = shutil.copytree(empty_catalog, tmp_path_factory.mktemp("refusing") / "catalog")
    with ParquetDataCatalog(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2024-01-01,NaN,N/A", "column 'bid': 'NaN' is no finite number: the value is missing"),
        ("2024-01-01,inf,2", "column 'bid': 'inf' is no finite number"),
        ("2024-01-01,,", "column 'bid': the value is missing"),
        ("2024-01-01,1.234567,2", "column 'bid': 1.234567 has 6 decimals, the precision is 5"),
        ("noon,1,2", "column 'time': 'noon' is no time of format iso"),
        ("2023-12-31,1,2", ": the rows are not sorted: ts_init 2023-12-31T00:00:00Z comes after"),
        ("2024-01-01,1", ": the row has 2 columns, the header 3"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(
    refusing: ParquetDataCatalog, file: Path, row: str, message: str
) -> None:
    file.write_text(f"{HEADER}2024-01-01,1,2\n\n{row}\n2024-01-02,1,2\n")
    with pytest.raises(DataError) as caught:
        load(refusing, file, **QUOTE)
    assert f"{file}:4" in str(caught.value)
    assert message in str(caught.value)
    assert [] == refusing.holdings()
    assert [] == files_under(refusing.path)


def test_a_bad_row_behind_the_first_block_and_file_is_named(
    refusing: ParquetDataCatalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "BLOCK_BYTES", 500)
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text(HEADER + "2024-01-01,1,2\n" * 100)
    second.write_text(HEADER + "2024-01-02,1,2\n" * 200 + "2024-01-02,x,2\n")
    with pytest.raises(DataError, match=r"2\.csv:202, column 'bid': 'x' is no finite number"):
        load(refusing, first, second, **QUOTE)
    second.write_text(HEADER + "2023-01-02,1,2\n")
    with pytest.raises(DataError, match=r"2\.csv:2: the file begins before .*1\.csv ends"):
        load(refusing, first, second, **QUOTE)


def test_negative_sizes_and_impossible_bars_are_named(
    refusing: ParquetDataCatalog, file: Path
) -> None:
    file.write_text("time,bid,ask,size\n2024-01-01,1,2,5\n2024-01-01,1,2,-5\n")
    columns = {**QUOTE["columns"], "bid_size": "size"}  # type: ignore[dict-item]
    with pytest.raises(DataError, match=r"rows\.csv:3: bid_size is negative"):
        load(refusing, file, **{**QUOTE, "columns": columns, "constants": {"ask_size": "1"}})
    file.write_text("ts_event,open,high,low,close,volume\n2024-01-01,1,2,1,3,0\n")
    bar = {"type": "bar", "bar_type": "A.B-1-DAY-LAST", "instrument": "A.B"}
    with pytest.raises(DataError, match=r"rows\.csv:2: high and low do not enclose"):
        load(refusing, file, **bar, price_precision=0, size_precision=0)


def test_a_missing_column_is_named(refusing: ParquetDataCatalog, file: Path) -> None:
    file.write_text("time,Bid,ask\n2024-01-01,1,2\n")
    with pytest.raises(DataError, match=r"no column 'bid' for bid_price\. Did you mean 'Bid'"):
        load(refusing, file, **QUOTE)


@pytest.mark.parametrize("twice", ["bid", "ts_init"])
def test_a_column_that_is_there_twice_is_refused(
    refusing: ParquetDataCatalog, file: Path, twice: str
) -> None:
    file.write_text(f"time,bid,ask,{twice},ts_init\n2024-01-01,1,2,2024-01-01,2024-01-01\n")
    with pytest.raises(DataError, match=f"two columns are called '{twice}'"):
        load(refusing, file, **QUOTE)


def test_a_file_without_rows_is_refused(refusing: ParquetDataCatalog, file: Path) -> None:
    file.write_text(HEADER)
    with pytest.raises(DataError, match="the file has no rows"):
        load(refusing, file, **QUOTE)


def test_bars_stamped_at_their_open_become_known_at_their_close(
    file: Path,
) -> None:
    file.write_text("ts_event,open,high,low,close,volume\n2024-01-01,1,2,1,2,7\n")
    options = {"type": "bar", "bar_type": "A.B-1-DAY-LAST-EXTERNAL", "shift": "2s"}
    (bar,) = objects("csv", file, **options, stamp="open", price_precision=0, size_precision=0)
    assert ns_of("2024-01-02", 0) == bar.ts_event
    assert ns_of("2024-01-02T00:00:02Z", 0) == bar.ts_init


def test_rows_of_many_symbols_go_where_they_belong(catalog: ParquetDataCatalog, file: Path) -> None:
    file.write_text(
        "s,ts_event,price,size,side\nB,2024-01-01,1,1,b\nA,2024-01-02,2,1,s\nB,2024-01-02,3,1,s\n"
    )
    options = {
        "type": "trade",
        "instrument_column": "s",
        "venue": "SIM",
        "columns": {"aggressor_side": "side"},
        "values": {"aggressor_side": {"b": "BUYER", "s": "SELLER"}},
        "price_precision": 0,
        "size_precision": 0,
    }
    assert [("B.SIM", 2), ("A.SIM", 1)] == load(catalog, file, **options)
    found = [
        (t.instrument_id, str(t.price), t.trade_id, t.aggressor) for t in catalog.trade_ticks()
    ]
    assert [("B.SIM", "1", "1", 1), ("A.SIM", "2", "1", 2), ("B.SIM", "3", "2", 2)] == sorted(
        found, key=lambda each: each[1]
    )
    file.write_text(file.read_text().replace("A,", "A ?\x01,").replace("2024", "2025"))
    with pytest.raises(DataError, match=r"rows\.csv:3: "):
        load(catalog, file, **options)


def test_precisions_come_from_the_definition_of_the_instrument(
    catalog: ParquetDataCatalog, file: Path
) -> None:
    file.write_text(HEADER + "2024-01-01,1.2,1.3\n")
    unknown = {key: value for key, value in QUOTE.items() if "precision" not in key}
    with pytest.raises(DataError, match=r"the price_precision of GBP/USD\.SIM is not known"):
        load(catalog, file, **unknown)
    catalog.write_data(default_fx_ccy("GBP/USD"))
    with pytest.raises(DataError, match="price_precision is 4, the definition of"):
        load(catalog, file, **unknown, price_precision=4)
    load(catalog, file, **unknown)
    assert "1.20000" == str(catalog.quote_ticks(GBPUSD)[0].bid_price)


def test_a_declared_rounding_rounds(file: Path) -> None:
    file.write_text(HEADER + "2024-01-01,1.000005,1.000015\n")
    (quote,) = objects("csv", file, **QUOTE, rounding="half_even")
    assert ("1.00000", "1.00002") == (str(quote.bid_price), str(quote.ask_price))


# Real files


def differences(expected: Sequence[Any], found: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return the first rows that differ; to show all of them would take minutes."""
    assert len(expected) == len(found)
    pairs = zip(expected, found, strict=True)
    return [(wanted, got) for wanted, got in pairs if wanted != got][:3]


SIDES = ("bid_price", "ask_price", "bid_size", "ask_size")


@pytest.mark.slow
@pytest.mark.parametrize("side", ["bid", "ask"])
def test_fxcm_bars(catalog: ParquetDataCatalog, real_data: Path, side: str) -> None:
    path = real_data / f"fxcm_gbpusd_m1_{side}_2012.csv"
    bar_type = f"GBP/USD.FXCM-1-MINUTE-{side.upper()}-EXTERNAL"
    load(
        catalog,
        path,
        type="bar",
        bar_type=bar_type,
        price_precision=5,
        size_precision=0,
        columns={"ts_event": "timestamp"},
        constants={"volume": "0"},
    )
    with path.open() as file:
        expected = [
            (
                *[ns_of(row["timestamp"], 0)] * 2,
                *(Decimal(row[n]) for n in ("open", "high", "low", "close")),
            )
            for row in csv.DictReader(file)
        ]
    bars = [
        (b.ts_event, b.ts_init, *(p.as_decimal() for p in (b.open, b.high, b.low, b.close)))
        for b in catalog.bars(bar_type)
    ]
    assert [] == differences(expected, bars)
    sums = catalog.sql("SELECT sum(close) AS s, count(*) AS n, sum(volume) AS v FROM bars")
    assert [{"s": sum(row[5] for row in expected), "n": 30_117, "v": 0}] == sums.to_pylist()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "bar_type", "time", "digits", "rows"),
    [
        ("btc_perp_1m_20211231_20220115.csv", "BTC.PERP", "timestamp", (3, 4), 21_659),
        ("xcme_6eh4_1m_202401.csv.gz", "6EH4.XCME", "timestamp_utc", (5, 0), 29_996),
    ],
)
def test_bars_with_volumes(
    catalog: ParquetDataCatalog,
    real_data: Path,
    name: str,
    bar_type: str,
    time: str,
    digits: tuple[int, int],
    rows: int,
) -> None:
    path = real_data / name
    load(
        catalog,
        path,
        type="bar",
        bar_type=f"{bar_type}-1-MINUTE-LAST-EXTERNAL",
        price_precision=digits[0],
        size_precision=digits[1],
        columns={"ts_event": time},
        rounding="half_even",  # volumes of the first have up to eleven decimals
    )
    opened: Any = gzip.open if name.endswith("gz") else open
    with opened(path, "rt") as file:
        raw = list(csv.DictReader(file))
    fields = ("open", "high", "low", "close", "volume")
    stored = catalog.arrow(Bar, f"{bar_type}-1-MINUTE-LAST-EXTERNAL").read_all()
    assert rows == len(raw) == stored.num_rows
    for field in fields:
        decimals = digits[field == "volume"]
        expected = [round(Decimal(row[field]), decimals) for row in raw]
        assert expected == stored.column(field).to_pylist()
    seconds = [datetime.fromisoformat(f"{row[time]}+00:00") for row in raw]
    assert [int(each.timestamp()) * 10**9 for each in seconds] == stored.column("ts_init").cast(
        "int64"
    ).to_pylist()


def test_quotes_without_a_header_in_new_york_winter_time(
    catalog: ParquetDataCatalog, real_data: Path
) -> None:
    path = real_data / "quotes_eurusd_20200101_histdata.csv"
    load(
        catalog,
        path,
        type="quote",
        instrument="EUR/USD.SIM",
        price_precision=5,
        size_precision=0,
        time_format="%Y%m%d %H%M%S%f",
        zone="EST",
        names=["ts_event", "bid_price", "ask_price", "volume"],
        constants={"bid_size": "1000000", "ask_size": "1000000"},
    )
    found = catalog.query(QuoteTick)
    lines = path.read_text().splitlines()
    assert 9_500 == len(lines) == len(found)
    assert ns_of("2020-01-01T22:00:00.065Z", 0) == found[0].ts_init
    assert ns_of("2020-01-02T04:00:52.125Z", 0) == found[-1].ts_init
    expected = [(*[eastern(line[:18])] * 2, *map(Decimal, line.split(",")[1:3])) for line in lines]
    quotes = [
        (q.ts_event, q.ts_init, q.bid_price.as_decimal(), q.ask_price.as_decimal()) for q in found
    ]
    assert [] == differences(expected, quotes)
    assert {("1000000", "1000000")} == {(str(q.bid_size), str(q.ask_size)) for q in found}


def eastern(text: str) -> int:
    """Read a time such as `20200101 170000065`, five hours behind UTC all year."""
    day = datetime.strptime(text[:8], "%Y%m%d").replace(tzinfo=UTC)
    hours, minutes, ms = int(text[9:11]), int(text[11:13]), int(text[13:])
    return int(day.timestamp()) * 10**9 + (((hours + 5) * 60 + minutes) * 60_000 + ms) * 10**6


def test_quotes_in_nanoseconds(catalog: ParquetDataCatalog, real_data: Path) -> None:
    path = real_data / "quotes_eurusd_20190101.csv"
    pair = {"instrument": "EUR/USD.SIM", "price_precision": 5, "size_precision": 0}
    assert [("EUR/USD.SIM", 10_000)] == load(catalog, path, type="quote", time_format="ns", **pair)
    with path.open() as file:
        rows = [
            (*[int(row["ts_event"])] * 2, *(Decimal(row[name]) for name in SIDES))
            for row in csv.DictReader(file)
        ]
    found = [
        (q.ts_event, q.ts_init, *(getattr(q, name).as_decimal() for name in SIDES))
        for q in catalog.query(QuoteTick)
    ]
    assert [] == differences(rows, found)
    sums = ", ".join(f"sum({name}) AS {name}" for name in SIDES)
    assert [
        {name: sum(row[number] for row in rows) for number, name in enumerate(SIDES, 2)}
    ] == catalog.sql(f"SELECT {sums} FROM quotes").to_pylist()
    first, last = (
        (1_546_383_600_078_000_128, "1.14605", "1.14643"),
        (1_546_392_969_581_000_192, "1.14531", "1.14535"),
    )
    assert [first, last] == [(row[0], str(row[2]), str(row[3])) for row in (found[0], found[-1])]


@pytest.mark.slow
def test_adjusted_stocks_of_five_symbols(catalog: ParquetDataCatalog) -> None:
    sample = pytest.importorskip("bokeh_sampledata")
    path = Path(sample.__file__).parent / "_data" / "stocks.csv.gz"
    names = {field: field.title() for field in ("open", "high", "low", "close", "volume")}
    loaded = load(
        catalog,
        path,
        type="bar",
        bar_type="1-DAY-LAST",
        instrument_column="Ticker",
        venue="XNAS",
        price_precision=4,
        size_precision=0,
        stamp="open",
        columns={"ts_event": "Date", **names},
        scale={"multiply": "Adj Close", "divide": "Close"},
    )
    with gzip.open(path, "rt") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(count for _, count in loaded)
    expected = [
        round(Fraction(row["High"]) * Fraction(row["Adj Close"]) / Fraction(row["Close"]), 4)
        for row in rows
        if row["Ticker"] == "AAPL"
    ]
    found = [Fraction(bar.high.as_decimal()) for bar in catalog.bars("AAPL.XNAS")]
    assert expected == found
