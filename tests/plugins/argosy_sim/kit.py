"""A simulated venue in a nutshell: real engine, account, positions; data by hand, no risk rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from argosy.config.choice import Choice
from argosy.kernel.trigger import WATCH_ASK, WATCH_BID, PriceTrigger
from argosy.model.commands import CancelOrder, ModifyOrder
from argosy.model.enums import OrderSide, OrderType, TimeInForce
from argosy.model.events.ids import EventIds
from argosy.model.events.order import OrderFilled, OrderInitialized
from argosy.model.identifiers import (
    ClientOrderId,
    PositionId,
    StrategyId,
    TraderId,
    Venue,
)
from argosy.model.instruments import Instrument
from argosy.model.orders import Order
from argosy.model.orders.types import order_from
from argosy.model.values import Money, Price, Quantity
from argosy.parts.registration import Part
from argosy.parts.simulator import SimulationContext
from argosy.run.core import Core
from argosy.testing.instruments import default_fx_ccy
from argosy_sim import part_settings
from argosy_sim.fees import FixedFees, MakerTakerFees, PerContractFees
from argosy_sim.fill_models import BestPriceFill, ProbabilisticFill
from argosy_sim.latency import FixedLatency
from argosy_sim.settings import AccountSettings, SimSettings
from argosy_sim.venue import SimVenue

BUY, SELL = OrderSide.BUY, OrderSide.SELL
AUDUSD = default_fx_ccy("AUD/USD")
START = 1_000_000_000
MINUTE = 60_000_000_000
STRATEGY = StrategyId("S-001")
MARGIN = {"type": "margin", "base_currency": "USD", "balances": ["1_000_000 USD"]}


def _stop(order: OrderInitialized, instrument: Instrument) -> PriceTrigger:
    """Watch as a stop, or, where the order says so, as a touch."""
    assert order.trigger_price is not None
    upward = order.is_buy != order.order_type.endswith("IF_TOUCHED")
    return PriceTrigger(
        order,
        is_buy=order.is_buy,
        watch=WATCH_ASK if order.is_buy else WATCH_BID,
        level=order.trigger_price.raw
        * 10 ** (instrument.price_precision - order.trigger_price.precision),
        upward=upward,
    )


def _type(name: str, released: str) -> Choice:
    part = Part("order_types", name, _stop, capabilities=frozenset({f"releases={released}"}))
    return Choice(part)


ORDER_TYPES = {
    OrderType.STOP_MARKET: _type("STOP_MARKET", "MARKET"),
    OrderType.STOP_LIMIT: _type("STOP_LIMIT", "LIMIT"),
    OrderType.MARKET_IF_TOUCHED: _type("MARKET_IF_TOUCHED", "MARKET"),
    OrderType.LIMIT_IF_TOUCHED: _type("LIMIT_IF_TOUCHED", "LIMIT"),
}
"""Plain triggers: the venue must do with any type that registers what it releases."""


def chosen(kind: str, made: Any) -> Choice:
    """Return the choice of a part that is made already."""
    return Choice(Part(kind, "chosen", lambda settings: made))


def fixed_fee(**settings: Any) -> Choice:
    return chosen("fee_models", FixedFees(part_settings.FixedSettings(**settings)))


def per_contract(commission: str) -> Choice:
    settings = part_settings.PerContractSettings(commission=commission)
    return chosen("fee_models", PerContractFees(settings))


def maker_taker(**settings: Any) -> Choice:
    model = MakerTakerFees(part_settings.MakerTakerSettings(**settings))
    return chosen("fee_models", model)


NO_FEES = maker_taker(maker=0, taker=0)


def latency(**settings: str) -> Choice:
    return chosen("latency_models", FixedLatency(part_settings.FixedLatencySettings(**settings)))


def probabilistic(**settings: Any) -> Choice:
    model = ProbabilisticFill(part_settings.ProbabilisticSettings(**settings))
    return chosen("fill_models", model)


BEST_PRICE = chosen("fill_models", BestPriceFill())


def _no_aggregator(*_: Any) -> Any:
    raise AssertionError("no test here builds bars")


class Exchange:
    """One venue with one instrument or more, and somebody who sends orders to it.

    Every row of data is a datum at a time of its own unless `at` says otherwise; commands settle
    after it.
    """

    def __init__(
        self,
        *instruments: Instrument,
        account: Mapping[str, Any] = MARGIN,
        seed: int = 0,
        order_types: Mapping[Any, Any] = ORDER_TYPES,
        **settings: Any,
    ) -> None:
        instruments = instruments or (AUDUSD,)
        venue = instruments[0].id.venue
        self.core = Core(
            TraderId("T-001"), event_ids=EventIds(seed << 32), make_aggregator=_no_aggregator
        )
        self.timeline = self.core.timeline
        self.timeline.start(START)
        self.cache = self.core.cache
        self.log = self.core.log
        self.bus = self.core.bus
        self.engine = self.core.execution
        self.context = SimulationContext(
            Venue(venue),
            self.timeline,
            partial(self.cache.get_xrate, Venue(venue)),
            order_types,
            seed,
        )
        given = {"fees": NO_FEES, **settings}
        self.venue = SimVenue(
            SimSettings(account=AccountSettings.model_validate(dict(account)), **given),
            self.context,
        )
        self.core.add_simulated(self.context.venue, self.venue)
        for instrument in instruments:
            self.cache.add_instrument(instrument)
            self.venue.add_instrument(instrument)
        self.instrument = instruments[0]
        self.venue.start()
        self._orders = 0

    # -- data -------------------------------------------------------------------------------------

    def matcher(self, instrument: Instrument | None = None) -> Any:
        return self.venue.exchange.desks[(instrument or self.instrument).id].matcher

    def raw(self, price: str) -> int:
        return self.instrument.make_price(price).raw

    def go(self, at: int | None = None) -> int:
        """Let time pass up to a datum: what is due before it fires."""
        at = self.timeline.now + MINUTE if at is None else at
        self.timeline.advance(at - 1)
        self.timeline.start(at)
        return at

    def quote(
        self,
        bid: str,
        ask: str,
        bid_size: int = 1_000_000,
        ask_size: int = 1_000_000,
        *,
        at: int | None = None,
        of: Instrument | None = None,
    ) -> None:
        at = self.go(at)
        self.matcher(of).quote(self.raw(bid), self.raw(ask), bid_size, ask_size, at)
        self.timeline.settle()

    def trade(self, price: str, size: int, aggressor: int = 0, *, at: int | None = None) -> None:
        at = self.go(at)
        self.matcher().trade(self.raw(price), size, aggressor, at)
        self.timeline.settle()

    def bar(self, *prices: str, volume: int = 4_000_000, at: int | None = None) -> None:
        at = self.go(at)
        self.matcher().bar(4, tuple(self.raw(price) for price in prices), volume, at)
        self.timeline.settle()

    def pair(
        self,
        bids: tuple[str, str, str, str],
        asks: tuple[str, str, str, str],
        volume: int = 4_000_000,
    ) -> None:
        at = self.go()
        raw_bids = tuple(self.raw(price) for price in bids)
        raw_asks = tuple(self.raw(price) for price in asks)
        self.matcher().bar_pair(raw_bids, volume, raw_asks, volume, at)
        self.timeline.settle()

    def wait(self, duration_ns: int) -> None:
        """Let time pass without data."""
        self.timeline.advance(self.timeline.now + duration_ns)

    # -- orders -----------------------------------------------------------------------------------

    def make(
        self,
        side: OrderSide,
        quantity: int | str,
        order_type: OrderType = OrderType.MARKET,
        price: str | None = None,
        trigger: str | None = None,
        *,
        tif: TimeInForce = TimeInForce.GTC,
        of: Instrument | None = None,
        strategy_id: StrategyId = STRATEGY,
        **more: Any,
    ) -> Order:
        """Make an order and do not send it."""
        self._orders += 1
        flags = {
            name: more.pop(name, False) for name in ("post_only", "reduce_only", "quote_quantity")
        }
        return order_from(
            OrderInitialized(
                TraderId("T-001"),
                strategy_id,
                (of or self.instrument).id,
                ClientOrderId(f"O-{self._orders}"),
                side,
                order_type,
                Quantity.from_str(str(quantity)),
                tif,
                flags["post_only"],
                flags["reduce_only"],
                flags["quote_quantity"],
                0,
                self.timeline.now,
                self.timeline.now,
                price=None if price is None else Price.from_str(price),
                trigger_price=None if trigger is None else Price.from_str(trigger),
                **more,
            )
        )

    def send(self, *orders: Order, position_id: str | None = None) -> None:
        """Send orders together, and settle."""
        for order in orders:
            self.engine.submit(order, None if position_id is None else PositionId(position_id))
        self.timeline.settle()

    def submit(
        self,
        side: OrderSide,
        quantity: int | str,
        *args: Any,
        position_id: str | None = None,
        **more: Any,
    ) -> Order:
        order = self.make(side, quantity, *args, **more)
        self.send(order, position_id=position_id)
        return order

    def market(self, side: OrderSide, quantity: int | str, **more: Any) -> Order:
        return self.submit(side, quantity, **more)

    def limit(self, side: OrderSide, quantity: int | str, price: str, **more: Any) -> Order:
        return self.submit(side, quantity, OrderType.LIMIT, price, **more)

    def stop(self, side: OrderSide, quantity: int | str, trigger: str, **more: Any) -> Order:
        return self.submit(side, quantity, OrderType.STOP_MARKET, None, trigger, **more)

    def modify(
        self,
        order: Order,
        quantity: int | None = None,
        price: str | None = None,
        trigger: str | None = None,
    ) -> None:
        self.engine.modify(
            order,
            None if quantity is None else Quantity.from_int(quantity),
            None if price is None else Price.from_str(price),
            None if trigger is None else Price.from_str(trigger),
        )
        self.timeline.settle()

    def cancel(self, order: Order) -> None:
        self.engine.cancel(order)
        self.timeline.settle()

    # -- what came of it --------------------------------------------------------------------------

    def position(self, instrument: Instrument | None = None) -> int:
        """Return the net raw quantity held."""
        held = self.cache.positions_open(instrument_id=(instrument or self.instrument).id)
        return sum(position.signed_raw for position in held)

    def held(self, instrument: Instrument | None = None) -> int:
        """Return the net raw quantity that the exchange holds for everybody."""
        desk = self.venue.exchange.desks[(instrument or self.instrument).id]
        return int(desk.listing.held_by_all())

    def total(self, currency: str = "USD") -> Money | None:
        from argosy.model.currency import Currency

        return self.venue.account.balance_total(Currency.from_str(currency))

    def report(self) -> dict[str, Any]:
        counters = self.venue.report()["instruments"]
        return dict(counters[str(self.instrument.id)])


def told(order: Order, *, reasons: bool = False) -> list[str]:
    """Return what the venue told of an order, in short; reasons by their code alone, or in full."""
    return [
        _short(event, reasons=reasons)
        for event in order.events
        if type(event).__name__ not in ("OrderInitialized", "OrderSubmitted")
    ]


def fills(order: Order) -> list[str]:
    """Return the fills of an order: quantity @ price."""
    return [
        f"{event.last_qty}@{event.last_px}"
        for event in order.events
        if isinstance(event, OrderFilled)
    ]


def _short(event: Any, *, reasons: bool) -> str:
    name = type(event).__name__.removeprefix("Order")
    if name == "Filled":
        return f"Filled {event.last_qty}@{event.last_px} {event.liquidity_side}"
    if name == "Updated":
        prices = [str(each) for each in (event.price, event.trigger_price) if each is not None]
        return " ".join([name, str(event.quantity), *prices])
    reason = getattr(event, "reason", "")
    reason = reason if reasons else reason.partition(":")[0]
    return f"{name} {reason}".strip()


def modify_of(order: Order, **changes: Any) -> ModifyOrder:
    """Return the command that changes an order."""
    values = [changes.get(name) for name in ("quantity", "price", "trigger_price")]
    return ModifyOrder(99, 1, 0, 0, order.instrument_id, order.client_order_id, None, *values)


def cancel_of(order: Order) -> CancelOrder:
    """Return the command that withdraws an order."""
    return CancelOrder(99, 1, 0, 0, order.instrument_id, order.client_order_id, None)
