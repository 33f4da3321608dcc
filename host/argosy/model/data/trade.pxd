"""C surface of trades: one allocation a tick, price and size as the integers of their columns."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.data.checks cimport price_of, quantity_of
from argosy.model.spelling cimport price_of_text, quantity_of_text, text_of
from argosy.model.values cimport Price, Quantity, price_from_raw, quantity_from_raw


@cython.final
@cython.freelist(256)
@cython.no_gc
cdef class TradeTick:
    cdef readonly object instrument_id    # InstrumentId
    cdef readonly int64_t price_raw       # in units of 10^-price_precision
    cdef readonly int64_t size_raw        # in units of 10^-size_precision, > 0
    cdef readonly int price_precision     # 0..18
    cdef readonly int size_precision      # 0..18
    cdef readonly int aggressor           # code of AggressorSide: 0 none, 1 buyer, 2 seller
    cdef object _trade_id                 # str, made a TradeId when first asked for
    cdef readonly int64_t ts_event        # ns; when it happened at the source
    cdef readonly int64_t ts_init         # ns; when it became known here

    @cython.locals(checked=Price, quantity=Quantity)
    cdef int _take(self, object price, object size) except -1
    cdef bint _equals(self, TradeTick other) except -1


@cython.locals(trade=TradeTick)
cpdef TradeTick trade_from_raw(
    object instrument_id,
    int64_t price,
    int64_t size,
    int aggressor,
    object trade_id,
    int price_precision,
    int size_precision,
    int64_t ts_event,
    int64_t ts_init,
)
