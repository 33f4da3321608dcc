"""C surface of what makes the first events of orders."""

cimport cython

from argosy.kernel.timeline cimport Timeline
from argosy.model.events.ids cimport EventIds
from argosy.strategy.order_ids cimport OrderIds

cdef object _MARKET
cdef object _NO_TRIGGER
cdef object _NO_CONTINGENCY
cdef object _NO_TRAILING_OFFSET


cdef class OrderMaker:
    cdef readonly object trader_id
    cdef readonly object strategy_id
    cdef OrderIds _ids
    cdef EventIds _event_ids
    cdef object _classes       # OrderClasses of the run
    cdef Timeline _timeline    # of the clock

    cdef object _init(self, object order_type, tuple what, dict options)
    cdef object _market_init(
        self,
        object instrument_id,
        object order_side,
        object quantity,
        object time_in_force,
        object reduce_only,
        object quote_quantity,
        object exec_algorithm_id,
        object exec_algorithm_params,
        object tags,
        object client_order_id,
    )
