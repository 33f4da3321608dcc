"""Look, member by member, whether a struct lies in memory as compiled code was built to read it."""

import warnings

import msgspec

cdef extern from *:
    """
    #include <structmember.h>
    /* Where a class keeps a field; -1 for what is no object in a slot of its own. */
    static int argosy_place_of(PyObject *descriptor) {
        PyMemberDef *member;
        Py_ssize_t offset;
        if (!Py_IS_TYPE(descriptor, &PyMemberDescr_Type)) return -1;
        member = ((PyMemberDescrObject *)descriptor)->d_member;
        if (member->type != T_OBJECT_EX && member->type != T_OBJECT) return -1;
        offset = member->offset - (Py_ssize_t)sizeof(PyObject);
        if (offset < 0 || offset % (Py_ssize_t)sizeof(PyObject *)) return -1;
        return (int)(offset / (Py_ssize_t)sizeof(PyObject *));
    }
    """
    int argosy_place_of(object descriptor)


def elsewhere(kind, tuple names):
    """Return the fields of a class that are not where compiled code reads them.

    Parameters
    ----------
    names : its fields in the order of their places
    """
    cdef int place
    return [
        name for place, name in enumerate(names)
        if argosy_place_of(getattr(kind, name, None)) != place
    ]


cpdef bint lies_as_built(object kind, tuple names) except -1:
    """Tell whether the fields of a class may be read where they lie; warn where they may not."""
    cdef list found = elsewhere(kind, names)
    if found:
        warnings.warn(
            f"{kind.__name__} does not lie in memory as argosy was built to read it: msgspec "
            f"{msgspec.__version__} has {', '.join(found)} elsewhere. Its fields are read by name "
            "instead: results stay the same, an order takes up to a fifth longer. Install the "
            "msgspec that this argosy was tested with, or a newer argosy",
            RuntimeWarning, stacklevel=2,
        )
    return not found
