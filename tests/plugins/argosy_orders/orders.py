"""Stop orders for the tests of order types."""

from argosy.model.enums import OrderSide, OrderType, TimeInForce, TriggerType
from argosy.model.events.order import OrderInitialized
from argosy.model.identifiers import ClientOrderId, StrategyId, TraderId
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import default_fx_ccy

GBPUSD = default_fx_ccy("GBP/USD")


def stop_market(
    side: OrderSide,
    trigger_price: str,
    trigger_type: TriggerType = TriggerType.DEFAULT,
) -> OrderInitialized:
    return OrderInitialized(
        trader_id=TraderId("TRADER-001"),
        strategy_id=StrategyId("S-001"),
        instrument_id=GBPUSD.id,
        client_order_id=ClientOrderId("O-1"),
        order_side=side,
        order_type=OrderType.STOP_MARKET,
        quantity=Quantity.from_int(100_000),
        time_in_force=TimeInForce.GTC,
        post_only=False,
        reduce_only=False,
        quote_quantity=False,
        event_id=1,
        ts_event=0,
        ts_init=0,
        trigger_price=Price.from_str(trigger_price),
        trigger_type=trigger_type,
    )
