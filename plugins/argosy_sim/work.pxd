"""C surface of the venue's orders: prices and quantities are raws of the instrument's precisions."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.rule cimport Order
from argosy.plug.values cimport Fixed

cdef int64_t _UNSET


@cython.final
@cython.freelist(64)
cdef class Work:
    cdef readonly Order order              # as the host made it
    cdef readonly object venue_order_id
    cdef public object position_id         # None until known; where the venue hedges, made by it
    cdef public int64_t quantity           # 0 until it is converted from the quote currency
    cdef public int64_t told               # quantity that the host knows
    cdef public int64_t filled
    cdef public int64_t price              # limit, UNSET without one
    cdef public int64_t trigger_price      # UNSET without one
    cdef readonly bint is_buy
    cdef public bint in_quote              # the quantity is not converted yet
    cdef public bint was_in_quote          # the host still thinks so
    cdef public bint is_accepted           # the host was told
    cdef public bint is_done               # filled, canceled, expired or rejected
    cdef public bint is_triggered
    cdef public object trigger             # what rests for it, None where nothing does
    cdef public object matcher             # the InstrumentMatcher that the trigger rests in
    cdef public object alarm               # ends it at a time, or None

    cdef int begin(
        self, Order order, object venue_order_id, object position_id, int64_t quantity
    ) except -1


cpdef int64_t raw_at(Fixed value, int precision) except? -1
