from pathlib import Path

import pytest

from argosy.cli.strategy_files import load_files
from tests.host.config.test_folder import STRATEGY


def test_good_and_broken_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "ideas").mkdir()
    (tmp_path / "ideas/mine.py").write_text(STRATEGY)
    (tmp_path / "ideas/broken.py").write_text("1 / 0")
    parts, errors = load_files(tmp_path, ("ideas",))
    assert (["mine"], ["broken"]) == ([each.name for each in parts], list(errors))
    assert ([], {}) == load_files(tmp_path)


def test_what_files_print_is_not_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies/mine.py").write_text(f"print('hello')\n{STRATEGY}")
    load_files(tmp_path)
    assert ("", "hello\n") == tuple(capsys.readouterr())
