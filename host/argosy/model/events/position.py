"""What happens to a position. The order of the fields is their order in the event log.

Average prices are `Price` with four decimals more than the instrument's, from 10 to 18, fewer only
where 18 digits do not hold them; those of inverse contracts are quantity / what was paid.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import msgspec

from argosy.model.average import quotient
from argosy.model.currency import Currency
from argosy.model.enums import OrderSide, PositionSide
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TraderId,
)
from argosy.model.money import Money
from argosy.model.values import Price, Quantity

COMMISSION = "COMMISSION"
FUNDING = "FUNDING"
SETTLEMENT = "SETTLEMENT"


class PositionEvent(msgspec.Struct, frozen=True, gc=False, tag=True):
    """Something that happened to a position."""

    code: ClassVar[int]  # continues the codes of the order events

    trader_id: TraderId
    strategy_id: StrategyId
    instrument_id: InstrumentId
    position_id: PositionId
    account_id: AccountId


class _Filled(PositionEvent, frozen=True, gc=False):
    """What opened, changed and closed positions have in common.

    Fields
    ------
    opening_order_id : the order whose fill opened the position
    closing_order_id : the order whose fill closed it, None while it is open
    entry : the side of the opening fill
    side, quantity : after the fill
    peak_qty : the largest quantity so far
    last_qty, last_px : of the fill
    currency : of the price
    avg_px_open, avg_px_close : weighted by quantity
    realized_pnl : of the position so far, in its settlement currency
    unrealized_pnl : of what is open, at the price of the fill
    ts_opened, ts_closed : ns; 0 while not closed
    duration_ns : from opening to closing, 0 while not closed
    """

    opening_order_id: ClientOrderId
    closing_order_id: ClientOrderId | None
    entry: OrderSide
    side: PositionSide
    quantity: Quantity
    peak_qty: Quantity
    last_qty: Quantity
    last_px: Price
    currency: Currency
    avg_px_open: Price
    avg_px_close: Price | None
    realized_pnl: Money
    unrealized_pnl: Money
    ts_opened: int
    ts_closed: int
    duration_ns: int
    event_id: int
    ts_event: int
    ts_init: int

    @property
    def signed_qty(self) -> Decimal:
        """The quantity, negative where the position is short."""
        quantity = self.quantity.as_decimal()
        return -quantity if self.side is PositionSide.SHORT else quantity

    @property
    def realized_return(self) -> Decimal:
        """The gain of the closed part over its average opening price, 10 decimals, half even."""
        if self.avg_px_close is None or not self.avg_px_open.raw:
            return Decimal(0)
        opened = self.avg_px_open.as_decimal()
        gain = self.avg_px_close.as_decimal() - opened
        return quotient(gain if self.entry is OrderSide.BUY else -gain, abs(opened))


class PositionOpened(_Filled, frozen=True, gc=False):
    """A fill opened a position."""

    code = 16


class PositionChanged(_Filled, frozen=True, gc=False):
    """A fill enlarged a position, or closed a part of it."""

    code = 17


class PositionClosed(_Filled, frozen=True, gc=False):
    """A fill closed a position."""

    code = 18


class PositionAdjusted(PositionEvent, frozen=True, gc=False):
    """Something other than a fill changed a position.

    Fields
    ------
    adjustment : `COMMISSION` (taken out of the quantity), `FUNDING` or `SETTLEMENT`
    quantity_change : signed; None where only money moved
    pnl_change : None where only the quantity moved
    reason : the id of the trade, or what caused the payment
    """

    code = 19

    adjustment: str
    quantity_change: Decimal | None
    pnl_change: Money | None
    reason: str
    event_id: int
    ts_event: int
    ts_init: int


FilledPositionEvent = PositionOpened | PositionChanged | PositionClosed
