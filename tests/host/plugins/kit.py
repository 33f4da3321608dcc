"""Make plugins: packages of Python text on the path of one test."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from argosy.plugins.find import Found

Make = Callable[..., Found]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Write a plugin's module and return what finding it would give."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def make(name: str, text: str, *, distribution: str | None = None) -> Found:
        folder = tmp_path / f"made_{name}"
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").write_text(text)
        return Found(name, folder.name, distribution or f"argosy-{name}", "1.2.3")

    yield make
    for name in set(sys.modules) - before:
        if name.startswith("made_"):
            del sys.modules[name]


def fees(name: str, doc: str = "") -> str:
    """Return the text of a plugin with one fee model."""
    return f'''
from argosy.hookspecs import hookimpl

@hookimpl
def register_fee_models(register):
    register("{name}", lambda settings: "{name}", doc="{doc}")
'''
