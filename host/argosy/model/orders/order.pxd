"""C surface of orders: what the hot path reads and writes is an integer, the rest is made when asked for."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.events.layout cimport OrderAccepted, OrderFilled, OrderInitialized, OrderSubmitted
from argosy.model.grow cimport grown
from argosy.model.orders.state cimport next_status
from argosy.model.orders.working cimport WorkingOrder
from argosy.model.values cimport Price, Quantity, quantity_from_raw
from argosy.model.wide cimport pow10

cdef object _BUY
cdef object _SELL
cdef object _NO_TRIGGER
cdef tuple _STATUSES
cdef int _SUBMITTED
cdef int _ACCEPTED
cdef int _REJECTED
cdef int _TRIGGERED
cdef int _PENDING_UPDATE
cdef int _PENDING_CANCEL
cdef int _PARTIALLY_FILLED
cdef int _FILLED
cdef int _ILLEGAL
cdef int _MODIFY_REJECTED
cdef int _CANCEL_REJECTED
cdef int _UPDATED
cdef int _FILL_CODE
cdef int _OPEN            # bit 1 << code of each open status
cdef int _CLOSED          # likewise
cdef int _INFLIGHT        # likewise


@cython.no_gc
cdef class Order(WorkingOrder):
    cdef readonly Quantity quantity       # as it was last updated
    cdef readonly object venue_order_id   # None until the venue gave one
    cdef readonly object account_id       # None until submitted
    cdef public int64_t command_id        # of the command that sent it, 0 until then
    cdef public object position_id        # None until a fill, or its maker's side, gave one
    cdef readonly object last_trade_id    # None until filled
    cdef readonly object liquidity_side   # of the last fill
    cdef readonly int64_t quantity_raw    # x 10^size_precision, as all quantities here
    cdef readonly int64_t filled_raw      # what was executed
    cdef readonly int64_t overfill_raw    # what was executed beyond the quantity
    cdef readonly int status_code         # OrderStatus.code
    cdef readonly int previous_code       # the status before; before the pending ones where they nest
    cdef readonly bint is_closed          # denied, rejected, canceled, expired or filled
    cdef readonly bint is_inflight        # an answer of the venue is awaited
    cdef readonly bint is_triggered       # the venue told that its trigger price was met
    cdef public bint is_activated         # a trailing order's offset began to trail
    cdef public bint is_inverse           # its contract is: averages are of what was paid
    cdef readonly int64_t ts_submitted    # ns, 0 until then
    cdef readonly int64_t ts_accepted     # ns, 0 until then
    cdef readonly int64_t ts_last         # ns; of the last event
    cdef readonly int64_t ts_closed       # ns, 0 while it can still be filled
    cdef object _events                   # tuple or list, see argosy.model.grow; init first
    cdef dict _fills                      # trade id -> OrderFilled; None before the second fill

    @cython.locals(quantity=Quantity)
    cpdef int begin(self, OrderInitialized init) except -1
    cpdef int validate(self) except -1
    @cython.locals(code=int)
    cpdef object apply(self, object event, bint allow_overfill=*)
    # The parts of apply() whose events compiled callers have just made, by the layout of the event.
    cdef int apply_submitted(self, OrderSubmitted event) except -1
    cdef int apply_accepted(self, OrderAccepted event) except -1
    @cython.locals(raw=int64_t, filled=int64_t)
    cdef int apply_filled(self, OrderFilled fill, bint allow_overfill) except -1
    cdef int _apply_other(self, object event, int code) except -1
    cdef int _check_order(self, object event, object client_order_id) except -1
    cdef int _check_venue_order(self, object event, object venue_order_id) except -1
    @cython.locals(following=int)
    cdef int _step(self, int target, object event, int64_t ts_event) except -1
    cdef int _move(self, int status, object event, int64_t ts_event) except -1
    @cython.locals(ended=bint)
    cdef int _answer(self, int pending, object event) except -1
    @cython.locals(quantity=Quantity, raw=int64_t)
    cdef int _update(self, object event) except -1
    @cython.locals(factor=int64_t)
    cdef int64_t _size(self, Quantity quantity) except? -1
    cpdef bint has_trade(self, object trade_id) except -1


@cython.locals(quantity=Quantity)
cdef int _check_init(OrderInitialized init) except -1
