"""Subscriptions: what a component gets to hear, and the handlers that hear it.

The arguments stand in the order that users of the field know; those that nothing reads are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Unpack

from argosy.engine.custom import DataType, custom_topic
from argosy.errors import RunError
from argosy.kernel import topics
from argosy.kernel.bus import MessageBus
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
from argosy.model.data_kind import DataKind
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.instruments import Instrument
from argosy.model.kinds import (
    BOOK_DELTAS,
    BOOK_SNAPSHOT,
    DEFINITION,
    INSTRUMENT_STATUS,
    QUOTE,
    TICKER,
    TRADE,
    VENUE_STATUS,
)
from argosy.strategy.component import LifeCycle
from argosy.strategy.heard import HANDLERS
from argosy.strategy.unread import Unread, check_asked, refuse_unread

if TYPE_CHECKING:
    from argosy.model.enums import BookType
    from argosy.model.identifiers import ClientId
    from argosy.strategy.floor import TradingFloor

Callback = Callable[[Any], object]


class Subscriber(LifeCycle):
    """Subscribe to data, hear it, and publish some."""

    msgbus: MessageBus

    def __init__(self) -> None:
        super().__init__()
        self._floor: TradingFloor | None = None
        self._subscriptions: list[tuple[str, Callback]] = []
        self._bar_subscriptions: dict[BarType, None] = {}

    @property
    def floor(self) -> TradingFloor:
        """What connects the component with its run."""
        if self._floor is None:
            raise RunError(
                f"{self.id} belongs to no run yet: use on_start, not __init__, to subscribe"
            )
        return self._floor

    # -- handlers: override what you need ---------------------------------------------------------

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

    # -- subscriptions ----------------------------------------------------------------------------

    def subscribe_quote_ticks(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get every quote of an instrument in `on_quote_tick`."""
        check_asked("subscribe_quote_ticks", client_id, instrument_id.venue, **more)
        self.floor.data.market(instrument_id)
        self._hear(QUOTE, instrument_id)

    def unsubscribe_quote_ticks(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_quote_ticks`."""
        check_asked("unsubscribe_quote_ticks", client_id, instrument_id.venue, **more)
        self._ignore(QUOTE, instrument_id)

    def subscribe_trade_ticks(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get every trade of an instrument in `on_trade_tick`."""
        check_asked("subscribe_trade_ticks", client_id, instrument_id.venue, **more)
        self.floor.data.market(instrument_id)
        self._hear(TRADE, instrument_id)

    def unsubscribe_trade_ticks(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_trade_ticks`."""
        check_asked("unsubscribe_trade_ticks", client_id, instrument_id.venue, **more)
        self._ignore(TRADE, instrument_id)

    def subscribe_bars(
        self, bar_type: BarType, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get every bar of a type in `on_bar`; internal bars are built from here on."""
        check_asked("subscribe_bars", client_id, bar_type.instrument_id.venue, **more)
        if bar_type not in self._bar_subscriptions:
            self._bar_subscriptions[bar_type] = None
            self.floor.data.subscribe_bars(bar_type, self.on_bar)

    def unsubscribe_bars(
        self, bar_type: BarType, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_bars`."""
        check_asked("unsubscribe_bars", client_id, bar_type.instrument_id.venue, **more)
        if bar_type in self._bar_subscriptions:
            del self._bar_subscriptions[bar_type]
            self.floor.data.unsubscribe_bars(bar_type, self.on_bar)

    def subscribe_instrument(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get new definitions of an instrument in `on_instrument`."""
        check_asked("subscribe_instrument", client_id, instrument_id.venue, **more)
        self._hear(DEFINITION, instrument_id)

    def unsubscribe_instrument(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_instrument`."""
        check_asked("unsubscribe_instrument", client_id, instrument_id.venue, **more)
        self._ignore(DEFINITION, instrument_id)

    def subscribe_instruments(
        self, venue: Venue, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get new definitions of all instruments of a venue in `on_instrument`."""
        check_asked("subscribe_instruments", client_id, venue, **more)
        self._subscribe(topics.instruments(venue), self.on_instrument)

    def unsubscribe_instruments(
        self, venue: Venue, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_instruments`."""
        check_asked("unsubscribe_instruments", client_id, venue, **more)
        self._unsubscribe(topics.instruments(venue), self.on_instrument)

    def subscribe_instrument_status(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get changes of an instrument's trading status in `on_instrument_status`."""
        check_asked("subscribe_instrument_status", client_id, instrument_id.venue, **more)
        self._hear(INSTRUMENT_STATUS, instrument_id)

    def unsubscribe_instrument_status(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_instrument_status`."""
        check_asked("unsubscribe_instrument_status", client_id, instrument_id.venue, **more)
        self._ignore(INSTRUMENT_STATUS, instrument_id)

    def subscribe_venue_status(
        self, venue: Venue, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get changes of a venue's status in `on_venue_status`."""
        check_asked("subscribe_venue_status", client_id, venue, **more)
        self._hear(VENUE_STATUS, venue)

    def unsubscribe_venue_status(
        self, venue: Venue, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_venue_status`."""
        check_asked("unsubscribe_venue_status", client_id, venue, **more)
        self._ignore(VENUE_STATUS, venue)

    def subscribe_ticker(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get tickers of an instrument in `on_ticker`."""
        check_asked("subscribe_ticker", client_id, instrument_id.venue, **more)
        self._hear(TICKER, instrument_id)

    def unsubscribe_ticker(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_ticker`."""
        check_asked("unsubscribe_ticker", client_id, instrument_id.venue, **more)
        self._ignore(TICKER, instrument_id)

    def subscribe_order_book_deltas(
        self,
        instrument_id: InstrumentId,
        book_type: BookType | None = None,
        depth: int = 0,
        client_id: ClientId | None = None,
        **more: Unpack[Unread],
    ) -> None:
        """Get changes of an instrument's order book in `on_order_book_deltas`."""
        check_asked(
            "subscribe_order_book_deltas",
            client_id,
            instrument_id.venue,
            book_type=book_type,
            depth=depth,
            **more,
        )
        self._hear(BOOK_DELTAS, instrument_id)

    def unsubscribe_order_book_deltas(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_order_book_deltas`."""
        check_asked("unsubscribe_order_book_deltas", client_id, instrument_id.venue, **more)
        self._ignore(BOOK_DELTAS, instrument_id)

    def subscribe_order_book(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Get whole order books of an instrument in `on_order_book`."""
        check_asked("subscribe_order_book", client_id, instrument_id.venue, **more)
        self._hear(BOOK_SNAPSHOT, instrument_id)

    def unsubscribe_order_book(
        self, instrument_id: InstrumentId, client_id: ClientId | None = None, **more: Unpack[Unread]
    ) -> None:
        """Undo `subscribe_order_book`."""
        check_asked("unsubscribe_order_book", client_id, instrument_id.venue, **more)
        self._ignore(BOOK_SNAPSHOT, instrument_id)

    def subscribe_data(
        self,
        data_type: DataType,
        client_id: ClientId | None = None,
        instrument_id: InstrumentId | None = None,
        **more: Unpack[Unread],
    ) -> None:
        """Get custom data of a type in `on_data`."""
        refuse_unread("subscribe_data", client_id=client_id, instrument_id=instrument_id, **more)
        self._subscribe(custom_topic(data_type), self.on_data)

    def unsubscribe_data(
        self,
        data_type: DataType,
        client_id: ClientId | None = None,
        instrument_id: InstrumentId | None = None,
        **more: Unpack[Unread],
    ) -> None:
        """Undo `subscribe_data`."""
        refuse_unread("unsubscribe_data", client_id=client_id, instrument_id=instrument_id, **more)
        self._unsubscribe(custom_topic(data_type), self.on_data)

    def publish_data(self, data_type: DataType, data: Any) -> None:
        """Publish custom data to whoever subscribed to its type."""
        self.msgbus.publish(custom_topic(data_type), data)

    def _hear(self, kind: DataKind, key: Any) -> None:
        """Get a kind of data of an instrument or a venue in the handler of the kind."""
        self._subscribe(topics.of(kind, key), getattr(self, HANDLERS[kind]))

    def _ignore(self, kind: DataKind, key: Any) -> None:
        """Undo `_hear`."""
        self._unsubscribe(topics.of(kind, key), getattr(self, HANDLERS[kind]))

    def _subscribe(self, topic: str, handler: Callback) -> None:
        self.msgbus.subscribe(topic, handler)
        self._subscriptions.append((topic, handler))

    def _unsubscribe(self, topic: str, handler: Callback) -> None:
        self.msgbus.unsubscribe(topic, handler)
        if (topic, handler) in self._subscriptions:
            self._subscriptions.remove((topic, handler))

    def _release(self) -> None:
        """End every subscription."""
        for topic, handler in self._subscriptions:
            self.msgbus.unsubscribe(topic, handler)
        self._subscriptions.clear()
        for bar_type in list(self._bar_subscriptions):
            self.unsubscribe_bars(bar_type)
