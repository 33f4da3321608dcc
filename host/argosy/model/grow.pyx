"""Sequences that are kept, a million of them: events of an order, fills of a position, balances.

They mostly stay short, and are tuples: the garbage collector lets go of a tuple of events once it
has looked at it, and never of a list. Only what grows long becomes a list, so that it does not take
the square of its length.
"""

from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_New, PyTuple_SET_ITEM

cdef extern from *:
    bint PyObject_IS_GC(object item)
    void PyObject_GC_UnTrack(object items)

LONG = 8
cdef int _LONG = LONG


cpdef object grown(object items, object item):
    """Return the sequence with one more item; the one given may have been changed."""
    if isinstance(items, list):
        (<list>items).append(item)
        return items
    if len(<tuple>items) < _LONG:
        return _longer(<tuple>items, item)
    return [*items, item]


cpdef tuple record(list items):
    """Return a tuple of items, for an event or another thing that is kept."""
    return _settled(tuple(items))


cdef tuple _longer(tuple items, object item):
    # `items + (item,)` makes two tuples, and asks both operands how to add them.
    cdef Py_ssize_t count = len(items), i
    cdef tuple longer = PyTuple_New(count + 1)
    for i in range(count):
        _put(longer, i, items[i])
    _put(longer, count, item)
    return _settled(longer)


cdef inline void _put(tuple fresh, Py_ssize_t i, object item) noexcept:
    Py_INCREF(item)  # the place takes over a reference
    PyTuple_SET_ITEM(fresh, i, item)


cdef tuple _settled(tuple items):
    """Spare the collector a look at what is in no cycle, since none of its items can be."""
    for item in items:
        if PyObject_IS_GC(item):
            return items
    PyObject_GC_UnTrack(items)
    return items
