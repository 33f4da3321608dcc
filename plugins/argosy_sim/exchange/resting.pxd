"""C surface of orders that rest."""

from libc.stdint cimport int64_t

from argosy.plug.trigger cimport Trigger


cdef class LimitTrigger(Trigger):
    cdef readonly bint is_taker    # it crossed the market when it came, and still does
