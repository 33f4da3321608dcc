"""Rules about an order by itself: instrument, trigger, prices, quantity, expiry, reduce-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.model.enums import TimeInForce, TriggerType
from argosy.parts.risk_rule import RiskContext, RiskRule

if TYPE_CHECKING:
    from argosy.kernel.market import MarketState
    from argosy.model.identifiers import PositionId
    from argosy.model.instruments import Instrument
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity

_GTD = TimeInForce.GTD
_NO_TRIGGER = TriggerType.NO_TRIGGER
_NEVER_WATCHED = (TriggerType.MARK_PRICE, TriggerType.INDEX_PRICE)
_LAST_WATCHED = (TriggerType.LAST_PRICE, TriggerType.DOUBLE_LAST)
_PRICE_CODES = (
    "PRICE_PRECISION_EXCEEDED",
    "PRICE_NOT_POSITIVE",
    "PRICE_EXCEEDS_MAXIMUM",
    "PRICE_BELOW_MINIMUM",
)
_TRIGGER_PRICE_CODES = (
    "TRIGGER_PRICE_PRECISION_EXCEEDED",
    "TRIGGER_PRICE_NOT_POSITIVE",
    "TRIGGER_PRICE_EXCEEDS_MAXIMUM",
    "TRIGGER_PRICE_BELOW_MINIMUM",
)
_OTHER_SIDE = 4  # in MarketState.bar_sides: bars that are neither of BID nor of ASK


class InstrumentRule(RiskRule):
    """The instrument is defined and can be traded."""

    def __init__(self, context: RiskContext) -> None:
        RiskRule.__init__(self, context)
        self._tradable: Instrument | None = None

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why the instrument forbids an order."""
        instrument = self.context.instrument_of(order)
        if instrument is None:
            return _not_found(order)
        if instrument is not self._tradable:
            if not instrument.is_tradable:
                return f"INSTRUMENT_NOT_TRADABLE: instrument_id={order.instrument_id}"
            self._tradable = instrument  # most orders are for the one before
        return None


class OrderTypeRule(RiskRule):
    """What a conditional order watches is in the data of the run."""

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why the trigger of an order could never fire."""
        trigger_type = order.init.trigger_type
        if trigger_type is _NO_TRIGGER:
            return None
        if trigger_type in _NEVER_WATCHED:
            return f"UNSUPPORTED_TRIGGER_TYPE: trigger_type={trigger_type}"
        watched = order.init.trigger_instrument_id or order.instrument_id
        market = self.context.cache.market(watched)
        if market is None:
            return f"TRIGGER_INSTRUMENT_NOT_FOUND: instrument_id={watched}"
        if trigger_type in _LAST_WATCHED and not _has_last(market):
            return f"TRIGGER_SOURCE_MISSING: trigger_type={trigger_type}, instrument_id={watched}"
        return None


class PriceRule(RiskRule):
    """Prices have no more decimals than the instrument's, and lie within its limits."""

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return what is wrong with the prices of an order."""
        if order.price is None and order.trigger_price is None:
            return None
        return self._judge(order, order.price, order.trigger_price)

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return what is wrong with new prices."""
        return self._judge(order, price, trigger_price)

    def _judge(self, order: Order, price: Price | None, trigger: Price | None) -> str | None:
        instrument = self.context.instrument_of(order)
        if instrument is None:
            return _not_found(order)
        reason = None if price is None else _price_reason(instrument, "price", price, _PRICE_CODES)
        if reason is None and trigger is not None:
            reason = _price_reason(instrument, "trigger_price", trigger, _TRIGGER_PRICE_CODES)
        return reason


class QuantityRule(RiskRule):
    """The quantity has no more decimals than the instrument's, and lies within its limits."""

    def __init__(self, context: RiskContext) -> None:
        RiskRule.__init__(self, context)
        self._instrument: Instrument | None = None
        self._precision = 0
        self._most: Quantity | None = None
        self._least: Quantity | None = None

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return what is wrong with the quantity of an order."""
        return self._judge(order, order.quantity)

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return what is wrong with a new quantity."""
        return None if quantity is None else self._judge(order, quantity)

    def _judge(self, order: Order, quantity: Quantity) -> str | None:
        instrument = self.context.instrument_of(order)
        if instrument is None:
            return _not_found(order)
        if quantity.raw <= 0:
            return f"QUANTITY_NOT_POSITIVE: quantity={quantity}"
        # An amount of the quote currency is in another unit than the limits.
        return None if order.is_quote_quantity else self._limits(instrument, quantity)

    def _limits(self, instrument: Instrument, quantity: Quantity) -> str | None:
        if instrument is not self._instrument:
            self._instrument = instrument
            self._precision = instrument.size_precision
            self._most, self._least = instrument.max_quantity, instrument.min_quantity
        if quantity.precision > self._precision:
            return (
                f"QUANTITY_PRECISION_EXCEEDED: quantity={quantity},"
                f" size_precision={self._precision}"
            )
        most, least = self._most, self._least
        if most is not None and _exceeds(quantity, most):
            return f"QUANTITY_EXCEEDS_MAXIMUM: quantity={quantity}, max_quantity={most}"
        if least is not None and _exceeds(least, quantity):
            return f"QUANTITY_BELOW_MINIMUM: quantity={quantity}, min_quantity={least}"
        return None


class ExpiryRule(RiskRule):
    """A GTD order expires in the future."""

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why an order would expire at once."""
        if order.time_in_force is not _GTD:
            return None
        now = self.context.timeline.now
        if order.init.expire_time_ns <= now:
            return f"EXPIRE_TIME_IN_PAST: expire_time={order.init.expire_time_ns}, now={now}"
        return None


class ReduceOnlyRule(RiskRule):
    """A reduce-only order that names its position is against it, and no larger."""

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why a reduce-only order would not reduce its position."""
        if not order.is_reduce_only or position_id is None:
            return None
        position = self.context.cache.open_position(position_id)
        if position is None:
            return f"REDUCE_ONLY_WITHOUT_POSITION: position_id={position_id}"
        if not order.would_reduce_only(position.side, position.quantity):
            return (
                f"REDUCE_ONLY_WOULD_INCREASE_POSITION: position={position.signed_qty},"
                f" side={order.side}, quantity={order.quantity}"
            )
        return None


def _not_found(order: Order) -> str:
    return f"INSTRUMENT_NOT_FOUND: instrument_id={order.instrument_id}"


def _exceeds(one: Quantity, other: Quantity) -> bool:
    if one.precision == other.precision:
        return one.raw > other.raw
    return one > other


def _price_reason(
    instrument: Instrument, name: str, value: Price, codes: tuple[str, str, str, str]
) -> str | None:
    if value.precision > instrument.price_precision:
        return f"{codes[0]}: {name}={value}, price_precision={instrument.price_precision}"
    if value.raw <= 0 and not instrument.allows_negative_price:
        return f"{codes[1]}: {name}={value}"
    if instrument.max_price is not None and value > instrument.max_price:
        return f"{codes[2]}: {name}={value}, max_price={instrument.max_price}"
    if instrument.min_price is not None and value < instrument.min_price:
        return f"{codes[3]}: {name}={value}, min_price={instrument.min_price}"
    return None


def _has_last(market: MarketState) -> bool:
    """Return whether the run has trades of an instrument, or bars that stand for them."""
    return market.has_trades or market.ts_trade > 0 or bool(market.bar_sides & _OTHER_SIDE)
