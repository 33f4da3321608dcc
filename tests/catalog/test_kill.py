"""``kill -9`` at any moment: what was acknowledged is there whole, once; the rest whole or not."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from argosy_catalog import ParquetDataCatalog
from tests.catalog import truth, victim
from tests.catalog.calls import compiled

POINTS = ("rename", "close", "fsync", "register", "commit")
CALLS = 400
"""So many calls to the system it makes below the catalog's folder at least."""

ROUNDS = [
    pytest.param(10, marks=pytest.mark.slow, id="ten"),
    pytest.param(100, marks=pytest.mark.soak, id="hundred"),
]


@dataclass
class Attack:
    """One catalog, and what its victims have said so far."""

    folder: Path
    project: Path
    next_step: int = 0
    state: victim.State = field(default_factory=Counter)

    def start(self, *point: str, **environment: str) -> "subprocess.Popen[str]":
        """Start a process that goes on from the next step, and takes each kind of step once."""
        first, last = str(self.next_step), str(self.next_step + victim.STEPS)
        return subprocess.Popen(
            [sys.executable, "-m", "tests.catalog.victim", str(self.folder), first, last, *point],
            cwd=self.project,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment},
        )

    def end(self, child: "subprocess.Popen[str]", said: str = "") -> int:
        """Wait for a victim, and compare what it said with what is on the disk.

        Returns
        -------
        its exit code
        """
        output = said + child.communicate(timeout=120)[0]
        lines = [line.split() for line in output.splitlines()]
        done = [int(number) for verb, number in lines if verb == "done"]
        begun = [int(number) for verb, number in lines if verb == "begin"]
        assert list(range(self.next_step, self.next_step + len(done))) == done
        for number in done:
            self.state = victim.after(self.state, number)
        self.next_step += len(done)
        found = truth.state(self.folder)
        if len(begun) > len(done) and found != self.state:
            self.state = victim.after(self.state, self.next_step)
            self.next_step += 1
        assert self.state == found
        return child.returncode


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """What kills at the n-th call to the system, where there is a way."""
    on_linux = sys.platform == "linux"
    return compiled(tmp_path_factory.mktemp("recorder")) if on_linux else None


def a_round(attack: Attack, dice: random.Random, recorder: Path | None) -> None:
    for name in POINTS:  # the catalog is made, by a rename, in the first step
        times = 1 if name == "rename" else dice.randint(1, victim.STEPS)
        point = f"{dice.choice(('before', 'after'))} {name}"
        assert -signal.SIGKILL == attack.end(attack.start(point, str(times))), point
    if recorder is not None:
        call = {"CALLS_FOLDER": str(attack.folder), "CALLS_KILL": str(dice.randint(1, CALLS))}
        child = attack.start(LD_PRELOAD=str(recorder), **call)
        assert -signal.SIGKILL == attack.end(child), call
    child = attack.start()
    assert child.stdout is not None
    said = child.stdout.readline()
    time.sleep(dice.uniform(0, 0.5))
    child.kill()
    attack.end(child, said)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_killed_writer_leaves_each_step_whole_or_not_at_all(
    tmp_path: Path, project: Path, recorder: Path | None, rounds: int
) -> None:
    for seed in range(rounds):
        attack = Attack(tmp_path / str(seed), project)
        a_round(attack, random.Random(seed), recorder)
        assert 0 == attack.end(attack.start())  # the dead are in nobody's way
        with ParquetDataCatalog(attack.folder, read_only=True) as catalog:
            read = [
                (str(tick.instrument_id), tick.ts_init, tick.bid_price.raw)
                for tick in catalog.quote_ticks()
            ]
            assert sorted(read) == sorted(row for row in attack.state if len(row) == 3)
            assert [] == catalog.verify().findings
