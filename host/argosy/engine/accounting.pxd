"""C surface of accounting."""

cimport cython

from argosy.model.accounts.account cimport Account
from argosy.model.events.ids cimport EventIds
from argosy.model.events.layout cimport AccountFlow, OrderFilled
from argosy.model.grow cimport record
from argosy.model.messages cimport AccountChange
from argosy.parts.route cimport Route


@cython.final
cdef class Accounting:
    cdef EventIds _event_ids
    cdef readonly list states  # AccountStates so far, in order

    cpdef object believe(self, Route route, AccountChange change, object ts_event, object ts_init)
    @cython.locals(account=Account)
    cpdef object believe_fill(self, Route route, AccountChange change, OrderFilled fill)
    @cython.locals(flows=tuple, flow=AccountFlow)
    cdef object _follow(
        self, Account account, AccountChange change, object cause, object event_id, object ts_event,
        object ts_init
    )
    cdef Account _account(self, Route route)
