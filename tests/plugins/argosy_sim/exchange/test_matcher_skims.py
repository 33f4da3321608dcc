"""Rows that the venue skims leave the book as rows one by one do."""

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.replay import QuoteSource, Replay, TradeSource
from argosy.kernel.stream import MemoryStream
from argosy.kernel.timeline import Timeline
from argosy.kernel.trigger import PriceTrigger
from argosy.model.data import QuoteTick, TradeTick
from argosy_sim.exchange.matcher import InstrumentMatcher
from argosy_sim.profiles import Options
from tests.host.kernel import rows

PRICES = st.integers(95, 105)
QUOTES = st.tuples(PRICES, st.integers(0, 3), st.integers(1, 4), st.integers(1, 4))
TRADES = st.tuples(PRICES, st.integers(1, 9), st.integers(0, 2))
ORDERS = st.tuples(PRICES, st.booleans(), st.booleans(), st.sampled_from([1, 2, 4, 5, 6]))
OPTIONS = st.builds(
    Options,
    liquidity_consumption=st.booleans(),
    trade_execution=st.booleans(),
    trade_book=st.sampled_from(["reach", "set"]),
)


class Desk:
    """Takes some of what is shown whenever an order is reached, and sometimes watches."""

    def __init__(self, matcher: InstrumentMatcher, seed: int) -> None:
        self.matcher = matcher
        self.rng = random.Random(seed)
        self.log: list[tuple[Any, ...]] = []

    def fired(self, trigger: PriceTrigger, price: int) -> bool:
        shown = self.matcher.shown(trigger.is_buy)
        self.log.append((trigger.order, price, shown, self.state()))
        self.matcher.take(trigger.is_buy, min(shown, self.rng.randrange(3)))
        self.matcher.set_watched(self.rng.random() < 0.2)
        return self.rng.random() < 0.5

    def data_arrived(self) -> None:
        self.log.append(("row", self.state()))
        self.matcher.set_watched(self.rng.random() < 0.5)

    def state(self) -> tuple[int, ...]:
        core = self.matcher
        taken = core.bid_taken, core.ask_taken
        return core.bid, core.ask, core.bid_size, core.ask_size, core.last, *taken


def log_of(
    quotes: list[Any], trades: list[Any], orders: list[Any], options: Options, *, skims: bool
) -> list[tuple[Any, ...]]:
    bus = MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("quotes"), bus.topic("trades"))
    matcher = InstrumentMatcher(1, options)
    matcher.skims = skims
    desk = Desk(matcher, len(quotes))
    matcher.attach(desk)
    market.set_matcher(matcher)
    for order, (level, is_buy, upward, watch) in enumerate(orders):
        matcher.add(PriceTrigger(order, is_buy=is_buy, watch=watch, level=level, upward=upward))
    replay, key = Replay(Timeline()), rows.EURUSD.id
    table = rows.quotes([(ts, ts, q[0], q[0] + q[1], *q[2:]) for ts, q in enumerate(quotes)])
    replay.add(QuoteSource(MemoryStream(QuoteTick, key, 5, 0, [table]), market, "quotes"))
    table = rows.trades([(ts, ts, *t, "T") for ts, t in enumerate(trades, 3)])
    replay.add(TradeSource(MemoryStream(TradeTick, key, 5, 0, [table]), market, "trades"))
    replay.run()
    return [*desk.log, desk.state(), (matcher.resting,)]


@given(
    st.lists(QUOTES, max_size=30),
    st.lists(TRADES, max_size=8),
    st.lists(ORDERS, max_size=5),
    OPTIONS,
)
def test_skimming_changes_nothing(
    quotes: list[Any], trades: list[Any], orders: list[Any], options: Options
) -> None:
    one_by_one = log_of(quotes, trades, orders, options, skims=False)
    assert one_by_one == log_of(quotes, trades, orders, options, skims=True)
