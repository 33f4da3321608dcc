"""``argosy catalog ls``, as the command line runs it."""

import json
from pathlib import Path

from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import quotes


def test_each_kind_and_name_is_a_line(run: Run, catalog: ParquetDataCatalog, folder: Path) -> None:
    catalog.write_data(quotes(2))
    code, out, _ = run("catalog", "ls", "--catalog", folder, "--format", "json")
    (row,) = json.loads(out)
    assert (0, "quotes", "GBP/USD.SIM", 2, 1) == (
        code,
        *(row[name] for name in ("type", "name", "rows", "files")),
    )
