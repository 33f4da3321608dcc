from collections.abc import Callable
from pathlib import Path

import pytest

from argosy.config.plan import Plan
from tests.host.config.kit import GOOD
from tests.host.config.test_folder import STRATEGY

Wrong = Callable[..., list[str]]
PlanOf = Callable[..., Plan]


@pytest.fixture
def file(tmp_path: Path, plan_of: PlanOf) -> Path:
    """A strategy file in the project of the system file."""
    (tmp_path / "strategies").mkdir()
    file = tmp_path / "strategies/mine.py"
    file.write_text(STRATEGY)
    return file


def test_a_strategy_file_is_used_by_its_name(file: Path, plan_of: PlanOf) -> None:
    _, mine = plan_of(f'{GOOD}\n[[strategies]]\nuse = "mine"\nsize = 3\n').components
    assert (1, 3) == (mine.index, mine.choice.settings.size)
    assert "Cross" == type(mine.build()).__name__


def test_another_folder_may_be_named(file: Path, plan_of: PlanOf) -> None:
    file.parent.rename(file.parent.with_name("ideas"))
    text = f'{GOOD}\n[[strategies]]\nuse = "mine"\n[plugins]\nfolders = ["ideas"]\n'
    assert "ideas/mine.py" == plan_of(text).components[1].choice.part.plugin


def test_settings_of_a_file_are_checked(file: Path, wrong: Wrong) -> None:
    problems = wrong(f'{GOOD}\n[[strategies]]\nuse = "mine"\nsiz = 3\n')
    assert ["s.toml:22: strategies[1].siz: unknown key. Did you mean 'size'?"] == problems


def test_a_broken_file_is_named_only_where_it_is_used(
    file: Path, plan_of: PlanOf, wrong: Wrong
) -> None:
    file.write_text("1 / 0")
    plan_of(GOOD)
    expected = (
        "s.toml:21: strategies[1].use: strategies/mine.py:1: cannot be imported: "
        "ZeroDivisionError: division by zero"
    )
    assert [expected] == wrong(f'{GOOD}\n[[strategies]]\nuse = "mine"\n')


def test_a_name_that_is_a_part_and_a_file_is_refused(file: Path, wrong: Wrong) -> None:
    file.rename(file.with_name("cross.py"))
    expected = (
        "s.toml:14: strategies[0].use: 'cross' is both a part of plugin 'kit' and a file. "
        "Rename strategies/cross.py"
    )
    assert [expected] == wrong(GOOD)


def test_files_are_among_the_suggestions(file: Path, wrong: Wrong) -> None:
    (problem,) = wrong(GOOD.replace('"cross"', '"mime"'))
    assert problem.startswith(
        "s.toml:14: strategies[0].use: unknown strategy 'mime'. Did you mean 'mine'?"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'use = "cross"\n',
            "",
            "s.toml:13: strategies[0].use: missing key. Name a part or a strategy file "
            "(available: cross, picky, watcher)",
        ),
        ('use = "cross"', "use = 5", "s.toml:14: strategies[0].use: expected a name, was 5"),
        (
            "[[strategies]]",
            "[[actors]]",
            "s.toml:14: actors[0].use: 'cross' does not belong under [[actors]]. "
            "Write [[strategies]] over this table",
        ),
        (
            'id = "Cross-001"',
            'id = "Cross-001"\nstrategy_id = "Cross-002"',
            "s.toml:15: strategies[0].id: unknown key. Did you mean",
        ),
        ('id = "Cross-001"', "id = 5", "s.toml:15: strategies[0].id: expected a StrategyId, was 5"),
    ],
)
def test_a_wrong_table_is_named(wrong: Wrong, old: str, new: str, expected: str) -> None:
    (problem,) = wrong(GOOD.replace(old, new, 1))
    assert problem.startswith(expected)


def test_an_id_goes_into_the_field_that_holds_it(plan_of: PlanOf) -> None:
    (component,) = plan_of(GOOD).components
    assert "Cross-001" == component.id == component.choice.settings.strategy_id


def test_a_component_may_be_named_without_a_table(plan_of: PlanOf) -> None:
    plan = plan_of(f'actors = ["watcher"]\n{GOOD}')
    assert ["watcher", "cross"] == [each.choice.part.name for each in plan.components]


def test_a_component_without_config_takes_no_id(wrong: Wrong) -> None:
    expected = (
        "s.toml:22: actors[0].id: strategy 'watcher' takes no config, so it has its own id. "
        "Remove the key"
    )
    assert [expected] == wrong(f'{GOOD}\n[[actors]]\nuse = "watcher"\nid = "W"\n')


def test_a_component_without_settings_takes_none(wrong: Wrong) -> None:
    (problem,) = wrong(f'{GOOD}\n[[actors]]\nuse = "watcher"\nsize = 1\n')
    assert "s.toml:22: actors[0].size: unknown key: strategy 'watcher' takes no settings" == problem


def test_a_config_whose_annotations_cannot_be_read_is_named(file: Path, wrong: Wrong) -> None:
    file.write_text(STRATEGY.replace("    size:", "    other: 'NoSuch' = 1\n    size:", 1))
    (problem,) = wrong(f'{GOOD}\n[[strategies]]\nuse = "mine"\nsize = 3\n')
    assert problem.endswith(
        "cannot be read: NameError: name 'NoSuch' is not defined."
        " Correct its annotations in strategies/mine.py"
    )
    assert ": strategies[1]: the fields of " in problem
