import json
from pathlib import Path

import pytest

from argosy.config.problems import SystemFileError
from argosy.config.system_file import SystemFile
from argosy.errors import ConfigError


def test_json_says_the_same_as_toml(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'name = "x"\nseed = 3\n[[data]]\ntype = "bar"\n'
        'bar_types = ["A.B-1-DAY-LAST-EXTERNAL"]\nend = "2012-03-01"'
    )
    document = {
        "name": "x",
        "seed": 3,
        "data": [{"type": "bar", "bar_types": ["A.B-1-DAY-LAST-EXTERNAL"], "end": "2012-03-01"}],
    }
    (tmp_path / "s.json").write_text(json.dumps(document, indent=1))
    toml, from_json = (SystemFile.read(tmp_path / f"s.{each}") for each in ("toml", "json"))
    assert toml.settings == from_json.settings == SystemFile.from_dict(document).settings


def test_problems_of_json_have_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text('{\n "name": "x",\n "seed": "y"\n}')
    with pytest.raises(SystemFileError, match=r"s\.json:3: seed: expected a whole number"):
        _ = SystemFile.read(file).settings


def test_a_system_made_in_python_names_its_keys() -> None:
    with pytest.raises(SystemFileError, match=r"^system: seed: expected a whole number, was text$"):
        _ = SystemFile.from_dict({"name": "x", "seed": "y"}).settings


def test_reading_waits_with_problems_until_settings_are_needed() -> None:
    file = SystemFile.from_dict({"seed": "y"})
    assert (None, 2) == (file.system, len(file.problems))


def test_what_it_says_of_plugins_can_be_read_beside_other_problems() -> None:
    file = SystemFile.from_dict({"seed": "y", "plugins": {"disable": ["a"]}})
    assert ("a",) == file.plugins.disable


@pytest.mark.parametrize("plugins", [5, {"disable": 5}])
def test_a_wrong_section_of_plugins_changes_nothing(plugins: object) -> None:
    assert () == SystemFile.from_dict({"name": "x", "plugins": plugins}).plugins.disable


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        SystemFile.read(tmp_path / "s.toml")
