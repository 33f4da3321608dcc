"""C surface of bar aggregation: ticks or bars in, bars out."""

cimport cython
from libc.stdint cimport int64_t

from argosy.kernel.timeline cimport Timeline


cdef class BarSink:
    cdef int push(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts_init, bint is_revision
    ) except -1


cdef class Aggregator:
    cdef readonly object bar_type      # the type of the bars it makes
    cdef readonly int64_t step         # of its specification, >= 1
    cdef readonly int price_type       # 1 bid, 2 ask, 3 mid, 4 last: code of PriceType
    cdef readonly int price_precision  # of the prices it is fed
    cdef readonly int size_precision   # of the sizes it is fed
    cdef readonly int rank             # 0 on ticks, n + 1 on bars of an aggregator of rank n
    cdef readonly int64_t open         # raw; of the bar being built, valid while count > 0
    cdef readonly int64_t high
    cdef readonly int64_t low
    cdef readonly int64_t close        # raw; kept after a bar: an empty interval repeats it
    cdef readonly int64_t volume       # raw size; of the bar being built
    cdef readonly int64_t count        # updates of the bar being built
    cdef readonly bint has_close       # some update has ever come
    cdef readonly bint steady          # until its next alarm it only adds: ticks may come in runs
    cdef readonly Timeline timeline    # None until started
    cdef readonly BarSink sink         # where bars go, None until connected

    cdef int tick(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts
    ) except -1
    cdef int bar(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t ts_event, int64_t ts
    ) except -1
    cpdef int update(self, int64_t price, int64_t size) except -1
    cpdef int update_bar(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume
    ) except -1
    cdef int add_run(
        self, int64_t open, int64_t high, int64_t low, int64_t close, int64_t volume,
        int64_t count
    ) except -1
    @cython.locals(open_=int64_t, high=int64_t, low=int64_t, volume=int64_t)
    cpdef int emit(self, int64_t ts_event, int64_t ts_init) except -1
    cpdef void reset(self) noexcept
