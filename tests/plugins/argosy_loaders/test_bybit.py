"""Order book files of Bybit, written as its documentation describes them: none was at hand."""

import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import DataError
from argosy.model.data import F_LAST, F_SNAPSHOT
from argosy.model.enums import BookAction
from argosy_catalog import ParquetDataCatalog
from argosy_loaders import bybit
from tests.plugins.argosy_loaders.books import Levels, level_book
from tests.plugins.argosy_loaders.kit import check, guesses, items, objects

PRECISE: dict[str, Any] = {"price_precision": 2, "size_precision": 3}
T0 = 1_735_689_600_000


def message(number: int, kind: str, bids: Any, asks: Any, **given: Any) -> dict[str, Any]:
    return {
        "topic": "orderbook.500.BTCUSDT",
        "type": kind,
        "ts": T0 + number * 100,
        "data": {"s": "BTCUSDT", "b": bids, "a": asks, "u": number + 1, "seq": number + 1_000},
        "cts": T0 + number * 100 - 7,
        **given,
    }


MESSAGES = [
    message(0, "snapshot", [["100.00", "1.5"], ["99.50", "2"]], [["100.50", "0.250"]]),
    message(1, "delta", [["99.50", "0"], ["99.75", "4"]], []),
    message(2, "delta", [], [["100.50", "1"], ["101.00", "3"]]),
    message(3, "snapshot", [["90.00", "1"]], [["91.00", "1"]]),
    message(4, "delta", [["90.50", "2.125"]], []),
]


def write(folder: Path, *messages: Any, name: str = "2025-01-01_BTCUSDT_ob500.data.zip") -> Path:
    text = "".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in messages)
    path = folder / name
    if path.suffix != ".zip":
        path.write_text(text)
        return path
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(path.stem, text)
    return path


def plain_book(messages: list[dict[str, Any]]) -> Levels:
    """Build a book as the documentation says."""
    book: Levels = {}
    for each in messages:
        if each["type"] == "snapshot":
            book.clear()
        for side, key in (("BUY", "b"), ("SELL", "a")):
            for price, size in each["data"][key]:
                book[side, Decimal(price)] = Decimal(size)
    return {level: size for level, size in book.items() if size}


@pytest.mark.parametrize(
    "name",
    ["2025-01-01_BTCUSDT_ob500.data.zip", pytest.param("ob500.data", marks=pytest.mark.slow)],
)
def test_snapshots_and_deltas_build_the_book(
    catalog: ParquetDataCatalog, tmp_path: Path, name: str
) -> None:
    catalog.ingest([write(tmp_path, *MESSAGES, name=name)], settings=PRECISE)
    deltas = catalog.order_book_deltas("BTCUSDT.BYBIT")
    for count in range(1, len(MESSAGES) + 1):
        until = MESSAGES[count - 1]["ts"] * 10**6
        known = [delta for delta in deltas if delta.ts_init <= until]
        assert plain_book(MESSAGES[:count]) == level_book(known)
        assert known[-1].flags & F_LAST
    assert [(T0 - 7) * 10**6, T0 * 10**6, 1] == [
        *(deltas[0].ts_event, deltas[0].ts_init, deltas[0].sequence)
    ]
    assert 2 == sum(delta.action is BookAction.CLEAR for delta in deltas)
    assert {0, 3} == {d.sequence - 1 for d in deltas if d.flags & F_SNAPSHOT}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_size_of_parts_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    path = write(tmp_path, *MESSAGES)
    expected = objects("bybit", path, **PRECISE)
    monkeypatch.setattr(bybit, "CHUNK_ROWS", rows)
    assert expected == objects("bybit", path, **PRECISE)


def test_a_file_is_known_by_its_first_line(tmp_path: Path) -> None:
    path = write(tmp_path, *MESSAGES)
    assert "its first line is a message about an orderbook topic of Bybit" == guesses(path)["bybit"]


def test_messages_about_other_topics_are_passed_over(tmp_path: Path) -> None:
    other = message(9, "delta", [["1", "1"]], [], topic="publicTrade.BTCUSDT")
    expected = objects("bybit", write(tmp_path, *MESSAGES), **PRECISE)
    assert expected == objects("bybit", write(tmp_path, other, *MESSAGES, ""), **PRECISE)


FIRST = MESSAGES[0]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('{"topic": "orderbook', r":2: the line cannot be read"),
        ('{"topic": "orderbook.1.A", "type": "rumour"}', r":2: .*Invalid enum value 'rumour'"),
        (message(1, "delta", [["x", "1"]], []), r":2: 'x' is no finite number"),
        (message(1, "delta", [["1.001", "1"]], []), r":2: 1.001 has 3 decimals"),
        (message(1, "delta", [["1"]], []), r":2: .*Expected `array` of length 2"),
        (message(1, "delta", [["1", "1"]], [], ts=-1), r":2: a time is not within the years"),
        (message(1, "delta", [["1", "1"]], [], ts=10**30), r":2: "),
        (message(1, "delta", [["1", "-1"]], []), r":2: size is negative"),
        (message(1, "delta", [["1", "1"]], [], ts=T0 - 5), r":2: the rows are not sorted"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: Any, text: str) -> None:
    with pytest.raises(DataError, match=text):
        check("bybit", write(tmp_path, FIRST, line), **PRECISE)


def test_a_file_without_books_or_lines_is_refused(tmp_path: Path) -> None:
    for lines, text in (((), "the file is empty"), (("",), "has no message about a book")):
        with pytest.raises(DataError, match=text):
            items("bybit", write(tmp_path, *lines))


def test_an_unknown_precision_tells_what_the_file_needs(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="--price-precision 1 --size-precision 3, which is what"):
        items("bybit", write(tmp_path, *MESSAGES[:1], MESSAGES[-1]))
