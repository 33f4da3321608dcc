"""Settings of a backtest that is made in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from argosy.model.identifiers import TraderId


class BacktestEngineConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of a backtest made by hand; the tables are those of a system file.

    Parameters
    ----------
    name : of the run
    seed : decides ids and everything random
    bars, risk, run, plugins : the sections of these names
    """

    name: str = "backtest"
    trader_id: TraderId = TraderId("BACKTESTER-001")
    seed: int = 0
    bars: Mapping[str, Any] = msgspec.field(default_factory=dict)
    risk: Mapping[str, Any] = msgspec.field(default_factory=dict)
    run: Mapping[str, Any] = msgspec.field(default_factory=dict)
    plugins: Mapping[str, Any] = msgspec.field(default_factory=dict)

    def to_system(self) -> dict[str, Any]:
        """Return these settings as a system file would hold them."""
        tables = {
            key: dict(table)
            for key in ("bars", "risk", "run", "plugins")
            if (table := getattr(self, key))
        }
        return {"name": self.name, "trader_id": str(self.trader_id), "seed": self.seed, **tables}
