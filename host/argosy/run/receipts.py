"""What a run took in from queries, as tables that the catalog keeps with the run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from argosy.config.plain import plain
from argosy.run.row_texts import row_texts

if TYPE_CHECKING:
    from argosy.run.queries import Answer


def receipt_tables(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return the rows of all queries and what is to be known of them.

    Returns
    -------
    ``inputs``, a row for each query with the hash of its rows, and ``features``, their rows as
    JSON; nothing where there is no query
    """
    import pyarrow as pa

    if not answers:
        return {}
    inputs, features = [], []
    for answer in answers:
        texts = list(row_texts(answer.table))
        inputs.append(_input(answer, texts))
        features.append(
            pa.table(
                {
                    "source": pa.array([answer.query.name] * len(texts), pa.string()),
                    "seq": pa.array(range(len(texts)), pa.int64()),
                    "ts_init": answer.table.column("ts_init"),
                    "data": pa.array(texts, pa.string()),
                }
            )
        )
    times = pa.timestamp("ns")
    table = pa.Table.from_pylist(inputs)
    for name in ("first_time", "last_time"):
        index = table.schema.get_field_index(name)
        table = table.set_column(index, name, table.column(name).cast(times))
    return {"inputs": table, "features": pa.concat_tables(features)}


def columns_text(schema: Any) -> str:
    """Return the names and types of the columns of rows as JSON."""
    return json.dumps({field.name: str(field.type) for field in schema})


def rows_hash(columns: str, texts: Sequence[str]) -> str:
    """Return the SHA-256 of columns and rows, a line each."""
    digest = hashlib.sha256(f"{columns}\n".encode())
    for text in texts:
        digest.update(f"{text}\n".encode())
    return digest.hexdigest()


def _input(answer: Answer, texts: Sequence[str]) -> dict[str, Any]:
    import pyarrow as pa

    data = answer.query.data
    columns = columns_text(answer.table.schema)
    times = answer.table.column("ts_init").cast(pa.int64())
    return {
        "source": answer.query.name,
        "position": answer.query.index,
        "type": data.type or "feature",
        "query": data.sql,
        "params": json.dumps(plain(dict(data.params)), sort_keys=True, ensure_ascii=False),
        "columns": columns,
        "snapshot": answer.snapshot,
        "rows": len(texts),
        "first_time": times[0].as_py(),
        "last_time": times[-1].as_py(),
        "hash": rows_hash(columns, texts),
    }
