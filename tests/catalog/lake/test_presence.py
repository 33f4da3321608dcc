"""Writers and readers show that they are at work, and the dead show nothing."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog.lake.presence import (
    FOLDER,
    READERS,
    Presence,
    Signs,
    forget_dead,
    forget_dead_readers,
    signs,
    snapshots_read,
)

KILLED = """
import os, signal, sys
from pathlib import Path
from argosy_catalog.lake.presence import Presence

Presence(Path(sys.argv[1])).enter()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_is_at_work_until_it_leaves(tmp_path: Path) -> None:
    one, other = Presence(tmp_path), Presence(tmp_path)
    assert Signs(set(), set()) == signs(tmp_path)
    one.enter()
    other.enter()
    assert Signs({one.token, other.token}, set()) == signs(tmp_path)
    one.leave()
    assert Signs({other.token}, set()) == signs(tmp_path)
    other.leave()
    assert [] == list((tmp_path / FOLDER).iterdir())


def test_a_killed_writer_is_known_to_be_dead_until_what_it_left_is_gone(
    tmp_path: Path, project: Path
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    assert -9 == subprocess.run(command, cwd=project, check=False).returncode
    (sign,) = (tmp_path / FOLDER).iterdir()
    living = Presence(tmp_path)
    living.enter()
    later = sign.stat().st_mtime_ns + 10**12
    forget_dead(tmp_path, staying={sign.name}, older_than_ns=later)
    forget_dead(tmp_path, staying=set(), older_than_ns=sign.stat().st_mtime_ns)
    assert Signs({living.token}, {sign.name}) == signs(tmp_path)
    forget_dead(tmp_path, staying=set(), older_than_ns=later)
    assert Signs({living.token}, set()) == signs(tmp_path)
    living.leave()


def test_a_writer_that_knows_not_what_became_of_its_files_looks_dead(tmp_path: Path) -> None:
    sign = Presence(tmp_path)
    sign.enter()
    sign.abandon()
    sign.leave()
    assert Signs(set(), {sign.token}) == signs(tmp_path)


def test_a_sign_that_was_cleared_before_it_was_held_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    from argosy_catalog.lake import presence

    taken: list[int] = []

    def lose_the_first(file: object, how: int) -> None:
        if not taken:
            taken.append(how)
            forget_dead(tmp_path, staying=set(), older_than_ns=time.time_ns() + 10**12)
        fcntl.flock(file, how)  # type: ignore[arg-type]

    monkeypatch.setattr(presence, "fcntl", type("", (), {**vars(fcntl), "flock": lose_the_first}))
    sign = Presence(tmp_path)
    sign.enter()
    monkeypatch.undo()
    assert Signs({sign.token}, set()) == signs(tmp_path)
    sign.leave()


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(CatalogError, match="cannot be written") as caught:
        Presence(tmp_path).enter()
    assert FOLDER in str(caught.value)


def test_readers_are_counted_by_snapshot_apart_from_writers(tmp_path: Path) -> None:
    readers = [Presence(tmp_path, snapshot=number) for number in (3, 12, 12)]
    for reader in readers:
        reader.enter()
    assert {3: 1, 12: 2} == snapshots_read(tmp_path, younger_than_ns=None)
    assert Signs(set(), set()) == signs(tmp_path)
    readers[1].leave()
    readers[2].abandon()
    assert {3: 1} == snapshots_read(tmp_path, younger_than_ns=None)
    assert {3: 1, 12: 1} == snapshots_read(tmp_path, younger_than_ns=0)
    forget_dead_readers(tmp_path, younger_than_ns=0)
    assert 2 == len(list((tmp_path / READERS).iterdir()))
    forget_dead_readers(tmp_path, younger_than_ns=None)
    assert [f"3-{readers[0].token}"] == [path.name for path in (tmp_path / READERS).iterdir()]
    readers[0].leave()
