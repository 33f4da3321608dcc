"""C surface of what an order is worth."""

from argosy.plug.rule cimport Price, Quantity, Terms


cpdef object worth_raw(Terms terms, Quantity quantity, Price price, bint is_quote)
