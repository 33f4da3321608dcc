"""C surface of clearing: what a fill does to holdings and account."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.accounts cimport Account, Money, Stake
from argosy.plug.values cimport Price, Quantity
from argosy_sim.exchange.holding cimport Holding
from argosy_sim.exchange.listing cimport Listing
from argosy_sim.exchange.order cimport VenueOrder

cdef object NOTHING


@cython.final
cdef class Clearing:
    cdef readonly Account account   # the exchange's own
    cdef readonly bint is_frozen    # nothing changes the balances
    cdef readonly bint pays         # executions are cut to what the account can pay

    @cython.locals(
        holding=Holding, account=Account, stake=Stake, flows=tuple, sign=int, was_open=bint,
        rest=int64_t
    )
    cpdef object settle(
        self, VenueOrder order, Listing listing, Quantity quantity, Price price, Money commission
    )
    cpdef object order_changed(self, VenueOrder order, Listing listing)
    @cython.locals(holding=Holding)
    cdef Holding _holding(self, VenueOrder order, Listing listing)
    cdef object _keep(
        self, VenueOrder order, Listing listing, Holding holding, object change
    )
