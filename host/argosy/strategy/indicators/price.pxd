from libc.stdint cimport int64_t

from argosy.kernel.indicator cimport Indicator


cdef class PriceIndicator(Indicator):
    cdef readonly int64_t period     # inputs until initialized, >= 1
    cdef readonly object price_type  # PriceType: which price of a quote is the input
    cdef int price_code              # its code

    # Take one price: the whole indicator is in this method of each subclass.
    cdef int update_price(self, double price) except -1

    cdef bint has_price(self, bint has_bid, bint has_ask) noexcept
    cdef double quote_price(self, double bid, double ask) except? -1.0
