"""The series that every workload and every peer runs on: random walks from seed 42.

The draws come in one fixed order from one generator a series, so the same numbers appear wherever
the recipe is followed. Prices are points of 0.00001 and sizes are units: integers from the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

SEED = 42
START_NS = 1_704_067_200_000_000_000  # 2024-01-01
MINUTE_NS = 60_000_000_000
PRICE_PRECISION = 5
SIZE_PRECISION = 0
BARS = 1_000_000
QUOTES_PER_BLOCK = 10_000_000
_FIRST_PRICE = 150_000
_LEAST_PRICE = 20_000


class Bars(NamedTuple):
    """One-minute bars, stamped at their close."""

    ts: Ints
    open: Ints
    high: Ints
    low: Ints
    close: Ints
    volume: Ints


class Quotes(NamedTuple):
    """Quotes, about ten a second."""

    ts: Ints
    bid: Ints
    ask: Ints
    bid_size: Ints
    ask_size: Ints


def bars() -> Bars:
    """Draw a million bars, each of which opens at the close before."""
    draw = np.random.default_rng(SEED)
    close = _FIRST_PRICE + np.cumsum(np.round(draw.normal(0, 12, BARS)).astype(np.int64))
    close += max(0, _LEAST_PRICE - int(close.min()))
    open_ = np.concatenate((close[:1], close[:-1]))
    high = np.maximum(open_, close) + draw.integers(0, 10, BARS)
    low = np.minimum(open_, close) - draw.integers(0, 10, BARS)
    volume = draw.integers(1_000, 1_000_000, BARS)
    ts = START_NS + MINUTE_NS * np.arange(1, BARS + 1, dtype=np.int64)
    return Bars(ts, open_, high, low, close, volume)


def quotes(blocks: int) -> Iterator[Quotes]:
    """Draw blocks of ten million quotes; the first is the recipe's, each later one goes on from it.

    The seed of a block is 42 plus its number.
    """
    ts, bid = START_NS, _FIRST_PRICE
    for number in range(blocks):
        block = _quote_block(np.random.default_rng(SEED + number), ts, bid)
        yield block
        ts, bid = int(block.ts[-1]), int(block.bid[-1])


def _quote_block(draw: np.random.Generator, ts: int, bid: int) -> Quotes:
    size = QUOTES_PER_BLOCK
    times = ts + np.cumsum(draw.exponential(1e8, size).astype(np.int64) + 1)
    bids = bid + np.cumsum(draw.integers(-1, 2, size))
    bids += max(0, _LEAST_PRICE - int(bids.min()))
    asks = bids + draw.integers(1, 4, size)
    bid_sizes = draw.integers(1_000, 1_000_000, size)
    return Quotes(times, bids, asks, bid_sizes, draw.integers(1_000, 1_000_000, size))
