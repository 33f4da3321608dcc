"""C surface of the replay: streams merged by time, rows dispatched to market states."""

from libc.stdint cimport int64_t

from argosy.kernel.columns cimport Columns
from argosy.kernel.bar_feed cimport BarFeed
from argosy.kernel.heads cimport Heads
from argosy.kernel.market cimport MarketState
from argosy.kernel.timeline cimport Timeline


cdef class Source:
    cdef readonly object stream          # the Stream it reads
    cdef readonly str place              # what errors call it
    cdef readonly int64_t head           # ts_init of the next row, NEVER when read out
    cdef readonly int64_t rows           # rows dispatched so far
    cdef readonly int64_t left_out       # of them, bars without any price: they reached nobody
    cdef readonly int price_precision    # that its rows must have, -1 for objects
    cdef readonly int size_precision
    cdef object _batches                 # iterator of RecordBatches, None before opening
    cdef Columns _columns                # the batch being read
    cdef Py_ssize_t _row                 # next row of it
    cdef int64_t _start                  # ns; rows before it are skipped
    cdef int64_t _after                  # ts_init of the last row of the batch before

    cdef int open(self) except -1
    cdef int load(self) except -1
    cdef int run(self, Replay replay) except -1
    cdef int rest(self, Py_ssize_t i) except -1


cdef class Replay:
    cdef readonly Timeline timeline
    cdef readonly list sources           # in declared order
    cdef readonly int64_t last           # ts_init of the latest row, 0 before any
    cdef readonly object progress        # callable(now, rows) after each batch, or None
    cdef Heads _heads                    # of all sources
    cdef Heads _bars                     # of those of external bars
    cdef Py_ssize_t _current             # source that is running
    cdef bint _stopped

    cdef int _loop(self, int64_t limit) except -1
    cdef int64_t next_bar(self) noexcept
    cdef int bar_datum(self, int64_t ts) except -1
