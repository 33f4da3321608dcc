"""``kill -9`` at any moment: what was acknowledged is there whole, once; the rest whole or not."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from argosy_catalog import ParquetDataCatalog
from tests.catalog import truth, victim
from tests.catalog.calls import compiled

POINTS = ("rename", "close", "fsync", "register", "commit")
BATCHES = 6
"""A victim writes so many batches if nothing kills it: each kind twice."""

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
    next_batch: int = 0

    def start(self, *point: str, **environment: str) -> "subprocess.Popen[str]":
        """Start a process that writes from the next batch on."""
        first, last = str(self.next_batch), str(self.next_batch + BATCHES)
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
        acknowledged = self.next_batch + len(done)
        assert list(range(self.next_batch, acknowledged)) == done
        found = truth.batches(self.folder)
        in_doubt = {acknowledged} & found.keys() if len(begun) > len(done) else set()
        self.next_batch = acknowledged + len(in_doubt)
        assert {n: victim.expected(n) for n in range(self.next_batch)} == found
        return child.returncode


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """What kills at the n-th call to the system, where there is a way."""
    on_linux = sys.platform == "linux"
    return compiled(tmp_path_factory.mktemp("recorder")) if on_linux else None


def a_round(attack: Attack, dice: random.Random, recorder: Path | None) -> None:
    for name in POINTS:  # the catalog is made, by a rename, at the first batch
        times = 1 if name == "rename" else dice.randint(1, BATCHES)
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
def test_a_killed_writer_leaves_each_batch_whole_or_not_at_all(
    tmp_path: Path, project: Path, recorder: Path | None, rounds: int
) -> None:
    for seed in range(rounds):
        attack = Attack(tmp_path / str(seed), project)
        a_round(attack, random.Random(seed), recorder)
        assert 0 == attack.end(attack.start())  # the dead are in nobody's way
        with ParquetDataCatalog(attack.folder, read_only=True) as catalog:
            held = {holding.key: holding.rows for holding in catalog.holdings()}
        batches = range(attack.next_batch)
        for key in (victim.ONE, victim.TWO):
            assert held[key] == sum(victim.expected(n).get(key, 0) for n in batches)
