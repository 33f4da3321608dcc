"""``argosy catalog ingest``, as the command line runs it."""

import json
from pathlib import Path

import pytest

from tests.catalog.commands.conftest import Run


def test_ingest_makes_a_catalog_that_ls_and_sql_read(
    run: Run, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, mapping = files
    folder = tmp_path / "new" / "catalog"
    code, out, err = run("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    expected = "GBP/USD.SIM: 2 quotes from 2024-01-01T00:00:00Z to 2024-01-02T00:00:00Z\n"
    assert (0, expected, "") == (code, out, err)
    monkeypatch.setenv("ARGOSY_CATALOG", str(folder))
    code, out, _ = run("catalog", "ls", "--format", "json")
    (row,) = json.loads(out)
    assert (0, "quotes", "GBP/USD.SIM", 2, 1, 0) == (
        code,
        *(row[k] for k in ("type", "name", "rows", "price_precision", "size_precision")),
    )
    code, out, _ = run("sql", "SELECT bid_price, ts_init FROM quotes ORDER BY 2", "--format", "csv")
    rows = ["bid_price,ts_init", "1.5,2024-01-01T00:00:00Z", "1.7,2024-01-02T00:00:00Z"]
    assert (0, rows) == (code, out.splitlines())


def test_options_alone_can_say_what_columns_mean(run: Run, folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "b.csv"
    data.write_text("t,open,high,low,close\n1704067200,1,2,1,2\n")
    line = f"""catalog ingest {data} --catalog {folder} --type bar --instrument A.B
        --bar-type 1-DAY-LAST --price-precision 0 --size-precision 0 --time-format s
        --stamp open --column ts_event=t --constant volume=5"""
    code, out, _ = run(*line.split())
    assert 0 == code
    assert out.startswith("A.B-1-DAY-LAST-EXTERNAL: 1 bars from 2024-01-02T00:00:00Z")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("catalog ls --catalog {tmp}/none", "there is no catalog here"),
        ("sql SELECT\\ 1 --catalog {tmp}/none", "there is no catalog here"),
        ("catalog ingest {tmp}/q.csv --catalog {tmp}/c", "q.csv: no loader knows this file. Name one with --loader"),
        ("catalog ingest {tmp}/no.csv --map {tmp}/q.toml --catalog {tmp}/c", "no.csv: the file"),
        ("catalog ingest {tmp}/q.csv --map {tmp}/no.toml --catalog {tmp}/c", "no such file"),
        ("catalog ingest {tmp}/q.csv --catalog {tmp}/c --column bid", "'bid' has no '='"),
    ],
)
def test_bad_input_ends_with_exit_code_2_and_makes_nothing(
    run: Run, files: tuple[Path, Path], tmp_path: Path, line: str, message: str
) -> None:
    words = [word.replace("\0", " ") for word in line.replace("\\ ", "\0").split()]
    code, out, err = run(*(word.format(tmp=tmp_path) for word in words))
    assert (2, "") == (code, out)
    assert message in err
    assert "Traceback" not in err
    assert not (tmp_path / "none").exists()


def test_loading_twice_is_refused_with_the_time_that_is_there(
    run: Run, files: tuple[Path, Path], folder: Path
) -> None:
    data, mapping = files
    line = ("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    assert 0 == run(*line)[0]
    code, _, err = run(*line)
    assert 2 == code
    assert "rows from 2024-01-01T00:00:00Z to 2024-01-02T00:00:00Z are already there" in err
