"""C surface of the order factory."""

from argosy.model.orders.types cimport MarketOrder
from argosy.strategy.order_maker cimport OrderMaker


cdef class OrderFactory(OrderMaker):
    pass
