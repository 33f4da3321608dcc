"""Rows as text: for a terminal, as CSV, as JSON, a batch at a time."""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TextIO

import pyarrow as pa

from argosy_catalog.show.rendering import texts, values

__all__ = ["MAX_ROWS", "TERMINAL_ROWS", "print_rows", "texts", "write_text"]

MAX_ROWS = 1000
"""A table has so many rows; CSV and JSON have all of them."""

TERMINAL_ROWS = 100
"""A terminal gets so many."""

TERMINAL_CELL = 60
"""Characters of a cell that a terminal shows at most."""

_GAP = "  "
_CUT = "…"
_ALL = "--format csv prints all"
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127, *range(128, 160))}
_CONTROL |= {ord("\n"): "\\n", ord("\t"): "\\t", ord("\r"): "\\r"}
_QUOTED = frozenset(',"\n\r')


def print_rows(table: Any, form: str) -> None:
    """Print a table on stdout.

    Parameters
    ----------
    form : table, csv or json (one array of objects; exact numbers are text)
    """
    write_text(table.schema, table.to_batches(), form, sys.stdout, total=table.num_rows)


def write_text(
    schema: Any, batches: Iterable[Any], form: str, out: TextIO, *, total: int | None = None
) -> None:
    """Write rows as text, a batch at a time; a table is cut, and says so.

    Parameters
    ----------
    form : table, csv or json
    total : how many rows there are, where that is known
    """
    if form == "table":
        _as_table(schema, batches, out, total)
    else:
        {"csv": _as_csv, "json": _as_json}[form](schema, batches, out)


def _rows(batches: Iterable[Any]) -> Iterator[tuple[str | None, ...]]:
    for batch in batches:
        if batch.num_columns:
            yield from zip(*map(texts, batch.columns), strict=True)


def _as_table(schema: Any, batches: Iterable[Any], out: TextIO, total: int | None) -> None:
    is_terminal = out.isatty()
    most = min(TERMINAL_ROWS, MAX_ROWS) if is_terminal else MAX_ROWS
    rows = _rows(batches)
    shown = list(islice(rows, most))
    cut = TERMINAL_CELL if is_terminal else None
    columns = [
        [_cell(name, cut), *(_cell("" if row[at] is None else row[at], cut) for row in shown)]
        for at, name in enumerate(schema.names)
    ]
    widths = [max(map(_width, column)) for column in columns]
    fits = _fitting(widths) if is_terminal else len(widths)
    lines = [
        [_aligned(text, width, field) for text, width, field in zip(*each, strict=False)]
        for each in ((row, widths[:fits], schema) for row in zip(*columns[:fits], strict=True))
    ]
    out.writelines(_GAP.join(line).rstrip() + "\n" for line in lines)
    notes = []
    if fits < len(widths):
        notes.append(f"{len(widths) - fits} more columns: {', '.join(schema.names[fits:])}")
    if next(rows, None) is not None:
        left = "" if total is None else f"{total - len(shown):,} "
        notes.append(f"{left}more rows")
    if notes:
        out.write(f"... {'; '.join(notes)}; {_ALL}\n")


def _cell(text: Any, cut: int | None) -> str:
    """Return text that fits a line of a terminal and cannot command it."""
    plain = str(text).translate(_CONTROL)
    return plain if cut is None or len(plain) <= cut else plain[: cut - 1] + _CUT


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _fitting(widths: Sequence[int]) -> int:
    """Return how many columns a terminal has room for, at least one."""
    room = shutil.get_terminal_size().columns
    used = 0
    for at, width in enumerate(widths):
        used += width + (len(_GAP) if at else 0)
        if used > room:
            return max(at, 1)
    return len(widths)


def _aligned(text: str, width: int, field: Any) -> str:
    kind = field.type
    numeric = pa.types.is_decimal(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)
    fill = " " * (width - _width(text))
    return fill + text if numeric else text + fill


def _as_csv(schema: Any, batches: Iterable[Any], out: TextIO) -> None:
    out.write(",".join(_quoted(name) for name in schema.names) + "\n")
    is_lone = len(schema.names) == 1  # a lone NULL would be an empty line, which readers skip
    for row in _rows(batches):
        cells = ("" if each is None and not is_lone else _quoted(each or "") for each in row)
        out.write(",".join(cells) + "\n")


def _quoted(text: str) -> str:
    """Quote what needs it; NULL is nothing, an empty text is a pair of quotes."""
    if text and not _QUOTED.intersection(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _as_json(schema: Any, batches: Iterable[Any], out: TextIO) -> None:
    names = _distinct(schema.names)
    separator = "["
    for batch in batches:
        for row in zip(*map(values, batch.columns), strict=True):
            out.write(separator)
            out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False))
            separator = ",\n "
    out.write("[]\n" if separator == "[" else "]\n")


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names with numbers where they come twice: an object keeps only the last of them."""
    found: list[str] = []
    for name in names:
        distinct, number = name, 0
        while distinct in found:
            number += 1
            distinct = f"{name}_{number}"
        found.append(distinct)
    return found
