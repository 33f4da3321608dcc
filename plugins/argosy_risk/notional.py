"""What one order may be worth: the instrument's limits, and the trader's own."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from argosy.model.money import money_from_raw
from argosy.model.terms import terms_of
from argosy.parts.risk_rule import RiskContext, RiskRule
from argosy_risk.worth import worth_raw

if TYPE_CHECKING:
    from argosy.model.identifiers import InstrumentId, PositionId
    from argosy.model.instruments import Instrument
    from argosy.model.money import Money
    from argosy.model.orders.order import Order
    from argosy.model.terms import Terms
    from argosy.model.values import Price, Quantity
    from argosy_risk.settings import NotionalSettings


class Limits:
    """The limits of one instrument, in units of its cost currency.

    Parameters
    ----------
    per_order : the trader's own limit, None where there is none
    """

    instrument: Instrument
    terms: Terms
    own: int | None
    most: int | None
    least: int | None
    is_open: bool

    def __init__(self, instrument: Instrument, per_order: Decimal | None) -> None:
        terms = terms_of(instrument)
        self.instrument = instrument
        self.terms = terms
        self.own = None
        if per_order is not None:
            whole = per_order.scaleb(terms.cost_decimals).to_integral_value(ROUND_FLOOR)
            self.own = int(whole)
        self.most = _raw(instrument.max_notional, instrument)
        self.least = _raw(instrument.min_notional, instrument)
        self.is_open = self.own is None and self.most is None and self.least is None

    def reason(self, worth: int) -> str | None:
        """Return which limit a notional breaks, or None."""
        if self.own is not None and worth > self.own:
            return self._text("NOTIONAL_EXCEEDS_MAX_PER_ORDER", worth, "max_per_order", self.own)
        if self.most is not None and worth > self.most:
            return self._text("NOTIONAL_EXCEEDS_MAXIMUM", worth, "max_notional", self.most)
        if self.least is not None and worth < self.least:
            return self._text("NOTIONAL_BELOW_MINIMUM", worth, "min_notional", self.least)
        return None

    def _text(self, code: str, worth: int, name: str, limit: int) -> str:
        currency = self.terms.cost
        notional = money_from_raw(worth, currency)
        return f"{code}: notional={notional}, {name}={money_from_raw(limit, currency)}"


class NotionalRule(RiskRule):
    """The notional of an order lies within the limits; an order without a price is denied.

    Parameters
    ----------
    settings : `max_per_order`
    """

    def __init__(self, context: RiskContext, settings: NotionalSettings) -> None:
        RiskRule.__init__(self, context)
        self._per_order = dict(settings.max_per_order)
        self._limits: dict[InstrumentId, Limits] = {}

    def set_max_per_order(self, instrument_id: InstrumentId, amount: Decimal | None) -> None:
        """Set the most that one order may be worth, None for no limit, from the next order on."""
        self._limits.pop(instrument_id, None)
        if amount is None:
            self._per_order.pop(instrument_id, None)
        else:
            self._per_order[instrument_id] = amount

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return which limit an order breaks."""
        return self._judge(order, order.quantity, self.context.price_of(order))

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return which limit a changed order would break."""
        after = trigger_price if order.price is None else price
        return self._judge(
            order,
            order.quantity if quantity is None else quantity,
            self.context.price_of(order) if after is None else after,
        )

    def _judge(self, order: Order, quantity: Quantity, price: Price | None) -> str | None:
        if price is None:
            return f"PRICE_UNAVAILABLE: instrument_id={order.instrument_id}"
        limits = self._limits_of(order)
        if limits is None:
            return f"INSTRUMENT_NOT_FOUND: instrument_id={order.instrument_id}"
        if limits.is_open:
            return None
        return limits.reason(worth_raw(limits.terms, quantity, price, order.is_quote_quantity))

    def _limits_of(self, order: Order) -> Limits | None:
        instrument = self.context.instrument_of(order)
        if instrument is None:
            return None
        limits = self._limits.get(order.instrument_id)
        if limits is None or limits.instrument is not instrument:
            limits = Limits(instrument, self._per_order.get(order.instrument_id))
            self._limits[order.instrument_id] = limits
        return limits


def _raw(limit: Money | None, instrument: Instrument) -> int | None:
    """Return a limit in units of the cost currency; one in another currency says nothing."""
    if limit is None or limit.currency != instrument.cost_currency:
        return None
    raw: int = limit.raw
    return raw
