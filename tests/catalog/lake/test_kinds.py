"""Tables by kind and precision."""

import pyarrow as pa
import pytest

from argosy.errors import CatalogError
from argosy.model.data import Bar, QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.serialization.arrow import KEY, schema
from argosy_catalog.lake.kinds import BARS, QUOTES, STORED, Kind, Table
from tests.catalog.samples import BID_BARS, GBPUSD


def test_each_type_has_its_kind() -> None:
    names = ["quotes", "trades", "bars", "deltas", "instrument_statuses", "venue_statuses"]
    assert names == [kind.name for kind in STORED]
    assert QUOTES is STORED.of(QuoteTick)


def test_what_is_no_market_data_is_refused() -> None:
    with pytest.raises(CatalogError, match="The catalog holds QuoteTick, TradeTick, Bar"):
        STORED.of(int)


@pytest.mark.parametrize("kind", list(STORED))
def test_a_table_is_found_by_its_name(kind: Kind) -> None:
    table = Table.of(kind, 18, 0)
    assert table == STORED.table(table.name)


@pytest.mark.parametrize("name", ["runs", "quotes", "quotes_5", "xquotes_5_0", "quotes_5_0_1"])
def test_other_tables_are_no_market_data(name: str) -> None:
    assert STORED.table(name) is None


def test_a_schema_says_which_table_it_fits() -> None:
    assert Table.of(BARS, 4, 2) == Table.fitting(BARS, schema(Bar, 4, 2))
    with pytest.raises(CatalogError, match="hold no decimals"):
        Table.fitting(BARS, pa.schema([("open", pa.float64())]))


def test_a_file_has_key_columns_and_no_nulls() -> None:
    layout = Table.of(BARS, 5, 0).file_schema(str(BID_BARS))
    assert ["bar_type", "instrument_id", "ts_event", "ts_init"] == layout.names[:4]
    assert not any(field.nullable for field in layout)
    assert str(BID_BARS).encode() == layout.metadata[KEY]


def test_keys_are_read_from_text() -> None:
    assert BID_BARS == BARS.key(str(BID_BARS))
    assert isinstance(QUOTES.key(str(GBPUSD)), InstrumentId)


def test_bars_know_their_instrument() -> None:
    expected = {"bar_type": str(BID_BARS), "instrument_id": "GBP/USD.SIM"}
    assert expected == BARS.key_values(BID_BARS)
