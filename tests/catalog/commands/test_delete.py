"""``argosy catalog delete``, as the command line runs it."""

from pathlib import Path

from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import DAY, T0, quotes


def test_a_day_goes_after_it_was_shown_what_would(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(3, step=DAY))
    line = ("catalog", "delete", "quotes", "GBP/USD.SIM", "--day", "2024-01-02")
    code, out, _ = run(*line, "--catalog", folder, "--dry-run")
    assert (0, "GBP/USD.SIM: would delete 1 quotes\n") == (code, out)
    code, out, _ = run(*line, "--catalog", folder)
    assert (0, "GBP/USD.SIM: deleted 1 quotes") == (code, out.splitlines()[0])
    assert "`argosy catalog restore 2 quotes NAME`" in out
    assert [T0, T0 + 2 * DAY] == [quote.ts_init for quote in catalog.quote_ticks()]
    assert (0, "there are no rows in that time\n", "") == run(*line, "--catalog", folder)


def test_all_goes_only_where_it_is_said(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(3))
    line = ("catalog", "delete", "quotes", "GBP/USD.SIM", "--catalog", folder)
    code, _, err = run(*line)
    assert 2 == code
    assert "there is no time to delete" in err
    code, _, err = run(*line, "--all", "--day", "2024-01-01")
    assert (2, True) == (code, "--all is all of the time, and a time is given too" in err)
    assert "GBP/USD.SIM: deleted 3 quotes" in run(*line, "--all")[1]
