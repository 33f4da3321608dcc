"""``argosy sql``, as the command line runs it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.macros import MACROS
from tests.catalog.commands.conftest import Run

QUERY = "SELECT bid_price, bid_size, ts_init FROM quotes WHERE instrument_id = 'WTI.SIM' ORDER BY 3"


@pytest.fixture
def place(market: ParquetDataCatalog, monkeypatch: pytest.MonkeyPatch) -> ParquetDataCatalog:
    """The market as the catalog that commands find."""
    monkeypatch.setenv("ARGOSY_CATALOG", str(market.path))
    return market


@pytest.mark.usefixtures("place")
def test_sql_prints_a_table_and_refuses_to_write(run: Run) -> None:
    code, out, _ = run("sql", "SELECT mid, spread_ticks FROM spreads('WTI.SIM')")
    assert (0, ["mid", "spread_ticks", "-37.6", "10.0", "-9.95", "10.0"]) == (code, out.split())
    code, out, err = run("sql", "DROP VIEW quotes")
    assert (2, "") == (code, out)
    assert "DROP is refused: the catalog is read-only here" in err


@pytest.mark.usefixtures("place")
def test_a_query_comes_from_a_file_or_from_stdin_with_values(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "q.sql"
    file.write_text("SELECT count(*) AS n FROM quotes WHERE instrument_id = $id AND ts_init < $t")
    line = ("--param", "id=GBP/USD.SIM", "--param", "t=2024-01-01 00:01:00", "--format", "csv")
    assert (0, "n\n2\n", "") == run("sql", "--file", file, *line)
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT $a || $b AS x"))
    hostile = "'; DROP VIEW quotes; -- = 1"
    code, out, _ = run("sql", "-", "--param", f"a={hostile}", "--param", "b=", "--format", "json")
    assert (0, [{"x": hostile}]) == (code, json.loads(out))


@pytest.mark.usefixtures("place")
def test_rows_go_to_a_file_in_the_format_of_its_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.arrow"
    assert (0, "", "") == run("sql", QUERY, "--output", path)
    found = pa.ipc.open_stream(path).read_all()
    assert ["decimal128(21, 5)", "timestamp[ns]"] == [
        str(found.schema.field(name).type) for name in ("bid_price", "ts_init")
    ]
    assert 2 == found.num_rows


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        (["sql"], "Give one query"),
        (["sql", "SELECT 1", "--file", __file__], "Give one query"),
        (["sql", "--file", "none.sql"], "does not exist"),
        (["sql", "SELECT $a", "--param", "a"], "'a' is no NAME=VALUE"),
        (["sql", "SELECT $a", "--param", "a=1", "--param", "a=2"], "'a' has two values"),
        (["sql", "SELECT $a"], "a"),
        (["sql", "SELECT 1", "--param", "b=1"], "b"),
        (["sql", "SELECT 1", "--output", "rows.xls"], "'rows.xls' tells no format"),
        (["sql", "SELECT 1", "--output", "no/folder/rows.csv"], "the file cannot be written"),
        (["sql", "SELECT 1", "--output", "{catalog}/data/x.csv"], "lie inside the catalog"),
        (["sql", "FROM read_csv('x.csv')"], "read_csv is refused"),
        (["sql", "SELECT 1", "--catalog", "none"], "there is no catalog here"),
        (["sql", "SELECT error('stop')"], "stop"),
    ],
)
def test_bad_input_ends_with_exit_code_2(
    run: Run, place: ParquetDataCatalog, line: list[str], message: str
) -> None:
    code, out, err = run(*(word.replace("{catalog}", str(place.path)) for word in line))
    assert (2, "") == (code, out)
    assert message in err
    assert "Traceback" not in err


def test_macros_are_listed_for_people_and_for_programs(run: Run) -> None:
    code, out, _ = run("sql", "--macros")
    assert (0, []) == (code, [each.name for each in MACROS if each.signature not in out])
    assert "bars_from_quotes(instrument, step, price := 'mid'" in out
    code, out, _ = run("sql", "--macros", "--format", "json")
    assert [each.signature for each in MACROS] == [row["macro"] for row in json.loads(out)]


def test_the_command_keeps_and_forgets(folder: Path, run: Run) -> None:
    at = ("--catalog", folder)
    assert (0, "", "") == run("sql", "SELECT 42 AS n", "--save", "answer", *at)
    assert (0, "n\n42\n", "") == run("sql", "FROM answer", "--format", "csv", *at)
    assert (0, "", "") == run("sql", "--drop", "answer", *at)
    code, _, err = run("sql", "FROM answer", *at)
    assert 2 == code
    assert "answer does not exist" in err


@pytest.mark.slow
def test_a_large_result_streams_through_little_memory(
    market: ParquetDataCatalog, tmp_path: Path, project: Path
) -> None:
    """Half a gigabyte of rows as CSV and Parquet, in a process that may not take as much."""
    query = "SELECT i, repeat(chr(65 + (i % 26)::INT), 1000) AS text FROM range(500000) t(i)"
    for form in ("csv", "parquet"):
        code = (
            "from tests.bench.workload import peak_rss_mb\n"
            "from argosy_catalog import ParquetDataCatalog\n"
            "from argosy_catalog.show.output import write_rows\n"
            "from pathlib import Path\n"
            f"with ParquetDataCatalog({str(market.path)!r}, read_only=True) as c:\n"
            f"    path = Path({str(tmp_path / form)!r})\n"
            f"    write_rows(c.sql_batches({query!r}), {form!r}, path)\n"
            "print(peak_rss_mb())\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=project
        )
        assert 400 > float(done.stdout)
    with (tmp_path / "csv").open() as lines:
        assert 500_001 == sum(1 for _ in lines)
