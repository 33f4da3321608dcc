"""Definitions of instruments are kept whole, and their columns can be queried."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from argosy.model.instruments import Instrument
from argosy.testing import instruments as factory
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.instruments import add_instruments, read_instruments
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.presence import TOKEN_DIGITS
from argosy_catalog.read.session import SqlSession
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import files_under

ALL: list[Instrument] = [
    factory.default_fx_ccy("GBP/USD"),
    factory.default_fx_ccy("USD/JPY"),
    factory.equity("AAPL", "XNAS"),
    factory.btcusdt_perp_binance(),
]


def write_instruments(lake: Lake, instruments: list[Instrument]) -> int:
    with lake.write() as transaction:
        return add_instruments(transaction, lake.data_path, instruments, token="0" * TOKEN_DIGITS)


def test_what_was_written_is_read(lake: Lake) -> None:
    assert len(ALL) == write_instruments(lake, ALL)
    assert sorted(ALL, key=lambda each: each.id) == read_instruments(lake, None)
    assert [ALL[2]] == read_instruments(lake, {"AAPL.XNAS", "NOBODY.HERE"})


def test_the_same_definition_is_not_written_again(lake: Lake) -> None:
    write_instruments(lake, ALL)
    assert 0 == write_instruments(lake, ALL)
    assert 1 == len(files_under(lake.path))


def test_the_newest_definition_counts_and_the_older_ones_stay(lake: Lake) -> None:
    first = ALL[0]
    second = msgspec.structs.replace(first, taker_fee=Decimal("0.0001"), ts_init=5)
    third = msgspec.structs.replace(first, taker_fee=Decimal("0.0002"), ts_init=5)
    for each in (first, second, third):
        assert 1 == write_instruments(lake, [each])
    assert [third] == read_instruments(lake, None)
    session = SqlSession(lake)
    fees = session.run("SELECT taker_fee FROM instruments").to_pylist()
    history = session.run("SELECT count(*) AS n FROM reference.instruments").to_pylist()
    session.close()
    assert [[{"taker_fee": Decimal("0.0002")}], [{"n": 3}]] == [fees, history]


@pytest.fixture(scope="module")
def rows(make_catalog: MakeCatalog) -> dict[str, Any]:
    with ParquetDataCatalog(make_catalog(ALL), read_only=True) as catalog:
        found = catalog.sql("SELECT * FROM instruments").to_pylist()
    return {row["instrument_id"]: row for row in found}


@pytest.mark.parametrize("instrument", ALL, ids=lambda each: str(each.id))
def test_the_columns_say_what_the_definition_says(
    rows: dict[str, Any], instrument: Instrument
) -> None:
    assert len(ALL) == len(rows)
    row = rows[str(instrument.id)]
    assert str(instrument.id) == row["instrument_id"]
    assert type(instrument).__name__ == row["type"]
    assert instrument.price_precision == row["price_precision"]
    assert instrument.price_increment.as_decimal() == row["price_increment"]
    assert instrument.quote_currency.code == row["quote_currency"]
    assert instrument.ts_init == row["ts_init"].value
