from typing import Any

from argosy.kernel.aggregator import Aggregator
from argosy.kernel.bar_feed import BarFeed
from argosy.kernel.bus import Topic
from argosy.kernel.indicator import Indicator
from argosy.kernel.matching import MatchingCore
from argosy.kernel.ring import Ring
from argosy.model.bar_type import BarType
from argosy.model.data import QuoteTick, TradeTick
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument

class MarketState:
    instrument: Instrument
    instrument_id: InstrumentId
    price_precision: int
    size_precision: int
    bid: int
    ask: int
    bid_size: int
    ask_size: int
    has_zero_prices: bool
    pair_bid: int
    pair_ask: int
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
    def set_has_zero_prices(self, has_zero_prices: bool) -> None: ...
    def set_has_trades(self, has_trades: bool) -> None: ...
    def set_bar_sides(self, sides: int) -> None: ...
    def add_feed(self, bar_type: BarType, topic: Topic, capacity: int = ...) -> BarFeed: ...
    def is_bar(self, high: int, low: int, volume: int) -> bool: ...
    def note_bar(self, feed: BarFeed) -> None: ...
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
