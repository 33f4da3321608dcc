"""C surface of the exchange's orders: quantities and prices are raws of the instrument's precisions."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.messages cimport OrderInitialized, SubmitOrder
from argosy.plug.orders cimport WorkingOrder
from argosy.plug.values cimport Fixed, Price, Quantity

cdef int64_t _UNSET


@cython.final
cdef class VenueOrder(WorkingOrder):
    cdef readonly object command_id        # int: of the SubmitOrder
    cdef readonly object venue_order_id
    cdef public object position_id         # None until known; where the venue hedges, made by it
    cdef readonly object book              # PositionId of its holding, None: what its strategy nets
    cdef public int64_t quantity           # 0 until it is converted from the quote currency
    cdef readonly int64_t told             # quantity that its owner knows
    cdef readonly int64_t filled
    cdef public int64_t limit              # UNSET without one
    cdef public int64_t level              # trigger price, UNSET without one
    cdef public bint in_quote              # the quantity is not converted yet
    cdef readonly bint is_accepted         # its owner was told
    cdef readonly bint is_done             # filled, canceled, expired or rejected
    cdef public bint is_triggered
    cdef public object trigger             # what rests for it, None where nothing does
    cdef public object matcher             # the InstrumentMatcher that the trigger rests in
    cdef public object alarm               # ends it at a time, or None

    @cython.locals(init=OrderInitialized, size=Quantity)
    cpdef int begin(
        self, SubmitOrder command, object venue_order_id, int64_t quantity, int size_precision
    ) except -1
    cpdef int tell_quantity(self, int size_precision) except -1
    cpdef int tell_prices(self, Price price, Price trigger_price) except -1
    cpdef int take(self, int64_t quantity) except -1
    cpdef int accept(self) except -1
    cpdef int end(self) except -1


cpdef int64_t raw_at(Fixed value, int precision) except? -1
