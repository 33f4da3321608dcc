"""``argosy catalog compact``, as the command line runs it."""

from pathlib import Path

from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import DAY, T0, quotes


def test_it_says_what_it_joined(run: Run, catalog: ParquetDataCatalog, folder: Path) -> None:
    for day in range(2):
        catalog.write_data(quotes(2, start=T0 + day * DAY))
    line = ("catalog", "compact", "--catalog", folder)
    words = "GBP/USD.SIM: 2 files of quotes {} 1; 4 rows moved\n"
    assert (0, words.format("would become"), "") == run(*line, "--dry-run")
    assert (0, words.format("became"), "") == run(*line, "quotes", "GBP/USD.SIM")
    assert (0, "there is nothing to join\n", "") == run(*line)
