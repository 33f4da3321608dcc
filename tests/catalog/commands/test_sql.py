"""``argosy sql``, as the command line runs it."""

from pathlib import Path

from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import quotes


def test_sql_prints_a_table_and_refuses_to_write(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(2))
    code, out, _ = run("sql", "SELECT bid_price, bid_size FROM quotes", "--catalog", folder)
    assert (0, ["bid_price", "bid_size", "1.50000", "1000", "1.50001", "1001"]) == (
        code,
        out.split(),
    )
    code, out, err = run("sql", "DROP VIEW quotes", "--catalog", folder)
    assert (2, "") == (code, out)
    assert "DROP is refused: the catalog is read-only here" in err
