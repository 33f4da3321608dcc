from libc.stdint cimport int64_t


cdef class Indicator:
    cdef public double value         # the latest result; 0.0 before the first input
    cdef public bint has_inputs      # one input or more was taken
    cdef public bint initialized     # warmed up: the value means what its name says
    cdef public int64_t count        # inputs taken since the start or the last reset
    cdef readonly tuple params       # what the indicator was made with, for its repr

    # What the kernel calls, without making a Bar, QuoteTick or TradeTick; ts is ts_init in ns.
    cdef int update_bar(self, double open, double high, double low, double close,
                        double volume, int64_t ts) except -1
    cdef int update_quote(self, double bid, double ask, double bid_size, double ask_size,
                          int64_t ts) except -1
    # The same of a quote that lacks a side, whose size is 0.
    cdef int update_sides(self, double bid, double ask, double bid_size, double ask_size,
                          int64_t ts) except -1
    cdef int update_trade(self, double price, double size, int64_t ts) except -1

    # Count one input; the indicator is initialized from the period-th on.
    cdef int advance(self, int64_t period) except -1
