"""C surface of the event log: canonical MessagePack, one array an event, hashed as it grows."""

cimport cython
from cpython.ref cimport PyTypeObject
from libc.stdint cimport int64_t


@cython.final
cdef class Layout:
    cdef str name                   # of the class
    cdef tuple names                # of its fields, in their order
    cdef Py_ssize_t count           # fields
    cdef Py_ssize_t ts_init         # offset of the field ts_init, -1 where it is no plain slot
    cdef PyTypeObject** types       # of each field, the type that it had last
    cdef int* kinds                 # of each field, how a value of that type is written
    cdef Py_ssize_t* offsets        # of each field in the object, -1 where it is no plain slot


@cython.final
cdef class EventLog:
    cdef char* _data                # the chunk being written
    cdef Py_ssize_t _size           # bytes written into it
    cdef Py_ssize_t _room           # bytes there is memory for
    cdef readonly int64_t count     # events appended so far
    cdef readonly list chunks       # finished chunks (bytes), when they are kept
    cdef readonly bint keeps        # keep the bytes, not only their hash
    cdef Py_ssize_t _flushed        # bytes in finished chunks
    cdef int64_t* _marks            # of each event: where it ends, its ts_init; when they are kept
    cdef int64_t _marks_room        # events there is memory for
    cdef object _digest             # hashlib object over every finished chunk
    cdef dict _layouts              # event class -> Layout
    cdef object _currency           # the one written last, and its code
    cdef object _currency_code

    cpdef int append(self, object event) except -1
    cdef int _reserve(self, Py_ssize_t more) except -1
    cdef int _note(self, object event) except -1
    cdef int _flush(self) except -1
    cdef int _amount(self, object raw) except -1

    cdef int _value(self, object value) except -1
    cdef int _known(self, object value, int kind) except -1
    cdef int _pair(self, int64_t raw, int precision) except -1
    cdef int _code(self, object currency) except -1
    cdef int _struct(self, object value, bint named) except -1
    cdef int _text(self, object text) except -1
    cdef int _bytes(self, bytes data) except -1
    cdef int _integer(self, int64_t value) except -1
    cdef int _array(self, Py_ssize_t length) except -1
    cdef int _map(self, Py_ssize_t length) except -1
    cdef int _head(self, unsigned char small, unsigned char wide, Py_ssize_t limit,
                   Py_ssize_t length) except -1
