"""Market data: what venues publish and strategies hear. C users cimport from here too."""

from argosy.model.data.bar import Bar, bar_from_raw
from argosy.model.data.batch import OrderBookDeltas, OrderBookSnapshot
from argosy.model.data.book import (
    F_LAST,
    F_MBP,
    F_SNAPSHOT,
    F_TOB,
    BookOrder,
    OrderBookDelta,
    delta_from_raw,
    order_from_raw,
)
from argosy.model.data.quote import QuoteTick, quote_from_raw
from argosy.model.data.status import (
    IS_QUOTING,
    IS_SHORT_SELL_RESTRICTED,
    IS_TRADING,
    InstrumentStatusUpdate,
    Ticker,
    VenueStatusUpdate,
)
from argosy.model.data.trade import TradeTick, trade_from_raw

__all__ = [
    "F_LAST",
    "F_MBP",
    "F_SNAPSHOT",
    "F_TOB",
    "IS_QUOTING",
    "IS_SHORT_SELL_RESTRICTED",
    "IS_TRADING",
    "Bar",
    "BookOrder",
    "InstrumentStatusUpdate",
    "OrderBookDelta",
    "OrderBookDeltas",
    "OrderBookSnapshot",
    "QuoteTick",
    "Ticker",
    "TradeTick",
    "VenueStatusUpdate",
    "bar_from_raw",
    "delta_from_raw",
    "order_from_raw",
    "quote_from_raw",
    "trade_from_raw",
]
