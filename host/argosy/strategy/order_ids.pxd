"""C surface of order ids: what did not change since the last one is not spelled again."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.naming cimport numbered

cdef tuple _TWO_DIGITS
cdef tuple _CLOCKS


@cython.final
cdef class OrderIds:
    cdef public int64_t orders   # order ids given so far
    cdef public int64_t lists    # list ids given so far
    cdef str _hyphen             # "-", or "" where ids have none
    cdef str _tags               # tags of trader and strategy, each between hyphens
    cdef int64_t _hour           # hours since the epoch that _stamp spells
    cdef int64_t _day            # days since the epoch that _date spells
    cdef str _date               # YYYYMMDD
    cdef str _stamp              # "O", hyphen, YYYYMMDD, hyphen, HH

    cpdef object next_order_id(self, int64_t now)
    @cython.locals(second=int64_t, hour=int64_t)
    cdef str _clock_at(self, int64_t now)
    @cython.locals(day=int64_t)
    cdef str _date_at(self, int64_t hour)
