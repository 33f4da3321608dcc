"""Files that tell a book level by level, by declared columns."""

from pathlib import Path
from typing import Any

import pytest

from argosy.errors import ConfigError, DataError
from argosy.serialization.arrow import from_batch
from argosy_loaders.csv_file import CsvFile
from argosy_loaders.feed import FeedSettings, LevelColumns, LevelFile, measure

LAYOUT = LevelColumns(
    ts_event="t",
    ts_init="t",
    unit="s",
    price="p",
    size="q",
    snapshot=("kind", "whole"),
    message="m",
    sides={"B": "BUY", "S": "SELL"},
    sequence="m",
    venue="V",
)
HEAD = "symbol,t,m,kind,side,p,q\n"
SETTINGS = FeedSettings(price_precision=1, size_precision=0)


def read(folder: Path, text: str, settings: FeedSettings = SETTINGS) -> list[Any]:
    path = folder / "f.csv"
    path.write_text(HEAD + text)
    rows = LevelFile(CsvFile(path), LAYOUT, settings, {}).read()
    return [each for batch in rows for each in from_batch(batch.batch)]


def test_columns_say_what_changed(tmp_path: Path) -> None:
    found = read(tmp_path, "A,1,7,Whole,B,1.5,2\nA,2,8,part,S,1.6,0\n")
    assert ["CLEAR", "ADD", "DELETE"] == [d.action for d in found]
    assert [("A.V", 7, 10**9), ("A.V", 8, 2 * 10**9)] == [
        (d.instrument_id, d.sequence, d.ts_init) for d in found[1:]
    ]


def test_a_declared_rounding_rounds(tmp_path: Path) -> None:
    settings = FeedSettings(price_precision=0, size_precision=0, rounding="half_even")
    _, add = read(tmp_path, "A,1,7,whole,B,2.5,1.5\n", settings)
    assert ("2", "2") == (str(add.order.price), str(add.order.size))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file has no rows"),
        ("A,1,x,whole,B,1,1\n", r":2, column 'm': 'x' is no uint64"),
        ("A,1,-7,whole,B,1,1\n", r":2, column 'm': '-7' is no uint64"),
        ("A,1,7,whole,,1,1\n", r":2, column 'side': '' is none of"),
        ("A,1,7,whole,B,1,\n", r":2, column 'q': the value is missing"),
        (",1,7,whole,B,1,1\n", r":2: "),
    ],
)
def test_a_bad_value_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(tmp_path, text)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("symbol,t\n")
    with pytest.raises(DataError, match="there is no column 'p' for a book"):
        list(LevelFile(CsvFile(path), LAYOUT, SETTINGS, {}).read())


def test_impossible_precisions_are_refused() -> None:
    with pytest.raises(ConfigError, match="size_precision is 19"):
        FeedSettings(size_precision=19)


def test_decimals_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("p,q,r\n1.50,2,0.001\nx,1e-4,3\n")
    assert (1, 4) == measure(CsvFile(path), ["p"], ["q", "r"])
