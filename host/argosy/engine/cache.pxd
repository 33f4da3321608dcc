"""C surface of the cache: what the execution engine writes."""

cimport cython

from argosy.model.orders.order cimport Order
from argosy.model.position cimport Position
from argosy.model.accounts.margin cimport left_raw18
from argosy.model.values cimport Price
from argosy.model.wide cimport pow10, product


@cython.final
cdef class Cache:
    cdef dict _instruments         # instrument id -> Instrument
    cdef dict _markets             # instrument id -> MarketState
    cdef readonly object rates     # ExchangeRates, of those markets
    cdef dict _accounts            # venue -> Account
    cdef dict _orders              # client order id -> Order, all
    cdef dict _working             # client order id -> Order, those that are not closed
    cdef dict _working_in          # instrument id -> those of them that are in it; None while few
    cdef readonly Py_ssize_t answered
    cdef dict _inflight            # client order id -> Order, those whose venue has yet to answer
    cdef dict _order_lists         # order list id -> OrderList
    cdef dict _positions           # position id -> Position, the newest cycle
    cdef dict _open_positions      # position id -> Position, those that are open
    cdef dict _open_in             # instrument id -> those of them that are in it
    cdef dict _history             # position id -> earlier cycles
    cdef dict _position_of_order   # client order id -> position id
    cdef dict _general             # key -> bytes, of strategies

    cpdef object instrument(self, object instrument_id)
    cpdef object market(self, object instrument_id)
    cpdef object account_for_venue(self, object venue)
    cpdef object add_order(self, Order order, object position_id=*)
    cpdef object update_order(self, Order order)
    @cython.locals(found=dict)
    cdef int _begin_working(self, Order order) except -1
    @cython.locals(found=dict)
    cdef int _end_working(self, Order order) except -1
    @cython.locals(order=Order, each=Order)
    cpdef list working_in(self, object instrument_id)
    cpdef object order(self, object client_order_id)
    @cython.locals(known=dict)
    cpdef object add_position(self, Position position)
    @cython.locals(known=dict)
    cpdef object update_position(self, Position position)
    @cython.locals(known=dict, position=Position)
    cpdef object closable_raw18(self, object instrument_id, int sign)
    @cython.locals(order=Order, price=Price)
    cdef object _closing_raw18(self, object instrument_id, int sign)
    cpdef object link_position(self, object client_order_id, object position_id)
    cpdef object position(self, object position_id)
    cpdef object open_position(self, object position_id)
    cpdef object position_id(self, object client_order_id)
