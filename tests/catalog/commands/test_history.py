"""``argosy catalog history``, as the command line runs it."""

import json
from pathlib import Path

from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import quotes


def test_each_change_of_a_snapshot_is_a_line(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(2))
    catalog.write_data(quotes(3, price_precision=2), on_overlap="replace")
    code, out, _ = run("catalog", "history", "--catalog", folder, "--format", "json")
    columns = ("snapshot", "change", "type", "name", "added", "removed")
    rows = [tuple(row[name] for name in columns) for row in json.loads(out)][2:]
    expected = [
        (2, "write (refuse)", "quotes", "GBP/USD.SIM", 2, 0),
        (3, "write (replace)", "quotes", "GBP/USD.SIM", 3, 2),
    ]
    assert (0, expected) == (code, rows)
