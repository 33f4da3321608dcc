"""Public files of Binance, against plain reads of them."""

import csv
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import DataError
from argosy.model.data import F_LAST, Bar, QuoteTick, TradeTick
from argosy.model.enums import BookAction
from argosy.parts.loader import Covered
from argosy_catalog import ParquetDataCatalog
from argosy_loaders.binance import SHAPES, shape_of
from tests.plugins.argosy_loaders.books import level_book
from tests.plugins.argosy_loaders.kit import guesses, items, objects

MS = 10**6
PRECISE: dict[str, Any] = {"price_precision": 2, "size_precision": 3}
DAY = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())


def test_klines_without_a_header(catalog: ParquetDataCatalog, real_data: Path) -> None:
    path = real_data / "binance_adabtc_1m_20211127.csv"
    settings = {"instrument": "ADABTC.BINANCE", "price_precision": 8, "size_precision": 8}
    catalog.ingest([path], settings=settings)
    with path.open() as file:
        rows = list(csv.reader(file))
    assert [
        (*[(int(row[6]) + 1) * MS] * 2, *map(Decimal, row[1:6]))  # known at the close
        for row in rows
    ] == [
        (
            *(b.ts_event, b.ts_init),
            *(each.as_decimal() for each in (b.open, b.high, b.low, b.close, b.volume)),
        )
        for b in catalog.bars("ADABTC.BINANCE-1-MINUTE-LAST-EXTERNAL")
    ]
    assert 10 == len(rows)


def test_depth_snapshots_and_updates(catalog: ParquetDataCatalog, real_data: Path) -> None:
    files = [
        real_data / f"binance_btcusdt_depth_{name}_20221101.csv" for name in ("snap", "update")
    ]
    catalog.ingest(files, settings=PRECISE)
    deltas = catalog.order_book_deltas("BTCUSDT.BINANCE")
    raw = [row for path in files for row in csv.DictReader(path.read_text().splitlines())]
    assert [(200, 77)] == [(len(raw), sum(row["side"] == "a" for row in raw))]
    start = int(raw[0]["timestamp"]) * MS
    assert [(BookAction.CLEAR, start, start)] == [
        (d.action, d.ts_event, d.ts_init) for d in deltas if d.order is None
    ]
    assert [
        (
            *[int(row["timestamp"]) * MS] * 2,
            {"b": "BUY", "a": "SELL"}[row["side"]],
            *(Decimal(row["price"]), Decimal(row["qty"]), int(row["last_update_id"])),
        )
        for row in raw
    ] == [
        (
            *(d.ts_event, d.ts_init, d.order.side),
            *(d.order.price.as_decimal(), d.order.size.as_decimal(), d.sequence),
        )
        for d in deltas
        if d.order is not None
    ]
    expected = {}
    for row in raw:
        level = ({"b": "BUY", "a": "SELL"}[row["side"]], Decimal(row["price"]))
        expected[level] = Decimal(row["qty"])
    assert {level: size for level, size in expected.items() if size} == level_book(deltas)
    ends = [number for number, d in enumerate(deltas) if d.flags & F_LAST]
    assert [100, *_ends(raw[100:], 101)] == ends


def _ends(rows: list[dict[str, str]], first: int) -> list[int]:
    """Return where messages end, as the number of their last delta."""
    numbers = [row["last_update_id"] for row in rows]
    after = [*numbers[1:], None]
    return [first + i for i, (a, b) in enumerate(zip(numbers, after, strict=True)) if a != b]


@pytest.mark.parametrize("name", ["adabtc_1m", "btcusdt_depth_snap", "btcusdt_depth_update"])
def test_a_file_is_known_by_its_first_row(real_data: Path, name: str) -> None:
    (path,) = real_data.glob(f"binance_{name}_*.csv")
    assert "Binance" in guesses(path)["binance"]
    assert {"csv", "binance"} == guesses(path).keys()


# Files that a test writes, as the vendor describes them

TIMES = {"ms": DAY * 1_000, "us": DAY * 10**6}


def write(folder: Path, name: str, rows: Iterable[str]) -> Path:
    text = "".join(f"{row}\n" for row in rows)
    path = folder / name
    if path.suffix != ".zip":
        path.write_text(text)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path.with_suffix(".csv").name, text)
    return path


def load(path: Path, **given: Any) -> list[Any]:
    return objects("binance", path, **{**PRECISE, **given})


@pytest.mark.parametrize("unit", TIMES)
@pytest.mark.parametrize("suffix", ["csv", "zip"])
def test_trades_in_both_units_of_time(tmp_path: Path, unit: str, suffix: str) -> None:
    time = TIMES[unit]
    path = write(
        tmp_path,
        f"BTCUSDT-trades-2025-01-01.{suffix}",
        [f"7,1.50,0.020,0.03,{time},True,True", f"8,1.51,2,3.02,{time + 1},False,True"],
    )
    first, second = load(path)
    assert type(first) is TradeTick
    assert ("BTCUSDT.BINANCE", "7", "1.50", "0.020", "SELLER", DAY * 10**9) == (
        *(first.instrument_id, first.trade_id, str(first.price), str(first.size)),
        *(first.aggressor_side, first.ts_init),
    )
    step = {"ms": MS, "us": 1_000}[unit]
    assert ("BUYER", DAY * 10**9 + step) == (second.aggressor_side, second.ts_init)


@pytest.mark.parametrize(
    ("name", "rows", "kind"),
    [
        ("trades", [f"7,1.5,2,3,{TIMES['ms']},true"], TradeTick),
        (
            "trades",
            ["id,price,qty,quote_qty,time,is_buyer_maker", f"7,1.5,2,3,{TIMES['ms']},true"],
            TradeTick,
        ),
        ("aggTrades", [f"7,1.5,2,1,2,{TIMES['ms']},True,True"], TradeTick),
        (
            "aggTrades",
            [
                "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,"
                "is_buyer_maker",
                f"7,1.5,2,1,2,{TIMES['ms']},true",
            ],
            TradeTick,
        ),
        (
            "bookTicker",
            [
                "update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,"
                "transaction_time,event_time",
                f"7,1.5,2,1.6,3,{TIMES['ms']},{TIMES['ms'] + 4}",
            ],
            QuoteTick,
        ),
        ("1h", [f"{TIMES['ms']},1.1,2,1.05,1.9,5,{TIMES['ms'] + 3_599_999},1,1,1,1,0"], Bar),
        (
            "1d",
            [
                "open_time,open,high,low,close,volume,close_time,quote_volume,count,"
                "taker_buy_volume,taker_buy_quote_volume,ignore",
                f"{TIMES['us']},1.1,2,1.05,1.9,5,{TIMES['us'] + 86_400 * 10**6 - 1},1,1,1,1,0",
            ],
            Bar,
        ),
    ],
)
def test_each_kind_of_file(tmp_path: Path, name: str, rows: list[str], kind: type) -> None:
    path = write(tmp_path, f"BTCUSDT-{name}-2025-01-01.csv", rows)
    assert "binance" in guesses(path)
    (found,) = load(path)
    assert kind is type(found)
    values = {
        TradeTick: ("price", "size", "trade_id", "aggressor_side"),
        QuoteTick: ("bid_price", "bid_size", "ask_price", "ask_size"),
        Bar: ("open", "high", "low", "close", "volume"),
    }[kind]
    expected = {
        TradeTick: "1.50 2.000 7 SELLER",
        QuoteTick: "1.50 2.000 1.60 3.000",
        Bar: "1.10 2.00 1.05 1.90 5.000",
    }[kind]
    assert expected == " ".join(str(getattr(found, name)) for name in values)
    if kind is Bar:
        hours = 1 if name == "1h" else 24
        assert [(DAY + hours * 3_600) * 10**9] * 2 == [found.ts_event, found.ts_init]
        assert f"BTCUSDT.BINANCE-1-{'HOUR' if name == '1h' else 'DAY'}-LAST-EXTERNAL" == str(
            found.bar_type
        )
    if kind is QuoteTick:
        assert (DAY * 10**9, DAY * 10**9 + 4 * MS) == (found.ts_event, found.ts_init)


def test_every_shape_is_told_from_the_others() -> None:
    for shape in SHAPES:
        found = shape_of(shape.names)
        assert found is not None
        assert (shape.kind, True) == (found[0].kind, found[1])
    assert shape_of(["a", "b"]) is None


@pytest.mark.parametrize(
    ("name", "unit", "span"),
    [
        ("BTCUSDT-trades-2025-01-01.csv", "us", (DAY, DAY + 86_400)),
        ("BTCUSDT-trades-2025-01.csv", "us", (DAY, DAY + 31 * 86_400)),
        ("some-trades.csv", "us", None),
    ],
)
def test_an_official_file_covers_its_day_or_month(
    tmp_path: Path, name: str, unit: str, span: tuple[int, int] | None
) -> None:
    path = write(tmp_path, name, [f"7,1.5,2,3,{TIMES[unit]},True,True"])
    found = items("binance", path, instrument="BTCUSDT.BINANCE", **PRECISE)
    covered = [each for each in found if isinstance(each, Covered)]
    expected = [(span[0] * 10**9, span[1] * 10**9 - 1)] if span else []
    assert expected == [(each.start_ns, each.end_ns) for each in covered]


def test_the_catalog_knows_that_the_rest_of_the_day_is_empty(
    catalog: ParquetDataCatalog, tmp_path: Path
) -> None:
    path = write(
        tmp_path,
        "BTCUSDT-1h-2025-01-01.zip",
        [f"{TIMES['us']},1,2,1,2,5,{TIMES['us'] + 3_600 * 10**6 - 1},1,1,1,1,0"],
    )
    catalog.ingest([path], settings=PRECISE)
    spans = catalog.coverage(Bar)
    assert ["empty", "held", "empty"] == [each.state for each in spans]
    assert (DAY * 10**9 + 1, (DAY + 86_400) * 10**9) == (spans[0].first_ns, spans[-1].last_ns)


@pytest.mark.parametrize(
    ("name", "rows", "message"),
    [
        ("a.csv", ["1,2,3"], "the first row 1,2,3 is that of no public file of Binance"),
        ("a.csv", [f"7,1.5,2,3,{TIMES['ms']},true"], "neither the rows nor the name .* Give --ins"),
        ("BTCUSDT-trades-2025-01-01.csv", [f"7,NaN,2,3,{TIMES['ms']},true"], "the first row"),
        (
            "BTCUSDT-trades-2025-01-01.csv",
            [f"7,1,2,3,{TIMES['ms']},true", f"8,inf,2,3,{TIMES['ms']},true"],
            r":2, column 'price': 'inf' is no finite number",
        ),
        (
            "BTCUSDT-trades-2025-01-01.csv",
            [f"7,1,2,3,{TIMES['ms']},true", f"8,1,2,3,{TIMES['ms'] // 1_000},true"],
            r":2, column 'time': .* is no time of format ms or us",
        ),
        (
            "BTCUSDT-1mo-2025-01.csv",
            [f"{TIMES['ms']},1,2,1,2,5,{TIMES['ms'] + 30 * 86_400_000 - 1},1,1,1,1,0"],
            "has no length that bars have",
        ),
        ("BTCUSDT-trades-2025-01-01.csv", ["id,price,qty,quote_qty,time,is_buyer_maker"], "no row"),
        (
            "BTCUSDT-trades-2025-01-01.csv",
            ["id,price,qty,quote_qty,time,is_buyer_maker", "7,1,2,3,soon,true"],
            r"'soon' is no time in milliseconds or microseconds",
        ),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, name: str, rows: list[str], message: str) -> None:
    with pytest.raises(DataError, match=message):
        load(write(tmp_path, name, rows))


def test_a_zip_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    rows = [f"{n},1.5,2,3,{TIMES['ms'] + n},True,True" for n in range(5_000)]
    path = write(tmp_path, "BTCUSDT-trades-2025-01-01.zip", rows)
    path.write_bytes(path.read_bytes()[:-3_000])
    with pytest.raises(DataError, match="the file cannot be read"):
        load(path)
