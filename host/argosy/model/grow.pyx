"""Sequences that mostly stay short, a million of them: events of an order, fills of a position.

A tuple of events is nothing that the garbage collector walks again and again, a list is. Only what
grows long becomes a list, so that it does not take the square of its length.
"""

from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_New, PyTuple_SET_ITEM

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


cdef tuple _longer(tuple items, object item):
    # `items + (item,)` makes two tuples, and asks both operands how to add them.
    cdef Py_ssize_t count = len(items), i
    cdef tuple longer = PyTuple_New(count + 1)
    for i in range(count):
        _put(longer, i, items[i])
    _put(longer, count, item)
    return longer


cdef inline void _put(tuple fresh, Py_ssize_t i, object item) noexcept:
    Py_INCREF(item)  # the place takes over a reference
    PyTuple_SET_ITEM(fresh, i, item)
