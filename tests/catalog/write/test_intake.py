"""Objects and Arrow rows become batches of one table and key."""

from collections.abc import Iterable

import pyarrow as pa
import pytest

from argosy.errors import CatalogError, DataError
from argosy.model.data import OrderBookDeltas, QuoteTick
from argosy.model.instruments import Instrument
from argosy.serialization.arrow import to_batch
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog.lake import parquet
from argosy_catalog.write import intake
from argosy_catalog.write.intake import Taken, of_arrow, of_objects
from tests.catalog.samples import GBPUSD, SHIB, bars, deltas, quotes, trades


def shown(taken: Iterable[Taken]) -> list[tuple[str, str, int]]:
    """Return table, key and count of rows of each batch."""
    found = []
    for table, key, batch in taken:
        assert table.row_schema == batch.schema
        found.append((table.name, str(key), batch.num_rows))
    return found


def test_objects_of_one_key_go_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "ROW_GROUP_ROWS", 4)
    found = shown(of_objects(iter(quotes(10)), []))
    assert [("quotes_5_0", GBPUSD, n) for n in (4, 4, 2)] == found


def test_mixed_objects_are_grouped_by_type_key_and_precision() -> None:
    instrument = default_fx_ccy("GBP/USD")
    shib = quotes(3, instrument=SHIB, price_precision=8)
    mixed = [instrument, *quotes(2), *shib, *quotes(1, price_precision=4), *bars(1), *trades(2)]
    instruments: list[Instrument] = []
    found = shown(of_objects(mixed, instruments))
    assert [instrument] == instruments
    expected = [
        ("quotes_5_0", "GBP/USD.SIM", 2),
        ("quotes_8_0", "SHIBUSDT.SIM", 3),
        ("quotes_4_0", "GBP/USD.SIM", 1),
        ("bars_5_0", "GBP/USD.SIM-1-MINUTE-BID-EXTERNAL", 1),
        ("trades_5_2", "GBP/USD.SIM", 2),
    ]
    assert expected == found


def test_batches_of_deltas_are_taken_apart_and_clear_goes_along() -> None:
    for data, rows in (([OrderBookDeltas(GBPUSD, deltas(4))], 4), (deltas(3), 3)):
        assert [("deltas_5_0", GBPUSD, rows)] == shown(of_objects(data, []))


def test_what_the_catalog_cannot_hold_is_refused() -> None:
    with pytest.raises(CatalogError, match="int is not market data"):
        list(of_objects([1], []))


def test_arrow_rows_say_themselves_what_they_are() -> None:
    batch = to_batch(quotes(3))
    reader = pa.RecordBatchReader.from_batches(batch.schema, [batch])
    for rows in (batch, pa.Table.from_batches([batch]), reader):
        assert [("quotes_5_0", GBPUSD, 3)] == shown(of_arrow(rows))


def test_arrow_rows_without_notes_need_type_and_identifier() -> None:
    batch = to_batch(quotes(3)).replace_schema_metadata(None)
    with pytest.raises(CatalogError, match="Give data_type and identifier"):
        list(of_arrow(batch))
    assert [("quotes_5_0", GBPUSD, 3)] == shown(of_arrow(batch, QuoteTick, GBPUSD))


def test_arrow_columns_are_put_in_order_and_cast_exactly() -> None:
    batch = to_batch(quotes(3))
    wide = batch.schema.field("bid_price").with_type(pa.decimal128(38, 5))
    columns = batch.set_column(2, wide, batch.column("bid_price").cast(wide.type))
    turned = columns.select(list(reversed(columns.schema.names)))
    assert [("quotes_5_0", GBPUSD, 3)] == shown(of_arrow(turned))


def test_a_missing_or_lossy_column_is_refused() -> None:
    batch = to_batch(quotes(3))
    with pytest.raises(DataError, match="column 'ask_size' is missing"):
        list(of_arrow(batch.drop_columns(["ask_size"])))
    large = pa.array(["1" * 20] * 3).cast(pa.decimal128(38, 5))
    with pytest.raises(DataError, match="the columns do not fit"):
        list(of_arrow(batch.set_column(3, "ask_price", large)))


def test_chunks_are_row_groups() -> None:
    assert parquet.ROW_GROUP_ROWS == intake.ROW_GROUP_ROWS
