"""Importing the host or a plugin loads nothing heavy."""

import subprocess
import sys

import pytest

from tests.house.sources import packages

HEAVY = ("ccxt", "duckdb", "numpy", "pandas", "plotly", "pyarrow", "pydantic")
SHOW_HEAVY = f"import sys; print(*sorted(sys.modules.keys() & {set(HEAVY)!r}))"


def loaded_by(code: str) -> list[str]:
    """Return the heavy packages that a fresh process has loaded after `code`."""
    command = [sys.executable, "-c", f"{code}\n{SHOW_HEAVY}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("package", [folder.name for folder in packages()])
def test_an_import_loads_nothing_heavy(package: str) -> None:
    assert [] == loaded_by(f"import {package}")
