"""C surface of the checks that public constructors make; factories skip them."""

from argosy.model.values cimport Price, Quantity


cpdef Price price_of(object value, str owner, str name)
cpdef Quantity quantity_of(object value, str owner, str name)
cpdef int same_precision(int first, int second, str owner, str names) except -1
