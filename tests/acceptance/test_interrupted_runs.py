"""A full disk, Ctrl-C: the run ends with a clear word, and the catalog is as it was before.

And what a run reads stays, whoever tidies the catalog meanwhile.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.kit import COMMAND, Project
from tests.acceptance.small import PLACE, SYSTEM

SLOW = """\
import time
from pathlib import Path

from argosy import InstrumentId, OrderSide, Quantity, Strategy, StrategyConfig


class SlowConfig(StrategyConfig, frozen=True):
    instrument: InstrumentId


class Slow(Strategy):
    def __init__(self, config: SlowConfig) -> None:
        super().__init__(config)

    def on_start(self):
        self.subscribe_quote_ticks(self.config.instrument)

    def on_quote_tick(self, tick):
        size = Quantity.from_int(1_000)
        self.submit_order(
            self.order_factory.market(self.config.instrument, OrderSide.BUY, size)
        )
        Path("begun").touch()
        time.sleep(0.05)
"""

TABLE = """
[[strategies]]
use = "slow"
instrument = "GBP/USD.SIM"
"""

WAITING = """\
import time
from pathlib import Path

from argosy import Strategy


class Waiting(Strategy):
    def on_stop(self):
        Path("begun").touch()
        while not Path("go").exists():
            time.sleep(0.02)
"""


def files(project: Project) -> set[Path]:
    return set(project.catalog_path.rglob("*.parquet"))


def assert_untouched(project: Project) -> None:
    """Check that the catalog holds the data and no run."""
    views = ("quotes", "runs", "events", "orders", "fills", "positions", "accounts", "equity")
    counts = ", ".join(f"(SELECT count(*) FROM {view}) AS {view}" for view in views)
    assert [dict.fromkeys(views, 0) | {"quotes": 200}] == project.sql(f"SELECT {counts}")


def start(project: Project, prepare: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """Run the system in a process of its own, which hears Ctrl-C even if this one does not."""

    def begin() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if prepare is not None:
            prepare()

    return subprocess.Popen(
        [COMMAND, "run", PLACE],
        cwd=project.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=begin,  # noqa: PLW1509 - no other thread runs here
    )


def await_begin(project: Project) -> None:
    """Wait until a strategy says that the run has begun."""
    deadline = time.monotonic() + 60
    while not (project.folder / "begun").exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def test_ctrl_c_ends_a_run_and_leaves_nothing_behind(small: Project) -> None:
    small.write("strategies/slow.py", SLOW)
    small.write(PLACE, SYSTEM + TABLE)
    before = files(small)
    with start(small) as process:
        await_begin(small)
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (1, "", "error: stopped by Ctrl-C") == (process.returncode, out, err.strip())
    assert_untouched(small)
    assert before == files(small)


@pytest.mark.slow  # tests/catalog/test_ledger.py fills the disk of one process
@pytest.mark.parametrize("limit", [4_096, 65_536])
def test_a_full_disk_ends_a_run_and_leaves_nothing_behind(small: Project, limit: int) -> None:
    """The smaller limit stops the first file, the larger one the database that lists the files."""
    assert limit < (small.catalog_path / "metadata.sqlite").stat().st_size

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    with start(small, prepare) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode in {1, 2}
    assert "" == out
    assert err.startswith("error: "), err
    assert "Traceback" not in err
    assert "catalog" in err
    assert "Free space" in err
    assert_untouched(small)


@pytest.mark.slow
def test_what_a_run_reads_does_not_expire_while_it_is_in_progress(small: Project) -> None:
    small.write("strategies/waiting.py", WAITING)
    small.write(PLACE, SYSTEM + '\n[[strategies]]\nuse = "waiting"\n')
    with small.catalog() as catalog:
        read, data = catalog.snapshot(), catalog.quote_ticks()
    expire = ("catalog", "expire", "--older-than", "0d")
    with start(small) as process:
        await_begin(small)
        small.line("catalog", "delete", "quotes", "GBP/USD.SIM", "--all")
        told = small.line(*expire).output
        (small.folder / "go").touch()
        _, err = process.communicate(timeout=60)
    assert 0 == process.returncode, err
    assert f"held by 1 run in progress: {read}" in told
    assert [{"snapshot": read}] == small.sql("SELECT snapshot FROM runs")
    assert f"kept for runs: {read}" in small.line(*expire).output
    with small.catalog() as catalog:
        assert data == catalog.at(read).quote_ticks()


@pytest.mark.slow
def test_a_killed_run_holds_nothing(small: Project) -> None:
    small.write("strategies/waiting.py", WAITING)
    small.write(PLACE, SYSTEM + '\n[[strategies]]\nuse = "waiting"\n')
    with small.catalog() as catalog:
        read = catalog.snapshot()
    with start(small) as process:
        await_begin(small)
        process.kill()
    small.line("catalog", "delete", "quotes", "GBP/USD.SIM", "--all")
    gone, *others = small.line("catalog", "expire", "--older-than", "0d").stdout.splitlines()
    assert str(read) in gone.removeprefix("snapshots gone: ").split(", ")
    assert not [line for line in others if line.startswith("held")]
    assert [] == list((small.catalog_path / "reading").iterdir())
