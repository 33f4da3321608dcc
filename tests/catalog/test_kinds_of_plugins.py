"""A catalog that is told of a plugin's kind keeps it like its own; another does not see it."""

from pathlib import Path
from typing import Any

import pytest

from argosy.errors import CatalogError, DataError
from argosy.model.identifiers import InstrumentId
from argosy.model.kinds import QUOTE
from argosy.model.values import Price
from argosy.serialization import arrow
from argosy.testing.kinds import NS, PAIR, SAMPLES
from argosy_catalog import ParquetDataCatalog
from tests.host.serialization.test_plain_rows import KNOWN, Tide, tide

OTHER = InstrumentId("GBP/USD.SIM")


@pytest.fixture
def catalog(tmp_path: Path) -> Any:
    with ParquetDataCatalog(tmp_path / "catalog", kinds=KNOWN) as made:
        yield made


def tides(first: int, last: int, **changes: Any) -> list[Tide]:
    return [tide(n, **changes) for n in range(first, last)]


def test_what_is_written_is_read_and_streamed(catalog: ParquetDataCatalog) -> None:
    both = [*tides(0, 4), *tides(0, 2, instrument_id=OTHER, height=Price.from_raw(5, 3))]
    assert 7 == catalog.write_data([*both, *SAMPLES[QUOTE]])
    assert both[:4] == catalog.query(Tide, PAIR)
    assert 6 == len(catalog.query(Tide))
    (stream,) = catalog.streams(Tide, [PAIR])
    assert (Tide, PAIR, 2, 0, 4) == (
        stream.data_type,
        stream.key,
        stream.price_precision,
        stream.size_precision,
        stream.rows,
    )
    assert ["quotes", "tides", "tides"] == [each.kind for each in catalog.holdings()]


def test_arrow_rows_say_what_they_are(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(arrow.to_batch(tides(0, 3), KNOWN))
    assert tides(0, 3) == catalog.query(Tide, start=NS)


def test_sql_sees_names_and_decimals(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(tides(0, 2))
    found = catalog.sql(
        "SELECT instrument_id, height, side, station, is_rising, level, price_precision FROM tides"
    ).to_pylist()
    assert [("SELL", "pier", "-1.50", 2), ("SELL", None, "-1.49", 2)] == [
        (row["side"], row["station"], f"{row['height']}", row["price_precision"]) for row in found
    ]


def test_upkeep_knows_it(catalog: ParquetDataCatalog) -> None:
    for first in (0, 10, 20):
        catalog.write_data(tides(first, first + 5))
    assert [("tides", 3)] == [(each.kind, each.files_before) for each in catalog.compact(Tide)]
    assert catalog.verify().is_sound
    assert ["held"] == sorted({each.state for each in catalog.coverage(Tide)} - {"missing"})
    (gone,) = catalog.delete(Tide, PAIR, NS, NS + 6)
    assert ("tides", 5) == (gone.kind, gone.rows)
    assert "tides" in {change.kind for each in catalog.history() for change in each.changes}
    assert 10 == len(catalog.at(catalog.snapshot()).query(Tide))


def test_later_rows_can_be_shown_otherwise(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(tides(0, 40))
    with catalog.changed_after(NS + 20):
        found = catalog.query(Tide)
    assert tides(0, 20) == found[:20]
    assert {each.height for each in found[20:]} != {each.height for each in tides(20, 40)}


def test_wrong_rows_are_refused(catalog: ParquetDataCatalog) -> None:
    with pytest.raises(DataError, match="the rows are not sorted"):
        catalog.write_data([tide(5), tide(1)])


def test_a_view_of_it_cannot_be_taken(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(tides(0, 1))
    with pytest.raises(Exception, match="'tides' is a view of the catalog"):
        catalog.save_view("tides", "SELECT 1 AS one")


def test_a_catalog_that_is_not_told_does_not_see_it(
    catalog: ParquetDataCatalog, tmp_path: Path
) -> None:
    catalog.write_data([*tides(0, 3), *SAMPLES[QUOTE]])
    with ParquetDataCatalog(tmp_path / "catalog") as plain:
        assert ["quotes"] == [each.kind for each in plain.holdings()]
        assert plain.verify().is_sound
        with pytest.raises(CatalogError, match="Tide is not market data"):
            plain.query(Tide)
        told = plain.keeping(KNOWN)
        assert tides(0, 3) == told.query(Tide)
        assert told is told.keeping(KNOWN)
        told.close()
