from libc.stdint cimport int64_t

cimport cython

from argosy.kernel.indicator cimport Indicator
from argosy.strategy.indicators.price cimport PriceIndicator


cdef class AverageTrueRange(Indicator):
    cdef readonly int64_t period      # bars until initialized, >= 1
    cdef readonly object ma_type      # MovingAverageType
    cdef readonly bint use_previous   # the range reaches to the previous close
    cdef readonly double value_floor  # least value, >= 0
    cdef PriceIndicator average
    cdef double last_close

    @cython.locals(top=double, bottom=double)
    cdef int update_range(self, double high, double low, double close) except -1


cdef class BollingerBands(Indicator):
    cdef readonly int64_t period      # inputs until initialized, >= 1
    cdef readonly double k            # deviations from the middle to a band, > 0
    cdef readonly object ma_type      # MovingAverageType of the middle
    cdef readonly double upper
    cdef readonly double middle
    cdef readonly double lower
    cdef PriceIndicator average
    cdef double[::1] window           # the last `period` typical prices, a ring
    cdef int64_t place                # where the next one goes, 0 <= place < period

    @cython.locals(typical=double, spread=double)
    cdef int update_range(self, double high, double low, double close) except -1

    @cython.locals(size=int64_t, index=int64_t, total=double)
    cdef double deviation(self) except -1.0
