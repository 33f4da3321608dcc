"""What a run took in from queries, read back from its receipt."""

import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from argosy.config.values import parse_time
from argosy.errors import CatalogError, suggest

_INPUTS = "SELECT source, columns, hash FROM inputs WHERE run_id = $run"
_ROWS = "SELECT data FROM features WHERE run_id = $run AND source = $source ORDER BY seq"

Sql = Callable[[str, Mapping[str, Any]], Any]


def run_features(sql: Sql, run_id: str, source: str) -> pa.Table:
    """Return the rows of a source as the run had them.

    Parameters
    ----------
    sql : runs a query over the catalog

    Raises
    ------
    CatalogError : there are none, or they are not those of the receipt
    """
    inputs = {row["source"]: row for row in sql(_INPUTS, {"run": run_id}).to_pylist()}
    if source not in inputs:
        hint = suggest(source, inputs)
        raise CatalogError(
            f"run {run_id} took in no rows called {source!r}",
            cure=hint[:1].upper() + hint[1:] or "`argosy runs` lists the runs",
        )
    columns, expected = json.loads(inputs[source]["columns"]), inputs[source]["hash"]
    texts = sql(_ROWS, {"run": run_id, "source": source}).column("data").to_pylist()
    digest = hashlib.sha256(f"{inputs[source]['columns']}\n".encode())
    for text in texts:
        digest.update(f"{text}\n".encode())
    if digest.hexdigest() != expected:
        raise CatalogError(
            f"the rows of {source!r} are not those that run {run_id} had",
            cure="`argosy catalog verify` finds damaged files",
        )
    rows = [json.loads(text) for text in texts]
    return pa.table(
        {name: _values([row[name] for row in rows], kind) for name, kind in columns.items()}
    )


def _values(values: list[Any], kind: str) -> Any:
    if kind.startswith("timestamp"):
        times = pa.array([parse_time(each) for each in values], pa.int64())
        return times.cast(pa.timestamp("ns"))
    if kind.startswith("decimal"):
        name, _, digits = kind.rstrip(")").partition("(")
        width, scale = (int(each) for each in digits.split(","))
        wide = pa.array([Decimal(each) for each in values], pa.decimal128(38, scale))
        return wide.cast(getattr(pa, name)(width, scale))
    return pa.array(values, {"bool": pa.bool_(), "int64": pa.int64()}.get(kind) or _plain(kind))


def _plain(kind: str) -> Any:
    return pa.float64() if kind == "double" else pa.string()
