"""C surface of routing."""

cimport cython

from argosy.engine.cache cimport Cache
from argosy.kernel.bus cimport MessageBus
from argosy.parts.client cimport ExecutionClient
from argosy.parts.route cimport Route


@cython.final
cdef class Routes:
    cdef Cache _cache
    cdef MessageBus _bus
    cdef dict _clients      # venue -> ExecutionClient
    cdef dict _routes       # instrument id -> Route, those in which nothing is missing

    @cython.locals(route=Route)
    cpdef Route of(self, object instrument_id)
    cdef Route _find(self, object instrument_id)


cpdef object client_refusal(object instrument_id, object client_id)
