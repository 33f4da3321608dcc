"""C surface of the venue's book: prices are raws of the instrument's precisions."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.matching cimport MatchingCore
from argosy.plug.trigger cimport Trigger

cdef int _BUYER
cdef int _SELLER
cdef int64_t _UNSET


cdef class InstrumentMatcher(MatchingCore):
    cdef readonly object desk              # the OrderDesk whose orders rest here
    cdef readonly int step                 # AT_ONCE, or where in a bar the book stands
    cdef readonly int64_t bid_before       # bid of the step before, while inside a bar
    cdef readonly int64_t ask_before       # likewise
    cdef readonly int64_t bid_taken        # size taken at the bid since the level last changed
    cdef readonly int64_t ask_taken        # likewise; both 0 without liquidity_consumption
    cdef readonly bint is_dragging         # a trade reaches into the book: sizes are the trade's
    cdef readonly bint is_halted           # prices are noted, nothing matches
    cdef readonly bint is_watched          # the desk wants to hear of each row
    cdef readonly bint awaits_open         # orders wait for the open of the next bar
    cdef readonly bint has_bars            # a bar came
    cdef int64_t _increment                # least size
    cdef bint _has_quotes                  # a quote came: trades do not make the book
    cdef bint _bars_match
    cdef bint _trades_match
    cdef bint _trades_set_book             # they do, quotes or not
    cdef bint _high_first_by_distance      # the nearer extreme of a bar comes first
    cdef bint _consumes

    cdef Py_ssize_t skim_quotes(
        self, const int64_t* bids, const int64_t* asks, const int64_t* bid_sizes,
        const int64_t* ask_sizes, Py_ssize_t first, Py_ssize_t end
    ) except -1
    cdef Py_ssize_t skim_trades(
        self, const int64_t* prices, Py_ssize_t first, Py_ssize_t end
    ) except -1
    @cython.locals(part=int64_t, rest=int64_t)
    cdef int on_bar(
        self, int price_type, int64_t open, int64_t high, int64_t low, int64_t close,
        int64_t volume, int64_t ts
    ) except -1
    @cython.locals(bid_part=int64_t, ask_part=int64_t, bid_rest=int64_t, ask_rest=int64_t)
    cdef int on_bar_pair(
        self, int64_t bid_open, int64_t bid_high, int64_t bid_low, int64_t bid_close,
        int64_t bid_volume, int64_t ask_open, int64_t ask_high, int64_t ask_low,
        int64_t ask_close, int64_t ask_volume, int64_t ts
    ) except -1
    cpdef int64_t shown(self, bint is_buy) except? -1
    cpdef int64_t opposite(self, bint is_buy) except? -1
    @cython.locals(price=int64_t, source=int)
    cpdef bint is_reached(self, Trigger trigger, int64_t ts) except -1
    cpdef int take(self, bint is_buy, int64_t size) except -1
    cdef int _set(self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size) except -1
    @cython.locals(bid=int64_t, ask=int64_t, bid_size=int64_t, ask_size=int64_t)
    cdef int _drag(self, int64_t price, int64_t size, int aggressor, int64_t ts) except -1
    cdef int _reach(self, int64_t first, int64_t second, int64_t size, int64_t ts) except -1
    cdef int _step(self, int64_t price, int64_t size, int64_t ts) except -1
    cdef int _step_pair(
        self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size, int64_t ts
    ) except -1
    @cython.locals(part=int64_t)
    cdef int64_t _part(self, int64_t volume) except? -1
    cdef bint _is_high_first(self, int64_t open, int64_t high, int64_t low) except -1
    cdef int _tell(self) except -1
