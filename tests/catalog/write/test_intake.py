"""Objects and Arrow rows become batches of one table and key."""

from typing import Any

import pyarrow as pa
import pytest

from argosy.errors import CatalogError, DataError
from argosy.model.data import OrderBookDeltas, QuoteTick
from argosy.serialization.arrow import to_batch
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog.lake import parquet
from argosy_catalog.lake.kinds import Table
from argosy_catalog.write import intake
from argosy_catalog.write.intake import append_arrow, append_objects
from tests.catalog.samples import GBPUSD, SHIB, bars, deltas, quotes, trades


class Recorder:
    """Takes batches like a writer."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, int]] = []
        self.instruments: list[Any] = []

    def append(self, table: Table, key: Any, batch: Any) -> None:
        assert table.row_schema == batch.schema
        self.rows.append((table.name, str(key), batch.num_rows))


@pytest.fixture
def recorder() -> Any:
    return Recorder()


def test_objects_of_one_key_go_in_chunks(recorder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "ROW_GROUP_ROWS", 4)
    append_objects(recorder, iter(quotes(10)))
    assert [("quotes_5_0", GBPUSD, n) for n in (4, 4, 2)] == recorder.rows


def test_mixed_objects_are_grouped_by_type_key_and_precision(recorder: Any) -> None:
    instrument = default_fx_ccy("GBP/USD")
    shib = quotes(3, instrument=SHIB, price_precision=8)
    mixed = [instrument, *quotes(2), *shib, *quotes(1, price_precision=4), *bars(1), *trades(2)]
    append_objects(recorder, mixed)
    assert [instrument] == recorder.instruments
    expected = [
        ("quotes_5_0", "GBP/USD.SIM", 2),
        ("quotes_8_0", "SHIBUSDT.SIM", 3),
        ("quotes_4_0", "GBP/USD.SIM", 1),
        ("bars_5_0", "GBP/USD.SIM-1-MINUTE-BID-EXTERNAL", 1),
        ("trades_5_2", "GBP/USD.SIM", 2),
    ]
    assert expected == recorder.rows


def test_batches_of_deltas_are_taken_apart_and_clear_goes_along(recorder: Any) -> None:
    append_objects(recorder, [OrderBookDeltas(GBPUSD, deltas(4))])
    append_objects(recorder, deltas(3))
    assert [("deltas_5_0", GBPUSD, 4), ("deltas_5_0", GBPUSD, 3)] == recorder.rows


def test_what_the_catalog_cannot_hold_is_refused(recorder: Any) -> None:
    with pytest.raises(CatalogError, match="int is not market data"):
        append_objects(recorder, [1])


def test_arrow_rows_say_themselves_what_they_are(recorder: Any) -> None:
    batch = to_batch(quotes(3))
    append_arrow(recorder, batch, None, None)
    append_arrow(recorder, pa.Table.from_batches([batch]), None, None)
    append_arrow(recorder, pa.RecordBatchReader.from_batches(batch.schema, [batch]), None, None)
    assert [("quotes_5_0", GBPUSD, 3)] * 3 == recorder.rows


def test_arrow_rows_without_notes_need_type_and_identifier(recorder: Any) -> None:
    batch = to_batch(quotes(3)).replace_schema_metadata(None)
    with pytest.raises(CatalogError, match="Give data_type and identifier"):
        append_arrow(recorder, batch, None, None)
    append_arrow(recorder, batch, QuoteTick, GBPUSD)
    assert [("quotes_5_0", GBPUSD, 3)] == recorder.rows


def test_arrow_columns_are_put_in_order_and_cast_exactly(recorder: Any) -> None:
    batch = to_batch(quotes(3))
    wide = batch.schema.field("bid_price").with_type(pa.decimal128(38, 5))
    columns = batch.set_column(2, wide, batch.column("bid_price").cast(wide.type))
    append_arrow(recorder, columns.select(list(reversed(columns.schema.names))), None, None)
    assert [("quotes_5_0", GBPUSD, 3)] == recorder.rows


def test_a_missing_or_lossy_column_is_refused(recorder: Any) -> None:
    batch = to_batch(quotes(3))
    with pytest.raises(DataError, match="column 'ask_size' is missing"):
        append_arrow(recorder, batch.drop_columns(["ask_size"]), None, None)
    large = pa.array(["1" * 20] * 3).cast(pa.decimal128(38, 5))
    with pytest.raises(DataError, match="the columns do not fit"):
        append_arrow(recorder, batch.set_column(3, "ask_price", large), None, None)


def test_chunks_are_row_groups() -> None:
    assert parquet.ROW_GROUP_ROWS == intake.ROW_GROUP_ROWS
