"""The peers' files hold the same series as floats: a difference would make every ratio void.

They lie in ``data-files`` under ``$BENCH_HOME``; where they are absent nothing is compared.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from tests.bench.recipe import Bars, Ints, Quotes

_POINTS = 100_000


def compare_bars(series: Bars) -> None:
    """Refuse bars that differ from the peers'."""
    prices = {"open": series.open, "high": series.high, "low": series.low, "close": series.close}
    _compare("bars.parquet", {"ts_ns": series.ts, "volume": series.volume}, prices)


def compare_quotes(series: Quotes) -> None:
    """Refuse quotes that differ from the peers'."""
    exact = {"ts_ns": series.ts, "bid_size": series.bid_size, "ask_size": series.ask_size}
    _compare("quotes.parquet", exact, {"bid": series.bid, "ask": series.ask})


def _compare(name: str, exact: dict[str, Ints], prices: dict[str, Ints]) -> None:
    home = Path(os.environ.get("BENCH_HOME", Path.home() / ".cache" / "argosy-bench"))
    path = home / "data-files" / name
    if not path.exists():
        return
    for scale, columns in ((1, exact), (_POINTS, prices)):
        for column, ours in columns.items():
            theirs = pq.read_table(path, columns=[column])[column].to_numpy()
            if theirs.dtype != np.int64:
                theirs = np.rint(theirs * scale).astype(np.int64)
            if not np.array_equal(theirs, ours):
                raise SystemExit(f"{path}: {column} is another series than the recipe's")
