"""What every fee model keeps to, checked over an instrument of each class."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from argosy.model.enums import LiquiditySide, OrderSide, OrderType, TimeInForce
from argosy.model.events.order import OrderInitialized
from argosy.model.identifiers import ClientOrderId, StrategyId, TraderId
from argosy.model.instruments import Instrument
from argosy.model.orders import Order, order_from
from argosy.model.values import Money, Price, Quantity
from argosy.testing.instruments import one_of_each


class FeeModel(Protocol):
    """What a simulated venue asks of a fee model."""

    def commission(
        self,
        order: Order,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        instrument: Instrument,
    ) -> Money:
        """Return what one fill costs, above zero for a cost."""
        ...


def check_fee_model(model: FeeModel, instruments: Iterable[Instrument] | None = None) -> None:
    """Check a fee model on fills of both sides, as maker and as taker.

    Parameters
    ----------
    instruments : what is traded; one of each class where left out

    Raises
    ------
    AssertionError : names the instrument and the fill
    """
    chosen = one_of_each() if instruments is None else instruments
    for instrument in (each for each in chosen if each.is_tradable):
        for side in (OrderSide.BUY, OrderSide.SELL):
            for liquidity in (LiquiditySide.MAKER, LiquiditySide.TAKER):
                _check_fill(model, instrument, side, liquidity)


def market_order(instrument: Instrument, side: OrderSide, quantity: Quantity) -> Order:
    """Return a market order that nobody has sent."""
    return order_from(
        OrderInitialized(
            TraderId("TESTER-001"),
            StrategyId("S-001"),
            instrument.id,
            ClientOrderId("O-1"),
            side,
            OrderType.MARKET,
            quantity,
            TimeInForce.GTC,
            post_only=False,
            reduce_only=False,
            quote_quantity=False,
            event_id=1,
            ts_event=0,
            ts_init=0,
        )
    )


def _check_fill(
    model: FeeModel, instrument: Instrument, side: OrderSide, liquidity: LiquiditySide
) -> None:
    price = instrument.make_price(instrument.price_increment.as_decimal() * 100)
    quantity = instrument.make_qty(instrument.size_increment.as_decimal() * 1_000)
    order = market_order(instrument, side, quantity)
    place = f"{instrument.id}, {side} {quantity} at {price} as {liquidity}"
    fee, again = (model.commission(order, quantity, price, liquidity, instrument) for _ in range(2))
    assert isinstance(fee, Money), f"{place}: the fee is {fee!r}, not Money"
    assert fee == again, f"{place}: the fee is {fee}, then {again}"
    known = {instrument.quote_currency, instrument.settlement_currency, instrument.base_currency}
    codes = ", ".join(sorted(each.code for each in known if each))
    assert fee.currency in known, f"{place}: the fee is in {fee.currency.code}, not in {codes}"
