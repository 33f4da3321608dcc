"""Orders and positions: they travel as the events that they are made of."""

from collections.abc import Mapping
from typing import Any

import msgspec

from argosy.model.codec import convert, to_builtins
from argosy.model.events.order import AnyOrderEvent, OrderFilled, OrderInitialized
from argosy.model.events.position import PositionAdjusted
from argosy.model.instruments import instrument_from_dict
from argosy.model.money import Money
from argosy.model.orders import Order, order_from
from argosy.model.position import Position


class _OrderRecord(msgspec.Struct):
    init: OrderInitialized
    events: list[AnyOrderEvent]


class _PositionRecord(msgspec.Struct):
    instrument: dict[str, Any]
    cycle: int
    prior_realized_pnl: Money
    opening: OrderFilled
    events: list[OrderFilled | PositionAdjusted]


def order_to_dict(order: Order) -> dict[str, Any]:
    """Return the events of an order, as JSON would spell them."""
    values: dict[str, Any] = to_builtins(_OrderRecord(order.init, order.events[1:]))
    return values


def order_from_dict(values: Mapping[str, Any]) -> Order:
    """Return the order of its events, of the class of its type where that is built in."""
    record = convert(values, _OrderRecord, place="Order")
    order = order_from(record.init)
    for event in record.events:
        # What was let pass once is history.
        order.apply(event, allow_overfill=True)
    return order


def position_to_dict(position: Position) -> dict[str, Any]:
    """Return the instrument and the events of a position, as JSON would spell them."""
    opening, *fills = position.events
    record = _PositionRecord(
        position.terms.instrument.to_dict(),
        position.cycle,
        Money.from_raw(position.prior_realized_raw, position.terms.settlement),
        opening,
        sorted([*fills, *position.adjustments], key=_event_id),
    )
    values: dict[str, Any] = to_builtins(record)
    return values


def position_from_dict(values: Mapping[str, Any]) -> Position:
    """Return the position of its events."""
    record = convert(values, _PositionRecord, place="Position")
    position = Position(instrument_from_dict(record.instrument), record.opening)
    position.resume(record.cycle, record.prior_realized_pnl)
    for event in record.events:
        if isinstance(event, OrderFilled):
            position.apply(event)
        else:
            position.adjust(event)
    return position


def _event_id(event: OrderFilled | PositionAdjusted) -> int:
    return event.event_id
