"""A first day with the catalog: load a broker's file, ask, delete a day, bring it back, mend."""

import csv
import io
import json
from typing import Any

import pytest

from tests.acceptance.kit import Project

EXPORT = """\
Broker export v3; all times UTC
Date (UTC);Bid Px;"Ask; Px";Vol bid;Vol ask
04/03/2024 22:00:00;1.1000;1.1002;100;200
04/03/2024 23:00:00;1.1001;1.1003;101;201
05/03/2024 00:30:00;1.1002;1.1004;102;202
05/03/2024 12:00:00;1.0998;1.1001;103;203
06/03/2024 00:00:00;1.1003;1.1005;104;204
"""
COLUMNS = """\
type = "quote"
instrument = "EUR/USD.SIM"
price_precision = 4
size_precision = 0
time_format = "%d/%m/%Y %H:%M:%S"
delimiter = ";"
skip_lines = 1

[columns]
ts_event = "Date (UTC)"
bid_price = "Bid Px"
ask_price = "Ask; Px"
bid_size = "Vol bid"
ask_size = "Vol ask"
"""


def rows(scratch: Project, *words: str) -> list[dict[str, Any]]:
    """Return what a line that has to succeed prints as JSON."""
    result = scratch.line(*words, "--format", "json")
    assert 0 == result.exit_code, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def said(scratch: Project, *words: str, code: int = 0) -> str:
    """Return what a line prints, its errors too."""
    result = scratch.line(*words)
    assert code == result.exit_code, result.output
    return result.output


@pytest.mark.slow
def test_a_broker_s_file_is_loaded_asked_cut_restored_and_checked(scratch: Project) -> None:
    data = scratch.write("export.csv", EXPORT)
    scratch.write("columns.toml", COLUMNS)
    quotes = ("quotes", "EUR/USD.SIM")

    out = said(scratch, "catalog", "ingest", "export.csv", "--map", "columns.toml")
    assert "EUR/USD.SIM: 5 quotes from 2024-03-04T22:00:00Z to 2024-03-06T00:00:00Z" in out
    (held,) = rows(scratch, "catalog", "coverage", "EUR/USD.SIM")
    assert ("held", "2024-03-04T22:00:00Z") == (held["state"], held["first"])

    query = "SELECT bid_price, ask_size FROM quotes ORDER BY ts_init"
    found = csv.DictReader(io.StringIO(said(scratch, "sql", query, "--format", "csv")))
    lines = data.read_text().splitlines()[2:]
    expected = [(cells[1], cells[4]) for cells in (line.split(";") for line in lines)]
    assert expected == [(row["bid_price"], row["ask_size"]) for row in found]

    before = str(max(row["snapshot"] for row in rows(scratch, "catalog", "history")))
    assert "deleted 2 quotes" in said(scratch, "catalog", "delete", *quotes, "--day", "2024-03-05")
    count = "SELECT count(*) AS n FROM quotes"
    assert [{"n": 3}] == rows(scratch, "sql", count)
    assert [{"n": 5}] == rows(scratch, "catalog", "at", before, count)
    states = [row["state"] for row in rows(scratch, "catalog", "coverage", "EUR/USD.SIM")]
    assert ["held", "missing", "held"] == states
    said(scratch, "catalog", "restore", before, *quotes, "--day", "2024-03-05")
    assert [{"n": 5}] == rows(scratch, "sql", count)

    assert "all of them right" in said(scratch, "catalog", "verify")
    file = max(scratch.catalog_path.rglob("*.parquet"))
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    out = said(scratch, "catalog", "verify", code=1)
    assert file.name in out
    assert "Put the file back from a backup" in out
    file.write_bytes(whole)
    said(scratch, "catalog", "verify")
