"""Columns: the int64 buffers of one Arrow batch, checked once and read in place.

A `Columns` lives only while replay is inside its batch. Nothing handed to Python points into it.
"""

cimport cython
from libc.stdint cimport int8_t, int32_t, int64_t, uint8_t, uint64_t, uintptr_t

from argosy.errors import DataError

cdef Py_ssize_t ID_BYTES = 36


cdef class Columns:
    """View one batch; the base of the views for each data type.

    Parameters
    ----------
    batch : Arrow RecordBatch in the schema of its type, without nulls
    place : what errors call it, such as the stream's key
    after_ns : `ts_init` of the last row before this batch

    Raises
    ------
    DataError : a missing column, another type, a null, or rows out of order or out of range
    """

    def __init__(self, batch, str place, int64_t after_ns):
        self.batch = batch
        self.place = place
        self.length = batch.num_rows
        self.price_precision = self.size_precision = -1
        self.ts_event = self.times("ts_event")
        self.ts_init = self.times("ts_init")
        self._bind()
        if self.length and (self.ts_init[0] < after_ns or self.is_suspect()):
            self._find_fault(after_ns)

    def _bind(self):
        """Point at the columns of the type."""

    def _fault(self, Py_ssize_t i):
        """Say what is wrong with a row, apart from its order; None where nothing is."""

    def _find_fault(self, int64_t before):
        cdef Py_ssize_t i
        for i in range(self.length):
            if self.ts_init[i] < before:
                raise self._error(
                    f"row {i} of a batch: ts_init {self.ts_init[i]} lies before the row above it"
                    f" ({before})",
                    "Sort the data by ts_init before it is loaded",
                )
            fault = self._fault(i)
            if fault is not None:
                raise self._error(
                    f"row {i} of a batch, ts_init {self.ts_init[i]}: {fault}",
                    "Clean the data before it is loaded",
                )
            before = self.ts_init[i]

    def _error(self, message, cure):
        return DataError(message, place=self.place, cure=cure)

    def _column(self, str name, str kind):
        """Return a column of a type, without nulls."""
        try:
            column = self.batch.column(name)
        except KeyError:
            raise self._error(
                f"column {name!r} is missing; there are {', '.join(self.batch.schema.names)}",
                "Write batches in the schema of their type",
            ) from None
        found = str(column.type)
        if found != kind and not (kind == "decimal64" and found.startswith("decimal64(")):
            raise self._error(
                f"column {name!r} is {found}, expected {kind}",
                "Write batches in the schema of their type",
            )
        if column.null_count:
            raise self._error(
                f"column {name!r} holds {column.null_count} nulls",
                "Fill or drop them before the data is loaded",
            )
        return column

    def _scale(self, str name, int before):
        """Return the decimals of a column; `before` are those of others of its kind, -1 none."""
        scale = self._column(name, "decimal64").type.scale
        if before not in (-1, scale):
            raise self._error(
                f"column {name!r} has {scale} decimals, others of its kind {before}",
                "Write prices with one precision, and sizes with one",
            )
        return scale

    def _address(self, str name, str kind, int width):
        """Return where the first value of a fixed-width column lies (1 when it is empty)."""
        column = self._column(name, kind)
        if self.length == 0:
            return 1
        return column.buffers()[1].address + column.offset * width

    cdef const int64_t* times(self, str name) except NULL:
        return <const int64_t*><uintptr_t>self._address(name, "timestamp[ns]", 8)

    cdef const int64_t* prices(self, str name) except NULL:
        self.price_precision = self._scale(name, self.price_precision)
        return <const int64_t*><uintptr_t>self._address(name, "decimal64", 8)

    cdef const int64_t* sizes(self, str name) except NULL:
        self.size_precision = self._scale(name, self.size_precision)
        return <const int64_t*><uintptr_t>self._address(name, "decimal64", 8)

    cdef bint is_suspect(self) noexcept:
        return _order(self.ts_init, self.length) < 0

    cdef Py_ssize_t first_from(self, int64_t ts) noexcept:
        return self._search(0, self.length, ts)

    @cython.boundscheck(False)
    cdef Py_ssize_t first_after(self, Py_ssize_t row, int64_t ts) noexcept:
        cdef Py_ssize_t stride = 1
        # Runs are short where streams alternate: gallop before the search by halves.
        while stride < self.length - row and self.ts_init[row + stride] < ts:
            row += stride
            stride *= 2
        return self._search(row, min(self.length, row + stride), ts)

    @cython.boundscheck(False)
    cdef Py_ssize_t _search(self, Py_ssize_t low, Py_ssize_t high, int64_t ts) noexcept:
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
        self.bid = self.prices("bid_price")
        self.ask = self.prices("ask_price")
        self.bid_size = self.sizes("bid_size")
        self.ask_size = self.sizes("ask_size")

    cdef bint is_suspect(self) noexcept:
        cdef int64_t signs = _order(self.ts_init, self.length)
        self.has_empty_sides = (
            _signs_below_one(self.bid_size, self.length)
            | _signs_below_one(self.ask_size, self.length)
        ) < 0
        if self.has_empty_sides:
            signs |= _signs(self.bid_size, self.length) | _signs(self.ask_size, self.length)
        return signs < 0

    @cython.boundscheck(False)
    cdef Py_ssize_t next_empty(self, Py_ssize_t row, Py_ssize_t end) noexcept:
        while row < end and self.bid_size[row] and self.ask_size[row]:
            row += 1
        return row

    def _fault(self, Py_ssize_t i):
        if self.bid_size[i] < 0 or self.ask_size[i] < 0:
            return f"negative size (raw bid {self.bid_size[i]}, ask {self.ask_size[i]})"


cdef class TradeColumns(Columns):
    """Trades."""

    def _bind(self):
        self.price = self.prices("price")
        self.size = self.sizes("size")
        self.aggressor = <const int8_t*><uintptr_t>self._address("aggressor_side", "int8", 1)
        ids = self._column("trade_id", "string")
        buffers = ids.buffers()
        if self.length == 0:
            return
        self.id_offsets = <const int32_t*><uintptr_t>buffers[1].address + <Py_ssize_t>ids.offset
        self.id_text = <const char*><uintptr_t>(buffers[2].address if buffers[2] else 0)

    @cython.boundscheck(False)
    @cython.overflowcheck(False)
    cdef bint is_suspect(self) noexcept:
        cdef int64_t signs = _order(self.ts_init, self.length)
        cdef Py_ssize_t i
        for i in range(self.length):
            signs |= (self.size[i] - 1) | self.aggressor[i] | (2 - self.aggressor[i])
            signs |= ID_BYTES - (self.id_offsets[i + 1] - self.id_offsets[i])
        return signs < 0

    def _fault(self, Py_ssize_t i):
        length = self.id_offsets[i + 1] - self.id_offsets[i]
        if self.size[i] <= 0:
            return f"size is not positive (raw {self.size[i]})"
        if not 0 <= self.aggressor[i] <= 2:
            return f"aggressor_side {self.aggressor[i]} is none of 0 (none), 1 (buyer), 2 (seller)"
        if length > ID_BYTES:
            return f"trade_id has {length} bytes, at most {ID_BYTES} fit"


cdef class BarColumns(Columns):
    """Bars of one type."""

    def _bind(self):
        self.open = self.prices("open")
        self.high = self.prices("high")
        self.low = self.prices("low")
        self.close = self.prices("close")
        self.volume = self.sizes("volume")
        self.revision = NULL
        if "is_revision" in self.batch.schema.names and self.length > 0:
            column = self._column("is_revision", "bool")
            self.revision = <const uint8_t*><uintptr_t>column.buffers()[1].address
            self.revision_offset = column.offset

    cdef bint is_revision(self, Py_ssize_t row) noexcept:
        if self.revision is NULL:
            return False
        row += self.revision_offset
        return (self.revision[row >> 3] >> (row & 7)) & 1

    @cython.boundscheck(False)
    @cython.overflowcheck(False)
    cdef bint is_suspect(self) noexcept:
        cdef int64_t signs = _order(self.ts_init, self.length) | _signs(self.volume, self.length)
        cdef Py_ssize_t i
        for i in range(self.length):
            signs |= (self.high[i] - self.open[i]) | (self.high[i] - self.close[i])
            signs |= (self.open[i] - self.low[i]) | (self.close[i] - self.low[i])
        return signs < 0

    def _fault(self, Py_ssize_t i):
        if self.high[i] < max(self.open[i], self.close[i], self.low[i]):
            return f"high is not the highest price (raw {self._prices(i)})"
        if self.low[i] > min(self.open[i], self.close[i]):
            return f"low is not the lowest price (raw {self._prices(i)})"
        if self.volume[i] < 0:
            return f"negative volume (raw {self.volume[i]})"

    def _prices(self, Py_ssize_t i):
        return f"open {self.open[i]}, high {self.high[i]}, low {self.low[i]}, close {self.close[i]}"


cdef class DeltaColumns(Columns):
    """Order book deltas."""

    def _bind(self):
        self.action = <const int8_t*><uintptr_t>self._address("action", "int8", 1)
        self.side = <const int8_t*><uintptr_t>self._address("side", "int8", 1)
        self.price = self.prices("price")
        self.size = self.sizes("size")
        self.order_id = <const uint64_t*><uintptr_t>self._address("order_id", "uint64", 8)
        self.flags = <const uint8_t*><uintptr_t>self._address("flags", "uint8", 1)
        self.sequence = <const uint64_t*><uintptr_t>self._address("sequence", "uint64", 8)

    @cython.boundscheck(False)
    @cython.overflowcheck(False)
    cdef bint is_suspect(self) noexcept:
        cdef int64_t signs = _order(self.ts_init, self.length) | _signs(self.size, self.length)
        cdef Py_ssize_t i
        for i in range(self.length):
            signs |= (self.action[i] - 1) | (4 - self.action[i])
            signs |= self.side[i] | (2 - self.side[i])
        return signs < 0

    def _fault(self, Py_ssize_t i):
        if self.size[i] < 0:
            return f"negative size (raw {self.size[i]})"
        if not 1 <= self.action[i] <= 4:
            return f"action {self.action[i]} is none of 1 (add), 2 (update), 3 (delete), 4 (clear)"
        if not 0 <= self.side[i] <= 2:
            return f"side {self.side[i]} is none of 0 (none), 1 (buy), 2 (sell)"


@cython.boundscheck(False)
@cython.overflowcheck(False)
cdef int64_t _order(const int64_t* times, Py_ssize_t rows) noexcept:
    """Return a negative number where times may go back; without a branch, so it runs in vectors.

    Times before 1970 are suspect too: their differences might not fit.
    """
    cdef int64_t signs = times[0]
    cdef Py_ssize_t i
    for i in range(1, rows):
        signs |= times[i] | (times[i] - times[i - 1])
    return signs


@cython.boundscheck(False)
cdef int64_t _signs(const int64_t* values, Py_ssize_t rows) noexcept:
    """Return a negative number where one of the values is."""
    cdef int64_t signs = 0
    cdef Py_ssize_t i
    for i in range(rows):
        signs |= values[i]
    return signs


@cython.boundscheck(False)
@cython.overflowcheck(False)
cdef int64_t _signs_below_one(const int64_t* values, Py_ssize_t rows) noexcept:
    """Return a negative number where one of the values is below one."""
    cdef int64_t signs = 0
    cdef Py_ssize_t i
    for i in range(rows):
        signs |= values[i] - 1
    return signs
