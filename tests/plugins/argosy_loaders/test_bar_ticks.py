"""Quotes made from bars of bids and asks, by a rule that this test spells out."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import ArgosyError
from argosy.parts.loader import Load
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.times import ns_of
from argosy_loaders import csv_file
from tests.plugins.argosy_loaders.kit import guesses, loader, objects

MINUTE = 60 * 10**9
SPACING = 100 * 10**6
SETTINGS: dict[str, Any] = {
    "instrument": "GBP/USD.FXCM",
    "price_precision": 5,
    "columns": {"ts_event": "timestamp"},
}
HEAD = "timestamp,open,high,low,close\n"


def raw_bars(path: Path, count: int) -> list[tuple[int, list[Decimal]]]:
    with path.open() as file:
        rows = [row for row, _ in zip(csv.reader(file), range(count + 1), strict=False)][1:]
    return [(ns_of(row[0], 0), list(map(Decimal, row[1:]))) for row in rows]


def expected(
    bids: list[tuple[int, list[Decimal]]], asks: list[tuple[int, list[Decimal]]], order: str
) -> list[tuple[int, Decimal, Decimal]]:
    """Spell the rule out, bar by bar."""
    quotes = []
    for (start, bid), (_, ask) in zip(bids, asks, strict=True):
        opened, high, low, _ = bid
        is_high_first = order == "ohlc" or (order == "adaptive" and high - opened < opened - low)
        way = (0, 1, 2, 3) if is_high_first else (0, 2, 1, 3)
        close = start + MINUTE  # bars are stamped at their open
        quotes += [
            (close - (3 - step) * SPACING, bid[price], ask[price]) for step, price in enumerate(way)
        ]
    return quotes


def spelled(quotes: list[Any]) -> list[tuple[int, Decimal, Decimal]]:
    return [(q.ts_init, q.bid_price.as_decimal(), q.ask_price.as_decimal()) for q in quotes]


@pytest.mark.slow
def test_a_month_of_fxcm_bars(catalog: ParquetDataCatalog, real_data: Path) -> None:
    files = [real_data / f"fxcm_gbpusd_m1_{side}_2012.csv" for side in ("bid", "ask")]
    catalog.ingest(files, "bar_ticks", SETTINGS)
    bids, asks = (raw_bars(path, 10**6) for path in files)
    assert 30_117 == len(bids)
    assert expected(bids, asks, "ohlc") == spelled(catalog.quote_ticks())


@pytest.mark.parametrize("order", ["ohlc", "olhc", "adaptive"])
def test_a_bar_becomes_four_quotes(
    real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(csv_file, "BLOCK_BYTES", 700)
    files = []
    for side in ("bid", "ask"):
        lines = (real_data / f"fxcm_gbpusd_m1_{side}_2012.csv").read_text().splitlines()[:301]
        files.append(tmp_path / side)
        spaces = " " if side == "ask" else ""  # so that parts of the files do not match
        files[-1].write_text(
            "".join(f"{line}{spaces}\n" for line in lines).replace("close ", "close")
        )
    found = objects("bar_ticks", *files, **SETTINGS, order=order)
    bids, asks = (raw_bars(path, 300) for path in files)
    assert expected(bids, asks, order) == spelled(found)
    assert {"1 1"} == {f"{q.bid_size} {q.ask_size}" for q in found}


def write(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return path


FIRST = "2012-02-01,1,2,0.5,1.5"
SECOND = "2012-02-01 00:01,1,2,0.5,1.5"


def test_sizes_and_stamps_are_declared(tmp_path: Path) -> None:
    files = [write(tmp_path, name, FIRST) for name in "ab"]
    given = {"size": "2.50", "size_precision": 2, "stamp": "close", "spacing": "1s"}
    found = objects("bar_ticks", *files, **SETTINGS, **given)
    close = ns_of("2012-02-01", 0)
    assert [close - step * 10**9 for step in (3, 2, 1, 0)] == [q.ts_event for q in found]
    assert {"2.50"} == {str(q.bid_size) for q in found}


@pytest.mark.parametrize(
    ("bids", "asks", "message"),
    [
        ([FIRST], [SECOND], "bid:2: the bars of bids and asks are not of the same times"),
        ([FIRST, SECOND], [FIRST], "the files of bids and asks have different numbers of bars"),
        ([FIRST], [FIRST, SECOND], "the files of bids and asks have different numbers of bars"),
        ([FIRST.replace("2,0.5", "1.2,0.5")], [FIRST], "bid:2: high and low do not enclose"),
        ([FIRST.replace("1.5", "x")], [FIRST], "bid:2, column 'close': 'x' is no finite number"),
        ([FIRST], [], "ask: the file has no rows"),
    ],
)
def test_files_that_do_not_fit_are_refused(
    tmp_path: Path, bids: list[str], asks: list[str], message: str
) -> None:
    files = [write(tmp_path, "bid", *bids), write(tmp_path, "ask", *asks)]
    with pytest.raises(ArgosyError, match=message):
        objects("bar_ticks", *files, **SETTINGS)


def test_a_bar_of_one_side_becomes_quotes_of_that_side(tmp_path: Path) -> None:
    third = SECOND.replace("00:01", "00:02")
    bids = write(tmp_path, "bid", FIRST, SECOND, third.replace("1.5", "null"))
    asks = write(tmp_path, "ask", FIRST.replace("1.5", "NaN"), SECOND, third)
    files = [bids, asks]
    with pytest.raises(ArgosyError, match=r"bid:4, column 'close'.*the value is missing"):
        objects("bar_ticks", bids, bids, **SETTINGS)
    given = {**SETTINGS, "price_precision": 1, "missing": "skip"}
    quotes = objects("bar_ticks", *files, **given)
    tops = [f"{q.bid_price} {q.ask_price} {q.bid_size} {q.ask_size}" for q in quotes]
    assert ["1.5 0.0 1 0", "1.5 1.5 1 1", "0.0 1.5 0 1"] == tops[3::4]
    assert ["2.0 0.0 1 0", "2.0 2.0 1 1", "0.0 2.0 0 1"] == tops[1::4]
    notes: list[str] = []
    list(loader("bar_ticks", **given).load(Load(files, on_note=notes.append)))
    assert [True, True] == [f"{path}: 1 row was left out" in "".join(notes) for path in files]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"instrument": None}, "it is not said whose bars these are"),
        ({"bar": "1-MONTH"}, "no fixed length"),
        ({"spacing": "20s"}, "spacing 20s does not fit three times into 1-MINUTE"),
        ({"size": "2.5"}, "size 2.5 has more decimals than size_precision, 0"),
    ],
)
def test_wrong_settings_are_refused(tmp_path: Path, given: dict[str, Any], message: str) -> None:
    files = [write(tmp_path, name, FIRST) for name in "ab"]
    with pytest.raises(ArgosyError, match=message):
        objects("bar_ticks", *files, **{**SETTINGS, **given})


def test_files_come_in_pairs_and_are_never_guessed(tmp_path: Path) -> None:
    file = write(tmp_path, "a.csv", FIRST)
    with pytest.raises(ArgosyError, match=r"1 files were given\. Give two at a time"):
        objects("bar_ticks", file, **SETTINGS)
    assert "bar_ticks" not in guesses(file)
