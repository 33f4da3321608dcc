"""An order: what its maker wanted, and what became of it.

Everything is an event. `apply` runs the state machine of `argosy.model.orders.state`; what is
illegal raises and changes nothing. Averages and sums over fills are made when somebody asks.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NoReturn

from argosy.errors import OrderStateError, ValueRangeError
from argosy.model.average import decimals_of, ratio
from argosy.model.enums import OrderSide, OrderStatus, PositionSide, TimeInForce, TriggerType
from argosy.model.events.order import (
    AnyOrderEvent,
    OrderAccepted,
    OrderCancelRejected,
    OrderFilled,
    OrderInitialized,
    OrderModifyRejected,
    OrderSubmitted,
    OrderUpdated,
)
from argosy.model.grow import grown
from argosy.model.orders.state import ACTIVE_LOCAL, CLOSED, ILLEGAL, INFLIGHT, OPEN, next_status
from argosy.model.orders.working import WorkingOrder
from argosy.model.values import Price, Quantity, quantity_from_raw
from argosy.model.wide import pow10

if TYPE_CHECKING:
    from argosy.model.currency import Currency
    from argosy.model.enums import LiquiditySide
    from argosy.model.identifiers import (
        AccountId,
        ClientOrderId,
        PositionId,
        TradeId,
        VenueOrderId,
    )
    from argosy.model.money import Money

_BUY = OrderSide.BUY
_SELL = OrderSide.SELL
_NO_TRIGGER = TriggerType.NO_TRIGGER
_STATUSES = tuple(OrderStatus)
# The codes of events 1 to 11 are those of the status that they lead to.
_SUBMITTED = OrderStatus.SUBMITTED.code
_ACCEPTED = OrderStatus.ACCEPTED.code
_REJECTED = OrderStatus.REJECTED.code
_TRIGGERED = OrderStatus.TRIGGERED.code
_PENDING_UPDATE = OrderStatus.PENDING_UPDATE.code
_PENDING_CANCEL = OrderStatus.PENDING_CANCEL.code
_PARTIALLY_FILLED = OrderStatus.PARTIALLY_FILLED.code
_FILLED = OrderStatus.FILLED.code
_ILLEGAL = ILLEGAL
_MODIFY_REJECTED = OrderModifyRejected.code
_CANCEL_REJECTED = OrderCancelRejected.code
_UPDATED = OrderUpdated.code
_FILL_CODE = OrderFilled.code
_OPEN = sum(1 << status.code for status in OPEN)
_CLOSED = sum(1 << status.code for status in CLOSED)
_INFLIGHT = sum(1 << status.code for status in INFLIGHT)
_MADE = "the instrument's make_price and make_qty make"


class Order(WorkingOrder):
    """An order of any type; `argosy.model.orders.types` has a class for each built-in one.

    Parameters
    ----------
    init : what its maker said

    Attributes
    ----------
    is_inverse : whether its contract is; whoever fills it says so
    """

    quantity: Quantity
    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    command_id: int
    position_id: PositionId | None
    last_trade_id: TradeId | None
    liquidity_side: LiquiditySide | None
    quantity_raw: int
    filled_raw: int
    overfill_raw: int
    status_code: int
    previous_code: int
    is_closed: bool
    is_inflight: bool
    is_triggered: bool
    is_activated: bool
    is_inverse: bool
    ts_submitted: int
    ts_accepted: int
    ts_last: int
    ts_closed: int
    _events: tuple[AnyOrderEvent, ...] | list[AnyOrderEvent]
    _fills: dict[TradeId, OrderFilled] | None

    def __init__(self, init: OrderInitialized) -> None:
        self.begin(init)

    def begin(self, init: OrderInitialized) -> int:
        """Set every field; compiled callers skip the constructor."""
        _check_init(init)
        quantity = init.quantity
        self.intend(init)
        self.quantity = quantity
        self.price = init.price
        self.trigger_price = init.trigger_price
        self.venue_order_id = None
        self.account_id = None
        self.command_id = 0
        self.position_id = None
        self.last_trade_id = None
        self.liquidity_side = None
        self.quantity_raw = quantity.raw
        self.filled_raw = 0
        self.leaves_raw = quantity.raw
        self.overfill_raw = 0
        self.size_precision = quantity.precision
        self.status_code = 0
        self.previous_code = 0
        self.is_open = False
        self.is_closed = False
        self.is_inflight = False
        self.is_quote_quantity = init.quote_quantity
        self.is_triggered = False
        self.is_activated = False
        self.is_inverse = False
        self.ts_submitted = 0
        self.ts_accepted = 0
        self.ts_last = init.ts_event
        self.ts_closed = 0
        self._events = (init,)
        self._fills = None
        return self.validate()

    def validate(self) -> int:
        """Raise ValueRangeError where the type wants something else; each class has its own."""
        return 0

    def apply(  # compiled, it can have no keyword-only arguments
        self,
        event: AnyOrderEvent,
        allow_overfill: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Take an event.

        Parameters
        ----------
        allow_overfill : take a fill of more than is left; `overfill_qty` has the excess

        Raises
        ------
        OrderStateError : the event is illegal in this status, of another order, of a trade that was
            applied before, or of more than is left; nothing was changed
        """
        told: Any = event
        code = told.code
        if code == _FILL_CODE:
            self.apply_filled(told, allow_overfill)
        elif code == _SUBMITTED:
            self.apply_submitted(told)
        elif code == _ACCEPTED:
            self.apply_accepted(told)
        else:
            self._apply_other(told, code)

    def _apply_other(self, event: Any, code: int) -> int:
        self._check_order(event, event.client_order_id)
        if _REJECTED < code != _UPDATED:  # venues replace orders when they update them
            self._check_venue_order(event, event.venue_order_id)
        if code < _MODIFY_REJECTED:
            self._step(code if code else _ILLEGAL, event, event.ts_event)
            self.is_triggered = self.is_triggered or code == _TRIGGERED
        elif code == _UPDATED:
            self._update(event)
        else:
            self._answer(_PENDING_CANCEL if code == _CANCEL_REJECTED else _PENDING_UPDATE, event)
        return 0

    def apply_submitted(self, event: OrderSubmitted) -> int:
        """Note when it was sent, and for which account."""
        self._check_order(event, event.client_order_id)
        self._step(_SUBMITTED, event, event.ts_event)
        self.account_id = event.account_id
        self.ts_submitted = self.ts_last
        return 0

    def apply_accepted(self, event: OrderAccepted) -> int:
        """Note that it is at the venue, and the venue's name for it."""
        self._check_order(event, event.client_order_id)
        self._check_venue_order(event, event.venue_order_id)
        self._step(_ACCEPTED, event, event.ts_event)
        self.venue_order_id = event.venue_order_id
        self.account_id = event.account_id
        self.ts_accepted = self.ts_last
        return 0

    def apply_filled(self, fill: OrderFilled, allow_overfill: bool) -> int:  # noqa: FBT001 (compiled)
        """Count what a fill executed, each trade once."""
        self._check_order(fill, fill.client_order_id)
        self._check_venue_order(fill, fill.venue_order_id)
        if self.has_trade(fill.trade_id):
            self._refuse(f"OrderFilled of trade {fill.trade_id}, which was applied before,")
        raw = self._size(fill.last_qty)
        if raw <= 0:
            self._refuse("OrderFilled of nothing")
        filled = self.filled_raw + raw
        if filled > self.quantity_raw and not allow_overfill:
            self._refuse(f"OrderFilled of {fill.last_qty} with {self.leaves_qty} left")
        target = _PARTIALLY_FILLED if filled < self.quantity_raw else _FILLED
        self._step(target, fill, fill.ts_event)
        if self.last_trade_id is None:
            self.venue_order_id = fill.venue_order_id
            self.account_id = fill.account_id
        elif self._fills is None:
            self._fills = {event.trade_id: event for event in self._fill_events()}
        else:
            self._fills[fill.trade_id] = fill
        self.last_trade_id = fill.trade_id
        self.liquidity_side = fill.liquidity_side
        if fill.position_id is not None:
            self.position_id = fill.position_id
        self.filled_raw = filled
        self.leaves_raw = max(self.quantity_raw - filled, 0)
        self.overfill_raw = max(filled - self.quantity_raw, 0)
        return 0

    def has_trade(self, trade_id: TradeId) -> bool:
        """Tell whether a fill with this trade id was applied."""
        if self._fills is not None:
            return trade_id in self._fills
        return self.last_trade_id is not None and self.last_trade_id == trade_id

    def fill_of(self, trade_id: TradeId) -> OrderFilled | None:
        """Return the fill with this trade id, if one was applied."""
        for fill in self._fill_events():
            if fill.trade_id == trade_id:
                return fill
        return None

    def _update(self, event: OrderUpdated) -> int:
        if self.is_closed:
            self._refuse("OrderUpdated")
        quantity = event.quantity
        raw = self._size(quantity)
        if raw < self.filled_raw or raw == 0:
            self._refuse(f"OrderUpdated to {quantity} with {self.filled_qty} filled")
        self._answer(_PENDING_UPDATE, event)
        if event.venue_order_id is not None:
            self.venue_order_id = event.venue_order_id
        if event.price is not None:
            self.price = event.price
        if event.trigger_price is not None:
            self.trigger_price = event.trigger_price
        self.is_quote_quantity = event.is_quote_quantity
        self.quantity = quantity
        self.quantity_raw = raw
        self.leaves_raw = raw - self.filled_raw
        return 0

    def _answer(self, pending: int, event: Any) -> int:
        """End a pending status; any other one stays."""
        ended = self.status_code == pending
        following = self.previous_code if ended else self.status_code
        return self._move(following, event, event.ts_event)

    def _step(self, target: int, event: Any, ts_event: int) -> int:
        following = next_status(self.status_code, target) if target != _ILLEGAL else _ILLEGAL
        if following == _ILLEGAL:
            self._refuse(type(event).__name__)
        return self._move(following, event, ts_event)

    def _move(self, status: int, event: Any, ts_event: int) -> int:
        if self.status_code not in (_PENDING_UPDATE, _PENDING_CANCEL):
            self.previous_code = self.status_code
        self.status_code = status
        self.is_open = (_OPEN >> status) & 1 == 1
        self.is_closed = (_CLOSED >> status) & 1 == 1
        self.is_inflight = (_INFLIGHT >> status) & 1 == 1
        self.ts_last = ts_event
        if not self.is_closed:
            self.ts_closed = 0
        elif not self.ts_closed:
            self.ts_closed = self.ts_last
        self._events = grown(self._events, event)
        return 0

    def _check_order(self, event: Any, client_order_id: ClientOrderId) -> int:
        known = self.client_order_id
        if client_order_id is not known and client_order_id != known:
            self._refuse(f"{type(event).__name__} of order {client_order_id}")
        return 0

    def _check_venue_order(self, event: Any, venue_order_id: VenueOrderId | None) -> int:
        known = self.venue_order_id
        if known is not None and venue_order_id is not None and venue_order_id != known:
            name = type(event).__name__
            self._refuse(f"{name} of venue order {venue_order_id} instead of {known}")
        return 0

    def _refuse(self, event: str) -> NoReturn:
        raise OrderStateError(self.client_order_id, self.status, event)

    def _size(self, quantity: Quantity) -> int:
        """Return a quantity at the order's precision, which grows where it is finer."""
        if quantity.precision == self.size_precision:
            return quantity.raw
        if quantity.precision < self.size_precision:
            return quantity.raw * pow10(self.size_precision - quantity.precision)
        factor = pow10(quantity.precision - self.size_precision)
        self.quantity_raw *= factor
        self.filled_raw *= factor
        self.leaves_raw *= factor
        self.overfill_raw *= factor
        self.size_precision = quantity.precision
        return quantity.raw

    def _fill_events(self) -> list[OrderFilled]:
        return [event for event in self._events if isinstance(event, OrderFilled)]

    @property
    def status(self) -> OrderStatus:
        """Where the order is in its life."""
        return _STATUSES[self.status_code]

    @property
    def previous_status(self) -> OrderStatus:
        """The status before; while pending, the one before all pending ones."""
        return _STATUSES[self.previous_code]

    @property
    def filled_qty(self) -> Quantity:
        """What was executed."""
        return quantity_from_raw(self.filled_raw, self.size_precision)

    @property
    def leaves_qty(self) -> Quantity:
        """What is left of the quantity."""
        return quantity_from_raw(self.leaves_raw, self.size_precision)

    @property
    def overfill_qty(self) -> Quantity:
        """What was executed beyond the quantity."""
        return quantity_from_raw(self.overfill_raw, self.size_precision)

    @property
    def avg_px(self) -> Decimal | None:
        """The average price of the fills, four decimals finer (10 to 18), half even.

        Of an inverse contract it is quantity / sum(quantity / price), as that is what was paid.
        """
        fills = self._fill_events()
        if not fills:
            return None
        prices = max(fill.last_px.precision for fill in fills)
        sizes = max(fill.last_qty.precision for fill in fills)
        if self.is_inverse:
            return _harmonic_mean(fills, decimals_of(prices))
        cost = 0
        quantity = 0
        for fill in fills:
            raw = fill.last_qty.raw * 10 ** (sizes - fill.last_qty.precision)
            cost += raw * fill.last_px.raw * 10 ** (prices - fill.last_px.precision)
            quantity += raw
        return ratio(cost, quantity * 10**prices, decimals_of(prices))

    @property
    def slippage(self) -> Decimal | None:
        """How much worse than its price the order was filled; None where it has no price."""
        wanted = self.price if self.price is not None else self.trigger_price
        average_price = self.avg_px
        if wanted is None or average_price is None:
            return None
        return (average_price - wanted.as_decimal()) * self.sign

    def commissions(self) -> dict[Currency, Money]:
        """Return what the fills cost, by currency."""
        sums: dict[Currency, Money] = {}
        for fill in self._fill_events():
            paid = fill.commission
            known = sums.get(paid.currency)
            sums[paid.currency] = paid if known is None else known + paid
        return sums

    @property
    def events(self) -> list[AnyOrderEvent]:
        """Everything that happened to the order, in order."""
        return list(self._events)

    @property
    def event_count(self) -> int:
        """How many events it has."""
        return len(self._events)

    @property
    def last_event(self) -> AnyOrderEvent:
        """The last event."""
        return self._events[-1]

    @property
    def trade_ids(self) -> list[TradeId]:
        """The trades that filled it, in order."""
        return [fill.trade_id for fill in self._fill_events()]

    @property
    def is_active_local(self) -> bool:
        """Whether it waits in this system."""
        return self.status in ACTIVE_LOCAL

    @property
    def is_emulated(self) -> bool:
        """Whether the host watches the market for it."""
        return self.status is OrderStatus.EMULATED

    @property
    def is_pending_update(self) -> bool:
        """Whether a change is on its way."""
        return self.status_code == _PENDING_UPDATE

    @property
    def is_pending_cancel(self) -> bool:
        """Whether a cancel is on its way."""
        return self.status_code == _PENDING_CANCEL

    def would_reduce_only(self, position_side: PositionSide, position_qty: Quantity) -> bool:
        """Tell whether what is left could only make a position smaller."""
        against = PositionSide.SHORT if self.sign > 0 else PositionSide.LONG
        return position_side is against and self.leaves_qty <= position_qty

    def __repr__(self) -> str:
        limit = f" @ {self.price}" if self.price is not None else ""
        trigger = f" trigger {self.trigger_price}" if self.trigger_price is not None else ""
        return (
            f"{type(self).__name__}({self.side} {self.quantity} {self.instrument_id}"
            f" {self.order_type}{limit}{trigger} {self.time_in_force}, {self.status},"
            f" {self.client_order_id})"
        )


def _check_init(init: OrderInitialized) -> int:
    """Refuse what is no order of any type."""
    if init is None:
        raise ValueRangeError("an order is made from an OrderInitialized, was None")
    if not isinstance(init.quantity, Quantity):
        _refuse_type(init, "quantity", Quantity)
    if init.price is not None and not isinstance(init.price, Price):
        _refuse_type(init, "price", Price)
    if init.trigger_price is not None and not isinstance(init.trigger_price, Price):
        _refuse_type(init, "trigger_price", Price)
    if init.order_side is not _BUY and init.order_side is not _SELL:
        raise ValueRangeError(f"order {init.client_order_id}: the side is {init.order_side!r}")
    quantity = init.quantity
    if quantity.raw <= 0:
        raise ValueRangeError(f"order {init.client_order_id}: the quantity is {quantity}")
    if type(init.time_in_force) is not TimeInForce:
        _refuse_type(init, "time_in_force", TimeInForce, "TimeInForce.GTC")
    if init.trigger_type is not _NO_TRIGGER and type(init.trigger_type) is not TriggerType:
        _refuse_type(init, "trigger_type", TriggerType, "TriggerType.DEFAULT")
    if init.post_only is not False and init.post_only is not True:
        _refuse_type(init, "post_only", bool, "True")
    if init.reduce_only is not False and init.reduce_only is not True:
        _refuse_type(init, "reduce_only", bool, "True")
    if init.quote_quantity is not False and init.quote_quantity is not True:
        _refuse_type(init, "quote_quantity", bool, "True")
    return 0


def _harmonic_mean(fills: list[OrderFilled], decimals: int) -> Decimal:
    quantity = Fraction(0)
    paid = Fraction(0)
    for fill in fills:
        size = Fraction(fill.last_qty.as_decimal())
        quantity += size
        paid += size / Fraction(fill.last_px.as_decimal())
    mean = quantity / paid
    return ratio(mean.numerator, mean.denominator, decimals)


def _refuse_type(init: OrderInitialized, field: str, kind: type, example: str = _MADE) -> NoReturn:
    given = getattr(init, field)
    raise ValueRangeError(
        f"order {init.client_order_id}: {field} is a {type(given).__name__}, {given!r}: give a"
        f" {kind.__name__}, such as {example}"
    )
