"""Fixtures for the tests of plugins: name this module in your ``conftest.py``.

.. code-block:: python

    pytest_plugins = ["argosy.testing.fixtures"]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from argosy.modes.backtest.config import BacktestEngineConfig
from argosy.modes.backtest.engine import BacktestEngine
from argosy.plugins.host import PluginHost
from argosy.testing.runs import make_engine


@pytest.fixture
def plugin_host() -> PluginHost:
    """Return the installed plugins, loaded anew."""
    return PluginHost.installed()


@pytest.fixture
def engine() -> BacktestEngine:
    """Return a backtest with the venue SIM, EUR/USD.SIM and an hour of quotes."""
    return make_engine()


@pytest.fixture
def engine_with() -> Callable[..., BacktestEngine]:
    """Return a function that makes such a backtest with other settings of the venue."""

    def make(config: BacktestEngineConfig | None = None, **venue: Any) -> BacktestEngine:
        return make_engine(config, **venue)

    return make
