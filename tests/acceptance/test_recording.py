"""A run that a system file lets record: converted, it replays to the same event log."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance import test_fxcm as fxcm
from tests.acceptance import test_sql_sources as sources
from tests.acceptance.kit import COMMAND, Project
from tests.acceptance.small import PLACE, SYSTEM, quotes

SINK = """
[[sinks]]
use = "recorder"
flush_rows = 16
topics = ["events.order.*"]
"""
REPLAY = "config/replay.toml"


def record(project: Project, sink: str = SINK) -> tuple[dict[str, Any], Path]:
    """Run the small system with a recorder; return the result and the record."""
    project.write(PLACE, SYSTEM + sink)
    result = project.json("run", PLACE)
    return result, project.folder / "data/records" / result["run_id"]


@pytest.mark.slow
def test_a_recorded_run_replays_from_the_catalog_of_its_record(small: Project) -> None:
    alone = small.json("run", PLACE)
    result, folder = record(small)
    assert alone["event_log_hash"] == result["event_log_hash"]
    done = small.line("record", "convert", str(folder), "--catalog", "data/replay")
    assert "quote GBP/USD.SIM: 200 rows\nnothing was lost\n" == done.stdout, done.output
    small.write(REPLAY, SYSTEM.replace("data/catalog", "data/replay"))
    assert result["event_log_hash"] == small.json("run", REPLAY)["event_log_hash"]
    shown = small.json("record", "show", str(folder))
    counts = result["events"], 200, "complete", 7
    assert counts == (
        shown["events"],
        shown["channels"][0]["rows"],
        shown["state"],
        shown["seed"],
    )
    assert shown["snapshot"] > 0


@pytest.mark.slow
def test_the_settings_of_a_sink_are_kept_with_the_run(small: Project) -> None:
    record(small)
    (row,) = small.sql("SELECT settings FROM runs")
    (sink,) = json.loads(row["settings"])["sinks"]
    assert ("recorder", "data/records", 16) == (sink["use"], sink["path"], sink["flush_rows"])


@pytest.mark.parametrize(
    ("sink", "expected"),
    [
        ('[[sinks]]\nuse = "recordr"\n', "sinks[0].use: unknown sink 'recordr'. Did you mean"),
        ('[[sinks]]\nuse = "recorder"\ntopics = ["event.*"]\n', "unknown topic 'event.*'"),
        ('[[sinks]]\nuse = "recorder"\nflush = 5\n', "sinks[0].flush: unknown key"),
        ('[sinks]\nuse = "recorder"\n', "sinks: expected a list of tables, was one table"),
    ],
)
def test_a_wrong_sink_is_named_with_its_line(small: Project, sink: str, expected: str) -> None:
    small.write(PLACE, f"{SYSTEM}\n{sink}")
    result = small.line("check", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert f"error: {PLACE}:" in result.stderr
    assert expected in result.stderr


def test_checking_a_system_records_nothing(small: Project) -> None:
    small.write(PLACE, SYSTEM + SINK)
    result = small.line("check", PLACE)
    assert 0 == result.exit_code, result.output
    assert "sink        recorder (recorder)" in result.stdout.splitlines()
    assert not (small.folder / "data/records").exists()


@pytest.mark.slow
def test_a_path_that_is_a_file_ends_the_run_before_it_begins(small: Project) -> None:
    small.write("data/records", "")
    small.write(PLACE, SYSTEM + SINK)
    result = small.line("run", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert "the record cannot be begun" in result.stderr
    assert [] == small.sql("SELECT run_id FROM runs")


@pytest.mark.slow
@pytest.mark.parametrize(("policy", "code"), [("stop", 1), ("go_on", 0)])
def test_a_full_disk_ends_the_run_or_only_the_record(
    small: Project, policy: str, code: int
) -> None:
    """The limit on files is above what the catalog needs and below what the record does."""
    table = '[[sinks]]\nuse = "recorder"\nflush_rows = 1\nsync = false\n'
    small.write(PLACE, f'{SYSTEM}\n{table}on_error = "{policy}"\n')
    small.load(quotes(5_000, first=200))
    size = max(path.stat().st_size for path in small.catalog_path.rglob("*") if path.is_file())
    limit = size + 1_000_000

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [COMMAND, "run", PLACE, "--json"],
        cwd=small.folder,
        text=True,
        capture_output=True,
        check=False,
        preexec_fn=prepare,
    )
    assert code == done.returncode, done.stderr
    assert "Traceback" not in done.stderr
    assert "cannot be written: File too large" in done.stderr
    (folder,) = (small.folder / "data/records").iterdir()
    shown = small.json("record", "show", str(folder))
    assert "torn" == shown["state"]
    assert shown["channels"][0]["rows"] > 0
    if policy == "stop":
        assert "is in it. Free space, or let the run go on" in done.stderr
    else:
        assert "The run goes on without a record" in done.stderr
        assert json.loads(done.stdout)["is_complete"]


EVENTS = "SELECT epoch_ns(ts) AS ts, payload FROM events WHERE run_id = '{}' ORDER BY seq"


def kill_at_mark(project: Project, system: str, count: int) -> Path:
    """Run a system in a process of its own, and kill it once so many flushes were made."""
    records = project.folder / "data/records"
    with subprocess.Popen([COMMAND, "run", system], cwd=project.folder) as process:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            marks = [*records.glob("*/marks.jsonl")] if records.exists() else []
            if marks and marks[0].read_bytes().count(b"\n") >= count:
                break
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    assert -signal.SIGKILL == process.returncode
    (folder,) = records.iterdir()
    return folder


@pytest.mark.slow
def test_a_killed_run_over_real_bars_replays_up_to_its_tail(
    scratch: Project, real_data: Path
) -> None:
    """Bars of bid and ask of one minute are one datum, and no record tears them apart."""
    system = fxcm.SYSTEM.replace("{size}", "100_000")
    fxcm.ingest(scratch, real_data)
    scratch.write("config/alone.toml", system)
    alone = scratch.sql(EVENTS.format(scratch.json("run", "config/alone.toml")["run_id"]))
    sink = '\n[[sinks]]\nuse = "recorder"\nflush_rows = 50\n'
    scratch.write("config/recorded.toml", system + sink)
    folder = kill_at_mark(scratch, "config/recorded.toml", 200)
    done = scratch.json("record", "convert", str(folder), "--catalog", "data/replay")
    assert "torn" == done["state"]
    bids, asks = done["written"].values()
    assert bids == asks
    assert 2_000 < bids < 30_117
    scratch.write("config/replay.toml", system.replace("data/catalog", "data/replay"))
    run_id = scratch.json("run", "config/replay.toml")["run_id"]
    folder = scratch.folder / "data/replay"
    with import_module("argosy_catalog").ParquetDataCatalog(folder) as catalog:
        found = catalog.sql(EVENTS.format(run_id)).to_pylist()
        (last,) = catalog.sql("SELECT max(epoch_ns(ts_init)) AS ns FROM bars").to_pylist()
    expected = [row for row in alone if row["ts"] <= last["ns"]]
    same = expected == found[: len(expected)]
    assert same, "the replay differs before the tail"
    assert len(expected) > 100


@pytest.mark.slow
def test_queries_of_a_recorded_run_are_asked_anew(small: Project) -> None:
    """Features and bars that a query makes are recorded, too; a replay makes them again."""
    small.write("strategies/signals.py", sources.STRATEGY)
    system = sources.SYSTEM
    small.write("config/recorded.toml", system + SINK)
    result = small.json("run", "config/recorded.toml")
    assert result["orders"] > 2
    folder = small.folder / "data/records" / result["run_id"]
    done = small.json("record", "convert", str(folder), "--catalog", "data/replay")
    assert {
        "quote GBP/USD.SIM": 200,
        "bar GBP/USD.SIM-5-SECOND-BID-EXTERNAL": 41,
    } == done["written"]
    assert [200, 200] == list(done["left_out"].values())
    small.write(REPLAY, system.replace("data/catalog", "data/replay"))
    assert result["event_log_hash"] == small.json("run", REPLAY)["event_log_hash"]
