"""C surface of the history desk: most settles find nothing that waits."""

from argosy.kernel.timeline cimport Settler, Timeline


cdef class HistoryDesk(Settler):
    cdef Timeline _timeline
    cdef object _bus               # MessageBus
    cdef object _history           # finds the objects
    cdef list _waiting             # requests
    cdef object _count             # requests so far

    cdef int settle(self) except -1
