"""Lines of JSON, and the number of one that is wrong."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from argosy.errors import DataError
from argosy_loaders.json_lines import read_lines

PATH = Path("f.json")


class Row(msgspec.Struct):
    """A line."""

    a: Decimal


def read(data: bytes) -> list[tuple[int, Any]]:
    return [(line, row.a) for line, row in read_lines(io.BytesIO(data), PATH, Row)]


def test_numbers_are_exact_and_empty_lines_count() -> None:
    number = "0.1000000000000000055511151231257827"
    data = f'{{"a": {number}}}\n\n{{"a": 2, "b": 3}}'.encode()
    assert [(1, Decimal(number)), (3, Decimal(2))] == read(data)


def test_a_mark_before_the_first_line_is_no_part_of_it() -> None:
    assert [(1, Decimal(1))] == read(b'\xef\xbb\xbf{"a": 1}\n')


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"f\.json: the file is empty"),
        (b'{"a": 1}\n{"a": ', r"f\.json:2: .* cut off or damaged"),
        (b'{"b": 1}\n', r"f\.json:1: .*missing required field.*format of this loader"),
        (b'{"a": "x"}\n', r"f\.json:1: "),
        (b"\xff\xfe\n", r"f\.json:1: "),
        (b'{"a": [' + b"[" * 100_000 + b"\n", r"f\.json:1: "),
    ],
)
def test_a_bad_line_is_named(data: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(data)
