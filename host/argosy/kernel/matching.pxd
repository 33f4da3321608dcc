"""C surface of the matching core: a venue's prices and the triggers that rest on them."""

cimport cython
from libc.stdint cimport int64_t

from argosy.kernel.trigger cimport Trigger


cdef int64_t _NEVER
cdef int64_t _UNSET


cdef class MatchingCore:
    cdef readonly int64_t bid         # raw, best bid of the venue's own book; UNSET before any
    cdef readonly int64_t ask         # raw, best ask; UNSET before any
    cdef readonly int64_t last        # raw, last trade; UNSET before any
    cdef readonly int64_t bid_size    # raw size at the best bid
    cdef readonly int64_t ask_size    # raw size at the best ask
    cdef readonly int resting         # live triggers in the core
    cdef public bint skims            # an update that reaches no level only sets the prices above,
                                      # so runs of them need not pass one by one; off by default
    # The nearest level of each heap: the only thing an update compares with.
    cdef int64_t _bid_above, _bid_below, _ask_above, _ask_below
    cdef int64_t _last_above, _last_below, _mid_above, _mid_below
    cdef list _above                  # 4 heaps of (level, push, Trigger): bid, ask, last, mid
    cdef list _below                  # 4 heaps of (-level, push, Trigger)
    cdef int64_t _sequence            # triggers added so far
    cdef int64_t _pushes              # heap entries made so far; the newest of a trigger counts
    cdef bint _watches_mid            # some trigger watches the mid price
    cdef bint _checking               # a check is running: no heap may be rebuilt

    # What the market state calls; a venue overrides these to keep its own book.
    cdef int on_quote(
        self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size, int64_t ts
    ) except -1
    cdef int on_trade(self, int64_t price, int64_t size, int aggressor, int64_t ts) except -1
    # The same for rows from `first` on, while the core skims; both return the next row.
    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t skim_quotes(
        self, const int64_t* bids, const int64_t* asks, const int64_t* bid_sizes,
        const int64_t* ask_sizes, Py_ssize_t first, Py_ssize_t end
    ) except -1
    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t skim_trades(
        self, const int64_t* prices, Py_ssize_t first, Py_ssize_t end
    ) except -1
    cdef int on_bar(
        self, int price_type, int64_t open, int64_t high, int64_t low, int64_t close,
        int64_t volume, int64_t ts
    ) except -1
    cdef int on_bar_pair(
        self, int64_t bid_open, int64_t bid_high, int64_t bid_low, int64_t bid_close,
        int64_t bid_volume, int64_t ask_open, int64_t ask_high, int64_t ask_low,
        int64_t ask_close, int64_t ask_volume, int64_t ts
    ) except -1

    cpdef int add(self, Trigger trigger) except -1
    cpdef int remove(self, Trigger trigger) except -1
    @cython.locals(bid=int64_t, ask=int64_t)
    cdef int check_quote(self, int64_t ts) except -1
    cdef int check_last(self, int64_t ts) except -1
    cdef int fired(self, Trigger trigger, int64_t price, int64_t ts) except -1

    cdef int64_t _price_of(self, int source) except? -1
    @cython.locals(mid=int64_t)
    cdef bint _reaches_mid(self) except -1
    @cython.locals(source=int, watch=int, push=int64_t)
    cdef int _push(self, Trigger trigger) except -1
    @cython.locals(entries=Py_ssize_t)
    cdef int _compact(self) except -1
    cdef int _refresh(self) except -1
    @cython.locals(trigger=Trigger, reach=int64_t, push=int64_t, heap=list, level=int64_t, rank=int64_t, sign=int)
    cdef int _collect(self, int source, int64_t price, list touched) except -1
    @cython.locals(trigger=Trigger, before=Trigger, source=int, touched=list, entry=tuple, price=int64_t)
    cdef int _check(self, int first, int second, int third, int64_t ts) except -1
