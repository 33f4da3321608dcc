"""C surface of execution: prices and quantities are raws of the instrument's precisions."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.naming cimport named
from argosy.plug.timeline cimport Timeline
from argosy.plug.values cimport price_from_raw, quantity_from_raw
from argosy_sim.matcher cimport InstrumentMatcher
from argosy_sim.resting cimport LimitTrigger
from argosy_sim.work cimport Work

cdef int64_t _UNSET
cdef object _MAKER
cdef object _TAKER
cdef object _GTC
cdef object _IOC
cdef object _FOK


cdef class ExecutionDesk:
    cdef readonly object instrument
    cdef readonly object house             # House: what the venue's desks share
    cdef readonly InstrumentMatcher matcher
    cdef readonly int price_precision
    cdef readonly int size_precision
    cdef readonly bint is_delivered        # what is bought becomes a balance of its own
    cdef readonly dict working             # client order id -> Work of orders that rest
    cdef readonly dict reducing            # those of them that follow a position
    cdef readonly int64_t fills            # so far
    cdef readonly object beyond_raw        # int: quantity filled beyond what was displayed
    cdef Timeline _timeline
    cdef object _filled                    # the report method of that name
    cdef object _charge                    # of the fee model
    cdef bint _charges_once                # an order pays one fee for all of its fills
    cdef bint _is_late                     # reports take time
    cdef int64_t _tick                     # price increment
    cdef int64_t _least                    # lowest price that can be
    cdef object _excess                    # the option l1_excess
    cdef int64_t _protection               # how far a price may be from the best, 0 for any
    cdef bint _consumes                    # the option liquidity_consumption
    cdef bint _ignores_size                # of the fill model
    cdef object _is_slipped                # of the fill model, None where it never is
    cdef bint _is_plain                    # no purse to ask, no late reports
    cdef bint _makes_positions             # a position for each order without one
    cdef object _trade_prefix              # of trade ids
    cdef object _position_prefix           # of position ids
    cdef int64_t _positions                # made so far

    @cython.locals(left=int64_t, shown=int64_t)
    cpdef int fill_market(self, Work work, int64_t price) except -1
    @cython.locals(left=int64_t, shown=int64_t, crosses=bint)
    cpdef int fill_limit(self, Work work, int64_t best) except -1
    cpdef bint crosses(self, Work work, int64_t best) except -1
    cdef int _exceed(self, Work work, int64_t price, int64_t shown) except -1
    @cython.locals(tick=int64_t, best=int64_t, left=int64_t, filled=int64_t)
    cdef int _walk(self, Work work, int64_t price, int64_t size) except -1
    @cython.locals(worse=int64_t)
    cdef int64_t _slipped(self, Work work, int64_t price) except? -1
    @cython.locals(left=int64_t, size=int64_t)
    cpdef int match(self, Work work, LimitTrigger trigger, int64_t price) except -1
    cpdef int unhook(self, Work work) except -1
    cdef int _fill(self, Work work, int64_t price, int64_t quantity, object side) except -1
    @cython.locals(shown=int64_t)
    cdef int _trade(self, Work work, int64_t price, int64_t quantity, object side) except -1
    cpdef object commission(self, Work work, object last_qty, object last_px, object side)
    cpdef int accept(self, Work work) except -1
    cpdef int tell_quantity(self, Work work) except -1
    cpdef int close(self, Work work) except -1
    cpdef object price(self, int64_t raw)
    cpdef object size(self, int64_t raw)
