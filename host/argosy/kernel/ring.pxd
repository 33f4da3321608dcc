"""C surface of a ring of int64 rows: the newest rows of a feed, by value."""

cimport cython
from libc.stdint cimport int64_t


@cython.final
cdef class Ring:
    cdef int64_t* _data               # rows x width, contiguous
    cdef readonly Py_ssize_t width    # int64 values a row
    cdef readonly Py_ssize_t capacity # rows kept at most
    cdef Py_ssize_t _allocated        # rows there is memory for, doubles up to capacity
    cdef Py_ssize_t _next             # row that the next push writes
    cdef Py_ssize_t _size             # rows held

    cdef int64_t* slot(self) except NULL
    cdef int64_t* row(self, Py_ssize_t back) except NULL
    cpdef int64_t value(self, Py_ssize_t back, Py_ssize_t column) except? -1
    cpdef int push(self, int64_t value) except -1
    cdef int _grow(self) except -1
