"""Quoting, and types that hold every value."""

import pyarrow as pa
import pytest

from argosy_catalog.lake.duck import connect
from argosy_catalog.lake.sql import bound, identifier, literal, sql_type


@pytest.mark.parametrize("text", ["plain", "it's", "''", 'double "quotes"', "a; DROP TABLE b"])
def test_a_literal_is_the_text_it_quotes(text: str) -> None:
    with connect() as connection:
        assert (text,) == connection.execute(f"SELECT {literal(text)}").fetchone()


@pytest.mark.parametrize("value", ["it's $b; DROP TABLE c --", -5, True, None, 2**63 - 1])
def test_a_bound_value_is_the_value(value: str | int | None) -> None:
    with connect() as connection:
        query = bound("SELECT $a, $b, '$'", {"a": value, "b": "x"})
        assert (value, "x", "$") == connection.execute(query).fetchone()


@pytest.mark.parametrize("name", ["plain", 'a"b', "select", "with space"])
def test_an_identifier_is_the_name_it_quotes(name: str) -> None:
    with connect() as connection:
        connection.execute(f"SELECT 1 AS {identifier(name)}")
        assert [name] == [column[0] for column in connection.description or ()]


@pytest.mark.parametrize(
    ("arrow", "duck"),
    [
        (pa.decimal64(18, 18), "DECIMAL(18,18)"),
        (pa.decimal128(38, 18), "DECIMAL(38,18)"),
        (pa.timestamp("ns"), "TIMESTAMP_NS"),
        (pa.dictionary(pa.int8(), pa.string()), "VARCHAR"),
        (pa.uint64(), "UBIGINT"),
        (pa.list_(pa.int8()), None),
        (pa.timestamp("ns", "UTC"), None),
    ],
)
def test_each_arrow_type_has_one_duckdb_type_or_none(arrow: pa.DataType, duck: str | None) -> None:
    assert duck == sql_type(arrow)
