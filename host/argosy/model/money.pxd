"""Amounts of a currency."""

cimport cython

from argosy.model.decimals cimport combine, to_decimal, to_text


@cython.final
@cython.freelist(64)
@cython.no_gc
cdef class Money:
    cdef readonly object raw       # int: the amount times 10**currency.precision, up to 38 digits
    cdef readonly object currency  # Currency


# Unchecked: for sums of raws of one currency.
@cython.locals(value=Money)
cpdef Money money_from_raw(object raw, object currency)
@cython.locals(money=Money)
cdef bint _is_same(Money self, object other) except -1
cdef object _raw_beside(Money self, Money money, object doing)
cdef object _combined(object operation, Money left, object right, object doing)
