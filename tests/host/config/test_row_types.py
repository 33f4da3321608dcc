from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from argosy.config.document import Document
from argosy.config.folder import StrategyFolders
from argosy.config.problems import Problems
from argosy.config.reader import Reader
from argosy.config.row_types import is_class, read_row_types
from argosy.config.system import DataSettings

Load = Callable[[str], tuple[dict[int, type], list[str]]]

FILE = """\
import msgspec


class Signal(msgspec.Struct):
    ts_init: int
    side: str


class Timeless(msgspec.Struct):
    side: str
"""


class Row(msgspec.Struct):
    ts_init: int


@pytest.fixture
def load(tmp_path: Path) -> Load:
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies" / "signals.py").write_text(FILE)

    def read(name: str) -> tuple[dict[int, type], list[str]]:
        document = Document("system", {"data": [{"type": "quote"}, {"type": name}]})
        problems = Problems(document)
        reader = Reader(document, problems, tmp_path)
        found = dict(read_row_types(reader, StrategyFolders(tmp_path)))
        return found, [str(each) for each in problems._found.values()]

    return read


def test_a_class_of_a_strategy_file_is_found(load: Load) -> None:
    (found, problems) = load("signals:Signal")
    assert [(1, "Signal")] == [(index, each.__name__) for index, each in found.items()]
    assert [] == problems


def test_a_class_of_a_module_is_found(load: Load) -> None:
    assert ({1: Row}, []) == load(f"{__name__}:Row")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "signals:Signals",
            "signals has no msgspec Struct 'Signals'. Did you mean 'Signal'?",
        ),
        (
            "signals:Timeless",
            "signals:Timeless has no field ts_init. "
            "Add ts_init: int, the time (ns) at which a row becomes known",
        ),
        (
            "string:Signal",
            "string has no msgspec Struct 'Signal'. Define one with a field ts_init: int",
        ),
        (
            "signalz:Signal",
            "cannot import 'signalz': No module named 'signalz'. "
            "Name a strategy file or an installed module; did you mean 'signals'?",
        ),
    ],
)
def test_what_cannot_be_loaded_is_said_with_its_place(load: Load, name: str, expected: str) -> None:
    assert ({}, [f"system: data[1].type: {expected}"]) == load(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a:B", True),
        ("pack.age:Row_2", True),
        ("quote", False),
        ("a:b:c", False),
        (":B", False),
        ("a.py:B", True),
        ("2a:B", False),
        (None, False),
    ],
)
def test_a_class_is_spelled_with_its_module(name: str | None, expected: bool) -> None:  # noqa: FBT001
    assert expected is is_class(name)


def test_parameters_are_plain_values_and_lists_of_them() -> None:
    params = {"a": 1, "b": "x", "c": [1, "y"], "d": True, "e": 1.5}
    made = DataSettings(name="f", sql="SELECT 1", params=params)
    assert {"a": 1, "b": "x", "c": (1, "y"), "d": True, "e": Decimal("1.5")} == made.params


@pytest.mark.parametrize("value", [{"a": 1}, None, [{}]])
def test_a_parameter_of_another_kind_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="expected text, a number, a time or a list of them"):
        DataSettings(name="f", sql="SELECT 1", params={"a": value})
