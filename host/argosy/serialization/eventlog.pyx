# cython: overflowcheck=False
# What is added here are sizes of memory, never money.
"""The event log: every order, fill, position and account event as canonical MessagePack.

An event is an array: its class name, then its fields in their order. Prices and quantities are
`[raw, precision]`, money is `[raw, code]` (raw as text where it has more than 64 bits), enums and
ids are text, decimals are text, maps are sorted by key. There are no floats and nothing depends on
hash order, so equal runs have equal bytes.
"""

cimport cython
from cpython.bytes cimport (
    _PyBytes_Resize,
    PyBytes_AS_STRING,
    PyBytes_FromStringAndSize,
    PyBytes_GET_SIZE,
)
from cpython.long cimport PyLong_AsLongLongAndOverflow
from cpython.ref cimport Py_INCREF, Py_XDECREF, PyObject
from libc.stdint cimport int64_t
from libc.stdlib cimport calloc, free, malloc, realloc
from libc.string cimport memcpy

from collections.abc import Mapping
from decimal import Decimal
from itertools import chain

from argosy.errors import ValueRangeError
from argosy.model.currency import Currency
from argosy.model.money cimport Money
from argosy.model.values cimport Fixed, Price, Quantity
from argosy.serialization.chunks import Chunks
from argosy.serialization.packing cimport put_head, put_integer, put_pair

cdef extern from *:
    """
    #include <structmember.h>
    /* Where a struct keeps a field; -1 for what is no plain slot. */
    static inline Py_ssize_t slot_offset(PyObject *descriptor) {
        if (!Py_IS_TYPE(descriptor, &PyMemberDescr_Type)) return -1;
        return ((PyMemberDescrObject *)descriptor)->d_member->offset;
    }
    static inline PyObject *slot_value(PyObject *object, Py_ssize_t offset) {
        PyObject *value = *(PyObject **)((char *)object + offset);
        return value ? value : Py_None;
    }
    /* The bytes of a text in UTF-8: those of plain ASCII, mostly, are its own. */
    static inline const char *utf8_of(PyObject *text, Py_ssize_t *length) {
        if (PyUnicode_IS_READY(text) && PyUnicode_IS_ASCII(text)) {
            *length = PyUnicode_GET_LENGTH(text);
            return (const char *)PyUnicode_DATA(text);
        }
        return PyUnicode_AsUTF8AndSize(text, length);
    }
    """
    Py_ssize_t slot_offset(object descriptor)
    PyObject* slot_value(object owner, Py_ssize_t offset)
    const char* utf8_of(object text, Py_ssize_t* length) except NULL

cdef enum Kind:
    OTHER
    TUPLE
    TEXT
    INTEGER
    FIXED  # a price or a quantity
    MONEY
    NONE
    CONSTANT

cdef tuple EMPTY = ()

cdef enum:
    CHUNK = 1 << 20  # bytes
    ROOM = CHUNK + (CHUNK >> 2)  # and those of the event that completes it
    CODE = 16  # bytes of a currency's code that is kept at hand, with its head
    SEEN = 64  # places for classes that are found without a look into a dictionary
    WIDEST = 24  # bytes that a value takes at most that is no text


cdef class Layout:
    """Where the fields of one class of events are."""

    def __cinit__(self, cls):
        cdef Py_ssize_t i
        cdef char head[10]
        cdef char* end
        cdef bytes name = cls.__name__.encode()
        self.names = cls.__struct_fields__
        self.count = len(self.names)
        end = put_head(head, 0x90, 0xDC, 16, self.count + 1)
        end = put_head(end, 0xA0, 0xDA, 32, len(name))
        self.head = PyBytes_FromStringAndSize(head, end - head) + name
        self.fields = <Field*>calloc(self.count + 1, sizeof(Field))
        if self.fields is NULL:
            raise MemoryError()
        for i in range(self.count):
            self.fields[i].offset = slot_offset(getattr(cls, self.names[i], None))
        self.ts_init = slot_offset(getattr(cls, "ts_init", None))

    def __dealloc__(self):
        if self.fields is not NULL:
            self.forget()
        free(self.fields)
        free(self.text)

    cdef int forget(self) noexcept:
        """Let every field be written anew."""
        cdef Py_ssize_t i
        for i in range(self.count):
            Py_XDECREF(self.fields[i].value)
            self.fields[i].value = NULL
        self.is_busy = False
        return 0

    cdef int keep(self, const char* text, Py_ssize_t size) except -1:
        """Remember how the fields of an object were written."""
        cdef char* new
        if size > self.room:
            new = <char*>realloc(self.text, 2 * size)
            if new is NULL:
                raise MemoryError()
            self.text = new
            self.room = 2 * size
        memcpy(self.text, text, size)
        return 0


cdef int _kind(object value) noexcept:
    """Return how a value is written, as far as its type alone tells."""
    if isinstance(value, str):
        return TEXT
    if type(value) is int:
        return INTEGER
    if type(value) is Price or type(value) is Quantity:
        return FIXED
    if type(value) is Money:
        return MONEY
    if type(value) is tuple:
        return TUPLE
    if value is None:
        return NONE
    if type(value) is bool or type(value) is Decimal or type(value) is Currency:
        return CONSTANT
    return OTHER


cdef class EventLog:
    """Append events, hash them, and keep their bytes in chunks of about a megabyte."""

    def __cinit__(self):
        self._chunks = Chunks()
        self._layouts = {}
        self._begin_chunk(ROOM)

    def __dealloc__(self):
        Py_XDECREF(self._chunk)
        free(self._marks)

    def __len__(self):
        return self.count

    def hash(self):
        """Return the SHA-256 of everything appended so far, as 64 hex digits."""
        digest = self._chunks.digest()
        digest.update(PyBytes_FromStringAndSize(self._data, self._whole))
        return digest.hexdigest()

    def to_bytes(self):
        """Return the whole log."""
        return b"".join([data for _, data in self._parts(0)])

    def rows(self, Py_ssize_t first=0):
        """Yield (number, ts_init in ns, class name, bytes) of each event.

        Parameters
        ----------
        first : number of the event to begin with; what lies before it is not touched
        """
        cdef Py_ssize_t name, begin, end, base
        cdef Py_ssize_t number = min(max(first, 0), self.count)
        begin = self._marks[2 * number - 2] if number else 0
        for start, data in self._parts(begin):  # each ends with an event
            base = start
            while number < self.count and self._marks[2 * number] <= base + len(data):
                end = self._marks[2 * number]
                payload = data[begin - base:end - base]
                # After the head of the array (1 or 3 bytes) comes the name, shorter than 32 bytes.
                name = 1 if payload[0] < 0xDC else 3
                kind = payload[name + 1 : name + 1 + (payload[name] & 0x1F)].decode()
                yield number, self._marks[2 * number + 1], kind, payload
                begin = end
                number += 1

    def _parts(self, Py_ssize_t first):
        """Return where each part begins and its bytes, from the one that holds byte `first`."""
        rest = (self._chunks.size, PyBytes_FromStringAndSize(self._data, self._whole))
        return chain(self._chunks.read(first), [rest])

    cpdef int append(self, object event) except -1:
        """Add one event."""
        cdef Layout layout = self._layout(event)
        if layout is None:
            raise _no_place(event)
        if self._is_writing:
            self._recover()
        self._is_writing = True
        self._note(event, layout)
        self._copy(PyBytes_AS_STRING(layout.head), PyBytes_GET_SIZE(layout.head))
        self._fields(event, layout)
        self._marks[2 * self.count] = self._flushed + self._size
        self._marks[2 * self.count + 1] = self._moment_ns
        self.count += 1
        self._whole = self._size
        self._is_writing = False
        if self._size >= CHUNK:
            self._flush()
        return 0

    cdef int _recover(self) except -1:
        """Forget the event before, which could not be written to its end."""
        cdef Layout layout
        self._size = self._whole
        for layout in self._layouts.values():
            layout.forget()
        return 0

    cdef int _note(self, object event, Layout layout) except -1:
        """Take note of when an event was made, and make room for its marks."""
        cdef int64_t* marks
        cdef PyObject* moment
        if self.count == self._marks_room:
            self._marks_room = 2 * self.count + 1024
            marks = <int64_t*>realloc(self._marks, <size_t>self._marks_room * 2 * sizeof(int64_t))
            if marks is NULL:
                raise MemoryError()
            self._marks = marks
        if layout.ts_init < 0:
            self._set_moment(event.ts_init)
            return 0
        moment = slot_value(event, layout.ts_init)
        if moment is not <PyObject*>self._moment:
            self._set_moment(<object>moment)
        return 0

    cdef int _set_moment(self, object moment) except -1:
        self._moment_ns = moment
        self._moment = moment
        self._moment_size = put_integer(self._moment_text, self._moment_ns) - self._moment_text
        return 0

    cdef int _begin_chunk(self, Py_ssize_t room) except -1:
        """Make room for as many bytes, in which what was written so far comes first."""
        cdef bytes chunk = PyBytes_FromStringAndSize(NULL, room)
        if self._size:
            memcpy(PyBytes_AS_STRING(chunk), self._data, self._size)
        Py_XDECREF(self._chunk)
        Py_INCREF(chunk)
        self._chunk = <PyObject*>chunk
        self._data = PyBytes_AS_STRING(chunk)
        self._room = room
        return 0

    cdef int _flush(self) except -1:
        """Hand the chunk over as it is; only its end, of which nothing was used, is cut off."""
        _PyBytes_Resize(&self._chunk, self._size)
        self._chunks.add(<object>self._chunk)
        self._flushed += self._size
        self._size = self._whole = 0
        self._begin_chunk(ROOM)
        return 0

    cdef int _reserve(self, Py_ssize_t more) except -1:
        if self._size + more > self._room:
            self._begin_chunk(2 * (self._size + more))
        return 0

    cdef Layout _layout(self, object value):
        """Return where the fields of a struct are; None if it is no struct."""
        cdef PyTypeObject* cls = (<PyObject*>value).ob_type
        cdef Seen* seen = &self._seen[(<size_t>cls >> 4) % SEEN]
        cdef Layout layout
        if seen.cls is not NULL and seen.cls is not cls:
            seen = &self._seen[(<size_t>cls >> 10) % SEEN]  # two that share a place are few
        if seen.cls is not cls:
            layout = <Layout>self._layouts.get(type(value))
            if layout is None:
                if not hasattr(value, "__struct_fields__"):
                    return None
                layout = Layout(type(value))
                self._layouts[type(value)] = layout
            seen.cls = cls
            seen.layout = <PyObject*>layout
        return <Layout>seen.layout

    cdef int _fields(self, object value, Layout layout) except -1:
        """Write the fields of an object."""
        cdef Py_ssize_t i, begin = self._size
        if layout.is_busy:  # it holds another of its class, to which the memory belongs by now
            for i in range(layout.count):
                self._value(getattr(value, layout.names[i]))
            return 0
        layout.is_busy = True
        self._changed(value, layout)
        layout.keep(self._data + begin, self._size - begin)
        layout.is_busy = False
        return 0

    cdef int _changed(self, object value, Layout layout) except -1:
        """Write fields; runs of those that are as in the object before are copied from it."""
        cdef Py_ssize_t i, before
        cdef Py_ssize_t run = 0  # bytes of the fields before this one that have not changed
        cdef const char* text = layout.text  # where they begin
        cdef PyObject* moment = <PyObject*>self._moment
        cdef PyObject* now = NULL
        cdef Field* field = layout.fields
        for i in range(layout.count):
            if field.offset >= 0:
                now = slot_value(value, field.offset)
                if now is field.value:
                    run += field.size
                    field += 1
                    continue
            self._copy(text, run)
            text += run + field.size
            run = 0
            before = self._size
            if field.offset < 0:
                self._value(getattr(value, layout.names[i]))
            elif now is moment:  # two of three integers are it
                self._copy(self._moment_text, self._moment_size)
                Py_XDECREF(field.value)
                field.value = NULL
            else:
                self._field(now, field)
            field.size = self._size - before
            field += 1
        return self._copy(text, run)

    cdef int _field(self, PyObject* value, Field* field) except -1:
        """Write a field, and keep its value if it can never change."""
        if value.ob_type is not field.type:
            field.type = value.ob_type
            field.kind = _kind(<object>value)
        Py_XDECREF(field.value)
        field.value = NULL
        self._write(<object>value, field.kind)
        if field.kind > TUPLE or value is <PyObject*>EMPTY:
            Py_INCREF(<object>value)
            field.value = value
        return 0

    cdef int _copy(self, const char* data, Py_ssize_t size) except -1:
        if size:
            self._reserve(size)
            memcpy(self._data + self._size, data, size)
            self._size += size
        return 0

    cdef inline int _write(self, object value, int kind) except -1:
        """Write a value whose kind is known."""
        cdef char* at
        if kind == TEXT:
            return self._text(value)
        if kind == TUPLE:
            return self._tuple(value)
        if kind == MONEY:
            return self._money(value)
        if kind == OTHER or kind == CONSTANT:
            return self._other(value)
        self._reserve(WIDEST)
        at = self._data + self._size
        if kind == INTEGER:
            at = put_integer(at, value)
        elif kind == FIXED:
            at = put_pair(at, (<Fixed>value).raw, (<Fixed>value).precision)
        else:  # NONE
            at[0] = <char>0xC0
            at += 1
        self._size = at - self._data
        return 0

    cdef int _tuple(self, tuple items) except -1:
        self._array(len(items))
        for item in items:
            self._value(item)
        return 0

    cdef int _money(self, Money money) except -1:
        cdef int overflow = 0
        cdef int64_t raw = PyLong_AsLongLongAndOverflow(money.raw, &overflow)
        cdef char* at
        if overflow or money.currency is not self._currency:
            return self._other_money(money, overflow)
        self._reserve(WIDEST + CODE)
        at = self._data + self._size
        at[0] = <char>0x92
        at = put_integer(at + 1, raw)
        memcpy(at, self._code_text, CODE)  # a fixed size is a move or two
        self._size = at + self._code_size - self._data
        return 0

    cdef int _other_money(self, Money money, bint is_long) except -1:
        """Write money of another currency than the one before, or of more than 64 bits."""
        self._array(2)
        self._value(str(money.raw) if is_long else money.raw)
        return self._code(money.currency)

    cdef int _code(self, object currency) except -1:
        """Write the code of a currency, and keep it at hand: mostly the next one is the same."""
        cdef Py_ssize_t begin = self._size
        self._text(currency.code)
        if self._size - begin <= CODE:
            self._currency = currency
            self._code_size = self._size - begin
            memcpy(self._code_text, self._data + begin, self._code_size)
        return 0

    cdef int _value(self, object value) except -1:
        return self._write(value, _kind(value))

    cdef int _other(self, object value) except -1:
        """Write what is met seldom, a struct, or a map."""
        cdef Layout layout
        if value is True or value is False:
            self._reserve(WIDEST)
            self._data[self._size] = <char>(0xC2 + (value is True))
            self._size += 1
        elif type(value) is list:
            self._tuple(tuple(value))
        elif type(value) is Currency:
            self._code(value)
        elif type(value) is Decimal:
            self._text(str(value))
        elif type(value) is bytes:
            self._head(0, 0xC5, -1, len(value))
            self._copy(PyBytes_AS_STRING(value), len(value))
        else:
            layout = self._layout(value)
            if layout is not None:
                self._array(layout.count)
                self._fields(value, layout)
            elif isinstance(value, Mapping):
                self._map(len(value))
                for key in sorted(value):
                    self._value(key)
                    self._value(value[key])
            else:
                raise _no_place(value)
        return 0

    cdef int _text(self, object text) except -1:
        cdef Py_ssize_t length
        cdef const char* data = utf8_of(text, &length)
        cdef char* at
        self._reserve(length + WIDEST)
        at = self._data + self._size
        if 32 <= length < 256:  # a head of its own
            at[0] = <char>0xD9
            at[1] = <char>length
            at += 2
        else:
            at = put_head(at, 0xA0, 0xDA, 32, length)
        memcpy(at, data, length)
        self._size = at + length - self._data
        return 0

    cdef int _array(self, Py_ssize_t length) except -1:
        return self._head(0x90, 0xDC, 16, length)

    cdef int _map(self, Py_ssize_t length) except -1:
        return self._head(0x80, 0xDE, 16, length)

    cdef int _head(self, unsigned char small, unsigned char wide, Py_ssize_t limit,
                   Py_ssize_t length) except -1:
        """Write the head of a text, byte string, array or map."""
        self._reserve(5)
        self._size = put_head(self._data + self._size, small, wide, limit, length) - self._data
        return 0


cdef object _no_place(object value):
    return ValueRangeError(f"a {type(value).__name__} has no place in the event log: {value!r}")
