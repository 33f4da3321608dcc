import json
from pathlib import Path

from argosy.plugins.find import Found
from tests.host.cli.conftest import Line
from tests.host.config.kit import GOOD
from tests.host.config.test_folder import STRATEGY
from tests.host.plugins.kit import Make, fees


def test_plugins_are_listed_with_what_they_bring(
    line: Line, make: Make, installed: list[Found]
) -> None:
    installed += [make("bad", "1 / 0"), make("twin", fees("fixed"))]
    found = json.loads(line("plugins", "--json").stdout)
    kit, bad, twin = found["plugins"]
    assert {"simulators": ["sim"]}.items() <= kit["parts"].items()
    assert ("1.0", True, None) == (kit["version"], kit["enabled"], kit["error"])
    assert "register_strategies" in kit["hooks"]
    assert "made_bad:1: ZeroDivisionError: division by zero" == bad["error"]
    assert {"fee_models": ["fixed"]} == twin["parts"]
    assert ["fee model 'fixed' is registered by plugins 'kit' and 'twin'"] == [
        each.partition(". ")[0] for each in found["conflicts"]
    ]


def test_people_see_state_parts_and_errors(line: Line, make: Make, installed: list[Found]) -> None:
    installed += [make("bad", "1 / 0"), make("twin", fees("fixed"))]
    result = line("plugins")
    assert 0 == result.exit_code
    assert all(word in result.stdout for word in ("kit", "1.0", "enabled", "broken", "sim"))
    assert "broken  bad: made_bad:1: ZeroDivisionError: division by zero\n" in result.stderr
    assert "conflict  fee model 'fixed'" in result.stderr


def test_strategy_files_are_all_imported_and_the_broken_ones_listed(line: Line) -> None:
    Path("strategies").mkdir()
    Path("strategies/mine.py").write_text(STRATEGY)
    Path("strategies/broken.py").write_text("\n1 / 0")
    broken, mine = json.loads(line("plugins", "--json").stdout)["strategy_files"]
    assert ("mine", "strategies/mine.py", None) == (mine["name"], mine["file"], mine["error"])
    assert "strategies/broken.py:2: cannot be imported" in broken["error"]
    assert "strategy file  strategies/mine.py" in line("plugins").stdout


def test_a_system_file_says_what_is_enabled(line: Line, make: Make, installed: list[Found]) -> None:
    installed.append(make("other", fees("free")))
    Path("s.toml").write_text(f'{GOOD}\n[plugins]\ndisable = ["other"]\n')
    kit, other = json.loads(line("plugins", "s.toml", "--json").stdout)["plugins"]
    assert (True, False, {}) == (kit["enabled"], other["enabled"], other["parts"])
    assert "disabled" in line("plugins", "s.toml").stdout
