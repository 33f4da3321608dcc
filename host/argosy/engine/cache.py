"""The cache: what a run knows, for strategies to read.

Orders are kept once, by id; those that are open, in flight or held locally are in small
dictionaries beside it, so that nothing walks what is closed. Ticks and bars stay in the rings of
the market states and become objects when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from argosy.engine.rates import ExchangeRates
from argosy.errors import DuplicateNameError, InstrumentNotFoundError
from argosy.kernel.bar_feed import BarFeed
from argosy.kernel.market import MarketState
from argosy.kernel.prices import latest_price
from argosy.model.accounts import Account
from argosy.model.accounts.margin import left_raw18
from argosy.model.bar_type import BarType
from argosy.model.currency import Currency
from argosy.model.data import Bar, QuoteTick, TradeTick
from argosy.model.enums import OrderSide, PositionSide, PriceType
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    Venue,
)
from argosy.model.instruments import Instrument
from argosy.model.orders import OrderList
from argosy.model.orders.order import Order
from argosy.model.position import Position
from argosy.model.values import Price
from argosy.model.wide import pow10, product

_FEW = 16  # working orders that are looked through as they are


class Cache:
    """Instruments, market data, orders, positions and accounts of one run.

    Attributes
    ----------
    rates : what currencies are worth in others
    answered : how often an order that was under way ceased to be, or was under way otherwise
    """

    def __init__(self) -> None:
        self._instruments: dict[InstrumentId, Instrument] = {}
        self._markets: dict[InstrumentId, MarketState] = {}
        self.rates = ExchangeRates()
        self._accounts: dict[Venue, Account] = {}
        self._orders: dict[ClientOrderId, Order] = {}
        self._working: dict[ClientOrderId, Order] = {}
        self._working_in: dict[InstrumentId, dict[ClientOrderId, Order]] | None = None
        self._inflight: dict[ClientOrderId, Order] = {}
        self.answered = 0
        self._order_lists: dict[str, OrderList] = {}
        self._positions: dict[PositionId, Position] = {}
        self._open_positions: dict[PositionId, Position] = {}
        self._open_in: dict[InstrumentId, dict[PositionId, Position]] = {}
        self._history: dict[PositionId, list[Position]] = {}
        self._position_of_order: dict[ClientOrderId, PositionId] = {}
        self._general: dict[str, bytes] = {}

    # -- general --------------------------------------------------------------------------------

    def add(self, key: str, value: bytes) -> None:
        """Keep bytes under a key, for a strategy's own use."""
        self._general[key] = value

    def get(self, key: str) -> bytes | None:
        """Return the bytes kept under `key`."""
        return self._general.get(key)

    # -- instruments ----------------------------------------------------------------------------

    def add_instrument(self, instrument: Instrument) -> None:
        """Add an instrument, or replace its definition."""
        self._instruments[instrument.id] = instrument

    def instrument(self, instrument_id: InstrumentId) -> Instrument | None:
        """Return the definition of an instrument, or None."""
        return self._instruments.get(instrument_id)

    def instruments(self, venue: Venue | None = None) -> list[Instrument]:
        """Return all instruments, or those of a venue, in the order in which they came."""
        return [
            each for each in self._instruments.values() if venue is None or each.id.venue == venue
        ]

    def instrument_ids(self, venue: Venue | None = None) -> list[InstrumentId]:
        """Return the ids of all instruments, or of those of a venue."""
        return [each.id for each in self.instruments(venue)]

    def require_instrument(self, instrument_id: InstrumentId) -> Instrument:
        """Return the definition of an instrument that must exist.

        Raises
        ------
        InstrumentNotFoundError : nobody has defined it
        """
        found = self._instruments.get(instrument_id)
        if found is None:
            known = ", ".join(self._instruments) or "none"
            raise InstrumentNotFoundError(
                f"instrument {instrument_id} has no definition; known are: {known}",
                cure="Declare it under [[instruments]], or load its definition into the catalog",
            )
        return found

    # -- market data ----------------------------------------------------------------------------

    def add_market(self, market: MarketState) -> None:
        """Add the market state of an instrument."""
        self._markets[market.instrument_id] = market
        self.rates.add(market)

    def market(self, instrument_id: InstrumentId) -> MarketState | None:
        """Return the market state of an instrument, or None."""
        return self._markets.get(instrument_id)

    def quote_tick(self, instrument_id: InstrumentId, index: int = 0) -> QuoteTick | None:
        """Return a quote; index 0 is the latest."""
        market = self._markets.get(instrument_id)
        return None if market is None else market.quote(index)

    def quote_ticks(self, instrument_id: InstrumentId) -> list[QuoteTick]:
        """Return the quotes that are kept, the latest first."""
        market = self._markets.get(instrument_id)
        if market is None:
            return []
        quotes = (market.quote(i) for i in range(len(market.quote_ring)))
        return [quote for quote in quotes if quote is not None]

    def trade_tick(self, instrument_id: InstrumentId, index: int = 0) -> TradeTick | None:
        """Return a trade; index 0 is the latest."""
        market = self._markets.get(instrument_id)
        return None if market is None else market.trade(index)

    def trade_ticks(self, instrument_id: InstrumentId) -> list[TradeTick]:
        """Return the trades that are kept, the latest first."""
        market = self._markets.get(instrument_id)
        if market is None:
            return []
        trades = (market.trade(i) for i in range(len(market.trade_ring)))
        return [trade for trade in trades if trade is not None]

    def bar(self, bar_type: BarType, index: int = 0) -> Bar | None:
        """Return a bar; index 0 is the latest. A composite type is looked up by its own side."""
        feed = self._feed(bar_type)
        return None if feed is None else feed.bar(index)

    def bars(self, bar_type: BarType) -> list[Bar]:
        """Return the bars that are kept, the latest first."""
        feed = self._feed(bar_type)
        if feed is None:
            return []
        bars = (feed.bar(i) for i in range(len(feed.ring)))
        return [bar for bar in bars if bar is not None]

    def bar_count(self, bar_type: BarType) -> int:
        """Return how many bars of a type are kept."""
        feed = self._feed(bar_type)
        return 0 if feed is None else len(feed.ring)

    def bar_types(self, instrument_id: InstrumentId | None = None) -> list[BarType]:
        """Return the bar types that have feeds, for all instruments or one."""
        return [
            bar_type
            for market in self._markets.values()
            if instrument_id is None or market.instrument_id == instrument_id
            for bar_type in market.bar_feeds
        ]

    def price(self, instrument_id: InstrumentId, price_type: PriceType) -> Price | None:
        """Return the latest price of a type: from quotes, trades, or else from bars' closes."""
        market = self._markets.get(instrument_id)
        return None if market is None else latest_price(market, price_type)

    def get_xrate(
        self,
        venue: Venue,
        from_currency: Currency,
        to_currency: Currency,
        price_type: PriceType = PriceType.MID,
    ) -> Decimal | None:
        """Return what one unit of a currency costs in another on a venue; None if unknown."""
        return self.rates.rate(venue, from_currency, to_currency, price_type)

    # -- accounts -------------------------------------------------------------------------------

    def add_account(self, venue: Venue, account: Account) -> None:
        """Add the account that orders of a venue trade on."""
        if venue in self._accounts:
            raise DuplicateNameError(f"venue {venue} already has account {account.id}")
        self._accounts[venue] = account

    def account(self, account_id: AccountId) -> Account | None:
        """Return an account by its id."""
        return next((a for a in self._accounts.values() if a.id == account_id), None)

    def account_for_venue(self, venue: Venue) -> Account | None:
        """Return the account of a venue."""
        return self._accounts.get(venue)

    def accounts(self) -> list[Account]:
        """Return all accounts, in the order of their venues."""
        return list(self._accounts.values())

    # -- orders ---------------------------------------------------------------------------------

    def add_order(self, order: Order, position_id: PositionId | None = None) -> None:
        """Add a new order.

        Raises
        ------
        DuplicateNameError : its id was used before
        """
        order_id = order.client_order_id
        if order_id in self._orders:
            raise DuplicateNameError(f"an order with id {order_id} exists already")
        self._orders[order_id] = order
        self._begin_working(order)
        if position_id is not None:
            self._position_of_order[order_id] = position_id

    def add_order_list(self, order_list: OrderList) -> None:
        """Add an order list; its orders are added one by one."""
        self._order_lists[order_list.id] = order_list

    def update_order(self, order: Order) -> None:
        """Note that the status of an order has changed."""
        order_id = order.client_order_id
        if order.is_closed:
            self._end_working(order)
        elif order_id not in self._working:
            self._begin_working(order)  # a fill came after it was canceled
        if order.is_inflight:
            if self._inflight and order_id in self._inflight:
                self.answered += 1
            self._inflight[order_id] = order
        elif self._inflight and self._inflight.pop(order_id, None) is not None:
            self.answered += 1

    def _begin_working(self, order: Order) -> int:
        self._working[order.client_order_id] = order
        if self._working_in is not None:
            found = self._working_in.get(order.instrument_id)
            if found is None:
                found = self._working_in[order.instrument_id] = {}
            found[order.client_order_id] = order
        return 0

    def _end_working(self, order: Order) -> int:
        self._working.pop(order.client_order_id, None)
        if self._working_in is not None:
            found = self._working_in.get(order.instrument_id)
            if found is not None:
                found.pop(order.client_order_id, None)
        return 0

    def order(self, client_order_id: ClientOrderId) -> Order | None:
        """Return an order by its id."""
        return self._orders.get(client_order_id)

    def order_list(self, order_list_id: str) -> OrderList | None:
        """Return an order list by its id."""
        return self._order_lists.get(order_list_id)

    def orders(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = OrderSide.NO_ORDER_SIDE,
    ) -> list[Order]:
        """Return all orders that fit the filters, in the order in which they were made."""
        return list(_select_orders(self._orders, venue, instrument_id, strategy_id, side))

    def orders_open(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = OrderSide.NO_ORDER_SIDE,
    ) -> list[Order]:
        """Return the orders that work at their venue."""
        found = _select_orders(self._working, venue, instrument_id, strategy_id, side)
        return [order for order in found if order.is_open]

    def orders_inflight(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = OrderSide.NO_ORDER_SIDE,
    ) -> list[Order]:
        """Return the orders whose venue has yet to answer."""
        if not self._inflight:
            return []
        return list(_select_orders(self._inflight, venue, instrument_id, strategy_id, side))

    def orders_closed(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: OrderSide = OrderSide.NO_ORDER_SIDE,
    ) -> list[Order]:
        """Return the orders that are done."""
        found = _select_orders(self._orders, venue, instrument_id, strategy_id, side)
        return [order for order in found if order.is_closed]

    def orders_working(self) -> list[Order]:
        """Return every order that is not done, in the order in which they were made."""
        return list(self._working.values())

    def working_in(self, instrument_id: InstrumentId) -> list[Order]:
        """Return the orders of an instrument that are not done, in the order they were made in.

        A few orders are looked through. Once there are many they are kept by instrument too, so
        that an order in a broad market does not cost what all orders do.
        """
        by_instrument = self._working_in
        if by_instrument is None:
            if len(self._working) <= _FEW:
                return [
                    each for each in self._working.values() if each.instrument_id == instrument_id
                ]
            by_instrument = self._working_in = {}
            for order in self._working.values():
                by_instrument.setdefault(order.instrument_id, {})[order.client_order_id] = order
        return list(by_instrument.get(instrument_id, {}).values())

    @property
    def inflight_count(self) -> int:
        """How many orders are there whose venue has yet to answer."""
        return len(self._inflight)

    def inflight_since(self, count: int) -> list[Order]:
        """Return the orders whose venue has yet to answer, without the first `count`."""
        newest = list(islice(reversed(self._inflight.values()), len(self._inflight) - count))
        newest.reverse()
        return newest

    def orders_total_count(self) -> int:
        """Return how many orders there are."""
        return len(self._orders)

    # -- positions ------------------------------------------------------------------------------

    def add_position(self, position: Position) -> None:
        """Add a position; one that was closed under the same id becomes history."""
        before = self._positions.get(position.id)
        if before is not None:
            self._history.setdefault(position.id, []).append(before)
        self._positions[position.id] = position
        self._open_positions[position.id] = position
        known = self._open_in.get(position.instrument_id)
        if known is None:
            known = self._open_in[position.instrument_id] = {}
        known[position.id] = position

    def update_position(self, position: Position) -> None:
        """Note that a position was closed."""
        if position.signed_raw == 0:
            self._open_positions.pop(position.id, None)
            known = self._open_in.get(position.instrument_id)
            if known is not None:
                known.pop(position.id, None)

    def link_position(self, client_order_id: ClientOrderId, position_id: PositionId) -> None:
        """Note which position the fills of an order belong to."""
        self._position_of_order[client_order_id] = position_id

    def position(self, position_id: PositionId) -> Position | None:
        """Return a position by its id."""
        return self._positions.get(position_id)

    def open_position(self, position_id: PositionId) -> Position | None:
        """Return a position by its id if it is open."""
        return self._open_positions.get(position_id)

    def closable_raw18(self, instrument_id: InstrumentId, sign: int) -> int:
        """Return how much an order of a side could close that no other will (x 10^18)."""
        known = self._open_in.get(instrument_id)
        net = 0
        if known:
            for position in known.values():
                net += product(position.signed_raw, pow10(18 - position.size_precision))
        if not net or (net > 0) == (sign > 0):
            return 0
        return max(abs(net) - self._closing_raw18(instrument_id, sign), 0)

    def _closing_raw18(self, instrument_id: InstrumentId, sign: int) -> int:
        """Return what is left of the priced open orders of a side (x 10^18), reduce-only apart."""
        total = 0
        if not self._working:
            return 0
        for order in self.working_in(instrument_id):
            if order.is_open and order.sign == sign and not order.is_reduce_only:
                price = order.price if order.price is not None else order.trigger_price
                if price is not None:
                    total += left_raw18(order, price)
        return total

    def position_snapshots(self, position_id: PositionId | None = None) -> list[Position]:
        """Return the earlier cycles of a netting position that was opened again, or of all."""
        if position_id is not None:
            return list(self._history.get(position_id, ()))
        return [each for cycles in self._history.values() for each in cycles]

    def position_id(self, client_order_id: ClientOrderId) -> PositionId | None:
        """Return the id of the position that an order belongs to."""
        return self._position_of_order.get(client_order_id)

    def position_for_order(self, client_order_id: ClientOrderId) -> Position | None:
        """Return the position that an order belongs to."""
        position_id = self._position_of_order.get(client_order_id)
        return None if position_id is None else self._positions.get(position_id)

    def positions(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: PositionSide = PositionSide.NO_POSITION_SIDE,
    ) -> list[Position]:
        """Return all positions that fit the filters, in the order in which their ids came."""
        return list(_select_positions(self._positions, venue, instrument_id, strategy_id, side))

    def positions_open(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
        side: PositionSide = PositionSide.NO_POSITION_SIDE,
    ) -> list[Position]:
        """Return the positions that are open."""
        return list(
            _select_positions(self._open_positions, venue, instrument_id, strategy_id, side)
        )

    def positions_closed(
        self,
        venue: Venue | None = None,
        instrument_id: InstrumentId | None = None,
        strategy_id: StrategyId | None = None,
    ) -> list[Position]:
        """Return the positions that are flat."""
        side = PositionSide.NO_POSITION_SIDE
        found = _select_positions(self._positions, venue, instrument_id, strategy_id, side)
        return [position for position in found if position.is_closed]

    def _feed(self, bar_type: BarType) -> BarFeed | None:
        market = self._markets.get(bar_type.instrument_id)
        return None if market is None else market.bar_feeds.get(bar_type.standard())


def _select_orders(
    orders: dict[ClientOrderId, Order],
    venue: Venue | None,
    instrument_id: InstrumentId | None,
    strategy_id: StrategyId | None,
    side: OrderSide,
) -> Iterator[Order]:
    for order in orders.values():
        if (
            (venue is None or order.instrument_id.venue == venue)
            and (instrument_id is None or order.instrument_id == instrument_id)
            and (strategy_id is None or order.strategy_id == strategy_id)
            and (side is OrderSide.NO_ORDER_SIDE or order.side is side)
        ):
            yield order


def _select_positions(
    positions: dict[PositionId, Position],
    venue: Venue | None,
    instrument_id: InstrumentId | None,
    strategy_id: StrategyId | None,
    side: PositionSide,
) -> Iterator[Position]:
    for position in positions.values():
        if (
            (venue is None or position.instrument_id.venue == venue)
            and (instrument_id is None or position.instrument_id == instrument_id)
            and (strategy_id is None or position.strategy_id == strategy_id)
            and (side is PositionSide.NO_POSITION_SIDE or position.side is side)
        ):
            yield position
