"""C surface of growing sequences."""

cpdef object grown(object items, object item)
