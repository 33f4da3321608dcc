"""C surface of accounting: no look-ups by name on the way of a fill."""

cimport cython

from argosy.engine.cache cimport Cache
from argosy.kernel.timeline cimport Timeline
from argosy.model.accounts.account cimport Account
from argosy.model.events.ids cimport EventIds
from argosy.model.events.layout cimport OrderFilled
from argosy.model.orders.order cimport Order
from argosy.model.position cimport Position
from argosy.model.terms cimport Terms, terms_of


@cython.final
cdef class Book:
    cdef readonly Account account
    cdef readonly Terms terms


@cython.final
cdef class Accounting:
    cdef Cache _cache
    cdef EventIds _event_ids
    cdef Timeline _timeline
    cdef dict _books           # instrument id -> Book
    cdef object _newest_id     # the instrument id that was asked for last, or None
    cdef Book _newest          # its Book, None where the account is frozen
    cdef readonly list states  # AccountStates so far, in order
    cdef set _frozen           # venues whose balances stay as they are

    @cython.locals(book=Book)
    cpdef object quote_currency(self, object instrument_id)
    @cython.locals(book=Book)
    cpdef tuple flows(self, OrderFilled fill, Position position)
    @cython.locals(book=Book, account=Account, position=Position)
    cpdef object settle(self, Order order, OrderFilled fill, tuple flows, list positions)
    @cython.locals(book=Book)
    cpdef object order_changed(self, Order order, object ts_event)
    cdef Book _book(self, object instrument_id)
    @cython.locals(book=Book)
    cdef Book _found_book(self, object instrument_id)
