"""C surface of holdings."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.accounts cimport Money, OpenCost, Terms, same_currency, ten_to
from argosy.plug.values cimport Price, Quantity

cdef object NOTHING


@cython.final
cdef class Holding(OpenCost):
    @cython.locals(raw=int64_t)
    cpdef object gain_of(self, int sign, Quantity quantity, Price price)
    cpdef int trade(self, int sign, Quantity quantity, Price price, Money commission) except -1
    @cython.locals(raw=int64_t, closed=int64_t)
    cpdef int64_t close(self, int sign, Quantity quantity, Price price) except? -1
    @cython.locals(at=int64_t)
    cpdef int open(self, int sign, int64_t raw, Price price, Money commission) except -1
    @cython.locals(raw=int64_t)
    cdef int _deduct(self, Money commission, int64_t price) except -1
