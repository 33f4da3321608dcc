"""C surface of the event counter."""

cimport cython
from libc.stdint cimport int64_t


@cython.final
@cython.no_gc
cdef class EventIds:
    cdef readonly int64_t last  # the id that was given last, base before the first

    cpdef int64_t next(self) except? -1
