"""Types of what market data hold."""

from typing import reveal_type

from argosy import Bar, OrderBookDelta, PriceType, QuoteTick, TradeTick


def read(quote: QuoteTick, trade: TradeTick, bar: Bar, delta: OrderBookDelta) -> None:
    reveal_type(quote.bid_price)  # Price
    reveal_type(quote.bid_size)  # Quantity
    reveal_type(quote.extract_price(PriceType.MID))  # Price
    reveal_type(quote.ts_init)  # int
    reveal_type(trade.price)  # Price
    reveal_type(trade.aggressor_side)  # AggressorSide
    reveal_type(bar.close)  # Price
    reveal_type(bar.volume)  # Quantity
    reveal_type(bar.bar_type)  # BarType
    reveal_type(delta.action)  # BookAction
    reveal_type(delta.order)  # BookOrder | None
