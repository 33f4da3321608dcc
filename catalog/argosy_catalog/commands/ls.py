"""``argosy catalog ls``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, FORMAT, open_catalog


@click.command("ls")
@FOLDER
@FORMAT
def list_holdings(folder: Path, form: str) -> None:
    """List what market data the catalog holds."""
    import pyarrow as pa

    from argosy_catalog.show.printing import print_rows

    with open_catalog(folder, read_only=True) as opened:
        rows = [
            {
                "type": each.kind,
                "name": each.key,
                "first": each.first_ns,
                "last": each.last_ns,
                "rows": each.rows,
                "files": each.files,
                "bytes": each.size_bytes,
                "price_precision": each.price_precision,
                "size_precision": each.size_precision,
            }
            for each in opened.holdings()
        ]
    schema = pa.schema(
        [
            ("type", pa.string()),
            ("name", pa.string()),
            ("first", pa.timestamp("ns")),
            ("last", pa.timestamp("ns")),
            *((name, pa.int64()) for name in ("rows", "files", "bytes")),
            *((f"{name}_precision", pa.int64()) for name in ("price", "size")),
        ]
    )
    print_rows(pa.Table.from_pylist(rows, schema), form)
