"""C surface of orders that work."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.orders.intent cimport OrderIntent
from argosy.model.values cimport Price


@cython.no_gc
cdef class WorkingOrder(OrderIntent):
    cdef readonly Price price             # limit price or None, as it was last updated
    cdef readonly Price trigger_price     # or None, likewise
    cdef readonly int64_t leaves_raw      # what is left of the quantity, >= 0
    cdef readonly int size_precision      # of leaves_raw; grows where a fill is finer than the order
    cdef readonly bint is_quote_quantity  # the quantity is in the quote currency
    cdef readonly bint is_open            # at the venue: accepted and not closed
