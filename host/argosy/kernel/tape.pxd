"""C surface of tapes: the newest ticks of an instrument, copied as late as may be."""

cimport cython
from libc.stdint cimport int64_t

from argosy.kernel.columns cimport QuoteColumns, TradeColumns
from argosy.kernel.ring cimport Ring


cdef class Tape:
    cdef readonly object instrument_id
    cdef readonly int price_precision
    cdef readonly int size_precision
    cdef readonly Ring ring            # complete after copy()
    cdef Py_ssize_t _first             # rows [first, end) of a batch that the ring lacks
    cdef Py_ssize_t _end

    cdef int copy(self) except -1
    cdef object at(self, Py_ssize_t back)


@cython.final
cdef class QuoteTape(Tape):
    cdef QuoteColumns _rows            # the batch of the rows that the ring lacks, None for none

    cdef int put(
        self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size,
        int64_t ts_event, int64_t ts_init
    ) except -1
    cdef int take(self, QuoteColumns c, Py_ssize_t first, Py_ssize_t end) except -1


@cython.final
cdef class TradeTape(Tape):
    cdef TradeColumns _rows

    cdef int put(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts_init,
        const char* trade_id, Py_ssize_t id_length
    ) except -1
    cdef int take(self, TradeColumns c, Py_ssize_t first, Py_ssize_t end) except -1
