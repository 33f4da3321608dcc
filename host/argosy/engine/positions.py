"""The position book: which position a fill belongs to, and what it does to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from argosy.engine.cache import Cache
from argosy.model.enums import OmsType
from argosy.model.events.ids import EventIds
from argosy.model.events.order import OrderFilled, with_position_id
from argosy.model.identifiers import InstrumentId, PositionId, StrategyId, TraderId
from argosy.model.orders.order import Order
from argosy.model.position import Position, commission_adjusted, position_event, split_fill

_HEDGING = OmsType.HEDGING


class PositionBook:
    """Open, change, close, flip and reopen positions, netting or hedging."""

    def __init__(self, cache: Cache, event_ids: EventIds, trader_id: TraderId) -> None:
        self._cache = cache
        self._event_ids = event_ids
        self._trader_id = trader_id
        self._netting_ids: dict[StrategyId, dict[InstrumentId, PositionId]] = {}
        self._overrides: dict[StrategyId, OmsType] = {}
        self._counts: dict[StrategyId, int] = {}
        self._books: dict[PositionId, PositionId] = {}

    def set_oms_type(self, strategy_id: StrategyId, oms_type: OmsType) -> None:
        """Let a strategy keep its positions otherwise than its venue; UNSPECIFIED follows it."""
        if oms_type is not OmsType.UNSPECIFIED:
            self._overrides[strategy_id] = oms_type

    def position_id(
        self, order: Order, venue_oms: OmsType, given: PositionId | None, now_ns: int
    ) -> PositionId:
        """Return the id of the position that a fill of `order` belongs to.

        Parameters
        ----------
        venue_oms : how the venue keeps positions, unless the strategy overrides it
        given : the venue's id, where it keeps positions itself
        """
        known = self._cache.position_id(order.client_order_id)
        strategy_id = order.strategy_id
        oms = self._overrides.get(strategy_id, venue_oms) if self._overrides else venue_oms
        if known is not None and not (oms is _HEDGING and self._is_closed(known)):
            return known
        if oms is _HEDGING:
            chosen = given or self._new_id(strategy_id, now_ns)
            if known is None:
                self._books[chosen] = _own_book(order)
        else:
            chosen = self.netting_id(order)
        self._cache.link_position(order.client_order_id, chosen)
        return chosen

    def netting_id(self, order: Order) -> PositionId:
        """Return the id of the one position that a strategy nets an instrument in."""
        ids = self._netting_ids.get(order.strategy_id)
        if ids is None:
            ids = self._netting_ids[order.strategy_id] = {}
        found = ids.get(order.instrument_id)
        if found is None:
            found = PositionId(f"{order.instrument_id}-{order.strategy_id}")
            ids[order.instrument_id] = found
        return found

    def book_of(
        self, order: Order, position_id: PositionId | None, venue_oms: OmsType
    ) -> PositionId | None:
        """Return the holding at the venue that an order trades for; None for the strategy's net.

        A position that hedges has one of its own, named after the order that opened it: the venue
        may learn of it before this system has a name for the position.
        """
        oms = self._overrides.get(order.strategy_id, venue_oms) if self._overrides else venue_oms
        if oms is not _HEDGING:
            return None
        if position_id is None:
            return _own_book(order)
        if self._cache.open_position(position_id) is None:
            self._books[position_id] = position_id  # it is opened anew
            return position_id
        return self._books.get(position_id, position_id)

    def refusal(self, order: Order, position_id: PositionId, venue_oms: OmsType) -> str | None:
        """Return why an order may not be for the position that its maker names, or None."""
        oms = self._overrides.get(order.strategy_id, venue_oms)
        if oms is _HEDGING or position_id == self.netting_id(order):
            return None
        return f"POSITION_ID_NOT_NETTING: position_id={position_id}, net={self.netting_id(order)}"

    def current(self, position_id: PositionId | None) -> Position | None:
        """Return the open position of an id, or None."""
        return None if position_id is None else self._cache.open_position(position_id)

    def apply(self, fill: OrderFilled) -> list[Any]:
        """Apply a fill to its position and return the events, in order."""
        position = self.current(fill.position_id)
        if position is None:
            return self._open(fill)
        if position.is_exceeded(fill):
            closing, opening = split_fill(fill, position.quantity, self._event_ids.next())
            events = self._change(position, closing)
            return events + self._open(self._flipped(opening, position))
        return self._change(position, fill)

    def _open(self, fill: OrderFilled) -> list[Any]:
        instrument = self._cache.require_instrument(fill.instrument_id)
        before = None if fill.position_id is None else self._cache.position(fill.position_id)
        position = (
            Position(instrument, fill) if before is None else before.reopened(instrument, fill)
        )
        self._cache.add_position(position)
        return self._events(position, fill)

    def _change(self, position: Position, fill: OrderFilled) -> list[Any]:
        position.apply(fill)
        if position.signed_raw == 0:
            self._cache.update_position(position)
        return self._events(position, fill)

    def _events(self, position: Position, fill: OrderFilled) -> list[Any]:
        now = fill.ts_init
        events: list[Any] = [position_event(position, fill, self._event_ids.next(), now)]
        commission = fill.commission
        if position.terms.is_pair and commission.raw:
            adjusted = commission_adjusted(position, fill, self._event_ids.next(), now)
            if adjusted is not None:
                events.append(adjusted)
        return events

    def _flipped(self, opening: OrderFilled, position: Position) -> OrderFilled:
        """Give the opening part of a flip its position: a virtual one gets a new id."""
        if not position.id.is_virtual:
            return opening
        flipped = PositionId(f"{position.id}F")
        if self._cache.position(flipped) is not None:  # it was flipped before
            flipped = self._new_id(opening.strategy_id, opening.ts_init)
        self._cache.link_position(opening.client_order_id, flipped)
        self._books[flipped] = self._books.get(position.id, position.id)
        return with_position_id(opening, flipped)

    def _is_closed(self, position_id: PositionId) -> bool:
        """Tell whether a position was closed: a hedging one never opens again."""
        position = self._cache.position(position_id)
        return position is not None and position.is_closed

    def _new_id(self, strategy_id: StrategyId, now_ns: int) -> PositionId:
        count = self._counts.get(strategy_id, 0) + 1
        self._counts[strategy_id] = count
        stamp = datetime.fromtimestamp(now_ns // 1_000_000_000, UTC).strftime("%Y%m%d-%H%M%S")
        tags = f"{self._trader_id.tag}-{strategy_id.tag}"
        return PositionId(f"P-{stamp}-{tags}-{count}")


def _own_book(order: Order) -> PositionId:
    """Return the name of a holding that an order opens."""
    return PositionId(order.client_order_id)
