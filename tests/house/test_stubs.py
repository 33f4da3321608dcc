"""Each ``.pyx`` has a ``.pyi`` beside it, with the names that it has when compiled."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

from tests.house.sources import dotted, relative, source_files

COMPILED = source_files(".pyx")


def stub_names(path: Path) -> set[str]:
    """Return the public names that a stub defines."""
    names: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize("path", COMPILED, ids=relative)
def test_a_compiled_module_has_a_true_stub(path: Path) -> None:
    module = importlib.import_module(dotted(path))
    promised = stub_names(path.with_suffix(".pyi"))
    own = {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (inspect.isclass(value) or inspect.isroutine(value))
        and value.__module__ == module.__name__
    }
    assert set() == own - promised
    assert [] == [name for name in promised if not hasattr(module, name)]
