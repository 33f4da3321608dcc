"""Amounts of a currency."""

cimport cython


@cython.final
@cython.freelist(64)
cdef class Money:
    cdef readonly object raw       # int: the amount times 10**currency.precision, up to 38 digits
    cdef readonly object currency  # Currency


# Unchecked: for sums of raws of one currency.
@cython.locals(value=Money)
cpdef Money money_from_raw(object raw, object currency)
@cython.locals(money=Money)
cdef object _raw_beside(Money self, object other, object doing)
