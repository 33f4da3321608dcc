"""C surface of book changes: a delta is flat, its `BookOrder` is made when somebody asks for it."""

cimport cython
from libc.stdint cimport int64_t, uint64_t

from argosy.model.data.checks cimport price_of, quantity_of
from argosy.model.spelling cimport price_of_text, quantity_of_text, text_of
from argosy.model.values cimport Price, Quantity, price_from_raw, quantity_from_raw


@cython.final
@cython.freelist(256)
@cython.no_gc
cdef class BookOrder:
    cdef readonly int side_code           # code of OrderSide: 0 none, 1 buy, 2 sell
    cdef readonly int64_t price_raw       # in units of 10^-price_precision
    cdef readonly int64_t size_raw        # in units of 10^-size_precision, >= 0
    cdef readonly int price_precision     # 0..18
    cdef readonly int size_precision      # 0..18
    cdef readonly uint64_t order_id       # the venue's order (L3), or a number of orders, or 0

    @cython.locals(checked=Price, quantity=Quantity)
    cdef int _take(self, object price, object size) except -1
    cdef bint _equals(self, BookOrder other) except -1


@cython.final
@cython.freelist(256)
@cython.no_gc
cdef class OrderBookDelta:
    cdef readonly object instrument_id    # InstrumentId
    cdef readonly int action_code         # code of BookAction: 1 add, 2 update, 3 delete, 4 clear
    cdef readonly int side_code           # as in BookOrder; 0 for a clear
    cdef readonly int64_t price_raw       # as in BookOrder; 0 for a clear
    cdef readonly int64_t size_raw        # as in BookOrder; 0 for a clear
    cdef readonly int price_precision     # 0..18
    cdef readonly int size_precision      # 0..18
    cdef readonly uint64_t order_id       # as in BookOrder
    cdef readonly int flags               # bits F_LAST, F_TOB, F_SNAPSHOT, F_MBP
    cdef readonly uint64_t sequence       # the venue's message number, 0 where it has none
    cdef readonly int64_t ts_event        # ns; when it happened at the source
    cdef readonly int64_t ts_init         # ns; when it became known here

    cdef int _take(self, BookOrder order) except -1
    cdef bint _equals(self, OrderBookDelta other) except -1
    cdef bint _has_order_of(self, OrderBookDelta other) except -1


@cython.locals(order=BookOrder)
cpdef BookOrder order_from_raw(
    int side, int64_t price, int64_t size, uint64_t order_id, int price_precision, int size_precision
)


@cython.locals(delta=OrderBookDelta)
cpdef OrderBookDelta delta_from_raw(
    object instrument_id,
    int action,
    int side,
    int64_t price,
    int64_t size,
    uint64_t order_id,
    int flags,
    uint64_t sequence,
    int price_precision,
    int size_precision,
    int64_t ts_event,
    int64_t ts_init,
)
