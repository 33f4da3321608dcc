"""C surface of event dispatch."""

cimport cython


@cython.final
cdef class EventDispatch:
    cdef readonly object owner    # the strategy
    cdef dict _handlers           # event class -> tuple of callables, the most specific first
