"""Actors: components that get data and tell the time, and do not trade.

Override the `on_` methods that you need. Data reaches a handler only after it was subscribed to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from argosy.engine.custom import DataType, custom_topic
from argosy.engine.requests import HistoryRequest
from argosy.errors import RunError
from argosy.kernel import topics
from argosy.kernel.bus import MessageBus
from argosy.kernel.clock import Clock, TimeEvent
from argosy.kernel.indicator import Indicator
from argosy.model.bar_type import BarType
from argosy.model.data import (
    Bar,
    InstrumentStatusUpdate,
    OrderBookDeltas,
    OrderBookSnapshot,
    QuoteTick,
    Ticker,
    TradeTick,
    VenueStatusUpdate,
)
from argosy.model.enums import ComponentState
from argosy.model.identifiers import ComponentId, InstrumentId, Venue
from argosy.model.instruments import Instrument
from argosy.strategy.component import ComponentLog, LifeCycle
from argosy.strategy.config import ActorConfig

if TYPE_CHECKING:
    from datetime import datetime

    from argosy.engine.cache import Cache
    from argosy.engine.portfolio import Portfolio
    from argosy.strategy.floor import TradingFloor

Callback = Callable[[Any], object]


class Actor(LifeCycle):
    """Get data, tell the time, publish.

    Parameters
    ----------
    config : its settings; `self.config` is what was given
    """

    component_kind = "actor"
    config_class: type[Any] = ActorConfig  # where `__init__` is not annotated with one

    clock: Clock
    cache: Cache
    portfolio: Portfolio
    msgbus: MessageBus
    log: ComponentLog

    def __init__(self, config: Any = None) -> None:
        super().__init__()
        self.config: Any = config if config is not None else ActorConfig()
        named = getattr(self.config, "component_id", None)
        self.id: Any = ComponentId(named or type(self).__name__)
        self._floor: TradingFloor | None = None
        self._warnings: Sequence[str] = ()
        self._subscriptions: list[tuple[str, Callback]] = []
        self._bar_subscriptions: list[BarType] = []
        self._indicators: list[Indicator] = []

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id})"

    # -- handlers: override what you need ---------------------------------------------------------

    def on_start(self) -> None:
        """Act when the component is started: subscribe, set timers."""

    def on_stop(self) -> None:
        """Act when the component is stopped."""

    def on_resume(self) -> None:
        """Act when the component is resumed after a stop."""

    def on_reset(self) -> None:
        """Forget everything that was learned, as before the first start."""

    def on_dispose(self) -> None:
        """Release what the component holds."""

    def on_degrade(self) -> None:
        """Act when the component goes on with less."""

    def on_fault(self) -> None:
        """Act when the component has failed."""

    def on_save(self) -> dict[str, bytes]:
        """Return the state to keep for a later run."""
        return {}

    def on_load(self, state: dict[str, bytes]) -> None:
        """Take the state that an earlier run kept."""

    def on_instrument(self, instrument: Instrument) -> None:
        """Take an instrument's new definition."""

    def on_instrument_status(self, status: InstrumentStatusUpdate) -> None:
        """Take a change of an instrument's trading status."""

    def on_venue_status(self, status: VenueStatusUpdate) -> None:
        """Take a change of a venue's status."""

    def on_order_book_deltas(self, deltas: OrderBookDeltas) -> None:
        """Take changes of an order book."""

    def on_order_book(self, book: OrderBookSnapshot) -> None:
        """Take a whole order book."""

    def on_ticker(self, ticker: Ticker) -> None:
        """Take a ticker."""

    def on_quote_tick(self, tick: QuoteTick) -> None:
        """Take a quote."""

    def on_trade_tick(self, tick: TradeTick) -> None:
        """Take a trade."""

    def on_bar(self, bar: Bar) -> None:
        """Take a bar."""

    def on_data(self, data: Any) -> None:
        """Take custom data."""

    def on_historical_data(self, data: Any) -> None:
        """Take one object that answers a request."""

    def on_event(self, event: Any) -> None:
        """Take any event that no other handler took."""

    # -- life -------------------------------------------------------------------------------------

    def register(self, floor: TradingFloor, clock: Clock, warnings: Sequence[str] = ()) -> None:
        """Connect the component with a run; the trader calls this, and tells what is odd in it."""
        self._move("register")
        self._floor = floor
        self._warnings = warnings
        self.clock = clock
        self.cache = floor.cache
        self.portfolio = floor.portfolio
        self.msgbus = floor.bus
        self.log = ComponentLog(str(self.id), clock)

    def start(self) -> None:
        """Start: `on_start` is called."""
        self._move("start")
        for each in self._warnings:
            self.log.warning(each)
        self._listen()
        self.on_start()
        if self._state is ComponentState.FAULTED:
            self._release()  # what was subscribed to after the failure

    def stop(self) -> None:
        """Stop: `on_stop` is called, then timers and subscriptions end."""
        self._move("stop")
        self.on_stop()
        self._release()

    def resume(self) -> None:
        """Go on after a stop; `on_resume` subscribes again."""
        self._move("resume")
        self._listen()
        self.on_resume()

    def reset(self) -> None:
        """Return to the state before the first start."""
        self._move("reset")
        self._release()
        for indicator in self._indicators:
            indicator.reset()
        self.on_reset()

    def dispose(self) -> None:
        """End for good."""
        self._move("dispose")
        self.on_dispose()

    def degrade(self) -> None:
        """Go on with less."""
        self._move("degrade")
        self.on_degrade()

    def fault(self) -> None:
        """Fail: no handler is called any more."""
        self._move("fault")
        self._release()
        self.on_fault()

    # -- subscriptions ----------------------------------------------------------------------------

    def subscribe_quote_ticks(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Get every quote of an instrument in `on_quote_tick`."""
        self.floor.data.market(instrument_id)
        self._subscribe(topics.quotes(instrument_id), self.on_quote_tick)

    def unsubscribe_quote_ticks(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Undo `subscribe_quote_ticks`."""
        self._unsubscribe(topics.quotes(instrument_id), self.on_quote_tick)

    def subscribe_trade_ticks(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Get every trade of an instrument in `on_trade_tick`."""
        self.floor.data.market(instrument_id)
        self._subscribe(topics.trades(instrument_id), self.on_trade_tick)

    def unsubscribe_trade_ticks(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Undo `subscribe_trade_ticks`."""
        self._unsubscribe(topics.trades(instrument_id), self.on_trade_tick)

    def subscribe_bars(self, bar_type: BarType, **_: Any) -> None:
        """Get every bar of a type in `on_bar`; internal bars are built from here on."""
        if bar_type not in self._bar_subscriptions:
            self._bar_subscriptions.append(bar_type)
            self.floor.data.subscribe_bars(bar_type, self.on_bar)

    def unsubscribe_bars(self, bar_type: BarType, **_: Any) -> None:
        """Undo `subscribe_bars`."""
        if bar_type in self._bar_subscriptions:
            self._bar_subscriptions.remove(bar_type)
            self.floor.data.unsubscribe_bars(bar_type, self.on_bar)

    def subscribe_instrument(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Get new definitions of an instrument in `on_instrument`."""
        self._subscribe(topics.instrument(instrument_id), self.on_instrument)

    def unsubscribe_instrument(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Undo `subscribe_instrument`."""
        self._unsubscribe(topics.instrument(instrument_id), self.on_instrument)

    def subscribe_instruments(self, venue: Venue, **_: Any) -> None:
        """Get new definitions of all instruments of a venue in `on_instrument`."""
        self._subscribe(topics.instruments(venue), self.on_instrument)

    def unsubscribe_instruments(self, venue: Venue, **_: Any) -> None:
        """Undo `subscribe_instruments`."""
        self._unsubscribe(topics.instruments(venue), self.on_instrument)

    def subscribe_instrument_status(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Get changes of an instrument's trading status in `on_instrument_status`."""
        topic = topics.instrument_status(instrument_id)
        self._subscribe(topic, self.on_instrument_status)

    def unsubscribe_instrument_status(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Undo `subscribe_instrument_status`."""
        topic = topics.instrument_status(instrument_id)
        self._unsubscribe(topic, self.on_instrument_status)

    def subscribe_venue_status(self, venue: Venue, **_: Any) -> None:
        """Get changes of a venue's status in `on_venue_status`."""
        self._subscribe(topics.venue_status(venue), self.on_venue_status)

    def unsubscribe_venue_status(self, venue: Venue, **_: Any) -> None:
        """Undo `subscribe_venue_status`."""
        self._unsubscribe(topics.venue_status(venue), self.on_venue_status)

    def subscribe_ticker(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Get tickers of an instrument in `on_ticker`."""
        self._subscribe(topics.ticker(instrument_id), self.on_ticker)

    def unsubscribe_ticker(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Undo `subscribe_ticker`."""
        self._unsubscribe(topics.ticker(instrument_id), self.on_ticker)

    def subscribe_order_book_deltas(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Get changes of an instrument's order book in `on_order_book_deltas`."""
        topic = topics.deltas(instrument_id)
        self._subscribe(topic, self.on_order_book_deltas)

    def unsubscribe_order_book_deltas(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Undo `subscribe_order_book_deltas`."""
        self._unsubscribe(topics.deltas(instrument_id), self.on_order_book_deltas)

    def subscribe_order_book(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Get whole order books of an instrument in `on_order_book`."""
        topic = topics.snapshots(instrument_id)
        self._subscribe(topic, self.on_order_book)

    def unsubscribe_order_book(self, instrument_id: InstrumentId, **_: Any) -> None:
        """Undo `subscribe_order_book`."""
        self._unsubscribe(topics.snapshots(instrument_id), self.on_order_book)

    def subscribe_data(self, data_type: DataType, **_: Any) -> None:
        """Get custom data of a type in `on_data`."""
        self._subscribe(custom_topic(data_type), self.on_data)

    def unsubscribe_data(self, data_type: DataType, **_: Any) -> None:
        """Undo `subscribe_data`."""
        self._unsubscribe(custom_topic(data_type), self.on_data)

    def publish_data(self, data_type: DataType, data: Any) -> None:
        """Publish custom data to whoever subscribed to its type."""
        self.msgbus.publish(custom_topic(data_type), data)

    # -- indicators -------------------------------------------------------------------------------

    def register_indicator_for_bars(self, bar_type: BarType, indicator: Indicator) -> None:
        """Update an indicator with every bar of a type, before `on_bar` is called.

        It goes on while the component is stopped; registering it again changes nothing.
        """
        self._keep(indicator)
        self.floor.data.add_bar_indicator(bar_type, indicator)

    def register_indicator_for_quote_ticks(
        self, instrument_id: InstrumentId, indicator: Indicator
    ) -> None:
        """Update an indicator with every quote, before `on_quote_tick` is called."""
        self._keep(indicator)
        self.floor.data.add_quote_indicator(instrument_id, indicator)

    def register_indicator_for_trade_ticks(
        self, instrument_id: InstrumentId, indicator: Indicator
    ) -> None:
        """Update an indicator with every trade, before `on_trade_tick` is called."""
        self._keep(indicator)
        self.floor.data.add_trade_indicator(instrument_id, indicator)

    def indicators_initialized(self) -> bool:
        """Return whether every registered indicator is warmed up."""
        return all(indicator.initialized for indicator in self._indicators)

    # -- history ----------------------------------------------------------------------------------

    def request_bars(
        self,
        bar_type: BarType,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 0,
        callback: Callback | None = None,
    ) -> int:
        """Ask for past bars; each comes to `on_historical_data`, then `callback(request_id)`.

        Returns
        -------
        the id of the request
        """
        return self._request(Bar, bar_type, start, end, limit, callback)

    def request_quote_ticks(
        self,
        instrument_id: InstrumentId,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 0,
        callback: Callback | None = None,
    ) -> int:
        """Ask for past quotes, as `request_bars`."""
        return self._request(QuoteTick, instrument_id, start, end, limit, callback)

    def request_trade_ticks(
        self,
        instrument_id: InstrumentId,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 0,
        callback: Callback | None = None,
    ) -> int:
        """Ask for past trades, as `request_bars`."""
        return self._request(TradeTick, instrument_id, start, end, limit, callback)

    @property
    def floor(self) -> TradingFloor:
        """What connects the component with its run."""
        if self._floor is None:
            raise RunError(
                f"{self.id} belongs to no run yet: use on_start, not __init__, to subscribe"
            )
        return self._floor

    def on_time_event(self, event: TimeEvent) -> None:
        """Take a timer's event that no callback was given for."""
        self.on_event(event)

    def _request(
        self,
        data_type: type,
        key: Any,
        start: datetime | None,
        end: datetime | None,
        limit: int,
        callback: Callback | None,
    ) -> int:
        request = HistoryRequest(
            data_type, key, start, end, limit, self.on_historical_data, callback
        )
        return self.floor.requests.add(request)

    def _keep(self, indicator: Indicator) -> None:
        if indicator not in self._indicators:
            self._indicators.append(indicator)

    def _subscribe(self, topic: str, handler: Callback) -> None:
        self.msgbus.subscribe(topic, handler)
        self._subscriptions.append((topic, handler))

    def _unsubscribe(self, topic: str, handler: Callback) -> None:
        self.msgbus.unsubscribe(topic, handler)
        if (topic, handler) in self._subscriptions:
            self._subscriptions.remove((topic, handler))

    def _listen(self) -> None:
        """Subscribe to what it hears of without asking: nothing."""

    def _release(self) -> None:
        """End every subscription and timer."""
        for topic, handler in self._subscriptions:
            self.msgbus.unsubscribe(topic, handler)
        self._subscriptions.clear()
        for bar_type in list(self._bar_subscriptions):
            self.unsubscribe_bars(bar_type)
        self.clock.cancel_timers()
