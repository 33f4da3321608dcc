"""The data engine: who gets which data, and what is built so that they get it.

It makes the market states and bar feeds, and the aggregators behind feeds of internal bars. It is
not in the way of a row: feeds hold their topics, and rows go straight to them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from argosy.engine.cache import Cache
from argosy.engine.custom import DataType, custom_topic
from argosy.errors import InputError, InstrumentNotFoundError
from argosy.kernel import topics
from argosy.kernel.aggregator import Aggregator
from argosy.kernel.bar_feed import BarFeed
from argosy.kernel.bus import MessageBus
from argosy.kernel.indicator import Indicator
from argosy.kernel.market import MarketState
from argosy.kernel.timeline import Timeline
from argosy.model.bar_type import BarType
from argosy.model.data_kind import INSTRUMENT_KEY
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument

Handler = Callable[[Any], Any]
_ROUTES = {
    kind.data_type: (family, kind.key.attribute) for kind, family in topics.TOPICS.entries.items()
}
"""Class -> what its topics begin with, and the attribute that says whose it is."""
BEFORE_HANDLERS = 1_000_000
"""The priority of what must be up to date in every handler, such as indicators in Python."""


class AggregatorMaker(Protocol):
    """What makes the aggregator of a bar type; the plugin host offers one."""

    def __call__(
        self, bar_type: BarType, price_precision: int, size_precision: int, rank: int
    ) -> Aggregator:
        """Return an aggregator that has not been started."""
        ...


class DataEngine:
    """Connect data to those who asked for it.

    Parameters
    ----------
    make_aggregator : makes the aggregator of an internal bar type
    capacity : ticks and bars that each ring keeps
    """

    def __init__(
        self,
        timeline: Timeline,
        bus: MessageBus,
        cache: Cache,
        make_aggregator: AggregatorMaker,
        *,
        capacity: int = 10_000,
    ) -> None:
        self._timeline = timeline
        self._bus = bus
        self._cache = cache
        self._make_aggregator = make_aggregator
        self._capacity = capacity
        self._started = False
        self._waiting: list[Aggregator] = []
        self.external: set[BarType] = set()

    def start(self) -> None:
        """Start the aggregators that were asked for before the run."""
        self._started = True
        for aggregator in self._waiting:
            aggregator.start(self._timeline)
        self._waiting.clear()

    def stop(self) -> None:
        """Stop every aggregator; open bars are dropped."""
        for market in self.markets():
            for feed in market.bar_feeds.values():
                if feed.aggregator is not None:
                    feed.aggregator.stop()
        self._started = False

    def markets(self) -> list[MarketState]:
        """Return all market states, in the order of their instruments."""
        found = (self._cache.market(each) for each in self._cache.instrument_ids())
        return [market for market in found if market is not None]

    def add_instrument(self, instrument: Instrument) -> MarketState:
        """Add an instrument and return its market state; an update replaces the definition.

        Raises
        ------
        DataError : an update has other precisions; nothing was changed
        """
        market = self._cache.market(instrument.id)
        if market is not None:
            market.set_instrument(instrument)
            self._cache.add_instrument(instrument)
            self._bus.publish(topics.instrument(instrument.id), instrument)
            return market
        self._cache.add_instrument(instrument)
        market = MarketState(
            instrument,
            self._bus.topic(topics.quotes(instrument.id)),
            self._bus.topic(topics.trades(instrument.id)),
            self._capacity,
        )
        market.set_has_zero_prices(has_zero_prices=instrument.allows_negative_price)
        self._cache.add_market(market)
        return market

    def market(self, instrument_id: InstrumentId) -> MarketState:
        """Return the market state of an instrument that must exist."""
        market = self._cache.market(instrument_id)
        if market is None:
            self._cache.require_instrument(instrument_id)
            raise InstrumentNotFoundError(f"instrument {instrument_id} has no market state")
        return market

    def declare_external(self, bar_type: BarType) -> BarFeed:
        """Return the feed of bars that come from outside, and remember that they will come."""
        self.external.add(bar_type.standard())
        return self.feed(bar_type)

    def feed(self, bar_type: BarType) -> BarFeed:
        """Return the feed of a bar type; for internal bars, with what builds them.

        Raises
        ------
        InputError : its bars are built from something else already
        """
        market = self.market(bar_type.instrument_id)
        standard = bar_type.standard()
        found = market.bar_feeds.get(standard)
        if found is not None:
            _check_source(bar_type, found)
            return found
        feed = market.add_feed(standard, self._bus.topic(topics.bars(standard)), self._capacity)
        if bar_type.is_internally_aggregated():
            try:
                self._build(bar_type, feed)
            except Exception:
                del market.bar_feeds[standard]
                raise
        return feed

    def deliver(self, item: Any) -> None:
        """Publish one object that does not come in columns, on the topic of its kind."""
        if isinstance(item, Instrument):
            self.add_instrument(item)
            return
        route = _ROUTES.get(type(item))
        if route is None:
            self._bus.publish(custom_topic(DataType(type(item))), item)
            return
        family, attribute = route
        key = getattr(item, attribute)
        if attribute == INSTRUMENT_KEY.attribute:
            self.market(key)
        self._bus.publish(topics.topic(family, key), item)

    def subscribe_bars(self, bar_type: BarType, handler: Handler) -> None:
        """Call `handler` with every bar of a type; a composite's bars carry its standard type."""
        self.feed(bar_type)
        self._bus.subscribe(topics.bars(bar_type.standard()), handler)

    def unsubscribe_bars(self, bar_type: BarType, handler: Handler) -> None:
        """Undo `subscribe_bars`; an aggregator that nobody needs any more stops."""
        standard = bar_type.standard()
        self._bus.unsubscribe(topics.bars(standard), handler)
        feed = self.market(bar_type.instrument_id).bar_feeds.get(standard)
        if feed is not None:
            self._release(feed)

    def add_bar_indicator(self, bar_type: BarType, indicator: Indicator) -> None:
        """Update an indicator with every bar of a type, before any handler."""
        feed = self.feed(bar_type)
        if indicator.is_interpreted:
            self._bus.subscribe(feed.topic.name, indicator.handle_bar, BEFORE_HANDLERS)
        elif indicator not in feed.indicators:
            feed.add_indicator(indicator)

    def add_quote_indicator(self, instrument_id: InstrumentId, indicator: Indicator) -> None:
        """Update an indicator with every quote, before any handler."""
        market = self.market(instrument_id)
        if indicator.is_interpreted:
            self._bus.subscribe(market.quotes.name, indicator.take_quote_tick, BEFORE_HANDLERS)
        elif indicator not in market.quote_indicators:
            market.add_quote_indicator(indicator)

    def add_trade_indicator(self, instrument_id: InstrumentId, indicator: Indicator) -> None:
        """Update an indicator with every trade, before any handler."""
        market = self.market(instrument_id)
        if indicator.is_interpreted:
            self._bus.subscribe(market.trades.name, indicator.handle_trade_tick, BEFORE_HANDLERS)
        elif indicator not in market.trade_indicators:
            market.add_trade_indicator(indicator)

    def _build(self, bar_type: BarType, feed: BarFeed) -> None:
        if bar_type.is_composite():
            source = self.feed(bar_type.composite())
            rank = 0 if source.aggregator is None else source.aggregator.rank + 1
            try:
                aggregator = self._aggregator(bar_type, source, rank)
            except Exception:
                self._release(source)
                raise
            source.add_aggregator(aggregator)
        else:
            aggregator = self._aggregator(bar_type, feed, 0)
            feed.market.add_aggregator(aggregator)
        aggregator.connect(feed)
        feed.set_aggregator(aggregator)
        if self._started:
            aggregator.start(self._timeline)
        else:
            self._waiting.append(aggregator)

    def _aggregator(self, bar_type: BarType, fed_like: BarFeed, rank: int) -> Aggregator:
        """Return an aggregator that is fed with the decimals of a feed."""
        precisions = fed_like.price_precision, fed_like.size_precision
        return self._make_aggregator(bar_type, *precisions, rank)

    def _release(self, feed: BarFeed) -> None:
        """Stop what builds a feed's bars where nobody needs them, and what only it needed."""
        aggregator = feed.aggregator
        if aggregator is None or feed.topic.handlers or feed.indicators or feed.aggregators:
            return
        aggregator.stop()
        if aggregator in self._waiting:
            self._waiting.remove(aggregator)
        del feed.market.bar_feeds[feed.bar_type]
        feed.market.remove_aggregator(aggregator)
        for source in list(feed.market.bar_feeds.values()):
            if aggregator in source.aggregators:
                source.remove_aggregator(aggregator)
                self._release(source)


def _check_source(bar_type: BarType, feed: BarFeed) -> None:
    """Refuse a composite whose bars are built from something else already."""
    known = feed.aggregator
    if bar_type.is_composite() and known is not None and known.bar_type != bar_type:
        raise InputError(
            f"{bar_type.standard()} cannot be built as {bar_type}: it is built as {known.bar_type}",
            cure="Ask for the same source everywhere, or for another step",
        )
