"""C surface of the codec: what msgspec calls for each value that it does not know."""

from argosy.model.spelling cimport money_of_text, price_of_text, quantity_of_text, text_of

cpdef object enc_hook(object value)
cpdef object dec_hook(object kind, object value)
