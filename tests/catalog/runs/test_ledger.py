"""A run is in the catalog whole, or not at all."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from argosy.errors import CatalogError, UnknownNameError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import Lake
from argosy_catalog.runs.ledger import RunLedger, write_run
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import SECOND, T0, event_rows, files_under, fill_rows

RUN = {
    "run_id": "R-1",
    "name": "cross",
    "mode": "backtest",
    "trader_id": "TRADER-001",
    "started_at": T0,
    "start_time": T0 + SECOND,
    "seed": 42,
    "snapshot": 1,
    "is_complete": True,
    "events": 3,
    "event_log_hash": "abc",
    "settings": {"name": "cross", "venues": {"SIM": {"leverage": 20}}},
    "versions": {"argosy": "0.1.0"},
}


def rows(folder: Path, query: str) -> list[dict[str, Any]]:
    with ParquetDataCatalog(folder, read_only=True) as opened:
        found: list[dict[str, Any]] = opened.sql(query).to_pylist()
    return found


def test_a_run_is_one_snapshot(lake: Lake) -> None:
    before = lake.snapshot()
    write_run(lake, RUN, {"fills": fill_rows(["1.5"])}, [event_rows(3)])
    assert before + 1 == lake.snapshot()


def test_a_run_whose_snapshot_is_gone_is_refused_whole(lake: Lake) -> None:
    before = lake.snapshot()
    with pytest.raises(CatalogError, match="snapshot 7, which run R-1 has read, is not") as caught:
        write_run(lake, {**RUN, "snapshot": 7}, {"fills": fill_rows(["1.5"])}, [event_rows(3)])
    assert "Run again" in str(caught.value)
    assert (before, []) == (lake.snapshot(), files_under(lake.path))
    assert not list((lake.path / "writing").iterdir())
    write_run(lake, RUN, {}, [event_rows(3)])


def test_a_run_can_be_queried(lake: Lake) -> None:
    write_run(lake, RUN, {"fills": fill_rows(["1.5", "1.25001"])}, [event_rows(3)])
    (run,) = rows(lake.path, "SELECT *, settings->>'$.venues.SIM.leverage' AS leverage FROM runs")
    assert {key: run[key] for key in ("run_id", "seed", "snapshot", "is_complete", "leverage")} == {
        "run_id": "R-1",
        "seed": 42,
        "snapshot": 1,
        "is_complete": True,
        "leverage": "20",
    }
    assert RUN["settings"] == json.loads(run["settings"])
    assert T0 == run["started_at"].value
    fills = rows(lake.path, "SELECT last_px FROM fills JOIN runs USING (run_id)")
    assert [Decimal("1.5"), Decimal("1.25001")] == [fill["last_px"] for fill in fills]


def test_the_event_log_comes_back_byte_for_byte(lake: Lake) -> None:
    with RunLedger(lake, "R-1") as ledger:
        for first in (0, 100, 200):
            ledger.append_events(event_rows(100, first))
        ledger.append_events(event_rows(7, 300).to_batches()[0])
        ledger.commit(RUN, {})
    found = rows(lake.path, "SELECT seq, payload, ts FROM events WHERE run_id = 'R-1' ORDER BY seq")
    assert [(i, bytes([i % 256, 0, 255]), T0 + i) for i in range(307)] == [
        (row["seq"], row["payload"], row["ts"].value) for row in found
    ]


def test_numbers_of_all_currencies_share_a_column_exactly(lake: Lake) -> None:
    yen = fill_rows(["151", "-3"], currency="JPY", digits=0)
    token = fill_rows(["0.123456789012345678"], currency="SHIB", digits=18)
    write_run(lake, RUN, {"fills": yen})
    write_run(lake, {**RUN, "run_id": "R-2"}, {"fills": token})
    found = rows(lake.path, "SELECT last_px, currency, price_precision FROM fills ORDER BY 1")
    expected = [
        (Decimal("-3"), "JPY", 0),
        (Decimal("0.123456789012345678"), "SHIB", 18),
        (Decimal("151"), "JPY", 0),
    ]
    assert expected == [tuple(row.values()) for row in found]


def test_a_run_may_bring_columns_of_its_own(lake: Lake) -> None:
    write_run(lake, RUN, {"fills": fill_rows(["1"])})
    extra = fill_rows(["2"]).append_column("queue", pa.array(["front"]).dictionary_encode())
    extra = extra.append_column("edge", pa.array(["0.1"]).cast(pa.decimal64(18, 1)))
    write_run(lake, {**RUN, "run_id": "R-2"}, {"fills": extra})
    write_run(lake, {**RUN, "run_id": "R-3"}, {"fills": fill_rows(["3"])})
    found = rows(lake.path, "SELECT run_id, queue, edge FROM fills ORDER BY run_id")
    expected = [("R-1", None, None), ("R-2", "front", Decimal("0.1")), ("R-3", None, None)]
    assert expected == [tuple(row.values()) for row in found]


def test_empty_tables_and_a_run_without_events_are_fine(lake: Lake) -> None:
    write_run(lake, {"run_id": "R-1"}, {"fills": fill_rows([])})
    assert [] == files_under(lake.path)
    assert [{"run_id": "R-1", "seed": None}] == rows(lake.path, "SELECT run_id, seed FROM runs")


def test_a_run_is_written_once(lake: Lake) -> None:
    write_run(lake, RUN, {"fills": fill_rows(["1"])})
    with pytest.raises(CatalogError, match="run R-1 is already in the catalog"):
        write_run(lake, RUN, {"fills": fill_rows(["2"])})
    assert 1 == len(files_under(lake.path))


def test_a_run_that_is_not_committed_leaves_nothing(lake: Lake) -> None:
    with RunLedger(lake, "R-1") as ledger:
        ledger.append_events(event_rows(3))
        assert 1 == len(files_under(lake.path))
    assert [] == files_under(lake.path)


@pytest.fixture(scope="module")
def untouched(make_catalog: MakeCatalog) -> Iterator[Lake]:
    """A lake for writes that are refused."""
    lake = Lake(make_catalog())
    yield lake
    lake.close()


@pytest.mark.parametrize(
    ("run", "tables", "error", "message"),
    [
        ({"sead": 1}, {}, UnknownNameError, "did you mean 'seed'"),
        ({"seed": "many"}, {}, CatalogError, "column 'seed' does not take 'many'"),
        ({}, {"fils": fill_rows(["1"])}, UnknownNameError, "did you mean 'fills'"),
        (
            {},
            {"fills": pa.table({"last_px": ["no number"]})},
            CatalogError,
            "run table fills: column 'last_px' does not fit",
        ),
        (
            {},
            {"fills": pa.table({"legs": [[1, 2]]})},
            CatalogError,
            "column 'legs' of type list",
        ),
    ],
)
def test_what_cannot_be_stored_is_refused_before_anything_is(
    untouched: Lake,
    run: dict[str, Any],
    tables: dict[str, Any],
    error: type[Exception],
    message: str,
) -> None:
    before = untouched.snapshot()
    with pytest.raises(error, match=f"(?i){message}"):
        write_run(untouched, {**RUN, **run}, tables, [event_rows(2)])
    assert [] == files_under(untouched.path)
    assert before == untouched.snapshot()


def test_a_full_disk_leaves_the_catalog_as_it_was(lake: Lake) -> None:
    write_run(lake, RUN, {"fills": fill_rows(["1"])}, [event_rows(5)])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    many = fill_rows([str(i * 7919 % 100_003) for i in range(50_000)])
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, hard))
        with pytest.raises(CatalogError, match="the file cannot be written"):
            write_run(lake, {**RUN, "run_id": "R-2"}, {"fills": many}, [event_rows(5)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert 2 == len(files_under(lake.path))
    assert [{"run_id": "R-1"}] == rows(lake.path, "SELECT run_id FROM runs")


KILLED = """
import os, signal, sys
from pathlib import Path
from argosy_catalog.lake import duck
from argosy_catalog.runs import ledger
from argosy_catalog.lake.lake import Lake
from tests.catalog.samples import event_rows, fill_rows

register, left = duck.Transaction.add_file, int(sys.argv[2])

def die_at_last(*args):
    global left
    register(*args)
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

duck.Transaction.add_file = die_at_last
tables = {"fills": fill_rows(["1"]), "positions": fill_rows(["1"]).select(["currency"])}
ledger.write_run(Lake(Path(sys.argv[1])), {"run_id": "R-9"}, tables, [event_rows(5)])
"""


@pytest.mark.slow
@pytest.mark.parametrize("files", [1, 3])
def test_a_killed_process_leaves_no_half_run(folder: Path, project: Path, files: int) -> None:
    command = [sys.executable, "-c", KILLED, str(folder), str(files)]
    assert -9 == subprocess.run(command, cwd=project, check=False).returncode
    for view in ("runs", "events", "fills", "positions"):
        assert [] == rows(folder, f"SELECT * FROM {view}")
    lake = Lake(folder)
    write_run(lake, {"run_id": "R-9"}, {"fills": fill_rows(["1"])}, [event_rows(5)])
    lake.close()
    assert [{"n": 5}] == rows(folder, "SELECT count(*) AS n FROM events")
