from typing import Any

from argosy.kernel.aggregator import Aggregator, BarSink
from argosy.kernel.bus import Topic
from argosy.kernel.indicator import Indicator
from argosy.kernel.matching import MatchingCore
from argosy.kernel.ring import Ring
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, QuoteTick, TradeTick
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument

class BarFeed(BarSink):
    bar_type: BarType
    market: MarketState
    price_type: int
    price_precision: int
    size_precision: int
    executes: bool
    ring: Ring
    topic: Topic
    indicators: list[Indicator]
    aggregators: list[Aggregator]
    aggregator: Aggregator | None
    def __init__(
        self, bar_type: BarType, market: MarketState, topic: Topic, capacity: int
    ) -> None: ...
    def set_executes(self, executes: bool) -> None: ...
    def set_aggregator(self, aggregator: Aggregator) -> None: ...
    def add_indicator(self, indicator: Indicator) -> None: ...
    def add_aggregator(self, aggregator: Aggregator) -> None: ...
    def remove_aggregator(self, aggregator: Aggregator) -> None: ...
    def bar(self, back: int = 0) -> Bar | None: ...
    def take(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts_event: int,
        ts_init: int,
    ) -> None: ...

class MarketState:
    instrument: Instrument
    instrument_id: InstrumentId
    price_precision: int
    size_precision: int
    bid: int
    ask: int
    bid_size: int
    ask_size: int
    ts_quote: int
    last: int
    last_size: int
    ts_trade: int
    last_bar: BarFeed | None
    matcher: MatchingCore | None
    quote_ring: Ring
    trade_ring: Ring
    quotes: Topic
    trades: Topic
    quote_indicators: list[Indicator]
    trade_indicators: list[Indicator]
    quote_aggregators: list[Aggregator]
    trade_aggregators: list[Aggregator]
    bar_feeds: dict[BarType, BarFeed]
    has_trades: bool
    bar_sides: int
    def __init__(
        self, instrument: Any, quotes: Topic, trades: Topic, capacity: int = ...
    ) -> None: ...
    def set_instrument(self, instrument: Instrument) -> None: ...
    def set_matcher(self, matcher: MatchingCore | None) -> None: ...
    def set_has_trades(self, has_trades: bool) -> None: ...
    def set_bar_sides(self, sides: int) -> None: ...
    def add_feed(self, bar_type: BarType, topic: Topic, capacity: int = ...) -> BarFeed: ...
    def add_quote_indicator(self, indicator: Indicator) -> None: ...
    def add_trade_indicator(self, indicator: Indicator) -> None: ...
    def add_aggregator(self, aggregator: Aggregator) -> None: ...
    def remove_aggregator(self, aggregator: Aggregator) -> None: ...
    def quote(self, back: int = 0) -> QuoteTick | None: ...
    def trade(self, back: int = 0) -> TradeTick | None: ...
    def feed_quote(
        self, bid: int, ask: int, bid_size: int, ask_size: int, ts_event: int, ts_init: int
    ) -> None: ...
    def feed_trade(
        self, price: int, size: int, aggressor: int, trade_id: str, ts_event: int, ts_init: int
    ) -> None: ...
