"""What was acknowledged was synced before: shown by the system calls of a process that writes."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.catalog import truth
from tests.catalog.calls import ON_LINUX, Disk, compiled, recorded
from tests.catalog.victim import STEPS

pytestmark = [pytest.mark.slow, ON_LINUX]


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("recorder"))


def record(recorder: Path, top: Path, *command: str, project: Path) -> list[tuple[str, Path]]:
    """Run a process, and return its calls; those on ``said`` are what it has said."""
    log = top / "log"
    environment = {"LD_PRELOAD": recorder, "CALLS_FOLDER": top, "CALLS_LOG": log}
    with (top / "said").open("w") as said:
        subprocess.run(
            [sys.executable, *command],
            check=True,
            cwd=project,
            stdout=said,
            env={**os.environ, **{key: str(value) for key, value in environment.items()}},
        )
    return list(recorded(log))


def acknowledgements(calls: list[tuple[str, Path]], top: Path) -> int:
    """Follow a victim's calls, and count what it acknowledged; nothing may be at risk by then."""
    folder, disk, said = top / "catalog", Disk(), 0
    metadata = {folder / f"metadata.sqlite{end}" for end in ("", "-wal")}
    data: set[Path] = set()
    for verb, path in calls:
        if path in metadata and verb == "write":
            at_risk = {each: lost for each in data if (lost := disk.lost(each, top))}
            assert {} == at_risk, "registered before it was on disk"
        if path == top / "said":
            said += 1
            if said % 2 == 0:  # it says "begin" and "done" in turn
                at_risk = {each: lost for each in metadata | data if (lost := disk.lost(each, top))}
                assert {} == at_risk, f"acknowledged before it was on disk: {said // 2}"
        if path.suffix == ".parquet":
            if verb == "remove":
                assert metadata.isdisjoint(disk.bytes_at_risk), "removed before it was forgotten"
                data.discard(path)
            else:
                data.add(path)
        disk.see(verb, path)
    assert {path for _, path, _ in truth.files(folder)} == data
    return said // 2


def test_the_record_shows_what_was_not_synced(
    recorder: Path, tmp_path: Path, project: Path
) -> None:
    code = (
        "import os, sys; from pathlib import Path; top = Path(sys.argv[1])\n"
        "(top / 'folder').mkdir(); (top / 'folder/new').write_bytes(b'old')\n"
        "file = os.open(top / 'folder/new', os.O_WRONLY); os.fsync(file); os.write(file, b'new')\n"
        "os.fsync(os.open(top, os.O_RDONLY)); os.rename(top / 'folder/new', top / 'folder/last')\n"
    )
    calls = record(recorder, tmp_path, "-c", code, str(tmp_path), project=project)
    new, last = tmp_path / "folder" / "new", tmp_path / "folder" / "last"
    expected = [
        ("create", new.parent),
        ("create", new),
        ("write", new),
        ("sync", new),
        ("write", new),
        ("sync", tmp_path),
        ("remove", new),
        ("create", last),
    ]
    assert expected == calls
    disk = Disk()
    for call in calls[:-2]:
        disk.see(*call)
    assert [new, new] == disk.lost(new, tmp_path)  # its last bytes, and its name
    assert [] == disk.lost(new.parent, tmp_path)


@pytest.mark.parametrize("is_read_meanwhile", [False, True])
def test_what_was_acknowledged_was_synced(
    recorder: Path,
    tmp_path: Path,
    project: Path,
    is_read_meanwhile: bool,  # noqa: FBT001
) -> None:
    folder = tmp_path / "catalog"
    if is_read_meanwhile:
        # A catalog that nobody else has open is folded into one file at once; this one is not.
        victim = ["-m", "tests.catalog.victim", str(folder)]
        subprocess.run([sys.executable, *victim, "0", "1"], check=True, cwd=project)
        with closing(sqlite3.connect(folder / "metadata.sqlite")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM ducklake_snapshot").fetchall()
            calls = record(recorder, tmp_path, *victim, "1", str(1 + STEPS), project=project)
            assert (folder / "metadata.sqlite-wal").stat().st_size > 0
        known = {path for _, path, _ in truth.files(folder)} - {path for _, path in calls}
        calls = [("sync", path) for path in known] + calls
    else:
        command = ["-m", "tests.catalog.victim", str(folder), "0", str(STEPS)]
        calls = record(recorder, tmp_path, *command, project=project)
    assert STEPS == acknowledgements(calls, tmp_path)
