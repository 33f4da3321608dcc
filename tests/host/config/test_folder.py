import sys
from pathlib import Path

import pytest

from argosy.config.folder import PACKAGE, StrategyFolders
from argosy.errors import InputError

HEAD = """\
import msgspec

class Config(msgspec.Struct):
    size: int = 1

"""
STRATEGY = f'''{HEAD}
class Cross:
    """Cross the line.

    Slowly.
    """

    component_kind = "strategy"

    def __init__(self, config: Config) -> None:
        self.config = config
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "strategies").mkdir()
    return tmp_path / "strategies"


def message(folder: Path, name: str, folders: tuple[str, ...] = ("strategies",)) -> str:
    with pytest.raises(InputError) as caught:
        StrategyFolders(folder.parent, folders).part(name)
    return str(caught.value)


def imported(name: str) -> list[str]:
    """Return the names of the modules that a file was imported as."""
    return [each for each in sys.modules if each.startswith(f"{PACKAGE}.{name}-")]


def test_a_file_is_found_by_its_name_and_described(folder: Path) -> None:
    (folder / "cross.py").write_text(STRATEGY)
    part = StrategyFolders(folder.parent).part("cross")
    model = part.settings_model()
    assert model is not None
    assert ("strategies", "cross", "Cross") == (part.kind, part.name, part.factory.__name__)
    assert "strategies/cross.py" == part.plugin
    assert "Cross the line." == part.doc
    assert 5 == part.factory(model(size=5)).config.size


def test_only_the_named_file_is_imported(folder: Path) -> None:
    (folder / "cross.py").write_text(STRATEGY)
    (folder / "never_named.py").write_text("1 / 0")
    folders = StrategyFolders(folder.parent)
    assert {"never_named", "cross"} == set(folders.files)
    folders.part("cross")
    assert not imported("never_named")


def test_private_files_and_other_files_are_left_alone(folder: Path) -> None:
    for name in ("_shared.py", "__init__.py", "README.md", "cross.py"):
        (folder / name).touch()
    assert {"cross"} == set(StrategyFolders(folder.parent).files)


def test_a_missing_folder_has_no_files(tmp_path: Path) -> None:
    assert {} == StrategyFolders(tmp_path).files


def test_files_are_imported_anew_for_each_project(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other/strategies"
    other.mkdir(parents=True)
    (folder / "cross.py").write_text(STRATEGY)
    (other / "cross.py").write_text(STRATEGY.replace("Cross the line", "Another"))
    docs = [StrategyFolders(each.parent).part("cross").doc for each in (folder, other)]
    assert ["Cross the line.", "Another."] == docs


def test_the_same_name_in_two_folders_is_refused(folder: Path) -> None:
    (folder.parent / "more").mkdir()
    for each in ("strategies", "more"):
        (folder.parent / each / "cross.py").write_text(STRATEGY)
    expected = (
        "strategy 'cross' is in strategies/cross.py and more/cross.py. Rename one of the files"
    )
    assert expected == message(folder, "cross", ("strategies", "more"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(:", "strategies/x.py:1: not valid Python: invalid syntax"),
        (
            "a = 1\n1 / 0\n",
            "strategies/x.py:2: cannot be imported: ZeroDivisionError: division by zero",
        ),
        (
            "\n\nimport nowhere_at_all\n",
            "strategies/x.py:3: cannot be imported: ModuleNotFoundError: No module named "
            "'nowhere_at_all'. Install the package that has 'nowhere_at_all'",
        ),
        ("raise SystemExit(0)", "strategies/x.py:1: cannot be imported: SystemExit: 0"),
        (
            "a = 1\n",
            "strategies/x.py: no public Strategy, Actor or ExecAlgorithm class. "
            "Define one, or list it in __all__",
        ),
        (
            STRATEGY.replace("class Cross", "class _Cross"),
            "strategies/x.py: no public Strategy, Actor or ExecAlgorithm class. "
            "Define one, or list it in __all__",
        ),
        (
            f"{STRATEGY}\nclass Other(Cross):\n    pass\n",
            "strategies/x.py: several components: Cross, Other. "
            "Keep one public, or name one in __all__",
        ),
        (
            STRATEGY.replace("config: Config", 'config: "Confg"'),
            "strategies/x.py: the annotation of Cross.__init__ cannot be read: name 'Confg' is not "
            "defined. Import the config class where the module can see it at run time",
        ),
        (
            f"{STRATEGY}\n__all__ = ['Crss']\n",
            "strategies/x.py: no public Strategy, Actor or ExecAlgorithm class. "
            "Define one, or list it in __all__",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_named(folder: Path, text: str, expected: str) -> None:
    (folder / "x.py").write_text(text)
    assert expected == message(folder, "x")


def test_a_file_that_failed_leaves_nothing_behind(folder: Path) -> None:
    (folder / "fails.py").write_text("1 / 0")
    message(folder, "fails")
    assert not imported("fails")


def test_files_of_one_name_are_modules_of_their_own(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "strategies"
    other.mkdir(parents=True)
    for place, size in ((folder, 1), (other, 2)):
        (place / "twin.py").write_text(f"SIZE = {size}\n{STRATEGY}")
    first, second = (StrategyFolders(each.parent).part("twin").factory for each in (folder, other))
    modules = [sys.modules[each.__module__] for each in (first, second)]
    assert [1, 2] == [each.SIZE for each in modules]
    assert 2 == len(imported("twin"))


def test_the_one_class_may_be_named_in_all(folder: Path) -> None:
    (folder / "x.py").write_text(f"{STRATEGY}\nclass Other(Cross): ...\n__all__ = ['Other']\n")
    assert "Other" == StrategyFolders(folder.parent).part("x").factory.__name__


def test_an_imported_base_class_is_not_the_component(folder: Path) -> None:
    text = "from tests.host.config.kit import Cross, Watcher\n\nclass Mine(Cross): ...\n"
    (folder / "x.py").write_text(text)
    assert "Mine" == StrategyFolders(folder.parent).part("x").factory.__name__
