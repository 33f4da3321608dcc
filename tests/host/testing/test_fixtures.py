"""The fixtures work in a stranger's test session that names their module."""

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
from argosy.plugins.host import PluginHost

def test_plugin_host(plugin_host):
    assert "sim" in plugin_host.plugin_names()

def test_engine(engine, engine_with):
    assert engine.run().rows == engine_with(oms="hedging").run().rows > 0
"""


@pytest.mark.slow
def test_a_stranger_gets_the_fixtures(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["argosy.testing.fixtures"]\n')
    (tmp_path / "test_stranger.py").write_text(TESTS)
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout
    assert "2 passed" in done.stdout
