"""Write the parts of MessagePack into memory: each returns where it ends. The caller makes room."""

cimport cython
from libc.stdint cimport int64_t, uint64_t
from libc.string cimport memcpy

cdef extern from *:
    uint64_t swapped "__builtin_bswap64"(uint64_t bits) noexcept


@cython.overflowcheck(False)
cdef inline char* put_integer(char* at, int64_t value) noexcept:
    """Write an integer in as few bytes as there can be; nine are touched."""
    cdef int width = 8
    cdef unsigned char code = 0xD3
    cdef uint64_t bits
    if -32 <= value < 128:
        at[0] = <char>(value & 0xFF)
        return at + 1
    if value >= 0:
        if value < 0x100:
            code, width = 0xCC, 1
        elif value < 0x10000:
            code, width = 0xCD, 2
        elif value < <int64_t>0x100000000:
            code, width = 0xCE, 4
        else:
            code = 0xCF
    elif value >= -0x80:
        code, width = 0xD0, 1
    elif value >= -0x8000:
        code, width = 0xD1, 2
    elif value >= -<int64_t>0x80000000:
        code, width = 0xD2, 4
    at[0] = <char>code
    # Big-endian: the highest byte that counts comes first.
    bits = swapped(<uint64_t>value << (64 - 8 * width))
    memcpy(at + 1, &bits, 8)
    return at + 1 + width


@cython.overflowcheck(False)
cdef inline char* put_pair(char* at, int64_t raw, int precision) noexcept:
    """Write `[raw, precision]`."""
    at[0] = <char>0x92
    return put_integer(put_integer(at + 1, raw), precision)


@cython.overflowcheck(False)
cdef inline char* put_head(char* at, unsigned char small, unsigned char wide, Py_ssize_t limit,
                           Py_ssize_t length) noexcept:
    """Write the head of a text, byte string, array or map; `wide` and the next take 2 and 4."""
    cdef int i, width = 2 if length < 0x10000 else 4
    if length < limit:
        at[0] = <char>(small | length)
        return at + 1
    at[0] = <char>(wide + (width == 4))
    for i in range(width):
        at[1 + i] = <char>((length >> (8 * (width - 1 - i))) & 0xFF)
    return at + 1 + width
