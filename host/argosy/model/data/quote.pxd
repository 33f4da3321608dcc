"""C surface of quotes: one allocation a tick, prices and sizes as the integers of its columns."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.data.checks cimport price_of, quantity_of, same_precision
from argosy.model.spelling cimport price_of_text, quantity_of_text, text_of
from argosy.model.values cimport Price, Quantity, price_from_raw, quantity_from_raw


@cython.final
@cython.freelist(256)
@cython.no_gc
cdef class QuoteTick:
    cdef readonly object instrument_id    # InstrumentId
    cdef readonly int64_t bid_raw         # best bid, in units of 10^-price_precision
    cdef readonly int64_t ask_raw         # best ask, same unit
    cdef readonly int64_t bid_size_raw    # size at the bid, in units of 10^-size_precision, >= 0
    cdef readonly int64_t ask_size_raw    # size at the ask, same unit, >= 0
    cdef readonly int price_precision     # 0..18, of bid and ask
    cdef readonly int size_precision      # 0..18, of both sizes
    cdef readonly int64_t ts_event        # ns; when it happened at the source
    cdef readonly int64_t ts_init         # ns; when it became known here

    @cython.locals(bid=Price, ask=Price, bid_quantity=Quantity, ask_quantity=Quantity)
    cdef int _take(self, object bid_price, object ask_price, object bid_size, object ask_size) except -1
    cdef bint _equals(self, QuoteTick other) except -1


@cython.locals(quote=QuoteTick)
cpdef QuoteTick quote_from_raw(
    object instrument_id,
    int64_t bid,
    int64_t ask,
    int64_t bid_size,
    int64_t ask_size,
    int price_precision,
    int size_precision,
    int64_t ts_event,
    int64_t ts_init,
)
