from pathlib import Path

from argosy.cli.strategy_files import load_files
from tests.host.config.test_folder import STRATEGY


def test_good_and_broken_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "ideas").mkdir()
    (tmp_path / "ideas/mine.py").write_text(STRATEGY)
    (tmp_path / "ideas/broken.py").write_text("1 / 0")
    parts, errors = load_files(tmp_path, ("ideas",))
    assert (["mine"], ["broken"]) == ([each.name for each in parts], list(errors))
    assert ([], {}) == load_files(tmp_path)
