"""Plain twin of the market state: every row by itself, in the order that the kernel promises."""

from typing import Any

from argosy.errors import DataError
from argosy.kernel.aggregator import Aggregator, BarSink
from argosy.kernel.bus import Topic
from argosy.kernel.ring import Ring
from argosy.kernel.runs import middle
from argosy.kernel.tape import QuoteTape, TradeTape
from argosy.model.data import bar_from_raw, quote_from_raw

BID, ASK, MID = 1, 2, 3
PAIR = 3


class BarFeed(BarSink):
    def __init__(self, bar_type: Any, market: "MarketState", topic: Topic, capacity: int) -> None:
        self.bar_type = bar_type
        self.market = market
        self.price_type = bar_type.spec.price_type.code
        more = int(self.price_type == MID and bar_type.is_internally_aggregated())
        self.price_precision = min(market.price_precision + more, 18)
        self.size_precision = min(market.size_precision + more, 18)
        self.executes = False
        self.ring = Ring(8, capacity)
        self.topic = topic
        self.indicators: list[Any] = []
        self.aggregators: list[Aggregator] = []
        self.aggregator: Aggregator | None = None

    def set_executes(self, executes: bool) -> None:  # noqa: FBT001
        self.executes = executes

    def set_aggregator(self, aggregator: Aggregator) -> None:
        self.aggregator = aggregator
        self.price_precision = aggregator.price_precision
        self.size_precision = aggregator.size_precision

    def add_indicator(self, indicator: Any) -> None:
        self.indicators = [*self.indicators, indicator]

    def add_aggregator(self, aggregator: Aggregator) -> None:
        self.aggregators = [*self.aggregators, aggregator]

    def remove_aggregator(self, aggregator: Aggregator) -> None:
        self.aggregators = [each for each in self.aggregators if each is not aggregator]

    def bar(self, back: int = 0) -> Any:
        return self._make(*self.ring[back]) if 0 <= back < len(self.ring) else None

    def take(self, *row: int) -> None:
        self.push(*row, 0)

    def push(self, *row: int) -> int:
        self.observe(*row)
        return self.tell(*row)

    def observe(self, *row: int) -> None:
        self.ring.append(tuple(map(int, row)))
        if self.aggregator is None:
            self.market.last_bar = self

    def tell(self, *row: int) -> int:
        first, high, low, last, volume, ts_event, ts_init, _ = row
        for indicator in self.indicators:
            prices = [each / 10.0**self.price_precision for each in (first, high, low, last)]
            indicator.update_bar(*prices, volume / 10.0**self.size_precision, ts_init)
        for aggregator in self.aggregators:
            aggregator.bar(first, high, low, last, volume, ts_event, ts_init)
        if self.topic.handlers:
            self.topic.publish(self._make(*row))
        return 0

    def _make(self, *row: int) -> Any:
        precisions = self.price_precision, self.size_precision
        return bar_from_raw(self.bar_type, *row[:5], *precisions, row[5], row[6], bool(row[7]))


class MarketState:
    def __init__(
        self, instrument: Any, quotes: Topic, trades: Topic, capacity: int = 10_000
    ) -> None:
        self.instrument = instrument
        self.instrument_id = instrument.id
        self.price_precision = instrument.price_precision
        self.size_precision = instrument.size_precision
        self.bid = self.ask = self.bid_size = self.ask_size = self.ts_quote = 0
        self.last = self.last_size = self.ts_trade = 0
        self.last_bar: BarFeed | None = None
        self.matcher: Any = None
        self.quotes = quotes
        self.trades = trades
        made = self.instrument_id, self.price_precision, self.size_precision, capacity
        self.quote_tape = QuoteTape(*made)
        self.trade_tape = TradeTape(*made)
        self.quote_indicators: list[Any] = []
        self.trade_indicators: list[Any] = []
        self.quote_aggregators: list[Aggregator] = []
        self.trade_aggregators: list[Aggregator] = []
        self.bar_feeds: dict[Any, BarFeed] = {}
        self.has_trades = False
        self.bar_sides = 0
        self.staged: dict[int, tuple[int, ...]] = {}

    def set_instrument(self, instrument: Any) -> None:
        old = self.price_precision, self.size_precision
        new = instrument.price_precision, instrument.size_precision
        if new != old:
            raise DataError(
                f"{self.instrument_id}: an update may not change precisions from"
                f" {old[0]}/{old[1]} to {new[0]}/{new[1]}"
            )
        self.instrument = instrument

    def set_matcher(self, matcher: Any) -> None:
        self.matcher = matcher

    def set_has_trades(self, has_trades: bool) -> None:  # noqa: FBT001
        self.has_trades = has_trades

    def set_bar_sides(self, sides: int) -> None:
        self.bar_sides = sides

    def add_feed(self, bar_type: Any, topic: Topic, capacity: int = 10_000) -> BarFeed:
        if bar_type not in self.bar_feeds:
            self.bar_feeds[bar_type] = BarFeed(bar_type, self, topic, capacity)
        return self.bar_feeds[bar_type]

    def add_quote_indicator(self, indicator: Any) -> None:
        self.quote_indicators = [*self.quote_indicators, indicator]

    def add_trade_indicator(self, indicator: Any) -> None:
        self.trade_indicators = [*self.trade_indicators, indicator]

    def add_aggregator(self, aggregator: Aggregator) -> None:
        if aggregator.price_type in (BID, ASK, MID):
            self.quote_aggregators = [*self.quote_aggregators, aggregator]
        else:
            self.trade_aggregators = [*self.trade_aggregators, aggregator]

    def remove_aggregator(self, aggregator: Aggregator) -> None:
        self.quote_aggregators = [each for each in self.quote_aggregators if each is not aggregator]
        self.trade_aggregators = [each for each in self.trade_aggregators if each is not aggregator]

    @property
    def quote_ring(self) -> Ring:
        return self.quote_tape.ring

    @property
    def trade_ring(self) -> Ring:
        return self.trade_tape.ring

    def quote(self, back: int = 0) -> Any:
        return self.quote_tape[back] if 0 <= back < len(self.quote_tape) else None

    def trade(self, back: int = 0) -> Any:
        return self.trade_tape[back] if 0 <= back < len(self.trade_tape) else None

    def feed_quote(
        self, bid: int, ask: int, bid_size: int, ask_size: int, ts_event: int, ts_init: int
    ) -> None:
        row = bid, ask, bid_size, ask_size
        self.quote_tape.put(*row, ts_event, ts_init)
        self.bid, self.ask, self.bid_size, self.ask_size = row
        self.ts_quote = ts_init
        if self.matcher is not None:
            self.matcher.on_quote(*row, ts_init)
        for indicator in self.quote_indicators:
            prices = [each / 10.0**self.price_precision for each in (bid, ask)]
            sizes = [each / 10.0**self.size_precision for each in (bid_size, ask_size)]
            indicator.update_quote(*prices, *sizes, ts_init)
        for aggregator in self.quote_aggregators:
            price, size = (bid, bid_size) if aggregator.price_type == BID else (ask, ask_size)
            if aggregator.price_type == MID:
                price = middle(bid, ask, self.price_precision)
                size = middle(bid_size, ask_size, self.size_precision)
            aggregator.tick(price, size, 0, ts_event, ts_init)
        if self.quotes.handlers:
            precisions = self.price_precision, self.size_precision
            self.quotes.publish(
                quote_from_raw(self.instrument_id, *row, *precisions, ts_event, ts_init)
            )

    def feed_trade(
        self, price: int, size: int, aggressor: int, trade_id: str, ts_event: int, ts_init: int
    ) -> None:
        if len(trade_id.encode()) > 36:
            raise DataError(
                f"a trade id of {len(trade_id.encode())} bytes; at most 36 fit",
                place=str(self.instrument_id),
                cure="Shorten it",
            )
        self.trade_tape.put(price, size, aggressor, ts_event, ts_init, trade_id)
        self.last, self.last_size, self.ts_trade = price, size, ts_init
        if self.matcher is not None:
            self.matcher.on_trade(price, size, aggressor, ts_init)
        for indicator in self.trade_indicators:
            scaled = price / 10.0**self.price_precision, size / 10.0**self.size_precision
            indicator.update_trade(*scaled, ts_init)
        for aggregator in self.trade_aggregators:
            aggregator.tick(price, size, aggressor, ts_event, ts_init)
        if self.trades.handlers:
            self.trades.publish(self.trade_tape[0])

    def stage_bar(self, feed: BarFeed, *bar: int) -> None:
        if feed.executes and self.matcher is not None:
            is_pair = self.bar_sides & PAIR == PAIR and feed.price_type in (BID, ASK)
            self.staged[feed.price_type if is_pair else 0] = (feed.price_type, *bar)

    def match_bars(self, ts: int) -> None:
        staged, self.staged = self.staged, {}
        if BID in staged and ASK in staged:
            self.matcher.on_bar_pair(*staged[BID][1:], *staged[ASK][1:], ts)
        if 0 in staged:
            self.matcher.on_bar(*staged[0], ts)
