"""C surface of the order factory."""

cimport cython

from argosy.model.events.layout cimport OrderInitialized
from argosy.model.orders.types cimport MarketOrder
from argosy.strategy.order_maker cimport OrderMaker


cdef class OrderFactory(OrderMaker):
    @cython.locals(order=MarketOrder)
    cdef MarketOrder _market(self, OrderInitialized init)
