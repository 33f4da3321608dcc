"""C surface of the bars that a count of ticks closes."""

from libc.stdint cimport int64_t

from argosy.plug.aggregator cimport Aggregator


cdef class TickAggregator(Aggregator):
    cdef int tick(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts
    ) except -1
    cdef int bar(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts
    ) except -1
