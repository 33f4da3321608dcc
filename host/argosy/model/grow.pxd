"""C surface of sequences that are kept."""

cpdef object grown(object items, object item)
cpdef tuple record(list items)
