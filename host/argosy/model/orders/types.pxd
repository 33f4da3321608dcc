"""C surface of the order classes."""

cimport cython

from argosy.model.orders.order cimport Order
from argosy.model.values cimport Price, Quantity

@cython.no_gc
cdef class MarketOrder(Order):
    cpdef int validate(self) except -1

@cython.no_gc
cdef class LimitOrder(Order):
    cpdef int validate(self) except -1

@cython.no_gc
cdef class StopMarketOrder(Order):
    cpdef int validate(self) except -1

@cython.no_gc
cdef class StopLimitOrder(Order):
    cpdef int validate(self) except -1

@cython.no_gc
cdef class MarketToLimitOrder(Order):
    cpdef int validate(self) except -1

@cython.no_gc
cdef class MarketIfTouchedOrder(Order):
    cpdef int validate(self) except -1

@cython.no_gc
cdef class LimitIfTouchedOrder(Order):
    cpdef int validate(self) except -1

@cython.no_gc
cdef class TrailingStopMarketOrder(Order):
    cpdef int validate(self) except -1

@cython.no_gc
cdef class TrailingStopLimitOrder(Order):
    cpdef int validate(self) except -1


cdef object _BUILT_IN   # OrderType -> class, of the built-in types
cdef object _MARKET
cdef object _GTD
cdef object _AT_THE_OPEN
cdef object _AT_THE_CLOSE

cdef int _check_type(Order order, object order_type) except -1
cdef int _check_expiry(Order order) except -1
cdef int _check_display(Order order) except -1
cdef int _check_limit(Order order) except -1
cdef int _check_trigger(Order order) except -1
cdef int _check_stop(Order order) except -1
cdef int _check_trail(Order order) except -1
