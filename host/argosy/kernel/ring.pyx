"""Bounded rings: a feed's newest rows, copied as int64 so that no Arrow buffer is kept alive."""

from libc.stdint cimport int64_t
from libc.stdlib cimport free, realloc

from argosy.errors import ValueRangeError

cdef Py_ssize_t FIRST_ROWS = 64


cdef class Ring:
    """Hold the newest `capacity` rows of `width` int64 values; row 0 is the newest."""

    def __cinit__(self, Py_ssize_t width, Py_ssize_t capacity):
        if width < 1 or capacity < 1:
            raise ValueRangeError(f"a ring needs width and capacity >= 1, was {width}, {capacity}")
        self.width = width
        self.capacity = capacity

    def __dealloc__(self):
        free(self._data)

    def __len__(self):
        return self._size

    def append(self, values):
        """Add a row (`width` integers) as the newest."""
        if len(values) != self.width:
            raise ValueRangeError(f"a row has {self.width} values, was {len(values)}")
        cdef int64_t* target = self.slot()
        cdef Py_ssize_t i
        for i in range(self.width):
            target[i] = values[i]

    cpdef int push(self, int64_t value) except -1:
        """Add a row of one value to a ring of width 1 as the newest."""
        if self.width != 1:
            raise ValueRangeError(f"a row has {self.width} values, was 1")
        self.slot()[0] = value
        return 0

    def __getitem__(self, Py_ssize_t back):
        """Return the row `back` places before the newest, as a tuple."""
        if back < 0 or back >= self._size:
            raise IndexError(f"row {back} of a ring that holds {self._size}")
        cdef int64_t* source = self.row(back)
        return tuple([source[i] for i in range(self.width)])

    cpdef int64_t value(self, Py_ssize_t back, Py_ssize_t column) except? -1:
        """Return one value of the row `back` places before the newest."""
        if not (0 <= back < self._size and 0 <= column < self.width):
            raise IndexError(f"value {back}, {column} of a ring that holds {self._size} rows")
        return self.row(back)[column]

    def clear(self):
        """Forget every row; the memory stays."""
        self._next = 0
        self._size = 0

    cdef int64_t* slot(self) except NULL:
        if self._next == self._allocated:
            if self._allocated < self.capacity:
                self._grow()
            else:
                self._next = 0
        cdef int64_t* target = self._data + self._next * self.width
        self._next += 1
        if self._size < self.capacity and self._size < self._allocated:
            self._size += 1
        return target

    cdef int64_t* row(self, Py_ssize_t back) except NULL:
        cdef Py_ssize_t index = self._next - 1 - back
        if index < 0:
            index += self._allocated
        return self._data + index * self.width

    cdef int _grow(self) except -1:
        cdef Py_ssize_t rows = self._allocated * 2 if self._allocated else FIRST_ROWS
        if rows > self.capacity:
            rows = self.capacity
        cdef int64_t* data = <int64_t*>realloc(
            self._data, <size_t>rows * <size_t>self.width * sizeof(int64_t)
        )
        if data is NULL:
            raise MemoryError()
        self._data = data
        self._allocated = rows
        return 0
