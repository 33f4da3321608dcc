"""C surface of columns: typed views over the buffers of one Arrow batch."""

from libc.stdint cimport int8_t, int32_t, int64_t, uint8_t, uint64_t


cdef class Columns:
    cdef readonly object batch        # the RecordBatch; keeps the buffers alive
    cdef readonly str place           # what errors call it
    cdef readonly Py_ssize_t length   # rows
    cdef readonly int price_precision # decimals of every price, -1 where there are none
    cdef readonly int size_precision  # decimals of every size, -1 where there are none
    cdef const int64_t* ts_event      # [length] ns
    cdef const int64_t* ts_init       # [length] ns, never decreasing

    cdef const int64_t* times(self, str name) except NULL
    cdef const int64_t* prices(self, str name) except NULL
    cdef const int64_t* sizes(self, str name) except NULL
    cdef bint is_suspect(self) noexcept  # some row may be bad; false alarms are possible
    cdef Py_ssize_t first_from(self, int64_t ts) noexcept     # first row with ts_init >= ts
    # The same from `row` on, whose ts_init is < ts; quick where the answer is near.
    cdef Py_ssize_t first_after(self, Py_ssize_t row, int64_t ts) noexcept
    cdef Py_ssize_t _search(self, Py_ssize_t low, Py_ssize_t high, int64_t ts) noexcept


cdef class QuoteColumns(Columns):
    cdef const int64_t* bid           # raw prices
    cdef const int64_t* ask
    cdef const int64_t* bid_size      # raw sizes, >= 0; 0 where nobody is
    cdef const int64_t* ask_size
    cdef readonly bint has_empty_sides  # some row lacks a side

    # First row of [row, end) that lacks a side, or end.
    cdef Py_ssize_t next_empty(self, Py_ssize_t row, Py_ssize_t end) noexcept


cdef class TradeColumns(Columns):
    cdef const int64_t* price         # raw
    cdef const int64_t* size          # raw, > 0
    cdef const int8_t* aggressor      # 0 none, 1 buyer, 2 seller
    cdef const int32_t* id_offsets    # [length + 1] into id_text
    cdef const char* id_text          # UTF-8, at most 36 bytes an id


cdef class BarColumns(Columns):
    cdef const int64_t* open          # raw prices; low <= open, close <= high
    cdef const int64_t* high
    cdef const int64_t* low
    cdef const int64_t* close
    cdef const int64_t* volume        # raw size, >= 0
    cdef const uint8_t* revision      # bitmap, or NULL when the batch has no such column
    cdef Py_ssize_t revision_offset   # bit at which row 0 starts

    cdef bint is_revision(self, Py_ssize_t row) noexcept


cdef class DeltaColumns(Columns):
    cdef const int8_t* action         # code of BookAction
    cdef const int8_t* side           # code of OrderSide
    cdef const int64_t* price         # raw
    cdef const int64_t* size          # raw, >= 0
    cdef const uint64_t* order_id
    cdef const uint8_t* flags
    cdef const uint64_t* sequence
