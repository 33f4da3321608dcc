"""C surface of what an order is worth."""

from argosy.plug.rule cimport Price, Quantity


cpdef object worth_raw(object terms, Quantity quantity, Price price, bint is_quote)
