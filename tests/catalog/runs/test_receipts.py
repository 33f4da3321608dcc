"""Rows that queries fed to runs, read back."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from argosy.errors import CatalogError
from argosy_catalog import ParquetDataCatalog
from tests.catalog.samples import T0

COLUMNS = {
    "ts_init": "timestamp[ns]",
    "z": "decimal64(18, 3)",
    "wide": "decimal128(38, 0)",
    "n": "int64",
    "x": "double",
    "is_up": "bool",
    "side": "string",
}
DATA = [
    {
        "ts_init": f"2024-01-01T00:00:00.00000000{n}",
        "z": f"{n}.500",
        "wide": "12345678901234567890",
        "n": n,
        "x": 0.1,
        "is_up": True,
        "side": "BUY'",
    }
    for n in range(3)
]


def tables(texts: list[str]) -> dict[str, Any]:
    columns = json.dumps(COLUMNS)
    digest = hashlib.sha256(
        "".join(f"{each}\n" for each in [columns, *map(json.dumps, DATA)]).encode()
    )
    return {
        "inputs": pa.table(
            {"source": ["signals"], "columns": [columns], "hash": [digest.hexdigest()]}
        ),
        "features": pa.table(
            {
                "source": ["signals"] * len(texts),
                "seq": range(len(texts)),
                "ts_init": pa.array([T0 + n for n in range(len(texts))], pa.timestamp("ns")),
                "data": texts,
            }
        ),
    }


def test_rows_come_back_as_they_were(catalog: ParquetDataCatalog) -> None:
    catalog.write_run({"run_id": "r"}, tables([json.dumps(each) for each in DATA]))
    rows = catalog.run_features("r", "signals")
    assert COLUMNS == {field.name: str(field.type) for field in rows.schema}
    assert [T0, T0 + 1, T0 + 2] == rows.column("ts_init").cast(pa.int64()).to_pylist()
    assert [Decimal(f"{n}.500") for n in range(3)] == rows.column("z").to_pylist()
    assert (12345678901234567890, 0.1, True, "BUY'") == tuple(
        rows.column(name)[2].as_py() for name in ("wide", "x", "is_up", "side")
    )
    kept = catalog.sql("SELECT (data ->> 'z')::DECIMAL(18, 3) AS z FROM features ORDER BY seq")
    assert rows.column("z").to_pylist() == kept.column("z").to_pylist()


def test_rows_that_are_not_those_of_the_run_are_noticed(catalog: ParquetDataCatalog) -> None:
    texts = [json.dumps(each) for each in DATA]
    catalog.write_run({"run_id": "r"}, tables([texts[0], texts[2], texts[1]]))
    with pytest.raises(CatalogError, match="are not those that run r had"):
        catalog.run_features("r", "signals")


def test_what_no_run_took_in_is_said(catalog: ParquetDataCatalog) -> None:
    catalog.write_run({"run_id": "r"}, tables([]))
    with pytest.raises(CatalogError, match=r"no rows called 'signal'\. Did you mean 'signals'\?"):
        catalog.run_features("r", "signal")
    with pytest.raises(
        CatalogError, match=r"run q took in no rows .* `argosy runs` lists the runs"
    ):
        catalog.run_features("q", "signals")


@pytest.mark.slow
def test_a_catalog_of_an_older_version_gets_the_tables(folder: Path) -> None:
    with ParquetDataCatalog(folder) as catalog:
        with catalog._lake.write() as transaction:
            for name in ("inputs", "features"):
                transaction.execute(f"DROP VIEW main.{name}")
                transaction.execute(f"DROP TABLE run.{name}")
        catalog.write_run({"run_id": "r"}, tables([json.dumps(each) for each in DATA]))
        assert 3 == catalog.run_features("r", "signals").num_rows
