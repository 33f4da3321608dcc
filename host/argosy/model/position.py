"""A position: what the fills of one instrument add up to.

What it cost is exact, see `argosy.model.cost`; each fill's gain is rounded into money once.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from argosy.errors import ValueRangeError
from argosy.model.average import quotient
from argosy.model.cost import OpenCost, side_of
from argosy.model.enums import OrderSide
from argosy.model.events.order import OrderFilled
from argosy.model.events.position import (
    COMMISSION,
    FilledPositionEvent,
    PositionAdjusted,
    PositionChanged,
    PositionClosed,
    PositionOpened,
)
from argosy.model.grow import grown
from argosy.model.money import Money, money_from_raw
from argosy.model.powers import ten_to
from argosy.model.terms import Terms, rounded, same_currency, terms_of
from argosy.model.values import Price, Quantity, quantity_from_raw

if TYPE_CHECKING:
    from argosy.model.currency import Currency
    from argosy.model.identifiers import (
        AccountId,
        ClientOrderId,
        InstrumentId,
        PositionId,
        StrategyId,
        TradeId,
        TraderId,
    )
    from argosy.model.instruments import Instrument

_BUY = OrderSide.BUY


class Position(OpenCost):
    """What is open in one instrument, for one strategy, under one id.

    A position never flips: split the fill (`split_fill`), close, and open another.

    Parameters
    ----------
    instrument : of the fill
    fill : the opening one, with its position id
    """

    id: PositionId
    trader_id: TraderId
    strategy_id: StrategyId
    instrument_id: InstrumentId
    account_id: AccountId
    opening_order_id: ClientOrderId
    closing_order_id: ClientOrderId | None
    entry: OrderSide
    realized_raw: int
    prior_realized_raw: int
    cycle: int
    ts_init: int
    ts_opened: int
    ts_last: int
    ts_closed: int
    _fills: tuple[OrderFilled, ...] | list[OrderFilled]
    _adjustments: list[PositionAdjusted] | None
    _priced: OrderFilled | None

    def __init__(self, instrument: Instrument, fill: OrderFilled) -> None:
        self._open(terms_of(instrument), fill)

    def adjust(self, event: PositionAdjusted) -> None:
        """Book money or quantity that did not come from a fill, such as a funding payment."""
        paid = event.pnl_change
        if paid is not None and paid.currency != self.terms.settlement:
            raise ValueRangeError(
                f"position {self.id}: {event.adjustment} of {paid}, but it settles in"
                f" {self.terms.settlement}"
            )
        if event.quantity_change is not None:
            change = self.fit_size(Quantity(abs(event.quantity_change)))
            sign = 1 if event.quantity_change > 0 else -1
            self.resize(self.signed_raw + sign * change, self.fit_price(self.open_price()))
        if paid is not None:
            self.realized_raw += paid.raw
        if self._adjustments is None:
            self._adjustments = []
        self._adjustments.append(event)

    def reopened(self, instrument: Instrument, fill: OrderFilled) -> Position:
        """Return the next cycle of this closed position, under the same id.

        This one stays as it is: it is the history, and `total_realized_pnl` goes on from it.
        """
        if self.signed_raw:
            raise ValueRangeError(f"position {self.id} is open: apply the fill to it")
        position = Position.__new__(Position)
        position._open(terms_of(instrument), fill)
        position._follow(self)
        return position

    def is_exceeded(self, fill: OrderFilled) -> bool:
        """Tell whether a fill would close more than there is."""
        sign = 1 if fill.order_side is _BUY else -1
        return self.signed_raw * sign < 0 and self.fit_size(fill.last_qty) > abs(self.signed_raw)

    def _follow(self, previous: Position) -> int:
        self.cycle = previous.cycle + 1
        self.prior_realized_raw = previous.prior_realized_raw + previous.realized_raw
        return 0

    def resume(self, cycle: int, prior_realized: Money) -> None:
        """Go on from cycles that are only known by their number and their gains."""
        self.cycle = cycle
        self.prior_realized_raw = prior_realized.raw

    def _open(self, terms: Terms, fill: OrderFilled) -> int:
        if fill is None:
            raise ValueRangeError("a position is opened by an OrderFilled, was None")
        if fill.position_id is None:
            raise ValueRangeError(f"trade {fill.trade_id} opens no position: it has no position id")
        self.begin(terms)
        self.id = fill.position_id
        self.trader_id = fill.trader_id
        self.strategy_id = fill.strategy_id
        self.instrument_id = terms.instrument_id
        self.account_id = fill.account_id
        self.opening_order_id = fill.client_order_id
        self.closing_order_id = None
        self.entry = fill.order_side
        self.realized_raw = 0
        self.prior_realized_raw = 0
        self.cycle = 0
        self.ts_init = fill.ts_init
        self.ts_opened = fill.ts_event
        self.ts_closed = 0
        self._priced = None
        self._gain_raw = 0
        self._fills = ()
        self._adjustments = None
        self.apply(fill)
        return 0

    def apply(self, fill: OrderFilled) -> None:
        """Add a fill: enlarge the position, or close a part or all of it.

        Raises
        ------
        ValueRangeError : the fill is of another instrument, is larger than what it would close, or
            comes after the position was closed; nothing was changed
        """
        if fill is None:
            raise ValueRangeError(f"position {self.id} takes an OrderFilled, was None")
        instrument_id = fill.instrument_id
        if instrument_id is not self.instrument_id and instrument_id != self.instrument_id:
            raise ValueRangeError(
                f"position {self.id} is in {self.instrument_id}: trade {fill.trade_id} is in"
                f" {instrument_id}"
            )
        if self.ts_closed:
            raise ValueRangeError(f"position {self.id} is closed: open its next cycle, `reopened`")
        raw = self.fit_size(fill.last_qty)
        price = self.fit_price(fill.last_px)
        sign = 1 if fill.order_side is _BUY else -1
        if self.signed_raw * sign >= 0:
            self.enlarge(price, raw, sign)
        elif raw > abs(self.signed_raw):
            raise ValueRangeError(
                f"position {self.id}: trade {fill.trade_id} closes {fill.last_qty} of"
                f" {self.quantity}: split the fill, `split_fill`"
            )
        else:
            self.realized_raw += self.closing_raw(fill)
            self.reduce(price, raw)
        self._book(fill, price)

    def closing_raw(self, fill: OrderFilled) -> int:
        """Return what the fill would gain by closing, in units of the settlement currency.

        Of a fill that is larger than the position only the closing part counts; one that enlarges
        it gains nothing. The commission is no part of it.
        """
        if self._priced is fill:
            return self._gain_raw
        raw = self.fit_size(fill.last_qty)  # before the quantity is read, whose unit it may change
        raw = min(raw, abs(self.signed_raw))
        price = self.fit_price(fill.last_px)
        sign = 1 if fill.order_side is _BUY else -1
        self._gain_raw = self.gain_raw(price, raw) if self.signed_raw * sign < 0 else 0
        self._priced = fill
        return self._gain_raw

    def _book(self, fill: OrderFilled, price: int) -> int:
        """Take the commission and note the fill."""
        commission = fill.commission
        if commission.raw:
            if same_currency(commission.currency, self.terms.settlement):
                self.realized_raw -= commission.raw
            elif self.terms.is_pair and same_currency(commission.currency, self.terms.base):
                self._take_commission(commission, price)
        self.ts_last = fill.ts_event
        if self.signed_raw == 0:
            self.ts_closed = fill.ts_event
            self.closing_order_id = fill.client_order_id
        self._fills = grown(self._fills, fill)
        self._priced = None
        return 0

    def _take_commission(self, commission: Money, price: int) -> int:
        """Take a commission in the base currency out of the quantity: it may leave dust."""
        decimals = commission.currency.precision
        self.fit_sizes(decimals)
        raw = commission.raw * ten_to(self.size_precision - decimals)
        return self.resize(self.signed_raw - raw, price)

    @property
    def realized_return(self) -> Decimal:
        """The gain of what was closed over its average opening price, 10 decimals, half even."""
        closing = self.avg_px_close
        opening = self.avg_px_open
        if closing is None or not opening:
            return Decimal(0)
        gain = closing - opening
        return quotient(gain if self.entry is _BUY else -gain, abs(opening))

    @property
    def realized_pnl(self) -> Money:
        """What was gained so far, less the commissions in the settlement currency."""
        return money_from_raw(self.realized_raw, self.terms.settlement)

    @property
    def total_realized_pnl(self) -> Money:
        """The realized PnL of this cycle and of all before it."""
        return money_from_raw(self.prior_realized_raw + self.realized_raw, self.terms.settlement)

    def unrealized_pnl(self, price: Price) -> Money:
        """Return what closing at a price would gain."""
        return money_from_raw(self.unrealized_raw(price), self.terms.settlement)

    def total_pnl(self, price: Price) -> Money:
        """Return the realized PnL and what closing at a price would add."""
        total = self.realized_raw + self.unrealized_raw(price)
        return money_from_raw(total, self.terms.settlement)

    def notional_value(self, price: Price) -> Money:
        """Return what the open quantity is worth at a price."""
        raw = self.terms.notional_raw(
            price.raw, price.precision, abs(self.signed_raw), self.size_precision
        )
        return money_from_raw(raw, self.terms.cost)

    def commissions(self) -> dict[Currency, Money]:
        """Return what the fills cost, by currency."""
        sums: dict[Currency, Money] = {}
        for fill in self._fills:
            paid = fill.commission
            known = sums.get(paid.currency)
            sums[paid.currency] = paid if known is None else known + paid
        return sums

    @property
    def events(self) -> list[OrderFilled]:
        """The fills, in order."""
        return list(self._fills)

    @property
    def adjustments(self) -> list[PositionAdjusted]:
        """What changed it besides fills, in order."""
        return list(self._adjustments or ())

    @property
    def event_count(self) -> int:
        """How many fills it has."""
        return len(self._fills)

    @property
    def last_event(self) -> OrderFilled:
        """The last fill."""
        return self._fills[-1]

    @property
    def trade_ids(self) -> list[TradeId]:
        """The trades, in order."""
        return list(dict.fromkeys(fill.trade_id for fill in self._fills))

    @property
    def client_order_ids(self) -> list[ClientOrderId]:
        """The orders whose fills it has, in order."""
        return list(dict.fromkeys(fill.client_order_id for fill in self._fills))

    @property
    def duration_ns(self) -> int:
        """From opening to closing, 0 while open."""
        return self.ts_closed - self.ts_opened if self.ts_closed else 0

    def _event(
        self, kind: type[FilledPositionEvent], fill: OrderFilled, event_id: int, ts_init: int
    ) -> FilledPositionEvent:
        settlement = self.terms.settlement
        unrealized = 0 if len(self._fills) == 1 else self.unrealized_raw(fill.last_px)
        return kind(
            self.trader_id,
            self.strategy_id,
            self.instrument_id,
            self.id,
            self.account_id,
            self.opening_order_id,
            self.closing_order_id,
            self.entry,
            side_of(self.signed_raw),
            quantity_from_raw(abs(self.signed_raw), self.size_precision),
            quantity_from_raw(self.peak_raw, self.size_precision),
            fill.last_qty,
            fill.last_px,
            fill.currency,
            self.mean_open(),
            self.mean_close(),
            money_from_raw(self.realized_raw, settlement),
            money_from_raw(unrealized, settlement),
            self.ts_opened,
            self.ts_closed,
            self.ts_closed - self.ts_opened if self.ts_closed else 0,
            event_id,
            fill.ts_event,
            ts_init,
        )

    def __repr__(self) -> str:
        return f"Position({self.side} {self.quantity} {self.instrument_id}, id={self.id})"


def position_event(
    position: Position, fill: OrderFilled, event_id: int, ts_init: int
) -> FilledPositionEvent:
    """Return the event of the fill that was just applied to a position."""
    if len(position._fills) == 1:
        return position._event(PositionOpened, fill, event_id, ts_init)
    if position.signed_raw == 0:
        return position._event(PositionClosed, fill, event_id, ts_init)
    return position._event(PositionChanged, fill, event_id, ts_init)


def commission_adjusted(
    position: Position, fill: OrderFilled, event_id: int, ts_init: int
) -> PositionAdjusted | None:
    """Return the event of a commission that the fill took out of the quantity, if it did.

    It only tells: applying the fill has booked it already.
    """
    commission = fill.commission
    terms = position.terms
    if not (terms.is_pair and commission.raw and commission.currency == terms.base):
        return None
    return PositionAdjusted(
        position.trader_id,
        position.strategy_id,
        position.instrument_id,
        position.id,
        position.account_id,
        COMMISSION,
        -commission.as_decimal(),
        None,
        fill.trade_id,
        event_id,
        fill.ts_event,
        ts_init,
    )


def split_fill(
    fill: OrderFilled, quantity: Quantity, event_id: int
) -> tuple[OrderFilled, OrderFilled]:
    """Cut a fill in two: what closes a position, and what opens the next.

    Both keep the trade id. The commission is shared by quantity, the second part has the remainder.

    Parameters
    ----------
    quantity : of the first part, less than the fill's
    event_id : of the second part
    """
    whole = fill.last_qty
    rest = whole - quantity
    if not quantity.raw or not rest.raw:
        raise ValueRangeError(f"trade {fill.trade_id} of {whole} cannot be cut at {quantity}")
    paid = fill.commission
    share = rounded(
        paid.raw * quantity.raw * ten_to(whole.precision), whole.raw * ten_to(quantity.precision)
    )
    first = money_from_raw(share, paid.currency)
    second = money_from_raw(paid.raw - share, paid.currency)
    return _part(fill, quantity, first, fill.event_id), _part(fill, rest, second, event_id)


def _part(fill: OrderFilled, quantity: Quantity, commission: Money, event_id: int) -> OrderFilled:
    return OrderFilled(
        fill.trader_id,
        fill.strategy_id,
        fill.instrument_id,
        fill.client_order_id,
        fill.venue_order_id,
        fill.account_id,
        fill.trade_id,
        fill.position_id,
        fill.order_side,
        fill.order_type,
        quantity,
        fill.last_px,
        fill.currency,
        commission,
        fill.liquidity_side,
        event_id,
        fill.ts_event,
        fill.ts_init,
        fill.reconciliation,
        fill.info,
    )
