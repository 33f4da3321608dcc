"""Decisions 13 to 15 again, for any market: fills against a plain walk along its prices."""

from __future__ import annotations

from random import Random

import pytest

from argosy import Bar, BarType, OrderSide, Price, Quantity, QuoteTick, Strategy, StrategyConfig
from tests.acceptance.script import BUY, PAIR, SELL, bar, ns, play, quote

BARS = BarType.from_str(f"{PAIR}-1-MINUTE-LAST-EXTERNAL")
Fill = tuple[int, str, int, int]
"""Time (ns), side, raw price, size."""


class Roulette(Strategy):
    """Replace everything that rests by one random order, at each bar or each fourth quote."""

    def __init__(self, seed: int, kinds: tuple[str, ...]) -> None:
        super().__init__(StrategyConfig())
        self.chance = Random(seed)
        self.kinds = kinds
        self.count = 0
        self.sent: list[tuple[int, str, OrderSide, int, int]] = []

    def on_start(self) -> None:
        self.subscribe_bars(BARS)
        self.subscribe_quote_ticks(PAIR)

    def on_bar(self, bar: Bar) -> None:
        self.spin(bar.ts_init, bar.close.raw, bar.close.raw)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.count += 1
        if self.count % 4 == 0:
            self.spin(tick.ts_init, tick.bid_price.raw, tick.ask_price.raw)

    def spin(self, ts: int, bid: int, ask: int) -> None:
        """Send an order that is not in the market, or a market order."""
        self.cancel_all_orders(PAIR)
        kind, side = self.chance.choice(self.kinds), self.chance.choice((BUY, SELL))
        best, sign = (ask, 1) if side is BUY else (bid, -1)
        away = self.chance.randrange(1, 40)
        price = best + sign * (away if kind == "stop_market" else -away)
        size = 1_000 * self.chance.randrange(1, 6)
        prices = () if kind == "market" else (Price.from_raw(price, 5),)
        make = getattr(self.order_factory, kind)
        self.submit_order(make(PAIR, side, Quantity.from_int(size), *prices))
        self.sent.append((ts, kind, side, price, size))


def random_bars(seed: int) -> list[Bar]:
    chance, close, found = Random(seed), 150_000, []
    for number in range(1, 100):
        first = close + chance.choice([0, 0, chance.randrange(-40, 41)])
        high, low = first + chance.randrange(50), first - chance.randrange(50)
        close = chance.randrange(low, high + 1)
        found.append(bar(60 * number, (first, high, low, close)))
    return found


def fills_on_bars(bars: list[Bar], sent: list[tuple[int, str, OrderSide, int, int]]) -> list[Fill]:
    """Walk from open to high to low to close of the bar after each order."""
    after = dict(zip((each.ts_init for each in bars), bars[1:], strict=False))
    found = []
    for ts, kind, side, price, size in sent:
        if ts not in after:
            continue
        sign = 1 if side is BUY else -1
        following = after[ts]
        path = [following.open.raw, following.high.raw, following.low.raw, following.close.raw]
        for step, at in enumerate(path):
            if kind == "limit" and sign * (at - price) <= 0:
                found.append((following.ts_init, str(side), price, size))
                break
            if kind == "stop_market" and sign * (at - price) >= 0:
                # Jumped over by the open, or crossed on the way.
                found.append((following.ts_init, str(side), price if step else at, size))
                break
    return found


def fills_of(data: list[Bar] | list[QuoteTick], roulette: Roulette) -> list[Fill]:
    played = play(data, strategies=[roulette], risk={"disable": ["balance"]})
    return [(ns(at), side, price, size) for at, side, price, size in played.fills]


@pytest.mark.parametrize("seed", range(4))
def test_14_limits_and_stops_on_any_bars(seed: int) -> None:
    bars = random_bars(seed)
    roulette = Roulette(seed, ("limit", "stop_market"))
    fills = fills_of(bars, roulette)
    assert fills_on_bars(bars, roulette.sent) == fills
    assert 20 < len(fills)


def random_quotes(seed: int) -> list[QuoteTick]:
    chance, bid, found = Random(seed), 150_000, []
    for number in range(1, 400):
        bid += chance.randrange(-15, 16)
        size = 1_000 * chance.randrange(1, 4)
        found.append(quote(number, bid, bid + chance.randrange(1, 8), size))
    return found


def fills_on_quotes(
    quotes: list[QuoteTick], sent: list[tuple[int, str, OrderSide, int, int]]
) -> list[Fill]:
    """Walk along the quotes: sizes are displayed anew with each of them."""
    orders = {ts: (kind, side, price, size) for ts, kind, side, price, size in sent}
    found: list[Fill] = []
    resting: tuple[str, OrderSide, int, int] | None = None

    def take(tick: QuoteTick, side: OrderSide, size: int) -> None:
        is_buy = side is BUY
        best = (tick.ask_price if is_buy else tick.bid_price).raw
        shown = (tick.ask_size if is_buy else tick.bid_size).raw
        found.append((tick.ts_init, str(side), best, min(size, shown)))
        if size > shown:
            worse = best + (1 if is_buy else -1)
            found.append((tick.ts_init, str(side), worse, size - shown))

    for tick in quotes:
        if resting is not None:
            kind, side, price, size = resting
            sign = 1 if side is BUY else -1
            best = (tick.ask_price if side is BUY else tick.bid_price).raw
            shown = (tick.ask_size if side is BUY else tick.bid_size).raw
            if kind == "stop_market" and sign * (best - price) >= 0:
                take(tick, side, size)
                resting = None
            elif kind == "limit" and sign * (best - price) <= 0:
                done = size if best != price else min(size, shown)
                found.append((tick.ts_init, str(side), price, done))
                resting = None if done == size else (kind, side, price, size - done)
        if tick.ts_init in orders:
            resting = orders[tick.ts_init]
            if resting[0] == "market":
                take(tick, resting[1], resting[3])
                resting = None
    return found


@pytest.mark.parametrize("seed", range(4))
def test_13_to_15_every_order_on_any_quotes(seed: int) -> None:
    quotes = random_quotes(seed)
    roulette = Roulette(seed, ("market", "limit", "stop_market"))
    fills = fills_of(quotes, roulette)
    assert fills_on_quotes(quotes, roulette.sent) == fills
    assert 60 < len(fills)
