"""C surface of bars: one allocation a bar, prices and volume as the integers of their columns."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.data.checks cimport price_of, quantity_of, same_precision
from argosy.model.spelling cimport price_of_text, quantity_of_text, text_of
from argosy.model.values cimport Price, Quantity, price_from_raw, quantity_from_raw


@cython.final
@cython.freelist(256)
@cython.no_gc
cdef class Bar:
    cdef readonly object bar_type         # BarType
    cdef readonly int64_t open_raw        # in units of 10^-price_precision
    cdef readonly int64_t high_raw        # same unit, >= open, low, close
    cdef readonly int64_t low_raw         # same unit, <= open, close
    cdef readonly int64_t close_raw       # same unit
    cdef readonly int64_t volume_raw      # in units of 10^-size_precision, >= 0
    cdef readonly int price_precision     # 0..18, of the four prices
    cdef readonly int size_precision      # 0..18, of the volume
    cdef readonly bint is_revision        # replaces an earlier bar of the same time
    cdef readonly int64_t ts_event        # ns; when the bar closed
    cdef readonly int64_t ts_init         # ns; when it became known here

    @cython.locals(checked=Price)
    cdef int64_t _price(self, object value, str owner, str name) except? -1
    @cython.locals(quantity=Quantity)
    cdef int _take_volume(self, object volume, str owner) except -1
    cdef int _check_range(self, str owner) except -1
    cdef bint _equals(self, Bar other) except -1


@cython.locals(bar=Bar)
cpdef Bar bar_from_raw(
    object bar_type,
    int64_t open,
    int64_t high,
    int64_t low,
    int64_t close,
    int64_t volume,
    int price_precision,
    int size_precision,
    int64_t ts_event,
    int64_t ts_init,
    bint is_revision=*,
)
