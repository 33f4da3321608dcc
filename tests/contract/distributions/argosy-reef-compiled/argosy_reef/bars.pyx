"""Bars of a fixed range, compiled: `tick` is called without Python in between."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.aggregator cimport Aggregator

IS_COMPILED = True


@cython.final
cdef class RangeAggregator(Aggregator):
    """Close a bar once its high and low are `step` price units apart."""

    cdef int tick(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts
    ) except -1:
        self.update(price, size)
        if self.high - self.low >= self.step:
            self.emit(ts, ts)
        return 0
