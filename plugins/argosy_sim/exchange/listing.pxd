"""C surface of listings: prices and quantities are raws of the instrument's precisions."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.accounts cimport Account, Stake, Terms, terms_of
from argosy.plug.values cimport Price, Quantity, price_from_raw, quantity_from_raw
from argosy_sim.exchange.order cimport raw_at

cdef int64_t _UNSET


@cython.final
cdef class Listing:
    cdef readonly int index                # of the instrument at the exchange, from 1
    cdef readonly Account account          # the exchange's
    cdef readonly object instrument
    cdef readonly Terms terms
    cdef readonly Stake stake              # the place of the instrument in the account
    cdef readonly dict holdings            # holding key -> Holding that is not flat
    cdef readonly int price_precision
    cdef readonly int size_precision
    cdef readonly int64_t size_step        # size increment
    cdef readonly bint is_delivered        # what is bought becomes a balance of its own
    cdef readonly int64_t tick             # price increment
    cdef readonly int64_t least            # lowest price that can be
    cdef readonly int64_t protection       # how far a price may be from the best, 0 for any
    cdef int64_t _points                   # that distance in ticks

    cpdef Price price(self, int64_t raw)
    cpdef Quantity size(self, int64_t raw)
    cpdef int64_t raw_price(self, Price price) except? -1
