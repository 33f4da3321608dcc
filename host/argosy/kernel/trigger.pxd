"""C surface of a trigger: what an order waits for."""

from libc.stdint cimport int64_t


cdef class Trigger:
    cdef readonly object order         # the order that waits; the core never looks inside
    cdef readonly bint is_buy          # buys are looked at before sells
    cdef readonly int watch            # prices watched, a sum of WATCH_* bits
    cdef readonly int64_t level        # raw price that ranks it among those touched at once
    cdef readonly int64_t above        # raw; looked at when a watched price >= above, NEVER if not
    cdef readonly int64_t below        # raw; looked at when a watched price <= below, -NEVER if not
    cdef readonly int64_t sequence     # order of arrival in the core
    cdef readonly int64_t push         # number of its newest heap entry
    cdef readonly bint alive           # false once fired or removed
    cdef readonly object core          # the MatchingCore it rests in, None before

    cdef int touch(self, int64_t price, int64_t ts) except -1
    cpdef void move(self, int64_t above=*, int64_t below=*) noexcept


cdef class PriceTrigger(Trigger):
    cdef readonly bint doubled         # fire at the second update in a row that meets the level
    cdef bint _met                     # the update before met it
    cdef bint _upward                  # fires at or above its level, else at or below
