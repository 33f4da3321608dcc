"""C surface of market data in one place: the classes, and factories from the integers of columns."""

from argosy.model.data.bar cimport Bar, bar_from_raw
from argosy.model.data.book cimport BookOrder, OrderBookDelta, delta_from_raw, order_from_raw
from argosy.model.data.quote cimport QuoteTick, quote_from_raw
from argosy.model.data.trade cimport TradeTick, trade_from_raw
