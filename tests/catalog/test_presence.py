"""A writer shows that it is at work, and the dead show nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog.objects import ObjectPath
from argosy_catalog.presence import FOLDER, Presence, tokens_at_work

KILLED = """
import os, signal, sys
from pathlib import Path
from argosy_catalog.presence import Presence

Presence(Path(sys.argv[1])).enter()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_writer_is_at_work_until_it_leaves(tmp_path: Path) -> None:
    one, other = Presence(tmp_path), Presence(tmp_path)
    assert set() == tokens_at_work(tmp_path)
    one.enter()
    other.enter()
    assert {one.token, other.token} == tokens_at_work(tmp_path)
    one.leave()
    assert {other.token} == tokens_at_work(tmp_path)
    other.leave()
    assert [] == list((tmp_path / FOLDER).iterdir())


def test_a_killed_writer_is_not_at_work(tmp_path: Path, project: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    assert -9 == subprocess.run(command, cwd=project, check=False).returncode
    assert 1 == len(list((tmp_path / FOLDER).iterdir()))
    assert set() == tokens_at_work(tmp_path)
    assert [] == list((tmp_path / FOLDER).iterdir())


def test_a_sign_that_was_cleared_before_it_was_held_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    from argosy_catalog import presence

    taken: list[int] = []

    def lose_the_first(file: object, how: int) -> None:
        if not taken:
            taken.append(how)
            tokens_at_work(tmp_path)
        fcntl.flock(file, how)  # type: ignore[arg-type]

    monkeypatch.setattr(presence, "fcntl", type("", (), {**vars(fcntl), "flock": lose_the_first}))
    sign = Presence(tmp_path)
    sign.enter()
    monkeypatch.undo()
    assert {sign.token} == tokens_at_work(tmp_path)
    sign.leave()


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(CatalogError, match="cannot be written") as caught:
        Presence(tmp_path).enter()
    assert FOLDER in str(caught.value)


def test_an_object_store_shows_no_signs() -> None:
    bucket = ObjectPath("bucket/catalog")
    sign = Presence(bucket)
    sign.enter()
    sign.leave()
    assert set() == tokens_at_work(bucket)
