"""C surface of sessions: each order asks whether it must look closer."""

from libc.stdint cimport int64_t


cdef class Session:
    cdef readonly int64_t begin_ns    # 0 where its life has no beginning
    cdef readonly int64_t end_ns      # NEVER where it has no end
    cdef readonly bint is_limited     # it has a life time, or nothing matches now
    cdef bint _has_life
    cdef bint _rests                  # orders that come during a halt may rest
    cdef object _status               # MarketStatusAction of the instrument, None while it trades
    cdef object _venue_status         # likewise
