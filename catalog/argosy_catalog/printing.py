"""Arrow tables as text: for a terminal, as CSV, as JSON."""

import base64
import csv
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, TextIO

import pyarrow as pa

from argosy_catalog.times import text_of

MAX_ROWS = 1000
"""A terminal gets so many rows; CSV and JSON get all of them."""


def print_rows(table: Any, form: str) -> None:
    """Print a table on stdout.

    Parameters
    ----------
    form : table, csv or json (one array of objects; exact numbers are text)
    """
    writers = {"table": _as_table, "csv": _as_csv, "json": _as_json}
    writers[form](table, sys.stdout)


def texts(column: Any) -> Iterator[str | None]:
    """Yield the values of a column as text: decimals exact, times in ISO 8601 to the nanosecond."""
    show = _shower(column.type)
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("ns", column.type.tz)).cast(pa.int64())
    for value in column.to_pylist():
        yield None if value is None else show(value)


def _shower(kind: Any) -> Callable[[Any], str]:
    if pa.types.is_timestamp(kind):
        return text_of
    if pa.types.is_decimal(kind):
        return _plain_decimal if kind.precision > 18 else lambda value: f"{value:f}"
    if pa.types.is_boolean(kind):
        return lambda value: str(value).lower()
    if pa.types.is_binary(kind):
        return lambda value: base64.b64encode(value).decode()
    if pa.types.is_nested(kind):
        return lambda value: json.dumps(value, default=str)
    return str


def _plain_decimal(value: Decimal) -> str:
    """Return a number of a column that mixes precisions, without the zeros that fill it up."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _as_table(table: Any, out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(file=out, highlight=False, markup=False)
    if not console.is_terminal:
        console.width = 10_000  # a pipe has no width to fit
    shown = Table(box=None, pad_edge=False, show_edge=False)
    for field in table.schema:
        numeric = pa.types.is_decimal(field.type) or pa.types.is_integer(field.type)
        shown.add_column(field.name, justify="right" if numeric else "left", overflow="fold")
    columns = [list(texts(column)) for column in table.slice(0, MAX_ROWS).columns]
    for row in zip(*columns, strict=True):
        shown.add_row(*("" if value is None else value for value in row))
    console.print(shown)
    if table.num_rows > MAX_ROWS:
        console.print(f"... {table.num_rows - MAX_ROWS:,} more rows; --format csv prints all")


def _as_csv(table: Any, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.schema.names)
    for batch in table.to_batches():
        writer.writerows(zip(*map(texts, batch.columns), strict=True))


def _as_json(table: Any, out: TextIO) -> None:
    plain = [
        list(column.to_pylist()) if _is_json(column.type) else list(texts(column))
        for column in table.columns
    ]
    rows = [dict(zip(table.schema.names, row, strict=True)) for row in zip(*plain, strict=True)]
    json.dump(rows, out, ensure_ascii=False)
    out.write("\n")


def _is_json(kind: Any) -> bool:
    """Tell whether JSON has the type without a loss."""
    return bool(
        pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)
    )
