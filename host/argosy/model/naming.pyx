"""Names that are made of checked names and digits, and need no check of their own."""

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
        return PyType_IsSubtype(cls, &PyUnicode_Type);
    }
    """
    object argosy_named(type cls, str text)
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
