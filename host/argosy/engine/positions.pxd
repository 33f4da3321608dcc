"""C surface of the position book."""

cimport cython

from argosy.engine.cache cimport Cache
from argosy.model.events.ids cimport EventIds
from argosy.model.events.layout cimport OrderFilled
from argosy.model.orders.order cimport Order
from argosy.model.position cimport Position, position_event
from argosy.model.money cimport Money


cdef object _HEDGING


@cython.final
cdef class PositionBook:
    cdef Cache _cache
    cdef EventIds _event_ids
    cdef object _trader_id
    cdef dict _netting_ids        # strategy id -> (instrument id -> PositionId)
    cdef dict _overrides          # strategy id -> OmsType, where it is not the venue's
    cdef dict _counts             # strategy id -> virtual ids given
    cdef dict _books              # position id -> the holding that it is at its venue

    cpdef object position_id(self, Order order, object venue_oms, object given, object now_ns)
    cpdef object book_of(self, Order order, object position_id, object venue_oms)
    cpdef Position current(self, object position_id)
    @cython.locals(position=Position)
    cpdef list apply(self, OrderFilled fill)
    @cython.locals(position=Position, before=Position)
    cdef list _open(self, OrderFilled fill)
    cdef list _change(self, Position position, OrderFilled fill)
    @cython.locals(commission=Money)
    cdef list _events(self, Position position, OrderFilled fill)
    @cython.locals(ids=dict)
    cpdef object netting_id(self, Order order)
    @cython.locals(position=Position)
    cdef bint _is_closed(self, object position_id) except -1


cdef object _own_book(Order order)
