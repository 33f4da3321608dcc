"""``argosy catalog restore``, as the command line runs it."""

from pathlib import Path

from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import DAY, quotes


def test_a_deleted_day_comes_back(run: Run, catalog: ParquetDataCatalog, folder: Path) -> None:
    catalog.write_data(quotes(3, step=DAY))
    before, number = catalog.quote_ticks(), catalog.snapshot()
    catalog.delete(QuoteTick, "GBP/USD.SIM", "2024-01-02", "2024-01-03")
    line = ("catalog", "restore", number, "quotes", "GBP/USD.SIM", "--catalog", folder)
    code, out, _ = run(*line, "--day", "2024-01-02")
    assert (0, "GBP/USD.SIM: 1 quotes came, 0 went\n") == (code, out)
    assert before[:2] == catalog.quote_ticks()
    assert 0 == run(*line)[0]
    assert before == catalog.quote_ticks()
    code, _, err = run("catalog", "restore", 99, "quotes", "GBP/USD.SIM", "--catalog", folder)
    assert 2 == code
    assert "there is no snapshot 99" in err
