"""Values of every kind as text and as JSON: exact."""

from typing import Any

import pytest

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.show.rendering import interval_text, texts, values

SHOWN = {
    "timestamp_ns '2024-01-01 00:00:00.123456789'": "2024-01-01T00:00:00.123456789Z",
    "timestamp '2024-01-01 00:00:00'": "2024-01-01T00:00:00Z",
    "timestamp '9999-12-31 23:59:59.999999'": "9999-12-31T23:59:59.999999Z",
    "timestamp '1677-01-01'": "1677-01-01T00:00:00Z",
    "timestamptz '2024-01-01 12:00:00+02'": "2024-01-01T10:00:00Z",
    "'infinity'::timestamp": "infinity",
    "'-infinity'::timestamp_ns": "-infinity",
    "timestamp_s '2024-01-01 00:00:01'": "2024-01-01T00:00:01Z",
    "date '2024-02-29'": "2024-02-29",
    "'infinity'::date": "infinity",
    "time '10:00:00.000001'": "10:00:00.000001",
    "interval '14 months 3 days 04:05:06.789'": "1 year 2 months 3 days 04:05:06.789",
    "interval '1 day'": "1 day",
    "interval '-1 month'": "-1 month",
    "interval '-90 seconds'": "-00:01:30",
    "interval '0 seconds'": "00:00:00",
    "[interval '1 hour']": '["01:00:00"]',
    "1.50::decimal(18,2)": "1.50",
    "-0.05::decimal(18,2)": "-0.05",
    "1.500000000000000000::decimal(38,18)": "1.5",
    "0::decimal(38,18)": "0",
    "123456789012345678901234567890::hugeint": "123456789012345678901234567890",
    "9223372036854775807": "9223372036854775807",
    "'12345678901234567890123456789012345678901234567890'::bignum": (
        "12345678901234567890123456789012345678901234567890"
    ),
    "'-12345678901234567890'::bignum": "-12345678901234567890",
    "1.1::float": "1.1",
    "0.1::double + 0.2::double": "0.30000000000000004",
    "'nan'::double": "nan",
    "'-infinity'::float": "-inf",
    "true": "true",
    "NULL": None,
    "''": "",
    "'\u00e9\U0001f680'": "\u00e9\U0001f680",
    "'\\x00\\xff'::blob": "AP8=",
    "'a'::enum('a', 'b')": "a",
    "uuid '12345678-1234-5678-1234-567812345678'": "12345678-1234-5678-1234-567812345678",
    "[1.50::decimal(10,2), NULL]": '["1.50", null]',
    "[[timestamp_ns '2024-01-01 00:00:00.000000001']]": '[["2024-01-01T00:00:00.000000001Z"]]',
    "{'at': date '2024-01-01', 'px': [0.1::decimal(3,1)], 'no': NULL}": (
        '{"at": "2024-01-01", "px": ["0.1"], "no": null}'
    ),
    "map {'k': 1.0::decimal(3,1)}": '{"k": "1.0"}',
    "map {1: true}": '{"1": true}',
    "array_value(1, 2)": "[1, 2]",
    "union_value(k := 5)": "5",
}


@pytest.fixture(scope="module")
def table(market: ParquetDataCatalog) -> Any:
    """Every value of `SHOWN` as a column of its own."""
    columns = ", ".join(f"{each} AS c{at}" for at, each in enumerate(SHOWN))
    return dict(zip(SHOWN, market.sql(f"SELECT {columns}").columns, strict=True))


def test_every_value_is_shown_as_it_is(table: Any) -> None:
    assert SHOWN == {each: next(texts(column)) for each, column in table.items()}


def test_json_has_numbers_only_where_they_are_exact(market: ParquetDataCatalog) -> None:
    query = "SELECT 9007199254740993 AS i, 1.5::double AS d, 1.5 AS n, 'nan'::double AS nan, 1 = 1"
    found = [next(values(column)) for column in market.sql(query).columns]
    assert [9007199254740993, 1.5, "1.5", "nan", True] == found


def test_intervals_of_either_sign_read_like_words() -> None:
    assert "1 year 1 month" == interval_text(13, 0, 0)
    assert "-1 year -1 month 1 day" == interval_text(-13, 1, 0)
    assert "-00:00:00.000000001" == interval_text(0, 0, -1)
