"""No module imports itself by a detour, within its room or beyond it."""

from pathlib import Path

from tests.house.imports import circles, graph, imports


def test_no_module_imports_itself_by_a_detour() -> None:
    assert [] == [sorted(circle) for circle in circles(graph())]


def test_a_circle_is_found_wherever_its_imports_stand(tmp_path: Path) -> None:
    module = tmp_path / "a.py"
    module.write_text(
        "from typing import TYPE_CHECKING\n"
        "import argosy.one\n"
        "if TYPE_CHECKING:\n    from argosy.two import Two\n"
        "def f():\n    from argosy import three\n"
    )
    names = {("argosy.one", None), ("argosy.two", "Two"), ("argosy", "three")}
    assert names <= set(imports(module))
    buffers = tmp_path / "b.pyx"
    buffers.write_text("from argosy.four cimport (\n    A,\n    B as C,\n)\ncimport argosy.five\n")
    assert {("argosy.four", "A"), ("argosy.four", "B"), ("argosy.five", None)} == set(
        imports(buffers)
    )


def test_a_circle_of_any_length_is_one_group() -> None:
    modules = {"a": "b", "b": "c", "c": "a", "d": "a", "e": "f", "f": "e"}
    found = circles({name: frozenset(to) for name, to in modules.items()})
    assert [frozenset("abc"), frozenset("ef")] == found
