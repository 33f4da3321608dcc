"""The tables of runs and instruments can be made, and mean what they say."""

import pyarrow as pa
import pytest

from argosy_catalog.lake.sql import sql_type
from argosy_catalog.lake.tables import INSTRUMENTS_TABLE, NUMBER, RUN_JSON, RUN_TABLES

ALL = {**RUN_TABLES, "instruments": INSTRUMENTS_TABLE}


@pytest.mark.parametrize("name", ALL)
def test_every_column_can_be_stored(name: str) -> None:
    assert [] == [field.name for field in ALL[name] if sql_type(field.type) is None]


@pytest.mark.parametrize("name", RUN_TABLES)
def test_every_row_says_which_run_it_is_of(name: str) -> None:
    assert "run_id" == RUN_TABLES[name].names[0]


@pytest.mark.parametrize("name", ["orders", "fills", "positions", "accounts", "equity"])
def test_numbers_come_with_currency_and_precision(name: str) -> None:
    schema = RUN_TABLES[name]
    assert NUMBER in schema.types
    assert {"currency", "price_precision"} <= set(schema.names)


def test_json_columns_are_text() -> None:
    assert {pa.string()} == {RUN_TABLES["runs"].field(name).type for name in RUN_JSON}
