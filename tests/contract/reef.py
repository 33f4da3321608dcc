"""What argosy-reef must do on some quotes, worked out without the host."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

DIGITS = 5
NS = 1_000_000_000
BEGIN_NS = 1_704_067_200 * NS
SIZE = 100_000
FEE = Decimal("1.50")
DEPOSIT = Decimal(1_000_000)
STEP, DEPTH, REBOUND, HOLD_BARS = 12, 4, 4, 3  # in units of the last decimal, and bars


@dataclass(frozen=True)
class Quote:
    """A row of the input, prices in units of the last decimal."""

    ts: int
    bid: int
    ask: int
    size: int


@dataclass
class Outcome:
    """Bars as (open, high, low, close, volume, time), fills as (side, price, time)."""

    bars: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)
    fills: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def profit(self) -> Decimal:
        """What the finished purchases earned, without fees."""
        prices = [price for _, price, _ in self.fills]
        raw = sum(sold - bought for bought, sold in zip(prices[::2], prices[1::2], strict=False))
        return (Decimal(raw) * SIZE).scaleb(-DIGITS)


def quotes(count: int) -> list[Quote]:
    """Return a random walk that comes back to where it began, always the same."""
    generator = random.Random(20240101)
    bid, made = 110_000, []
    for index in range(count):
        bid += generator.randrange(-3, 4) + int((110_000 - bid) / 40)
        ask = bid + 1 + generator.randrange(3)
        size = 1_000 * generator.randrange(500, 2_000)
        made.append(Quote(BEGIN_NS + index * NS, bid, ask, size))
    return made


def write_csv(rows: list[Quote], file: Path) -> None:
    """Write the quotes as a file that ``argosy catalog ingest`` reads without a mapping."""
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["ts_event", "bid_price", "ask_price", "bid_size", "ask_size"])
        for row in rows:
            writer.writerow([row.ts, price(row.bid), price(row.ask), row.size, row.size])


def price(raw: int) -> str:
    """Spell a price."""
    return f"{Decimal(raw).scaleb(-DIGITS):.{DIGITS}f}"


def expected(rows: list[Quote]) -> Outcome:
    """Follow the quotes one by one: first the venue, then the bar, then the strategy."""
    found = Outcome()
    built: list[Quote] = []
    level = low = None
    bought_at = None
    for row in rows:
        if level is not None and bought_at is None:
            if row.ask <= level and (low is None or row.ask < low):
                low = row.ask
            elif low is not None and row.ask >= low + REBOUND:
                found.fills.append(("BUY", row.ask, row.ts))
                bought_at = len(found.bars)
        built.append(row)
        bids = [each.bid for each in built]
        if max(bids) - min(bids) < STEP:
            continue
        volume = sum(each.size for each in built)
        found.bars.append((bids[0], max(bids), min(bids), bids[-1], volume, row.ts))
        built = []
        if bought_at is not None and len(found.bars) >= bought_at + HOLD_BARS:
            found.fills.append(("SELL", row.bid, row.ts))
            level = low = bought_at = None
        elif level is None:
            level = row.bid - DEPTH
    return found


def fields(outcome: Outcome) -> Iterator[list[str | int]]:
    """Spell the bars as the strategy of argosy-reef writes them."""
    for *prices, volume, ts in outcome.bars:
        yield [*map(price, prices), str(volume), ts]
