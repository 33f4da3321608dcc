"""What every fee model keeps to, checked over an instrument of each class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from argosy.model.enums import LiquiditySide, OrderSide, OrderType, TimeInForce
from argosy.model.events.order import OrderInitialized
from argosy.model.identifiers import ClientOrderId, StrategyId, TraderId
from argosy.model.values import Money, Quantity
from argosy.testing.instruments import one_of_each

if TYPE_CHECKING:
    from argosy.model.instruments import Instrument
    from argosy.parts.fee_model import FeeModel


def check_fee_model(
    build: Callable[[], FeeModel], instruments: Iterable[Instrument] | None = None
) -> None:
    """Check a fee model on fills of both sides, as maker and as taker.

    Parameters
    ----------
    build : makes the model anew each time
    instruments : what is traded; one of each class where left out

    Raises
    ------
    AssertionError : names the instrument and the fill
    """
    model, other = build(), build()
    assert isinstance(model.charges_once, bool), f"charges_once is {model.charges_once!r}, no bool"
    chosen = one_of_each() if instruments is None else instruments
    for instrument in (each for each in chosen if each.is_tradable):
        for side in (OrderSide.BUY, OrderSide.SELL):
            for liquidity in (LiquiditySide.MAKER, LiquiditySide.TAKER):
                _check_fill(model, other, market_order(instrument, side), instrument, liquidity)


def market_order(
    instrument: Instrument, side: OrderSide = OrderSide.BUY, quantity: Quantity | None = None
) -> OrderInitialized:
    """Return a market order as it was made; for 1,000 steps of the size where none is said."""
    steps = instrument.make_qty(instrument.size_increment.as_decimal() * 1_000)
    return OrderInitialized(
        TraderId("TESTER-001"),
        StrategyId("S-001"),
        instrument.id,
        ClientOrderId("O-1"),
        side,
        OrderType.MARKET,
        steps if quantity is None else quantity,
        TimeInForce.GTC,
        post_only=False,
        reduce_only=False,
        quote_quantity=False,
        event_id=1,
        ts_event=0,
        ts_init=0,
    )


def _check_fill(
    model: FeeModel,
    other: FeeModel,
    order: OrderInitialized,
    instrument: Instrument,
    liquidity: LiquiditySide,
) -> None:
    price = instrument.make_price(instrument.price_increment.as_decimal() * 100)
    quantity = order.quantity
    place = f"{instrument.id}, {order.order_side} {quantity} at {price} as {liquidity}"
    asked = (model, model, other)
    fee, *more = (each.commission(order, quantity, price, liquidity, instrument) for each in asked)
    assert isinstance(fee, Money), f"{place}: the fee is {fee!r}, not Money"
    for again in more:
        assert fee == again, f"{place}: the fee is {fee}, then {again}"
    known = {instrument.quote_currency, instrument.settlement_currency, instrument.base_currency}
    codes = ", ".join(sorted(each.code for each in known if each))
    assert fee.currency in known, f"{place}: the fee is in {fee.currency.code}, not in {codes}"
