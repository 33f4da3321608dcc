"""``__all__`` is true (ruff sorts it); the lazy names of ``argosy`` are those its stub promises."""

import ast
import importlib
import inspect
from collections.abc import Iterator

import pytest

import argosy
from tests.house.sources import dotted, source_files
from tests.pure import PROJECT

STUB = PROJECT / "host/argosy/__init__.pyi"
DECLARED = [
    dotted(path) for path in source_files(".py", ".pyx") if "\n__all__ = [" in path.read_text()
]


def promised() -> Iterator[tuple[str, str]]:
    """Yield (module, name) for each re-export of the stub."""
    for node in ast.parse(STUB.read_text()).body:
        if isinstance(node, ast.ImportFrom):
            assert all(alias.name == alias.asname for alias in node.names), ast.unparse(node)
            yield from ((str(node.module), alias.name) for alias in node.names)


def test_the_public_names_are_sorted() -> None:
    assert sorted(set(argosy.__all__)) == argosy.__all__


def test_the_stub_promises_exactly_the_public_names() -> None:
    lazy = [(module, name) for module, names in argosy._PUBLIC.items() for name in names]
    assert sorted(lazy) == sorted(promised())


@pytest.mark.parametrize("name", argosy.__all__)
def test_a_public_name_exists(name: str) -> None:
    assert getattr(argosy, name) is not None
    assert name in dir(argosy)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = argosy.Nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", DECLARED)
def test_a_declared_list_names_what_exists(name: str) -> None:
    module = importlib.import_module(name)
    assert len(set(module.__all__)) == len(module.__all__)
    assert [] == [public for public in module.__all__ if not hasattr(module, public)]


@pytest.mark.parametrize("name", DECLARED)
def test_a_declared_list_is_complete(name: str) -> None:
    module = importlib.import_module(name)
    own = {
        key
        for key, value in vars(module).items()
        if not key.startswith("_")
        and (inspect.isclass(value) or inspect.isroutine(value))
        and value.__module__ == name
        and not hasattr(value, "argosy_impl")  # pluggy's mark: a hook is found by its name
    }
    assert set() == own - set(module.__all__)
