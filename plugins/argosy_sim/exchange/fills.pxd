"""C surface of fills: prices and quantities are raws of the instrument's precisions."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.accounts cimport Money
from argosy.plug.naming cimport numbered
from argosy.plug.values cimport Price, Quantity, price_from_raw, quantity_from_raw
from argosy_sim.exchange.clearing cimport Clearing
from argosy_sim.exchange.listing cimport Listing
from argosy_sim.exchange.matcher cimport InstrumentMatcher
from argosy_sim.exchange.order cimport VenueOrder
from argosy_sim.exchange.reporting cimport Reporting
from argosy_sim.exchange.resting cimport LimitTrigger
from argosy_sim.exchange.working cimport WorkingOrders

cdef int64_t _UNSET
cdef object _MAKER
cdef object _TAKER
cdef object _IOC
cdef object _FOK


@cython.final
cdef class Fills:
    cdef readonly int64_t count            # so far
    cdef readonly object beyond_raw        # int: quantity filled beyond what was displayed
    cdef WorkingOrders _working
    cdef InstrumentMatcher _matcher
    cdef object _reduce_only
    cdef Clearing _clearing
    cdef Reporting _reporting
    cdef Listing _listing
    cdef object _charge                    # of the fee model
    cdef bint _charges_once                # an order pays one fee for all of its fills
    cdef object _excess                    # the option l1_excess
    cdef bint _consumes                    # the option liquidity_consumption
    cdef bint _ignores_size                # of the fill model
    cdef object _is_slipped                # of the fill model, None where it never is
    cdef object _is_limit_filled           # of the fill model
    cdef bint _makes_positions             # a position for each order without one
    cdef object _trade_prefix              # of trade ids
    cdef object _position_prefix           # of position ids
    cdef int64_t _positions                # made so far

    @cython.locals(left=int64_t, shown=int64_t)
    cpdef int fill_market(self, VenueOrder order, int64_t price) except -1
    @cython.locals(left=int64_t, shown=int64_t, crosses=bint)
    cpdef int fill_limit(self, VenueOrder order, int64_t best) except -1
    cpdef bint crosses(self, VenueOrder order, int64_t best) except -1
    cdef int _exceed(self, VenueOrder order, int64_t price, int64_t shown) except -1
    @cython.locals(
        listing=Listing, tick=int64_t, protection=int64_t, best=int64_t, left=int64_t,
        filled=int64_t
    )
    cdef int _walk(self, VenueOrder order, int64_t price, int64_t size) except -1
    @cython.locals(listing=Listing, worse=int64_t)
    cdef int64_t _slipped(self, VenueOrder order, int64_t price) except? -1
    @cython.locals(matcher=InstrumentMatcher, left=int64_t, size=int64_t)
    cpdef int match(self, VenueOrder order, LimitTrigger trigger, int64_t price) except -1
    cdef int _fill(self, VenueOrder order, int64_t price, int64_t quantity, object side) except -1
    @cython.locals(matcher=InstrumentMatcher, listing=Listing, shown=int64_t, is_buy=bint)
    cdef int _trade(self, VenueOrder order, int64_t price, int64_t quantity, object side) except -1
    cdef object _commission(self, VenueOrder order, Quantity last_qty, Price last_px, object side)
    cpdef object left(self, VenueOrder order)
