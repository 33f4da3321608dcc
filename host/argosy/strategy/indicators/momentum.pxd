from libc.stdint cimport int64_t

cimport cython

from argosy.strategy.indicators.averages cimport ExponentialMovingAverage
from argosy.strategy.indicators.price cimport PriceIndicator


cdef class RelativeStrengthIndex(PriceIndicator):
    cdef readonly object ma_type         # MovingAverageType
    cdef PriceIndicator gains            # average rise, 0 where the price fell
    cdef PriceIndicator losses           # average fall, 0 where the price rose
    cdef double last                     # the previous price

    @cython.locals(change=double, total=double)
    cdef int update_price(self, double price) except -1


cdef class MovingAverageConvergenceDivergence(PriceIndicator):
    cdef readonly int64_t fast_period    # < slow_period
    cdef readonly int64_t slow_period
    cdef readonly int64_t signal_period
    cdef readonly object ma_type         # MovingAverageType
    cdef readonly double signal          # average of the value over signal_period
    cdef readonly double histogram       # value - signal
    cdef PriceIndicator fast
    cdef PriceIndicator slow
    cdef ExponentialMovingAverage line   # what averages the value

    cdef int update_price(self, double price) except -1
