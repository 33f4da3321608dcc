"""A position: what the fills of one instrument add up to.

The cost of what is open is an exact integer, the sum of raw price x raw quantity. A partial close
takes its proportional part; where that does not divide evenly the cost becomes a fraction, so that
nothing is rounded before the gain is, once per fill, half away from zero, into money.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from argosy.errors import ValueRangeError
from argosy.model.average import average, mean_price, quotient
from argosy.model.enums import OrderSide, PositionSide
from argosy.model.events.order import OrderFilled
from argosy.model.events.position import (
    COMMISSION,
    FilledPositionEvent,
    PositionAdjusted,
    PositionChanged,
    PositionClosed,
    PositionOpened,
)
from argosy.model.money import Money, money_from_raw
from argosy.model.terms import BETTING, INVERSE, Terms, rounded, same_currency, terms_of
from argosy.model.values import Price, Quantity, price_from_raw, quantity_from_raw
from argosy.model.wide import pow10, product

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
_SELL = OrderSide.SELL
_FLAT = PositionSide.FLAT
_LONG = PositionSide.LONG
_SHORT = PositionSide.SHORT
# Past this a fractional cost is rounded, 77 digits below the point: no sum of money can tell.
_LARGEST_DIVISOR = 1 << 256
_ONE = 1


class Position:
    """What is open in one instrument, for one strategy, under one id.

    A position never flips: split the fill (`split_fill`), close, and open another.

    Parameters
    ----------
    instrument : of the fill
    fill : the opening one, with its position id
    """

    terms: Terms
    id: PositionId
    trader_id: TraderId
    strategy_id: StrategyId
    instrument_id: InstrumentId
    account_id: AccountId
    opening_order_id: ClientOrderId
    closing_order_id: ClientOrderId | None
    entry: OrderSide
    signed_raw: int
    peak_raw: int
    price_precision: int
    size_precision: int
    realized_raw: int
    prior_realized_raw: int
    cycle: int
    ts_init: int
    ts_opened: int
    ts_last: int
    ts_closed: int
    _fills: list[OrderFilled]
    _adjustments: list[PositionAdjusted] | None
    _priced: OrderFilled | None

    def __init__(self, instrument: Instrument, fill: OrderFilled) -> None:
        self._open(terms_of(instrument), fill)

    def apply(self, fill: OrderFilled) -> None:
        """Add a fill: enlarge the position, or close a part or all of it.

        Raises
        ------
        ValueRangeError : the fill is of another instrument, is larger than what it would close, or
            comes after the position was closed; nothing was changed
        """
        self.apply_fill(fill)

    def adjust(self, event: PositionAdjusted) -> None:
        """Book money or quantity that did not come from a fill, such as a funding payment."""
        if event.pnl_change is not None:
            if event.pnl_change.currency != self.terms.settlement:
                raise ValueRangeError(
                    f"position {self.id}: {event.adjustment} of {event.pnl_change}, but it settles"
                    f" in {self.terms.settlement}"
                )
            self.realized_raw += event.pnl_change.raw
        if event.quantity_change is not None:
            change = Quantity(abs(event.quantity_change))
            self._fit_sizes(change.precision)
            raw = self._size(change)
            sign = 1 if event.quantity_change > 0 else -1
            self._resize(self.signed_raw + sign * raw, self._price(self.open_price()))
        if self._adjustments is None:
            self._adjustments = []
        self._adjustments.append(event)

    def reopened(self, instrument: Instrument, fill: OrderFilled) -> Position:
        """Return the next cycle of this closed position, under the same id.

        This one stays as it is: it is the history, and `total_realized_pnl` goes on from it.
        """
        if self.signed_raw:
            raise ValueRangeError(f"position {self.id} is open: apply the fill to it")
        position = Position(instrument, fill)
        position._follow(self)
        return position

    def _follow(self, previous: Position) -> None:
        self.cycle = previous.cycle + 1
        self.prior_realized_raw = previous.prior_realized_raw + previous.realized_raw

    def _open(self, terms: Terms, fill: OrderFilled) -> int:
        if fill.position_id is None:
            raise ValueRangeError(f"trade {fill.trade_id} opens no position: it has no position id")
        self.terms = terms
        self.id = fill.position_id
        self.trader_id = fill.trader_id
        self.strategy_id = fill.strategy_id
        self.instrument_id = terms.instrument_id
        self.account_id = fill.account_id
        self.opening_order_id = fill.client_order_id
        self.closing_order_id = None
        self.entry = fill.order_side
        self.signed_raw = 0
        self.peak_raw = 0
        self.price_precision = terms.price_precision
        self.size_precision = terms.size_precision
        self.realized_raw = 0
        self.prior_realized_raw = 0
        self.cycle = 0
        self.ts_init = fill.ts_init
        self.ts_opened = fill.ts_event
        self.ts_closed = 0
        self._cost = 0
        self._divisor = 1
        self._flat_cost = 0
        self._flat_raw = 0
        self._closed_cost = 0
        self._closed_raw = 0
        self._priced = None
        self._gain_raw = 0
        self._fills = []
        self._adjustments = None
        return self.apply_fill(fill)

    def apply_fill(self, fill: OrderFilled) -> int:
        """Do what `apply` does, for compiled callers."""
        if fill.instrument_id != self.instrument_id:
            raise ValueRangeError(
                f"position {self.id} is in {self.instrument_id}: trade {fill.trade_id} is in"
                f" {fill.instrument_id}"
            )
        if self.ts_closed:
            raise ValueRangeError(f"position {self.id} is closed: open its next cycle, `reopened`")
        raw = self._size(fill.last_qty)
        price = self._price(fill.last_px)
        open_raw = abs(self.signed_raw)
        sign = 1 if fill.order_side is _BUY else -1
        if self.signed_raw * sign >= 0:
            cost = product(price, raw)
            self._cost += cost if self._divisor == 1 else cost * self._divisor
            self.signed_raw += sign * raw
        elif raw > open_raw:
            raise ValueRangeError(
                f"position {self.id}: trade {fill.trade_id} closes {fill.last_qty} of"
                f" {self.quantity}: split the fill, `split_fill`"
            )
        else:
            self.realized_raw += self.closing_raw(fill)
            self._closed_cost += product(price, raw)
            self._closed_raw += raw
            self._resize(self.signed_raw + sign * raw, price)
        return self._book(fill, price)

    def closing_raw(self, fill: OrderFilled) -> int:
        """Return what the fill would gain by closing, in units of the settlement currency.

        Of a fill that is larger than the position only the closing part counts; one that enlarges
        it gains nothing. The commission is no part of it.
        """
        if self._priced is fill:
            return self._gain_raw
        raw = self._size(fill.last_qty)
        price = self._price(fill.last_px)
        open_raw = abs(self.signed_raw)
        sign = 1 if fill.order_side is _BUY else -1
        closes = self.signed_raw * sign < 0
        self._gain_raw = self._gain(price, min(raw, open_raw)) if closes else 0
        self._priced = fill
        return self._gain_raw

    def unrealized_raw(self, price: Price) -> int:
        """Return what closing at a price would gain, in units of the settlement currency."""
        if not self.signed_raw:
            return 0
        return self._gain(self._price(price), abs(self.signed_raw))

    def _gain(self, price: int, quantity: int) -> int:
        if self.terms.kind == BETTING:
            return 0  # a bet is worth what its outcome pays, and nothing before
        open_raw = abs(self.signed_raw)
        cost = self._cost
        divisor = self._divisor
        if quantity != open_raw:
            cost = cost * quantity
            divisor = divisor * open_raw
        points = product(price, quantity)
        if divisor != 1:
            points = points * divisor
        points = points - cost
        if self.signed_raw < 0:
            points = -points
        if self.terms.kind == INVERSE:
            precisions = (self.price_precision, self.size_precision)
            return self.terms.inverse_gain_raw(points, cost, price, quantity, precisions)
        return self.terms.gain_raw(points, divisor, self.price_precision + self.size_precision)

    def _resize(self, signed: int, price: int) -> int:
        """Set the quantity and keep its average price; on the other side it starts at `price`."""
        was = self.signed_raw
        if signed == 0:
            self._flat_cost = self._cost
            self._flat_raw = abs(was) * self._divisor
            self._cost = 0
            self._divisor = _ONE
        elif was == 0 or (was > 0) != (signed > 0):
            self._cost = product(price, abs(signed))
            self._divisor = _ONE
        else:
            cost = self._cost * abs(signed)
            whole, rest = divmod(cost, abs(was))
            if rest:
                self._split_cost(cost, self._divisor * abs(was))
            else:
                self._cost = whole
        self.signed_raw = signed
        return 0

    def _split_cost(self, cost: int, divisor: int) -> None:
        if divisor > _LARGEST_DIVISOR:
            cost = rounded(cost * _LARGEST_DIVISOR, divisor)
            divisor = _LARGEST_DIVISOR
        self._cost = cost
        self._divisor = divisor

    def _book(self, fill: OrderFilled, price: int) -> int:
        """Take the commission and note the fill."""
        commission = fill.commission
        if commission.raw:
            if same_currency(commission.currency, self.terms.settlement):
                self.realized_raw -= commission.raw
            elif self.terms.is_pair and same_currency(commission.currency, self.terms.base):
                self._take_commission(commission, price)
        self.peak_raw = max(self.peak_raw, abs(self.signed_raw))
        self.ts_last = fill.ts_event
        if self.signed_raw == 0:
            self.ts_closed = fill.ts_event
            self.closing_order_id = fill.client_order_id
        self._fills.append(fill)
        self._priced = None
        return 0

    def _take_commission(self, commission: Money, price: int) -> None:
        """Take a commission in the base currency out of the quantity: it may leave dust."""
        decimals = commission.currency.precision
        before = self.price_precision
        self._fit_sizes(decimals)
        raw = commission.raw * 10 ** (self.size_precision - decimals)
        self._resize(self.signed_raw - raw, price * 10 ** (self.price_precision - before))

    def _price(self, price: Price) -> int:
        """Return a price at the position's precision, which grows where it is finer."""
        if price.precision == self.price_precision:
            return price.raw
        if price.precision > self.price_precision:
            factor = 10 ** (price.precision - self.price_precision)
            self.price_precision = price.precision
            self._cost *= factor
            self._flat_cost *= factor
            self._closed_cost *= factor
            return price.raw
        return price.raw * pow10(self.price_precision - price.precision)

    def _size(self, quantity: Quantity) -> int:
        if quantity.precision > self.size_precision:
            self._fit_sizes(quantity.precision)
        if quantity.precision == self.size_precision:
            return quantity.raw
        return quantity.raw * pow10(self.size_precision - quantity.precision)

    def _fit_sizes(self, precision: int) -> int:
        """Let quantities have at least so many decimals."""
        if precision <= self.size_precision:
            return 0
        factor = pow10(precision - self.size_precision)
        self.size_precision = precision
        self.signed_raw *= factor
        self.peak_raw *= factor
        self._cost *= factor
        self._flat_cost *= factor
        self._flat_raw *= factor
        self._closed_cost *= factor
        self._closed_raw *= factor
        return 0

    @property
    def side(self) -> PositionSide:
        """LONG, SHORT or FLAT."""
        return side_of(self.signed_raw)

    @property
    def is_open(self) -> bool:
        """Whether there is anything to close."""
        return self.signed_raw != 0

    @property
    def is_closed(self) -> bool:
        """Whether it was opened and closed again."""
        return self.signed_raw == 0

    @property
    def is_long(self) -> bool:
        """Whether more was bought than sold."""
        return self.signed_raw > 0

    @property
    def is_short(self) -> bool:
        """Whether more was sold than bought."""
        return self.signed_raw < 0

    @property
    def quantity(self) -> Quantity:
        """What is open, never negative."""
        return quantity_from_raw(abs(self.signed_raw), self.size_precision)

    @property
    def peak_qty(self) -> Quantity:
        """The largest quantity so far."""
        return quantity_from_raw(self.peak_raw, self.size_precision)

    @property
    def signed_qty(self) -> Decimal:
        """The quantity, negative while short."""
        return Decimal(self.signed_raw).scaleb(-self.size_precision)

    @property
    def closing_order_side(self) -> OrderSide:
        """The side of an order that closes it, NO_ORDER_SIDE when it is flat."""
        if not self.signed_raw:
            return OrderSide.NO_ORDER_SIDE
        return _SELL if self.signed_raw > 0 else _BUY

    @property
    def avg_px_open(self) -> Decimal:
        """The average opening price, with 10 decimals, half even."""
        if self.signed_raw:
            open_raw = abs(self.signed_raw) * self._divisor
            return average(self._cost, open_raw, self.price_precision)
        return average(self._flat_cost, self._flat_raw, self.price_precision)

    @property
    def avg_px_close(self) -> Decimal | None:
        """The average closing price, with 10 decimals, half even; None while nothing was closed."""
        if not self._closed_raw:
            return None
        return average(self._closed_cost, self._closed_raw, self.price_precision)

    @property
    def realized_return(self) -> Decimal:
        """The gain of what was closed over its average opening price, 10 decimals, half even."""
        closing = self.avg_px_close
        opening = self.avg_px_open
        if closing is None or not opening:
            return Decimal(0)
        gain = closing - opening
        return quotient(gain if self.entry is _BUY else -gain, opening)

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
        return money_from_raw(raw, self.terms.settlement)

    def open_price(self) -> Price:
        """Return the average opening price, rounded to the tick (half away from zero)."""
        terms = self.terms
        cost = self._cost if self.signed_raw else self._flat_cost
        raw = abs(self.signed_raw) * self._divisor if self.signed_raw else self._flat_raw
        finer = 10 ** (self.price_precision - terms.price_precision)
        ticks = rounded(cost, raw * terms.tick_raw * finer)
        return price_from_raw(ticks * terms.tick_raw, terms.price_precision)

    def is_opposite_side(self, side: OrderSide) -> bool:
        """Tell whether an order of a side would make the position smaller."""
        return self.signed_raw < 0 if side is _BUY else self.signed_raw > 0

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

    def _mean_open(self) -> Price:
        if self.signed_raw:
            open_raw = abs(self.signed_raw) * self._divisor
            return mean_price(self._cost, open_raw, self.price_precision)
        return mean_price(self._flat_cost, self._flat_raw, self.price_precision)

    def _mean_close(self) -> Price | None:
        if not self._closed_raw:
            return None
        return mean_price(self._closed_cost, self._closed_raw, self.price_precision)

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
            self._mean_open(),
            self._mean_close(),
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


def side_of(signed: int) -> PositionSide:
    """Return the side of a signed quantity."""
    if signed > 0:
        return _LONG
    return _SHORT if signed < 0 else _FLAT


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
