"""Numbers with other separators than a point."""

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ConfigError
from argosy_loaders.columns import BadValue
from argosy_loaders.numbers import Numbers


def plain(decimal: str, thousands: str | None, *texts: str) -> Any:
    return Numbers.of(decimal, thousands).plain(pa.array(texts)).to_pylist()


@pytest.mark.parametrize(
    ("decimal", "thousands", "text", "expected"),
    [
        (".", None, "1234.5", "1234.5"),
        (",", None, "1234,5", "1234.5"),
        (",", ".", "1.234.567,89", "1234567.89"),
        (",", ".", "-1234567,89", "-1234567.89"),
        (",", " ", "1\u202f234,5", "1234.5"),
        (",", " ", "1\u00a0234", "1234"),
        (".", "'", "1\u2019234.5", "1234.5"),
        (".", ",", "12,34,567.5", "1234567.5"),
        (".", "_", "1_000", "1000"),
        (",", None, "1,5e-3", "1.5e-3"),
        (",", ".", ",5", ".5"),
        (",", ".", "", ""),
        (",", ".", "null", "null"),
    ],
)
def test_numbers_are_read_as_the_file_writes_them(
    decimal: str, thousands: str | None, text: str, expected: str
) -> None:
    assert [expected] == plain(decimal, thousands, text)


@given(st.decimals(-(10**12), 10**12, places=4))
def test_what_is_grouped_is_the_same_number(number: Decimal) -> None:
    text = f"{number:,.4f}".translate(str.maketrans(",.", ".,"))
    assert [number] == [Decimal(each) for each in plain(",", ".", text)]


@pytest.mark.parametrize(
    ("decimal", "thousands", "text"),
    [
        (",", None, "1.5"),
        (".", ",", "1,5"),
        (".", ",", "1,23"),
        (",", ".", "1.23,4"),
        (",", ".", "1,234.5"),
        (",", ".", "1.234.56"),
        (",", ".", "0x1"),
    ],
)
def test_a_number_that_is_written_otherwise_is_never_guessed(
    decimal: str, thousands: str | None, text: str
) -> None:
    with pytest.raises(BadValue) as caught:
        plain(decimal, thousands, "1", text)
    assert 1 == caught.value.row
    assert f"{text!r} is no number with decimal = {decimal!r}" in caught.value.message


@pytest.mark.parametrize(
    ("decimal", "thousands", "message"),
    [(";", None, "decimal is ';'"), (",", ",", "cannot separate both"), (".", "x", "thousands is")],
)
def test_impossible_separators_are_refused(
    decimal: str, thousands: str | None, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        Numbers.of(decimal, thousands)
