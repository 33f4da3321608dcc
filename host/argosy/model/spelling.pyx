"""Numbers from and to text, for formats that hold millions of them.

Plain decimals (``-12.50``) are read here; whatever else a price or quantity may be written as, or
may wrongly be written as, is left to `from_str` of its class, which also says what is wrong.
"""

cimport cython
from cpython.unicode cimport PyUnicode_AsUTF8AndSize, PyUnicode_DecodeASCII
from libc.stdint cimport int64_t, uint64_t

from argosy.model.currency import Currency

from argosy.model.money cimport Money, money_from_raw
from argosy.model.values cimport Price, Quantity, price_from_raw, quantity_from_raw

cdef int64_t RAW_MAX = 999_999_999_999_999_999


@cython.cdivision(True)
@cython.overflowcheck(False)
cpdef str text_of(int64_t raw, int precision):
    """Return raw x 10^-precision with all its decimals; precision is 0 to 18."""
    cdef char[40] text
    cdef int at = 40
    cdef int decimals = 0
    cdef uint64_t rest = <uint64_t>raw if raw >= 0 else -<uint64_t>raw
    while rest or decimals <= precision:
        if decimals == precision and decimals:
            at -= 1
            text[at] = c"."
        at -= 1
        text[at] = <char>(c"0" + rest % 10)
        rest //= 10
        decimals += 1
    if raw < 0:
        at -= 1
        text[at] = c"-"
    return <str>PyUnicode_DecodeASCII(&text[at], 40 - at, NULL)


cpdef Price price_of_text(object text):
    """Return the price that a text spells, with the decimals that are written."""
    cdef int64_t raw = 0
    cdef int precision = 0
    if type(text) is str and _read(text, &raw, &precision):
        return price_from_raw(raw, precision)
    return Price.from_str(text)


cpdef Quantity quantity_of_text(object text):
    """Return the quantity that a text spells, with the decimals that are written."""
    cdef int64_t raw = 0
    cdef int precision = 0
    if type(text) is str and _read(text, &raw, &precision) and raw >= 0:
        return quantity_from_raw(raw, precision)
    return Quantity.from_str(text)


cpdef Money money_of_text(object text):
    """Return the money that a text such as ``10.00 USD`` spells."""
    cdef int64_t raw = 0
    cdef int precision = 0, places
    amount, space, code = str(text).partition(" ")
    if space and _read(amount, &raw, &precision):
        currency = Currency.from_str(code)
        places = currency.precision
        if precision <= places:
            return money_from_raw(raw * 10 ** <object>(places - precision), currency)
    return Money.from_str(text)


@cython.cdivision(True)
@cython.overflowcheck(False)
cdef bint _read(object text, int64_t* raw, int* precision) except -1:
    """Read ``[-]digits[.digits]``; false for anything else."""
    cdef Py_ssize_t size = 0, i = 0, digits = 0
    cdef const char* spelled = PyUnicode_AsUTF8AndSize(text, &size)
    cdef bint negative = size > 0 and spelled[0] == c"-"
    cdef bint behind_point = False
    cdef int64_t value = 0
    cdef int digit, decimals = 0
    for i in range(negative, size):
        if spelled[i] == c"." and digits and not behind_point:
            behind_point = True
            continue
        digit = spelled[i] - c"0"
        if not 0 <= digit <= 9 or value > (RAW_MAX - digit) // 10:
            return False
        value = value * 10 + digit
        digits += 1
        decimals += behind_point
    if digits == 0 or decimals > 18 or (behind_point and not decimals):
        return False
    raw[0] = -value if negative else value
    precision[0] = decimals
    return True
