"""Rows that are withheld are in no view."""

from pathlib import Path
from typing import Any

import pytest

from argosy.model.identifiers import Symbol
from argosy.model.instruments import Instrument
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.hindsight.cover import cover
from argosy_catalog.read.session import guarded
from tests.catalog.hindsight.test_shown import AFTER, held

__all__ = ["held"]


@pytest.mark.slow
def test_withheld_rows_are_in_no_view(held: Path) -> None:
    with ParquetDataCatalog(held) as catalog:
        connection: Any = guarded(catalog._lake)
        cover(connection, until_ns=AFTER)
        counts = [
            connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
            for view in ("quotes", "trades", "bars", "deltas", "instruments", "runs")
        ]
        catalog._lake.disconnect(connection)
    assert [8, 3, 0, 2, 1, 0] == counts


@pytest.mark.slow
def test_a_definition_that_was_not_known_is_withheld(folder: Path) -> None:
    known = default_fx_ccy("GBP/USD")
    later: Instrument = type(known)(
        **{
            **{name: getattr(known, name) for name in known.__struct_fields__},
            "ts_event": AFTER + 1,
            "ts_init": AFTER + 1,
            "raw_symbol": Symbol("NEW"),
        }
    )
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data([known])
        catalog.write_data([later])
        query = "SELECT TIMESTAMP '2024-01-01' AS ts_init, raw_symbol AS s FROM instruments"
        found = [
            catalog.feature_rows(query, until_ns=until).column("s").to_pylist()
            for until in (AFTER, AFTER + 1)
        ]
    assert [["GBP/USD"], ["NEW"]] == found
