"""C surface of market state: what was observed of one instrument, and who wants to know."""

cimport cython
from libc.stdint cimport int64_t

from argosy.kernel.aggregator cimport Aggregator
from argosy.kernel.bar_feed cimport BarFeed
from argosy.kernel.bus cimport Topic
from argosy.kernel.columns cimport QuoteColumns, TradeColumns
from argosy.kernel.matching cimport MatchingCore
from argosy.kernel.tape cimport QuoteTape, TradeTape


@cython.final
cdef class MarketState:
    cdef readonly object instrument
    cdef readonly object instrument_id
    cdef readonly int price_precision
    cdef readonly int size_precision
    cdef readonly bint has_zero_prices         # a price of 0 can be right
    # Observed top of book. A side of size 0 is nobody, and its price the last that was known.
    cdef readonly int64_t bid, ask             # raw prices, UNSET before any
    cdef readonly int64_t bid_size, ask_size   # raw sizes
    cdef readonly int64_t pair_bid, pair_ask   # of the latest quote that had both sides, where the
                                               # newest lacks one; UNSET before any
    cdef readonly int64_t ts_quote             # ts_init of the latest quote, 0 before any
    # Observed last trade; valid while ts_trade > 0.
    cdef readonly int64_t last, last_size      # raw
    cdef readonly int64_t ts_trade             # ts_init of the latest trade, 0 before any
    cdef readonly BarFeed last_bar             # feed of the latest external bar, None before any
    cdef readonly MatchingCore matcher         # of the simulated venue, None without one
    cdef QuoteTape _quote_tape                 # the newest quotes and trades
    cdef TradeTape _trade_tape
    cdef readonly Topic quotes                 # subscribers
    cdef readonly Topic trades
    cdef readonly list quote_indicators, trade_indicators
    cdef readonly list quote_aggregators, trade_aggregators
    cdef readonly dict bar_feeds               # standard BarType -> BarFeed
    cdef readonly bint has_trades              # the run has trades of it, seen or not yet
    cdef readonly int bar_sides                # execution bars: bit 1 bid, bit 2 ask, bit 4 other
    cdef double _price_scale
    cdef double _size_scale
    # Execution bars of the datum being processed: open high low close volume.
    cdef int64_t _bid_bar[5]
    cdef int64_t _ask_bar[5]
    cdef int64_t _one_bar[5]
    cdef int _one_type                         # price type of _one_bar
    cdef int _staged                           # bits of what is staged, as bar_sides

    cpdef bint is_bar(self, int64_t high, int64_t low, int64_t volume) noexcept
    cdef int take_quote(
        self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size,
        int64_t ts_event, int64_t ts_init
    ) except -1
    cdef int take_trade(
        self, int64_t price, int64_t size, int aggressor, int64_t ts_event, int64_t ts_init,
        const char* trade_id, Py_ssize_t id_length
    ) except -1
    cdef int _take_sides(
        self, int64_t bid, int64_t ask, int64_t bid_size, int64_t ask_size,
        int64_t ts_event, int64_t ts_init
    ) except -1
    # Take rows from `first` on, before `end`, as far as nobody looks at each one; return the next.
    cdef Py_ssize_t take_quotes(self, QuoteColumns c, Py_ssize_t first, Py_ssize_t end) except -1
    cdef Py_ssize_t take_trades(self, TradeColumns c, Py_ssize_t first, Py_ssize_t end) except -1
    cdef int release(self) except -1           # copy what the tapes have in a batch: it may go
    cdef int _tick_quote(
        self, Aggregator aggregator, int64_t bid, int64_t ask, int64_t bid_size,
        int64_t ask_size, int64_t ts_event, int64_t ts_init
    ) except -1
    cdef int _add_quotes(
        self, list aggregators, QuoteColumns c, Py_ssize_t first, Py_ssize_t end
    ) except -1
    cdef int stage_bar(
        self, BarFeed feed, int64_t open, int64_t high, int64_t low, int64_t close,
        int64_t volume
    ) except -1
    cdef int match_bars(self, int64_t ts) except -1
