"""Write a system file, and read what is wrong with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from argosy.config.plan import Plan
from argosy.config.problems import SystemFileError
from argosy.config.resolve import resolve
from argosy.config.system_file import SystemFile
from tests.host.config import kit

Resolve = Callable[..., Plan]
Wrong = Callable[..., list[str]]


@pytest.fixture
def plan_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Resolve:
    """Resolve the text of a system file named s.toml in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def plan_of(text: str, **options: Any) -> Plan:
        Path("s.toml").write_text(text)
        return resolve(SystemFile.read("s.toml"), kit.host(), **options)

    return plan_of


@pytest.fixture
def wrong(plan_of: Resolve) -> Wrong:
    """Return the problems of a system file, one string each."""

    def wrong(text: str, **options: Any) -> list[str]:
        with pytest.raises(SystemFileError) as caught:
            plan_of(text, **options)
        return str(caught.value).splitlines()

    return wrong
