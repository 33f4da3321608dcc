from libc.stdint cimport int64_t

cimport cython

from argosy.strategy.indicators.price cimport PriceIndicator


cdef class SimpleMovingAverage(PriceIndicator):
    cdef double[::1] window     # the last `period` prices, a ring
    cdef int64_t place          # where the next price goes, 0 <= place < period
    cdef double total           # sum of the prices in the window

    @cython.locals(size=int64_t, index=int64_t)
    cdef int update_price(self, double price) except -1


cdef class ExponentialMovingAverage(PriceIndicator):
    cdef readonly double alpha  # weight of the newest price, 0 < alpha <= 1

    cdef int update_price(self, double price) except -1


cdef class WilderMovingAverage(ExponentialMovingAverage):
    pass
