"""C surface of bar feeds: the bars of one type, and who wants to know of them."""

cimport cython
from libc.stdint cimport int64_t

from argosy.kernel.aggregator cimport Aggregator, BarSink
from argosy.kernel.bus cimport Topic
from argosy.kernel.ring cimport Ring


@cython.final
cdef class BarFeed(BarSink):
    cdef readonly object bar_type        # standard form
    cdef readonly object market          # MarketState of its instrument
    cdef readonly int price_type         # code of PriceType
    cdef readonly int price_precision    # of its bars; one more than the quotes' for mid
    cdef readonly int size_precision
    cdef readonly bint executes          # external bars that the venue matches on
    cdef readonly Ring ring              # open high low close volume ts_event ts_init is_revision
    cdef readonly Topic topic            # subscribers
    cdef readonly list indicators        # updated before subscribers; replaced, never mutated
    cdef readonly list aggregators       # composites built from these bars
    cdef readonly Aggregator aggregator  # makes these bars, None for external ones
    cdef double _price_scale             # 10 ** price_precision
    cdef double _size_scale

    cdef int observe(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts_init, bint is_revision
    ) except -1
    cdef int tell(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts_init, bint is_revision
    ) except -1
    cdef object bar_at(self, Py_ssize_t back)
