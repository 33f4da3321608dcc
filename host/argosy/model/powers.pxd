"""C surface of powers of ten as Python ints; ``10 ** n`` of a C int would be a double."""

cdef tuple _POWERS  # 10**0 to 10**80

cpdef object ten_to(int exponent)
