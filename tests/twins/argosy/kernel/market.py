"""Plain twin of the market state: every row by itself, in the order that the kernel promises."""

from typing import Any

from argosy.errors import DataError
from argosy.kernel.aggregator import Aggregator
from argosy.kernel.bar_feed import BarFeed
from argosy.kernel.bus import Topic
from argosy.kernel.matching import UNSET
from argosy.kernel.ring import Ring
from argosy.kernel.runs import middle
from argosy.kernel.tape import QuoteTape, TradeTape
from argosy.model.data import quote_from_raw

BID, ASK, MID = 1, 2, 3
PAIR = 3


class MarketState:
    def __init__(
        self, instrument: Any, quotes: Topic, trades: Topic, capacity: int = 10_000
    ) -> None:
        self.instrument = instrument
        self.instrument_id = instrument.id
        self.price_precision = instrument.price_precision
        self.size_precision = instrument.size_precision
        self.has_zero_prices = False
        self.bid = self.ask = self.pair_bid = self.pair_ask = UNSET
        self.bid_size = self.ask_size = self.ts_quote = 0
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

    def set_has_zero_prices(self, has_zero_prices: bool) -> None:  # noqa: FBT001
        self.has_zero_prices = has_zero_prices

    def set_has_trades(self, has_trades: bool) -> None:  # noqa: FBT001
        self.has_trades = has_trades

    def set_bar_sides(self, sides: int) -> None:
        self.bar_sides = sides

    def add_feed(self, bar_type: Any, topic: Topic, capacity: int = 10_000) -> BarFeed:
        if bar_type not in self.bar_feeds:
            self.bar_feeds[bar_type] = BarFeed(bar_type, self, topic, capacity)
        return self.bar_feeds[bar_type]

    def is_bar(self, high: int, low: int, volume: int) -> bool:
        return high != 0 or low != 0 or (self.has_zero_prices and volume > 0)

    def note_bar(self, feed: BarFeed) -> None:
        self.last_bar = feed

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
        is_two_sided = bid_size > 0 and ask_size > 0
        self.quote_tape.put(*row, ts_event, ts_init)
        if self.bid_size > 0 and self.ask_size > 0 and not is_two_sided:
            self.pair_bid, self.pair_ask = self.bid, self.ask
        self.bid = bid if bid_size else self.bid
        self.ask = ask if ask_size else self.ask
        self.bid_size, self.ask_size, self.ts_quote = bid_size, ask_size, ts_init
        offered = bid if bid_size else UNSET, ask if ask_size else UNSET
        if self.matcher is not None:
            self.matcher.on_quote(*offered, bid_size, ask_size, ts_init)
        for indicator in self.quote_indicators:
            prices = [each / 10.0**self.price_precision for each in (bid, ask)]
            sizes = [each / 10.0**self.size_precision for each in (bid_size, ask_size)]
            update = indicator.update_quote if is_two_sided else indicator.update_sides
            update(*prices, *sizes, ts_init)
        for aggregator in self.quote_aggregators:
            price, size = (bid, bid_size) if aggregator.price_type == BID else (ask, ask_size)
            if aggregator.price_type == MID and is_two_sided:
                price = middle(bid, ask, self.price_precision)
                size = middle(bid_size, ask_size, self.size_precision)
            if size > 0 if aggregator.price_type in (BID, ASK) else is_two_sided:
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
