"""Loaders hold a part of a file at a time, however long it is."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.pure import PROJECT

LINES = 3_000_000
LOAD = """
import sys
from pathlib import Path
from tests.bench.workload import peak_rss_mb
from tests.plugins.argosy_loaders.kit import loader
from argosy.parts.loader import Load, Rows
name, path, settings = sys.argv[1], Path(sys.argv[2]), eval(sys.argv[3])
rows = 0
for item in loader(name, **settings).load(Load([path])):
    if isinstance(item, Rows):
        rows += item.batch.num_rows
print(rows, int(peak_rss_mb()))
"""
PRECISE = {"price_precision": 2, "size_precision": 0}
FILES = {
    "tardis": (
        "exchange,symbol,timestamp,local_timestamp,id,side,price,amount\n",
        "x,A,{0},{0},{0},buy,1.25,7\n",
        PRECISE,
    ),
    "binance": ("", "{0},1.25,7,8.75,{1},True,True\n", {**PRECISE, "instrument": "A.B"}),
    "betfair": (
        '{"op":"mcm","pt":1,"mc":[{"id":"1.2","marketDefinition":{"status":"OPEN","eventId":"1",'
        '"eventTypeId":"7","bettingType":"ODDS","marketTime":"2024-01-01T12:00:00.000Z",'
        '"runners":[{"id":5,"status":"ACTIVE"}]}}]}\n',
        '{{"op":"mcm","pt":{0},"mc":[{{"id":"1.2","rc":[{{"id":5,"atb":[[2,{0}]]}}]}}]}}\n',
        {},
    ),
}


def peak_mb(name: str, path: Path, settings: dict[str, object]) -> tuple[int, int]:
    """Load a file in a process of its own, and return its rows and its peak of memory."""
    run = subprocess.run(
        [sys.executable, "-c", LOAD, name, path, repr(settings)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows, megabytes = map(int, run.stdout.split())
    return rows, megabytes


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str) -> None:
    first, line, settings = FILES[name]
    lines = LINES // 10 if name == "betfair" else LINES
    found = []
    for count in (lines // 4, lines):
        path = tmp_path / f"{count}.txt"
        with path.open("w") as file:
            file.write(first)
            file.writelines(line.format(i, 1_700_000_000_000 + i) for i in range(1, count + 1))
        rows, megabytes = peak_mb(name, path, settings)
        assert count == rows
        found.append(megabytes)
    small, large = found
    # CSV files differ by 80 MB, and how far pyarrow reads ahead depends on how busy the machine is;
    # messages held as objects would take more than ten times their 15 MB.
    assert large < small + (25 if name == "betfair" else 60), found
