"""C surface of spelling: numbers from and to text, without a Decimal on the way."""

from libc.stdint cimport int64_t

from argosy.model.money cimport Money
from argosy.model.values cimport Price, Quantity

cpdef str text_of(int64_t raw, int precision)  # raw x 10^-precision with all its decimals
cpdef Price price_of_text(object text)
cpdef Quantity quantity_of_text(object text)
cpdef Money money_of_text(object text)
