"""A small random run that uses the whole data plane, and writes down all that can be seen.

The same seed gives the same data, the same parts and the same acts of handlers, so two runs that
differ only in batch sizes, or compiled and plain, must write the same log.
"""

import random
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.matching import MatchingCore
from argosy.kernel.replay import BarSource, ObjectSource, QuoteSource, Replay, TradeSource
from argosy.kernel.stream import GeneratorStream
from argosy.kernel.timeline import ARRIVAL, NEVER, TIMER, Alarm, Settler, Timeline
from argosy.kernel.trigger import PriceTrigger, Trigger
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, QuoteTick, TradeTick
from argosy_bars.factories import tick_bars, time_bars
from argosy_bars.options import TimeBarOptions
from tests.host.kernel import rows

T0 = 1_704_067_200_000_000_000
MS = 1_000_000
SPAN = 40
INTERNAL = ("1-MILLISECOND-BID", "2-MILLISECOND-MID", "5-MILLISECOND-LAST", "3-TICK-ASK")


class Desk(Settler):
    """Writes down when it settles; sometimes wants to settle again."""

    def __init__(self, world: "World") -> None:
        self.world = world

    def on_settle(self) -> None:
        self.world.note("settle")
        if self.world.rng.random() < 0.2:
            self.world.timeline.wake()


class Act(Alarm):
    """An alarm that lets the world act."""

    def __init__(self, world: "World", kind: int, number: int) -> None:
        super().__init__(kind, world.rng.randrange(2))
        self.world = world
        self.number = number

    def on_fire(self, now: int) -> None:
        self.world.note(f"alarm {self.number} kind {self.kind}")
        self.world.act()


class Venue(MatchingCore):
    """Writes down what fires and which bars come."""

    def __init__(self, world: "World", name: str) -> None:
        super().__init__()
        self.world = world
        self.name = name

    def on_fired(self, trigger: Trigger, price: int, ts: int) -> bool:
        self.world.note(f"{self.name} fired {trigger.order} at {price}")
        if self.world.rng.random() < 0.3:
            self.world.timeline.wake()
        return self.world.rng.random() < 0.1

    def handle_bar(self, *bar: int) -> None:
        self.world.note(f"{self.name} bar {bar}")

    def handle_bar_pair(self, bid: Any, ask: Any, ts: int) -> None:
        self.world.note(f"{self.name} pair {bid} {ask}")


class World:
    """One run.

    Parameters
    ----------
    seed : of everything random in it
    batches : sizes of batches, used over and over
    quiet : nobody listens to ticks, so that they come in runs
    """

    def __init__(self, seed: int, batches: list[int], *, quiet: bool) -> None:
        self.rng = random.Random(seed)
        self.batches = batches
        self.quiet = quiet
        self.log: list[str] = []
        self.timeline, self.bus = Timeline(), MessageBus()
        self.replay = Replay(self.timeline)
        self.alarms = self.orders = 0
        self.venues: list[Venue] = []
        self.triggers: list[tuple[Venue, Trigger]] = []
        self.markets = [self._market(each) for each in (rows.EURUSD, rows.BTCUSDT)]
        self.timeline.add_settler(Desk(self))
        self.timeline.start(T0 - MS, self.rng.choice([NEVER, T0 + SPAN * MS, T0 + SPAN * MS // 2]))
        self.aggregators = [made for market in self.markets for made in self._internal(market)]
        for source in self._sources():
            self.replay.add(source)
        self._listen()

    def run(self) -> list[str]:
        """Run to the end; return the log with the state that is left."""
        for aggregator in self.aggregators:
            aggregator.start(self.timeline)
        for _ in range(3):
            self.act()
        self.replay.run()
        counts = [(source.rows, source.left_out) for source in self.replay.sources]
        self.note(f"end, rows {counts}")
        for market in self.markets:
            self._note_state(market)
        return self.log

    def note(self, what: str) -> None:
        self.log.append(f"{self.timeline.now - T0} {what}")

    def act(self) -> None:
        """Do something that a strategy might do."""
        dice = self.rng.random()
        if dice < 0.3:
            self.alarms += 1
            kind = self.rng.choice([ARRIVAL, TIMER])
            alarm = Act(self, kind, self.alarms)
            delay = self.rng.choice([-MS, 0, 1, MS // 2, MS, 3 * MS])
            self.timeline.schedule(alarm, self.timeline.now + delay)
            if self.rng.random() < 0.2:
                alarm.cancel()
        elif dice < 0.4:
            self.timeline.wake()
        elif dice < 0.7 and self.venues:
            venue = self.rng.choice(self.venues)
            self.orders += 1
            is_buy = self.rng.random() < 0.5
            trigger = PriceTrigger(
                self.orders,
                is_buy=is_buy,
                watch=self.rng.choice([1, 2, 4, 6]),
                level=self.rng.randrange(9_985, 10_015),
                upward=self.rng.random() < 0.5,
                doubled=self.rng.random() < 0.2,
            )
            venue.add(trigger)
            self.triggers.append((venue, trigger))
        elif dice < 0.8 and self.triggers:
            venue, trigger = self.rng.choice(self.triggers)
            venue.remove(trigger)
        elif dice < 0.9:
            topic = self.rng.choice(["quotes.*", "trades.*"])
            change = self.bus.subscribe if self.rng.random() < 0.5 else self.bus.unsubscribe
            change(topic, self.hear)
        elif dice < 0.905:
            self.replay.stop()

    def hear(self, message: Any) -> None:
        self.note(f"heard {message!r} {message.ts_init - T0}")
        if self.rng.random() < 0.4:
            self.act()

    # -- parts ----------------------------------------------------------------------------------

    def _market(self, instrument: Any) -> MarketState:
        name = instrument.id.symbol
        market = MarketState(
            instrument, self.bus.topic(f"quotes.{name}"), self.bus.topic(f"trades.{name}"), 7
        )
        if self.rng.random() < 0.7:
            venue = Venue(self, name)
            venue.skims = self.rng.random() < 0.5
            market.set_matcher(venue)
            self.venues.append(venue)
        return market

    def _internal(self, market: MarketState) -> Iterator[Any]:
        for text in self.rng.sample(INTERNAL, self.rng.randrange(len(INTERNAL) + 1)):
            bar_type = BarType.from_str(f"{market.instrument_id}-{text}-INTERNAL")
            feed = market.add_feed(bar_type, self.bus.topic(f"bars.{bar_type}"))
            build = tick_bars if "TICK" in text else time_bars
            options = TimeBarOptions(
                interval=self.rng.choice(["left-open", "left-open", "right-open"]),
                build_with_no_updates=self.rng.random() < 0.5,
                build_delay_ns=self.rng.choice([0, 0, MS // 2]),
            )
            made = build(bar_type, feed.price_precision, feed.size_precision, options)
            made.connect(feed)
            feed.set_aggregator(made)
            market.add_aggregator(made)
            yield made
            if self.rng.random() < 0.4:
                yield self._composite(market, feed, bar_type)

    def _composite(self, market: MarketState, source: Any, made_of: BarType) -> Any:
        step, kind = made_of.spec.step, made_of.spec.aggregation
        price = made_of.spec.price_type
        text = f"{market.instrument_id}-4-TICK-{price}-INTERNAL@{step}-{kind}-INTERNAL"
        bar_type = BarType.from_str(text)
        feed = market.add_feed(bar_type.standard(), self.bus.topic(f"bars.{bar_type.standard()}"))
        made = tick_bars(bar_type, source.price_precision, source.size_precision, None, 1)
        made.connect(feed)
        feed.set_aggregator(made)
        source.add_aggregator(made)
        return made

    def _listen(self) -> None:
        for topic in ("quotes.*", "trades.*", "bars.*"):
            if topic == "bars.*" or (not self.quiet and self.rng.random() < 0.7):
                self.bus.subscribe(topic, self.hear, self.rng.randrange(3))

    def _note_state(self, market: MarketState) -> None:
        self.note(f"top {market.bid} {market.ask} {market.bid_size} {market.ask_size}")
        self.note(f"last {market.last} {market.last_size} {market.ts_quote} {market.ts_trade}")
        self.note(f"quotes {[market.quote(i) for i in range(len(market.quote_ring))]}")
        self.note(f"trades {[market.trade(i) for i in range(len(market.trade_ring))]}")
        for bar_type, feed in market.bar_feeds.items():
            self.note(f"{bar_type} {[feed.ring[i] for i in range(len(feed.ring))]}")
        if market.matcher is not None:
            core = market.matcher
            self.note(f"core {core.bid} {core.ask} {core.last} {core.resting} {core.triggers()}")

    # -- data -----------------------------------------------------------------------------------

    def _sources(self) -> list[Any]:
        made = []
        for number in range(self.rng.randrange(1, 7)):
            market = self.rng.choice(self.markets)
            start = self.rng.choice([-NEVER, -NEVER, T0 + 5 * MS])
            kind = self.rng.choice(["quotes", "quotes", "trades", "bars", "bars", "objects"])
            place = f"{kind} {number}"
            make = {
                "quotes": self._quotes,
                "trades": self._trades,
                "bars": self._bars_of,
                "objects": self._objects,
            }[kind]
            made.append(make(market, place, start))
        return made

    def _times(self) -> list[int]:
        count = self.rng.randrange(0, 40)
        moments = [self.rng.randrange(0, SPAN) * MS // 2 for _ in range(count)]
        exact = self.rng.random() < 0.5
        return sorted(T0 + each + (0 if exact else self.rng.randrange(MS // 2)) for each in moments)

    def _stream(self, kind: type, table: Any) -> GeneratorStream:
        sizes = self.batches

        def make() -> Iterator[Any]:
            first = turn = 0
            while first < table.num_rows:
                size = sizes[turn % len(sizes)]
                yield table.slice(first, size)
                first += size
                turn += 1

        return GeneratorStream(kind, "key", 0, 0, make)

    def _walk(self) -> int:
        return self.rng.randrange(9_985, 10_015)

    def _quotes(self, market: MarketState, place: str, start: int) -> QuoteSource:
        made = []
        for ts in self._times():
            bid, size = self._walk(), self.rng.randrange(1, 50)
            sizes = [0 if self.rng.random() < 0.1 else each for each in (size, size + 1)]
            made.append((ts - 1, ts, bid, bid + self.rng.randrange(4), *sizes))
        table = rows.quotes(made, market.price_precision, market.size_precision)
        return QuoteSource(self._stream(QuoteTick, table), market, place, start)

    def _trades(self, market: MarketState, place: str, start: int) -> TradeSource:
        made = [
            (ts - 1, ts, self._walk(), self.rng.randrange(1, 50), self.rng.randrange(3), f"T-{ts}")
            for ts in self._times()
        ]
        table = rows.trades(made, market.price_precision, market.size_precision)
        return TradeSource(self._stream(TradeTick, table), market, place, start)

    def _bars_rows(self) -> list[tuple[Any, ...]]:
        made = []
        for ts in self._times():
            first, last = self._walk(), self._walk()
            high, low = max(first, last) + 1, min(first, last) - 1
            prices = (0, 0, 0, 0) if self.rng.random() < 0.1 else (first, high, low, last)
            is_revision = self.rng.random() < 0.1
            made.append((ts - MS, ts, *prices, self.rng.randrange(9), is_revision))
        return made

    def _bars_source(self, market: MarketState, side: str, place: str, start: int) -> BarSource:
        bar_type = BarType.from_str(f"{market.instrument_id}-1-SECOND-{side}-EXTERNAL")
        feed = market.add_feed(bar_type, self.bus.topic(f"bars.{bar_type}"))
        feed.set_executes(self.rng.random() < 0.8)
        table = rows.bars(self._bars_rows(), market.price_precision, market.size_precision)
        return BarSource(self._stream(Bar, table), feed, place, start)

    def _bars_of(self, market: MarketState, place: str, start: int) -> BarSource:
        side = self.rng.choice(["BID", "ASK", "LAST"])
        bit = {"BID": 1, "ASK": 2, "LAST": 4}[side]
        market.set_bar_sides(market.bar_sides | bit)
        return self._bars_source(market, side, place, start)

    def _objects(self, market: MarketState, place: str, start: int) -> ObjectSource:
        items = [SimpleNamespace(ts_init=ts) for ts in self._times()]

        def deliver(item: Any) -> None:
            self.note(f"object {item.ts_init - T0} of {place}")
            if self.rng.random() < 0.3:
                self.act()

        return ObjectSource(items, deliver, place, start)


def logs(seeds: range, batches: list[int]) -> Iterator[str]:
    """Yield the lines of many runs."""
    for seed in seeds:
        yield f"seed {seed}"
        yield from World(seed, batches, quiet=seed % 3 == 0).run()
