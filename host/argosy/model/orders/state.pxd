"""C surface of the order state machine: one byte per (status, target)."""

cimport cython

cdef bytes NEXT  # NEXT[status * 16 + target]: the code of the status that follows, ILLEGAL where none


cpdef int next_status(int status, int target) noexcept
