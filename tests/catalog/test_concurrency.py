"""Several processes write and read one catalog at once; some of them are killed."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from argosy_catalog import ParquetDataCatalog
from tests.catalog import rivals, truth
from tests.catalog.rivals import ROWS, SHARED, SLOT, Rows, own
from tests.catalog.samples import T0
from tests.catalog.server import PASSWORD, PostgresServer

WRITERS = 3
TIMES = 3

ROUNDS = [
    pytest.param(10, marks=pytest.mark.slow, id="ten"),
    pytest.param(100, marks=pytest.mark.soak, id="hundred"),
]


@dataclass
class Contest:
    """One catalog, and the processes at it."""

    folder: Path
    project: Path
    metadata: str = ""
    children: list["subprocess.Popen[str]"] = field(default_factory=list)

    def start(self, what: str, *numbers: int) -> "subprocess.Popen[str]":
        """Start a process."""
        command = [sys.executable, "-m", "tests.catalog.rivals", what]
        child = subprocess.Popen(
            [*command, str(self.folder), self.metadata, *map(str, numbers)],
            cwd=self.project,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.children.append(child)
        return child

    def line(self, child: "subprocess.Popen[str]") -> str:
        """Wait until a process says something."""
        assert child.stdout is not None
        return child.stdout.readline().strip()

    def run(self, dice: random.Random) -> dict[int, list[str]]:
        """Let writers and a reader loose, kill who holds the lock and then a writer.

        Returns
        -------
        what each writer has said
        """
        with ParquetDataCatalog(self.folder, metadata=self.metadata or None) as catalog:
            rivals.put(catalog, 10_000, WRITERS, own(WRITERS), SHARED)
        holder, reader = self.start("hold"), self.start("read")
        assert ["held", "reading"] == [self.line(holder), self.line(reader)]
        writers = [self.start("write", n, WRITERS, TIMES) for n in range(WRITERS)]
        time.sleep(dice.uniform(0.5, 1.5))  # some of them wait for their turn by now
        holder.kill()
        holder.communicate()
        first = {0: [self.line(writers[0])]}
        time.sleep(dice.uniform(0, 0.3))
        writers[0].kill()
        said = [child.communicate(timeout=120)[0].splitlines() for child in writers]
        assert [0, 0] == [child.returncode for child in writers[1:]]
        output = reader.communicate("enough", timeout=120)[0].split()
        assert 0 == reader.returncode
        assert ["looks"] == output[:1]
        return {n: first.get(n, []) + lines for n, lines in enumerate(said)}

    def close(self) -> None:
        """End what is still there."""
        for child in self.children:
            if child.poll() is None:
                child.kill()
                child.communicate()


def judge(found: Rows, said: dict[int, list[str]]) -> None:
    """Compare what is there with what the writers have said."""
    rivals.check(found)
    for number, lines in said.items():
        done = [int(line.split()[1]) for line in lines if line.startswith("done")]
        won = [int(line.split()[1]) for line in lines if line.startswith("won")]
        slots = {slot for key, slot, writer in found if (key, writer) == (SHARED, number)}
        wins = {slot for key, slot, writer in found if (key, writer) == (rivals.RACE, number)}
        is_whole = number > 0  # the first writer was killed: one more may be there than it said
        expected = {turn * WRITERS + number for turn in done}
        for there, told in ((slots, expected), (wins, set(won))):
            assert there >= told
            assert len(there) <= len(told) + (not is_whole)
        if is_whole:
            assert list(range(TIMES)) == done
            assert TIMES == len(won) + sum(line.startswith("lost") for line in lines)
    races = {slot for key, slot, _ in found if key == rivals.RACE}
    assert set(range(TIMES)) == races  # each race has a winner


def by_slot(quotes: Counter[tuple[str, int, int]]) -> Rows:
    found: Rows = Counter()
    for (key, ts, price), count in quotes.items():
        assert 1 == count
        found[key, (ts - T0) // SLOT, price] += 1
    return found


@pytest.fixture
def contest(tmp_path: Path, project: Path) -> Iterator[Contest]:
    made = Contest(tmp_path / "catalog", project)
    yield made
    made.close()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_writers_and_readers_of_many_processes_get_along(
    tmp_path: Path, contest: Contest, rounds: int
) -> None:
    for seed in range(rounds):
        contest.folder = tmp_path / str(seed)
        said = contest.run(random.Random(seed))
        judge(by_slot(truth.quotes(contest.folder)), said)


@pytest.mark.slow
def test_they_get_along_with_metadata_in_postgres(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAKE_PASSWORD", PASSWORD)
    server = PostgresServer()
    try:
        contest.metadata = server.database("lake")
        said = contest.run(random.Random(0))
        listed = server.tell(
            "COPY (SELECT path FROM ducklake_data_file WHERE end_snapshot IS NULL) TO STDOUT",
            "lake",
        )
        there = [path for path in contest.folder.rglob("*.parquet") if path.name in listed]
        judge(by_slot(truth.quotes_in(there)), said)
    finally:
        contest.close()
        server.close()


def test_the_check_sees_what_is_wrong() -> None:
    whole: Rows = Counter({(own(1), 0, 1): ROWS, (SHARED, 0, 1): ROWS, (rivals.RACE, 0, 1): ROWS})
    assert 3 * ROWS == rivals.check(whole)
    for wrong in (
        whole + Counter({(SHARED, 1, 1): ROWS}),
        whole + Counter({(own(1), 0, 1): 1}),
        whole + Counter({(rivals.RACE, 0, 2): ROWS}),
    ):
        with pytest.raises(AssertionError):
            rivals.check(wrong)
