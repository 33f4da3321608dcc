"""``argosy catalog at``, as the command line runs it."""

from pathlib import Path

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.times import text_of
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import quotes


def test_a_query_sees_the_rows_of_a_snapshot(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(2))
    made = catalog.history()[-1]
    catalog.write_data(quotes(5), on_overlap="replace")
    line = ("catalog", "at", "--catalog", folder, "--format", "csv")
    query = "SELECT count(*) AS rows FROM quotes"
    for when in (made.number, text_of(made.time_ns)):
        code, out, _ = run(*line, when, "--", query)
        assert (0, ["rows", "2"]) == (code, out.split())
    code, _, err = run(*line, 99, query)
    assert 2 == code
    assert "there is no snapshot 99" in err
