"""What a time that cannot be read was probably meant to be."""

import pytest

from argosy_loaders.time_hints import cure_of, is_date


@pytest.mark.parametrize(
    ("text", "time_format", "cure"),
    [
        ("1704153600", "iso", 'Give time_format = "s" (2024-01-02T00:00:00Z)'),
        ("1704153600000", "s", 'Give time_format = "ms" (2024-01-02T00:00:00Z)'),
        ("1704153600000000", "iso", 'time_format = "us"'),
        ("1704153600000000000", "us", 'time_format = "ns"'),
        ("20240102093000", "iso", 'Give time_format = "%Y%m%d%H%M%S", if that'),
        ("02.01.2024 09:30", "iso", '"%d.%m.%Y %H:%M"'),
        ("01/02/2024 9:30 AM", "iso", '"%d/%m/%Y %I:%M %p" or "%m/%d/%Y %I:%M %p"'),
        ("2024.01.02 09:30:00", "%Y-%m-%d", '"%Y.%m.%d %H:%M:%S.%f"'),
        ("2-Jan-2024", "iso", '"%d-%b-%Y"'),
        ("2024-01-02 24:00", "iso", "Write 24:00 as 00:00 of the next day"),
        ("noon", "iso", "Give time_format and zone as the file has them"),
    ],
)
def test_a_time_is_told_how_it_may_be_read(text: str, time_format: str, cure: str) -> None:
    assert cure in cure_of(text, time_format)


def test_digits_of_a_date_are_told_from_counts() -> None:
    dates = ["20240102", "2024010209", "202401020930", "20240102093000", "20240102093000123"]
    assert [True] * 5 == [is_date(each) for each in dates]
    others = ["20241302", "1704153600", "1704153600000", "18991231", "20240230", "2024-01-02"]
    assert [False] * 6 == [is_date(each) for each in others]
