"""Record, kill -9, convert, replay: an equal event log up to the tail, wherever the kill falls."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from argosy import BacktestNode, DataError
from argosy.plugins.wiring import load_plan
from argosy.run.result import RunResult
from argosy.serialization.arrow import from_batch
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog import ParquetDataCatalog
from argosy_recorder import Record
from argosy_recorder.convert import convert
from argosy_recorder.manifest import MANIFEST
from argosy_recorder.record import data_type_of, key_of
from tests.host.run.kit import bar, quote, trade
from tests.host.run.test_sinks import delta
from tests.plugins.argosy_recorder.kit import payloads
from tests.pure import PROJECT

VICTIM = PROJECT / "tests/plugins/argosy_recorder/victim.py"
QUOTES = 900
FLUSH_ROWS = 20
Row = tuple[int, int, str, bytes]
SYSTEM = """\
name = "killed"
seed = 11

[catalog]
path = "CATALOG"

[venues.SIM.simulate]
use = "sim"
account = { type = "margin", base_currency = "USD", balances = ["1_000_000 USD"], leverage = 20 }
fees = { use = "maker_taker" }
latency = { use = "fixed", insert = "700ms" }

[[data]]
type = "quote"
instruments = ["GBP/USD.SIM"]

[[data]]
type = "trade"
instruments = ["GBP/USD.SIM"]

[[data]]
type = "bar"
bar_types = ["GBP/USD.SIM-1-MINUTE-BID-EXTERNAL"]

[[data]]
type = "delta"
instruments = ["GBP/USD.SIM"]

[[strategies]]
use = "ema_cross"
id = "TICKS-001"
instrument = "GBP/USD.SIM"
bar_type = "GBP/USD.SIM-7-SECOND-MID-INTERNAL"
fast = 2
slow = 3
trade_size = "100_000"
short = true

[[strategies]]
use = "ema_cross"
id = "BARS-002"
instrument = "GBP/USD.SIM"
bar_type = "GBP/USD.SIM-1-MINUTE-BID-EXTERNAL"
fast = 2
slow = 3
trade_size = "50_000"
"""
SINK = """
[[sinks]]
use = "recorder"
flush_rows = FLUSH_ROWS
rotate_rows = 300
topics = ["events.order.*"]
""".replace("FLUSH_ROWS", str(FLUSH_ROWS))


@dataclass(frozen=True)
class Place:
    """A project with data and a system that records, and what its run comes to."""

    folder: Path
    result: RunResult
    rows: list[Row]

    def system(self, name: str, catalog: str, tail: str = "") -> Path:
        path = self.folder / f"config/{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(SYSTEM.replace("CATALOG", catalog) + tail)
        return path

    @property
    def said(self) -> Path:
        """Where a victim writes down, after each flush, how many rows it had taken."""
        return self.folder / "said"

    def flushed(self) -> list[dict[str, int]]:
        """Return, for each flush that came back, how many rows of each channel it had taken."""
        return list(map(json.loads, self.said.read_text().splitlines()))

    def record(self) -> Record | None:
        """Open the newest record; None where its writer died before it was begun."""
        newest = self.newest()
        if newest is None:
            return None
        if (newest / MANIFEST).exists():
            return Record(newest)
        with pytest.raises(DataError, match="there is no record here"):
            Record(newest)
        return None

    def newest(self) -> Path | None:
        """Return the record that was begun last."""
        records = self.folder / "data/records"
        found = sorted(records.iterdir()) if records.is_dir() else []
        return found[-1] if found else None


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("killed")
    (folder / "strategies").mkdir()
    (folder / "strategies/ema_cross.py").symlink_to(PROJECT / "strategies/ema_cross.py")
    generator = random.Random(5)
    bids = [150_000]
    for _ in range(QUOTES):
        bids.append(bids[-1] + generator.randrange(-3, 4))
    with ParquetDataCatalog(folder / "data/empty") as catalog:
        catalog.write_data([default_fx_ccy("GBP/USD")])
    shutil.copytree(folder / "data/empty", folder / "data/catalog")
    with ParquetDataCatalog(folder / "data/catalog") as catalog:
        catalog.write_data([quote(second, bid) for second, bid in enumerate(bids, 1)])
        catalog.write_data([trade(second, bids[second]) for second in range(1, QUOTES, 3)])
        catalog.write_data(
            [bar(minute * 60, close=bids[minute * 60]) for minute in range(1, QUOTES // 60)]
        )
        groups = [delta(each, is_last=each % 4 == 0) for each in range(1, QUOTES + 1)]
        catalog.write_data(groups)
    made = Place(folder, None, [])  # type: ignore[arg-type]
    result = BacktestNode(load_plan(made.system("alone", "data/catalog"))).run()
    return Place(folder, result, list(result.log.rows()))


def start(place: Place, point: int) -> subprocess.Popen[str]:
    shutil.rmtree(place.folder / "data/records", ignore_errors=True)
    system = place.system("recorded", "data/catalog", SINK)
    process = subprocess.Popen(
        [sys.executable, str(VICTIM), str(system), str(point), str(place.said)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "ready\n" == process.stdout.readline()
    return process


def kill_at(place: Place, point: int) -> str:
    """Kill a run at a point; return what the point is called."""
    with start(place, point) as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
    assert -signal.SIGKILL == process.returncode
    return name


def points_of(place: Place) -> int:
    """Run to the end; return how many points there are on the way."""
    with start(place, -1) as process:
        assert process.stdout is not None
        word, count = process.stdout.readline().split()
    assert (0, "done") == (process.returncode, word)
    return int(count)


def check_replay(place: Place, record: Record) -> int:
    """Convert a record and replay it; return how many rows it had."""
    name = f"data/{record.manifest.run_id}"
    shutil.copytree(place.folder / "data/empty", place.folder / name)
    with ParquetDataCatalog(place.folder / name) as catalog:
        done = convert(record, catalog)
        held = catalog.holdings()
    assert sum(done.rows.values()) == sum(each.rows for each in held)
    check_rows(place, record)
    told = payloads(record)
    own = told == [row[3] for row in place.rows[: len(told)]]
    assert own, "the recorded event log differs from that of a whole run"
    if not held or done.empty:
        return sum(each.rows for each in held)
    last_ns = max(each.last_ns for each in held)
    result = BacktestNode(load_plan(place.system("replay", name))).run()
    expected = [row for row in place.rows if row[1] <= last_ns]
    found = list(result.log.rows())
    same = expected == found[: len(expected)]
    assert same, "the replay differs before the tail"
    assert len(expected) >= len(told) - 50
    rest_is_late = all(row[1] >= last_ns for row in found[len(expected) :])
    assert rest_is_late, "the replay has events of its own before the tail"
    if record.state == "complete":
        assert place.result.event_log_hash == result.event_log_hash
    return sum(each.rows for each in held)


def check_rows(place: Place, record: Record) -> None:
    """Check that of every stream the record has what lies before one time, and nothing else."""
    before_ns = record.marks.before_ns
    with ParquetDataCatalog(place.folder / "data/catalog") as catalog:
        for channel in record.channels:
            data_type = data_type_of(channel)
            end = 0 if before_ns is None else before_ns - 1
            whole = catalog.query(data_type, channel.key, None, end)
            if channel.type == "delta":
                whole = whole[: len(whole) // 4 * 4]  # groups of four are never torn
            found = [
                each
                for batch in record.batches(channel)
                for each in from_batch(batch, key_of(channel))
            ]
            equal = [each.to_dict() for each in whole] == [each.to_dict() for each in found]
            assert equal, f"{channel.type}: {len(found)} rows recorded, {len(whole)} taken"


def check_tail(place: Place, record: Record | None) -> None:
    """Check that whatever was flushed is there, and that flushes came often enough."""
    flushed = [{}, *place.flushed()]
    for number, rows in flushed[-1].items():
        assert record is not None, "the record itself is lost"
        kept = sum(each.num_rows for each in record.batches(record.channels[int(number)]))
        assert kept >= rows, "rows that were flushed are lost"
        counts = [each.get(number, 0) for each in flushed]
        steps = [after - before for before, after in pairwise(counts)]
        assert max(steps) <= FLUSH_ROWS, "a crash between two flushes would lose more"


def rounds(place: Place, count: int, seed: int) -> None:
    """Kill a run at so many points, half of them chosen by chance in time."""
    generator = random.Random(seed)
    points = points_of(place)
    whole = place.record()
    assert whole is not None
    check_tail(place, whole)
    assert QUOTES + 1 + QUOTES // 3 + QUOTES // 60 - 1 + QUOTES == check_replay(place, whole)
    for number in range(count):
        if number % 3 == 2:
            with start(place, -1) as process:
                time.sleep(generator.uniform(0.1, 1.2))
                process.send_signal(signal.SIGKILL)
        else:
            kill_at(place, generator.randrange(points))
        record = place.record()
        check_tail(place, record)
        if record is not None and record.marks.reels:
            check_replay(place, record)


@pytest.mark.slow
def test_a_killed_run_replays_up_to_its_tail(place: Place) -> None:
    rounds(place, 10, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("point", range(0, 12, 2))
def test_a_run_that_is_killed_while_it_begins_leaves_nothing_wrong(
    place: Place, point: int
) -> None:
    assert kill_at(place, point) in {
        "before sync", "after sync", "before rename", "after rename", "write", "mark",
    }  # fmt: skip
    record = place.record()
    assert record is None or ("torn", {}) == (record.state, record.marks.reels)


@pytest.mark.soak
def test_a_hundred_killed_runs_replay_up_to_their_tails(place: Place) -> None:
    rounds(place, 100, seed=2)
