from pathlib import Path

import pytest

from argosy.config.project import project_folder


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("config/demo.toml", "."),
        ("config/live/binance/demo.toml", "."),
        ("work/config/demo.toml", "work"),
        ("config/work/config/demo.toml", "config/work"),
        ("systems/demo.toml", "systems"),
        ("demo.toml", "."),
        (".config/demo.toml", ".config"),
    ],
)
def test_the_project_is_beside_config_else_the_files_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tmp_path / expected == project_folder(Path(file))
    assert tmp_path / expected == project_folder(tmp_path / file)
