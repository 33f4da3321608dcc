"""Tapes: the newest quotes and trades of an instrument, by value.

Rows that were taken in runs are copied late: when someone looks, when a row comes from elsewhere,
and before their batch goes. Of a long run only what still fits the ring is ever copied.
"""

cimport cython
from libc.stdint cimport int64_t
from libc.string cimport memcpy

from argosy.kernel.columns cimport QuoteColumns, TradeColumns
from argosy.kernel.ring cimport Ring
from argosy.model.data cimport quote_from_raw, trade_from_raw

cdef enum:
    QUOTE_WIDTH = 6
    TRADE_WIDTH = 10


cdef class Tape:
    """Keep the newest ticks; the base of the tapes for each type.

    Parameters
    ----------
    instrument_id, price_precision, size_precision : of every tick
    width : int64 values a row
    capacity : rows kept
    """

    def __init__(self, instrument_id, int price_precision, int size_precision, int width,
                 Py_ssize_t capacity):
        self.instrument_id = instrument_id
        self.price_precision = price_precision
        self.size_precision = size_precision
        self.ring = Ring(width, capacity)

    def __len__(self):
        self.copy()
        return self.ring._size

    def __getitem__(self, Py_ssize_t back):
        """Return the tick `back` places before the newest."""
        self.copy()
        if back < 0 or back >= self.ring._size:
            raise IndexError(f"tick {back} of a tape that holds {self.ring._size}")
        return self.at(back)

    cdef int copy(self) except -1:
        return 0

    cdef object at(self, Py_ssize_t back):
        return self.ring[back]


@cython.final
cdef class QuoteTape(Tape):
    """The newest quotes; a row is bid, ask, their sizes, ts_event, ts_init."""

    def __init__(self, instrument_id, int price_precision, int size_precision,
                 Py_ssize_t capacity):
        Tape.__init__(
            self, instrument_id, price_precision, size_precision, QUOTE_WIDTH, capacity
        )

    cdef int put(
        self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size,
        int64_t ts_event, int64_t ts_init
    ) except -1:
        cdef int64_t* row
        if self._rows is not None:
            self.copy()
        row = self.ring.slot()
        row[0] = bid
        row[1] = ask
        row[2] = bid_size
        row[3] = ask_size
        row[4] = ts_event
        row[5] = ts_init
        return 0

    cdef int take(self, QuoteColumns c, Py_ssize_t first, Py_ssize_t end) except -1:
        if self._rows is not c or self._end != first:
            self.copy()
            self._rows = c
            self._first = first
        self._end = end
        return 0

    @cython.boundscheck(False)
    cdef int copy(self) except -1:
        cdef QuoteColumns c = self._rows
        cdef Py_ssize_t i
        if c is None:
            return 0
        self._rows = None
        for i in range(max(self._first, self._end - self.ring.capacity), self._end):
            self.put(
                c.bid[i], c.ask[i], c.bid_size[i], c.ask_size[i], c.ts_event[i], c.ts_init[i]
            )
        return 0

    cdef object at(self, Py_ssize_t back):
        cdef int64_t* row = self.ring.row(back)
        return quote_from_raw(
            self.instrument_id, row[0], row[1], row[2], row[3], self.price_precision,
            self.size_precision, row[4], row[5]
        )


@cython.final
cdef class TradeTape(Tape):
    """The newest trades; a row is price, size, aggressor, ts_event, ts_init and five of its id."""

    def __init__(self, instrument_id, int price_precision, int size_precision,
                 Py_ssize_t capacity):
        Tape.__init__(
            self, instrument_id, price_precision, size_precision, TRADE_WIDTH, capacity
        )

    cdef int put(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts_init,
        const char* trade_id, Py_ssize_t id_length
    ) except -1:
        cdef int64_t* row
        cdef char* text
        if self._rows is not None:
            self.copy()
        row = self.ring.slot()
        row[0] = price
        row[1] = size
        row[2] = aggressor
        row[3] = ts_event
        row[4] = ts_init
        # One byte of length, then the id.
        text = <char*>&row[5]
        text[0] = <char>id_length
        memcpy(text + 1, trade_id, id_length)
        return 0

    cdef int take(self, TradeColumns c, Py_ssize_t first, Py_ssize_t end) except -1:
        if self._rows is not c or self._end != first:
            self.copy()
            self._rows = c
            self._first = first
        self._end = end
        return 0

    @cython.boundscheck(False)
    cdef int copy(self) except -1:
        cdef TradeColumns c = self._rows
        cdef Py_ssize_t i
        if c is None:
            return 0
        self._rows = None
        for i in range(max(self._first, self._end - self.ring.capacity), self._end):
            self.put(
                c.price[i], c.size[i], c.aggressor[i], c.ts_event[i], c.ts_init[i],
                c.id_text + c.id_offsets[i], c.id_offsets[i + 1] - c.id_offsets[i]
            )
        return 0

    cdef object at(self, Py_ssize_t back):
        cdef int64_t* row = self.ring.row(back)
        cdef const char* text = <const char*>&row[5]
        return trade_from_raw(
            self.instrument_id, row[0], row[1], <int>row[2], text[1:1 + text[0]].decode(),
            self.price_precision, self.size_precision, row[3], row[4]
        )
