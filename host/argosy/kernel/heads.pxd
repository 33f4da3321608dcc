"""C surface of the heads of sources: which has the next row, found without a look at the others."""

cimport cython
from libc.stdint cimport int64_t


@cython.final
cdef class Heads:
    cdef int64_t* _times         # ns: of each source's next row, NEVER when read out
    cdef Py_ssize_t* _heap       # numbers of sources; none comes before its parent
    cdef Py_ssize_t* _places     # of each number in the heap, -1 where it is not in it
    cdef Py_ssize_t _room        # sources there is memory for
    cdef readonly Py_ssize_t count  # sources in the heap

    cpdef int add(self, Py_ssize_t number, int64_t time) except -1
    cpdef int set(self, Py_ssize_t number, int64_t time) except -1
    cdef Py_ssize_t first(self) noexcept
    cdef int64_t time(self) noexcept
    cdef int64_t rest(self) noexcept
    cdef int64_t others(self, Py_ssize_t number) noexcept
    cdef bint _precedes(self, Py_ssize_t a, Py_ssize_t b) noexcept
    cdef int _rise(self, Py_ssize_t place) noexcept
    cdef int _sink(self, Py_ssize_t place) noexcept
    cdef int _grow(self, Py_ssize_t needed) except -1
