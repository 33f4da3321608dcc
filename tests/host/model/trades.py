"""Orders, events and fills for tests, with every field filled in."""

from itertools import count
from typing import Any

from argosy.model.enums import LiquiditySide, OrderSide, OrderType, TimeInForce
from argosy.model.events.order import (
    AnyOrderEvent,
    OrderAccepted,
    OrderCanceled,
    OrderCancelRejected,
    OrderDenied,
    OrderEmulated,
    OrderEvent,
    OrderExpired,
    OrderFilled,
    OrderInitialized,
    OrderModifyRejected,
    OrderPendingCancel,
    OrderPendingUpdate,
    OrderRejected,
    OrderReleased,
    OrderSubmitted,
    OrderTriggered,
    OrderUpdated,
)
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    VenueOrderId,
)
from argosy.model.instruments import Instrument
from argosy.model.money import Money
from argosy.model.orders import Order, order_from
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import default_fx_ccy

TRADER = TraderId("TRADER-001")
STRATEGY = StrategyId("EMACross-007")
ACCOUNT = AccountId("SIM-001")
VENUE_ORDER = VenueOrderId("V-1")
POSITION = PositionId("P-1")
GBPUSD = default_fx_ccy("GBP/USD")
BUY = OrderSide.BUY
SELL = OrderSide.SELL

_numbers = count(1)

# What each kind of event wants between the ids and the stamps.
_MIDDLE: dict[type[OrderEvent], dict[str, Any]] = {
    OrderDenied: {"reason": "too large"},
    OrderEmulated: {},
    OrderReleased: {"released_price": Price("1.25000")},
    OrderSubmitted: {"account_id": ACCOUNT},
    OrderAccepted: {"venue_order_id": VENUE_ORDER, "account_id": ACCOUNT},
    OrderRejected: {"account_id": ACCOUNT, "reason": "no market", "due_post_only": False},
    OrderCanceled: {"venue_order_id": VENUE_ORDER, "account_id": ACCOUNT, "reason": ""},
    OrderExpired: {"venue_order_id": VENUE_ORDER, "account_id": ACCOUNT},
    OrderTriggered: {"venue_order_id": VENUE_ORDER, "account_id": ACCOUNT},
    OrderPendingUpdate: {"venue_order_id": VENUE_ORDER, "account_id": ACCOUNT},
    OrderPendingCancel: {"venue_order_id": VENUE_ORDER, "account_id": ACCOUNT},
    OrderModifyRejected: {"venue_order_id": None, "account_id": ACCOUNT, "reason": "late"},
    OrderCancelRejected: {"venue_order_id": None, "account_id": ACCOUNT, "reason": "late"},
}


def initialized(
    order_type: OrderType = OrderType.MARKET,
    side: OrderSide = BUY,
    quantity: str = "100_000",
    instrument: Instrument = GBPUSD,
    **fields: Any,
) -> OrderInitialized:
    """Return the first event of an order."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "time_in_force": TimeInForce.GTC,
        "post_only": False,
        "reduce_only": False,
        "quote_quantity": False,
        "event_id": number,
        "ts_event": number,
        "ts_init": number,
        "client_order_id": ClientOrderId(f"O-{number}"),
        "strategy_id": STRATEGY,
    }
    for name in ("price", "trigger_price"):
        if isinstance(fields.get(name), str):
            fields[name] = Price(fields[name])
    return OrderInitialized(
        trader_id=TRADER,
        instrument_id=instrument.id,
        order_side=side,
        order_type=order_type,
        quantity=Quantity(quantity),
        **{**given, **fields},
    )


def an_order(order_type: OrderType = OrderType.MARKET, **fields: Any) -> Order:
    """Return an order that was just made."""
    return order_from(initialized(order_type, **fields))


def limit_order(side: OrderSide, quantity: str, price: str, **fields: Any) -> Order:
    """Return a limit order that was just made."""
    return an_order(OrderType.LIMIT, side=side, quantity=quantity, price=price, **fields)


def working(order: Order) -> Order:
    """Submit the order and let the venue accept it."""
    order.apply(event(OrderSubmitted, order))
    order.apply(event(OrderAccepted, order, venue_order_id=VenueOrderId(f"V{order.ts_init}")))
    return order


def event(kind: Any, order: Order, **fields: Any) -> AnyOrderEvent:
    """Return an event of an order."""
    number = next(_numbers)
    if kind is OrderUpdated:
        middle: dict[str, Any] = {
            "venue_order_id": order.venue_order_id,
            "account_id": ACCOUNT,
            "quantity": order.quantity,
            "price": None,
            "trigger_price": None,
            "is_quote_quantity": order.is_quote_quantity,
        }
    else:
        middle = dict(_MIDDLE[kind])
        if order.venue_order_id is not None and "venue_order_id" in middle:
            middle["venue_order_id"] = order.venue_order_id
    given = {**middle, "client_order_id": order.client_order_id}
    made: AnyOrderEvent = kind(
        trader_id=TRADER,
        strategy_id=STRATEGY,
        instrument_id=order.instrument_id,
        **{**given, "event_id": number, "ts_event": number, "ts_init": number, **fields},
    )
    return made


def fill_of(order: Order, quantity: str, price: str, **fields: Any) -> OrderFilled:
    """Return a fill of an order."""
    return a_fill(
        order.side,
        quantity,
        price,
        client_order_id=order.client_order_id,
        venue_order_id=order.venue_order_id or VENUE_ORDER,
        instrument_id=order.instrument_id,
        order_type=order.order_type,
        **fields,
    )


def a_fill(
    side: OrderSide,
    quantity: str,
    price: str,
    commission: str = "0.00 USD",
    instrument: Instrument = GBPUSD,
    **fields: Any,
) -> OrderFilled:
    """Return a fill of an order that nobody looks at."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "instrument_id": instrument.id,
        "client_order_id": ClientOrderId(f"O-{number}"),
        "venue_order_id": VENUE_ORDER,
        "trade_id": TradeId(f"T-{number}"),
        "position_id": POSITION,
        "order_type": OrderType.MARKET,
        "event_id": number,
        "ts_event": number,
        "ts_init": number,
    }
    return OrderFilled(
        trader_id=TRADER,
        strategy_id=STRATEGY,
        account_id=ACCOUNT,
        order_side=side,
        last_qty=Quantity(quantity),
        last_px=Price(price),
        currency=instrument.quote_currency,
        commission=Money.from_str(commission),
        liquidity_side=LiquiditySide.TAKER,
        **{**given, **fields},
    )


def instrument_of(instrument_id: InstrumentId) -> Instrument:
    """Return the one instrument that most tests trade."""
    assert instrument_id == GBPUSD.id
    return GBPUSD
