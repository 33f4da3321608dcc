"""C surface of the codec: what msgspec calls for each value that it does not know."""

cpdef object enc_hook(object value)
cpdef object dec_hook(object kind, object value)
