"""Fixtures for every test: where the real data lies, and the pure mode switch."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests import pure

# A shared machine stalls now and then: time is what benchmarks measure.
# The same examples each time by default: who changed nothing sees nothing new.
settings.register_profile("default", deadline=None, max_examples=30, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("ARGOSY_EXAMPLES", "default"))

if os.environ.get(pure.SWITCH, "0") not in {"", "0"}:
    pure.install()


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return pure.PROJECT


@pytest.fixture(scope="session")
def real_data(project: Path) -> Path:
    """The folder of real market data; the test is skipped where it is absent."""
    folder = Path(os.environ.get("ARGOSY_TEST_DATA", project / "../shared/data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real data in {folder}: set ARGOSY_TEST_DATA to a folder that has it")
    return folder
