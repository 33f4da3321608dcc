"""The table of options and profiles is what README.md prints."""

from pathlib import Path

import pytest

from argosy_sim.profiles import OPTIONS, PROFILES, Options, options_of


def printed(value: object) -> str:
    return f"`{str(value).lower()}`"


def test_the_readme_prints_the_table(project: Path) -> None:
    text = (project / "plugins/argosy_sim/README.md").read_text()
    text = text.partition("## Options")[2].partition("## Models")[0]
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| `")]
    found = {cells[0].strip(" `"): [cell.strip() for cell in cells[1:4]] for cells in rows}
    assert {name: [printed(each) for each in row] for name, row in OPTIONS.items()} == found


def test_the_readme_prints_the_profiles(project: Path) -> None:
    text = (project / "plugins/argosy_sim/README.md").read_text()
    assert "| option | " + " | ".join(f"`{name}`" for name in PROFILES) + " |" in text


def test_the_defaults_are_the_first_profile() -> None:
    assert Options() == options_of("argosy", {})


def test_a_choice_beats_the_profile() -> None:
    assert "cancel" == options_of("nautilus-1.231", {"l1_excess": "cancel"}).l1_excess


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(TypeError, match="speed"):
        options_of("argosy", {"speed": 1})
