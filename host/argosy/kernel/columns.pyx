"""Columns: the int64 buffers of one Arrow batch, checked once and read in place.

A `Columns` lives only while replay is inside its batch. Nothing handed to Python points into it.
"""

cimport cython
from libc.stdint cimport int8_t, int32_t, int64_t, uint8_t, uint64_t, uintptr_t

from argosy.errors import DataError


cdef class Columns:
    """View one batch; the base of the views for each data type.

    Parameters
    ----------
    batch : Arrow RecordBatch in the schema of its type, without nulls
    place : what errors call it, such as the stream's key
    after_ns : `ts_init` of the last row before this batch

    Raises
    ------
    DataError : a missing column, another type, a null, or rows out of order
    """

    def __init__(self, batch, str place, int64_t after_ns):
        self.batch = batch
        self.length = batch.num_rows
        self.ts_event = self.int64s("ts_event")
        self.ts_init = self.int64s("ts_init")
        self._bind()
        cdef Py_ssize_t bad = self._first_bad(after_ns)
        if bad >= 0:
            raise DataError(
                f"row {bad} of a batch: {self._fault(bad, after_ns)}",
                place=place,
                cure="sort and clean the data before it is loaded",
            )

    def _bind(self):
        """Point at the columns of the type."""

    @cython.boundscheck(False)
    def _first_bad(self, int64_t after_ns):
        cdef Py_ssize_t i
        cdef int64_t before = after_ns
        for i in range(self.length):
            if self.ts_init[i] < before:
                return i
            before = self.ts_init[i]
        return -1

    def _fault(self, Py_ssize_t i, int64_t after_ns):
        cdef int64_t before = after_ns if i == 0 else self.ts_init[i - 1]
        if self.ts_init[i] < before:
            return f"ts_init {self.ts_init[i]} lies before the row above it ({before})"
        return "its values are out of range"

    cdef const int64_t* int64s(self, str name) except NULL:
        return <const int64_t*><uintptr_t>_address(self.batch, name, 8)

    @cython.boundscheck(False)
    cdef Py_ssize_t first_from(self, int64_t ts) noexcept:
        cdef Py_ssize_t low = 0
        cdef Py_ssize_t high = self.length
        cdef Py_ssize_t middle
        while low < high:
            middle = (low + high) >> 1
            if self.ts_init[middle] < ts:
                low = middle + 1
            else:
                high = middle
        return low


cdef class QuoteColumns(Columns):
    """Best bids and asks."""

    def _bind(self):
        self.bid = self.int64s("bid_price")
        self.ask = self.int64s("ask_price")
        self.bid_size = self.int64s("bid_size")
        self.ask_size = self.int64s("ask_size")

    @cython.boundscheck(False)
    def _first_bad(self, int64_t after_ns):
        cdef Py_ssize_t i
        cdef int64_t before = after_ns
        for i in range(self.length):
            if self.ts_init[i] < before or self.bid_size[i] < 0 or self.ask_size[i] < 0:
                return i
            before = self.ts_init[i]
        return -1


cdef class TradeColumns(Columns):
    """Trades."""

    def _bind(self):
        self.price = self.int64s("price")
        self.size = self.int64s("size")
        self.aggressor = <const int8_t*><uintptr_t>_address(self.batch, "aggressor_side", 1)
        ids = self.batch.column("trade_id")
        if str(ids.type) != "string":
            raise DataError(f"column 'trade_id' is {ids.type}; expected string")
        if self.length == 0:
            return
        buffers = ids.buffers()
        self.id_offsets = <const int32_t*><uintptr_t>buffers[1].address + <Py_ssize_t>ids.offset
        self.id_text = <const char*><uintptr_t>(buffers[2].address if buffers[2] else 0)

    @cython.boundscheck(False)
    def _first_bad(self, int64_t after_ns):
        cdef Py_ssize_t i
        cdef int64_t before = after_ns
        for i in range(self.length):
            if self.ts_init[i] < before or self.size[i] <= 0 or not 0 <= self.aggressor[i] <= 2:
                return i
            before = self.ts_init[i]
        return -1


cdef class BarColumns(Columns):
    """Bars of one type."""

    def _bind(self):
        self.open = self.int64s("open")
        self.high = self.int64s("high")
        self.low = self.int64s("low")
        self.close = self.int64s("close")
        self.volume = self.int64s("volume")
        self.revision = NULL
        if "is_revision" in self.batch.schema.names and self.length > 0:
            column = self.batch.column("is_revision")
            _refuse_nulls(column, "is_revision")
            self.revision = <const uint8_t*><uintptr_t>column.buffers()[1].address
            self.revision_offset = column.offset

    cdef bint is_revision(self, Py_ssize_t row) noexcept:
        if self.revision is NULL:
            return False
        row += self.revision_offset
        return (self.revision[row >> 3] >> (row & 7)) & 1

    @cython.boundscheck(False)
    def _first_bad(self, int64_t after_ns):
        cdef Py_ssize_t i
        cdef int64_t before = after_ns
        for i in range(self.length):
            if (
                self.ts_init[i] < before
                or self.high[i] < self.open[i]
                or self.high[i] < self.close[i]
                or self.low[i] > self.open[i]
                or self.low[i] > self.close[i]
                or self.volume[i] < 0
            ):
                return i
            before = self.ts_init[i]
        return -1


cdef class DeltaColumns(Columns):
    """Order book deltas."""

    def _bind(self):
        self.action = <const int8_t*><uintptr_t>_address(self.batch, "action", 1)
        self.side = <const int8_t*><uintptr_t>_address(self.batch, "side", 1)
        self.price = self.int64s("price")
        self.size = self.int64s("size")
        self.order_id = <const uint64_t*>self.int64s("order_id")
        self.flags = <const uint8_t*><uintptr_t>_address(self.batch, "flags", 1)
        self.sequence = <const uint64_t*>self.int64s("sequence")

    @cython.boundscheck(False)
    def _first_bad(self, int64_t after_ns):
        cdef Py_ssize_t i
        cdef int64_t before = after_ns
        for i in range(self.length):
            if self.ts_init[i] < before or self.size[i] < 0 or not 1 <= self.action[i] <= 4:
                return i
            before = self.ts_init[i]
        return -1


def _address(batch, str name, int width):
    """Return the address of the first value of a fixed-width column (1 when it is empty)."""
    try:
        column = batch.column(name)
    except KeyError:
        raise DataError(
            f"column {name!r} is missing; the batch has {', '.join(batch.schema.names)}"
        ) from None
    kind = column.type
    if getattr(kind, "bit_width", 0) != 8 * width:
        raise DataError(f"column {name!r} is {kind}; expected a type of {8 * width} bits")
    _refuse_nulls(column, name)
    if batch.num_rows == 0:
        return 1
    return column.buffers()[1].address + column.offset * width


def _refuse_nulls(column, str name):
    if column.null_count:
        raise DataError(f"column {name!r} holds {column.null_count} nulls; none are allowed")
