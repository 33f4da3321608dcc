"""Names that are made of checked names and digits, and need no check of their own."""

from libc.stdint cimport uint64_t

cdef extern from *:
    """
    /* What str.__new__ does once it knows that its arguments are right. */
    static PyObject *argosy_named(PyTypeObject *cls, PyObject *text) {
        PyObject *name, *arguments = PyTuple_Pack(1, text);
        if (arguments == NULL) return NULL;
        name = PyUnicode_Type.tp_new(cls, arguments, NULL);
        Py_DECREF(arguments);
        /* One that has no place for references is in no cycle: nothing for the collector, which
           would walk every name that a run keeps. */
        if (name != NULL && cls->tp_basicsize == PyUnicode_Type.tp_basicsize)
            PyObject_GC_UnTrack(name);
        return name;
    }
    static inline int argosy_is_text(PyTypeObject *cls) {
        return PyType_FastSubclass(cls, Py_TPFLAGS_UNICODE_SUBCLASS);
    }
    static inline char *argosy_put(char *at, PyObject *text) {
        Py_ssize_t size = PyUnicode_GET_LENGTH(text);
        if (size) memcpy(at, PyUnicode_DATA(text), size);
        return at + size;
    }
    /* Three texts and a number in one; None where it takes more than copying bytes. */
    static PyObject *argosy_numbered(
        PyTypeObject *cls, PyObject *a, PyObject *b, PyObject *c, uint64_t number
    ) {
        char digits[20], *end = digits + 20, *first = end, *at;
        PyObject *text, *name;
        if (!PyUnicode_IS_COMPACT_ASCII(a) || !PyUnicode_IS_COMPACT_ASCII(b)
            || !PyUnicode_IS_COMPACT_ASCII(c)) Py_RETURN_NONE;
        do *--first = '0' + number % 10; while (number /= 10);
        text = PyUnicode_New(PyUnicode_GET_LENGTH(a) + PyUnicode_GET_LENGTH(b)
                             + PyUnicode_GET_LENGTH(c) + (end - first), 127);
        if (text == NULL) return NULL;
        at = argosy_put(PyUnicode_DATA(text), a);
        at = argosy_put(argosy_put(at, b), c);
        while (first < end) *at++ = *first++;
        name = argosy_named(cls, text);
        Py_DECREF(text);
        return name;
    }
    """
    object argosy_named(type cls, str text)
    object argosy_numbered(type cls, str a, str b, str c, uint64_t number)
    bint argosy_is_text(type cls)


cpdef object named(type cls, str text):
    """Return an identifier of a class without checking its text.

    Raises
    ------
    TypeError : the class is no subclass of str
    """
    if not argosy_is_text(cls) or text is None:
        raise TypeError(f"{cls.__name__} is no text: {text!r}")
    return argosy_named(cls, text)


cpdef object numbered(type cls, str lead, uint64_t number, str clock="", str tags=""):
    """Return the identifier `{lead}{clock}{tags}{number}` of a class without checking its text.

    Raises
    ------
    TypeError : the class is no subclass of str, or one of the parts is None
    """
    if not argosy_is_text(cls) or lead is None or clock is None or tags is None:
        raise TypeError(f"{cls.__name__} is no text, or {lead!r}, {clock!r}, {tags!r} are none")
    name = argosy_numbered(cls, lead, clock, tags, number)
    return named(cls, f"{lead}{clock}{tags}{number}") if name is None else name
