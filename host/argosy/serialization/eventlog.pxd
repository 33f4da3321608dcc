"""C surface of the event log: canonical MessagePack, one array an event, hashed as it grows."""

cimport cython
from cpython.ref cimport PyObject, PyTypeObject
from libc.stdint cimport int64_t

from argosy.model.money cimport Money


cdef struct Field:
    Py_ssize_t offset               # in the object, -1 where it is no plain slot
    PyTypeObject* type              # that it had last
    int kind                        # how a value of that type is written
    PyObject* value                 # that it had last (owned), NULL unless it can never change
    Py_ssize_t size                 # bytes that this value took


cdef struct Seen:
    PyTypeObject* cls
    PyObject* layout                # of that class


@cython.final
cdef class Layout:
    cdef bytes head                 # what an event of the class begins with: array, class name
    cdef tuple names                # of its fields, in their order
    cdef Py_ssize_t count           # fields
    cdef Py_ssize_t ts_init         # offset of the field ts_init, -1 where it is no plain slot
    cdef Field* fields
    cdef char* text                 # the fields of the object that was written last
    cdef Py_ssize_t room            # bytes there is memory for in it
    cdef bint is_busy               # such an object is being written right now

    cdef int forget(self) noexcept
    cdef int keep(self, const char* text, Py_ssize_t size) except -1


@cython.final
cdef class EventLog:
    cdef PyObject* _chunk           # the bytes being written (owned)
    cdef char* _data                # where they are
    cdef Py_ssize_t _size           # bytes written into it
    cdef Py_ssize_t _whole          # bytes of those that are of whole events
    cdef bint _is_writing           # an event; still so if it could not be written
    cdef Py_ssize_t _room           # bytes there is memory for
    cdef readonly int64_t count     # events appended so far
    cdef object _chunks             # what is finished
    cdef Py_ssize_t _flushed        # bytes in finished chunks
    cdef int64_t* _marks            # of each event: where it ends, its ts_init
    cdef int64_t _marks_room        # events there is memory for
    cdef dict _layouts              # event class -> Layout
    cdef Seen[64] _seen             # those of the classes met last, by where a class is in memory
    cdef object _moment             # ts_init of the event, how long and how it is written
    cdef int64_t _moment_ns
    cdef Py_ssize_t _moment_size
    cdef char[9] _moment_text
    cdef object _currency           # the one written last, how long and how its code is written
    cdef Py_ssize_t _code_size
    cdef char[16] _code_text

    cpdef int append(self, object event) except -1
    cdef int _recover(self) except -1
    cdef int _note(self, object event, Layout layout) except -1
    cdef int _set_moment(self, object moment) except -1
    cdef int _begin_chunk(self, Py_ssize_t room) except -1
    cdef int _flush(self) except -1
    cdef int _reserve(self, Py_ssize_t more) except -1
    cdef int _copy(self, const char* data, Py_ssize_t size) except -1
    cdef Layout _layout(self, object value)

    cdef int _fields(self, object value, Layout layout) except -1
    cdef int _changed(self, object value, Layout layout) except -1
    cdef int _field(self, PyObject* value, Field* field) except -1
    cdef int _write(self, object value, int kind) except -1
    cdef int _value(self, object value) except -1
    cdef int _tuple(self, tuple items) except -1
    cdef int _other(self, object value) except -1
    cdef int _money(self, Money money) except -1
    cdef int _other_money(self, Money money, bint is_long) except -1
    cdef int _code(self, object currency) except -1
    cdef int _text(self, object text) except -1
    cdef int _array(self, Py_ssize_t length) except -1
    cdef int _map(self, Py_ssize_t length) except -1
    cdef int _head(self, unsigned char small, unsigned char wide, Py_ssize_t limit,
                   Py_ssize_t length) except -1
