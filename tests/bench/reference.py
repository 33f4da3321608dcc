"""What a run must come to, worked out apart from the project: plain loops over the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.bench.recipe import MINUTE_NS

FAST, SLOW = 10, 20
TRADE_SIZE = 100
START_BALANCE_CENTS = 1_000_000_000_00
_POINTS = 1e5  # points of a price in 1.0
_POINTS_PER_CENT = 1_000


@dataclass
class Ledger:
    """One account that is long 100 units or flat."""

    cents: int = START_BALANCE_CENTS
    orders: int = 0
    entry: int | None = None

    def buy(self, points: int) -> None:
        """Open the position."""
        self.orders += 1
        self.entry = points

    def sell(self, points: int) -> None:
        """Close it; each realised profit is rounded to the cent, half away from zero."""
        assert self.entry is not None
        self.orders += 1
        profit = (points - self.entry) * TRADE_SIZE
        whole = (2 * abs(profit) + _POINTS_PER_CENT) // (2 * _POINTS_PER_CENT)
        self.cents += whole if profit > 0 else -whole
        self.entry = None

    @property
    def balance(self) -> str:
        """The amount of cash, with two decimals."""
        return f"{self.cents // 100}.{self.cents % 100:02d}"

    def outcome(self, bars: int) -> dict[str, Any]:
        """Return what a run over so many bars must have come to."""
        return {
            "bars": bars,
            "orders": self.orders,
            "fills": self.orders,
            "balance": self.balance,
        }


def ema_cross(close: Sequence[int], ask: Sequence[int], bid: Sequence[int]) -> dict[str, Any]:
    """Trade EMA 10 over EMA 20 on closes, in points: buy at the ask, sell at the bid."""
    ledger = Ledger()
    for at, (fast, slow) in enumerate(_averages(close)):
        if at + 1 < SLOW or (fast > slow) == (ledger.entry is not None):
            continue
        if fast > slow:
            ledger.buy(ask[at])
        else:
            ledger.sell(bid[at])
    return ledger.outcome(len(close))


def alternate(close: Sequence[int]) -> dict[str, Any]:
    """Buy at the first close, sell at the second, and so on."""
    ledger = Ledger()
    for points in close:
        if ledger.entry is None:
            ledger.buy(points)
        else:
            ledger.sell(points)
    return ledger.outcome(len(close))


def rotate(closes: Sequence[Sequence[int]], every: int, *, has_one_each: bool) -> dict[str, Any]:
    """Buy or sell ten shares at each `every`-th bar, at its close in cents, day after day.

    Parameters
    ----------
    closes : of each stock
    has_one_each : whether each stock has a counter of bars of its own
    """
    cents, orders, bars = START_BALANCE_CENTS, 0, 0
    held = [False] * len(closes)
    for day, prices in enumerate(zip(*closes, strict=True)):
        for stock, price in enumerate(prices):
            bars += 1
            seen = day + 1 if has_one_each else bars
            if every and seen % every == 0:
                cents += 10 * price if held[stock] else -10 * price
                held[stock] = not held[stock]
                orders += 1
    whole, rest = divmod(cents, 100)
    balance = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return {"bars": bars, "orders": orders, "fills": orders, "balance": balance}


def bars_above(close: Sequence[int]) -> int:
    """Count the bars at which EMA 10 is above EMA 20."""
    return sum(fast > slow for fast, slow in _averages(close))


def minute_ends(ts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return where the last tick of each whole minute is; a tick at its end belongs to it."""
    first = int(ts[0]) // MINUTE_NS + 1
    closes = np.arange(first * MINUTE_NS, int(ts[-1]) + 1, MINUTE_NS)
    return np.searchsorted(ts, closes, side="right") - 1


def _averages(close: Sequence[int]) -> Iterator[tuple[float, float]]:
    fast_alpha, slow_alpha = 2.0 / (FAST + 1.0), 2.0 / (SLOW + 1.0)
    fast = slow = close[0] / _POINTS
    yield fast, slow
    for points in close[1:]:
        price = points / _POINTS
        fast = fast_alpha * price + (1.0 - fast_alpha) * fast
        slow = slow_alpha * price + (1.0 - slow_alpha) * slow
        yield fast, slow
