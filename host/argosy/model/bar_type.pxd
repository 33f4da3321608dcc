"""What a bar is made of, and of which instrument."""

cimport cython


@cython.final
cdef class BarSpecification:
    cdef readonly object step         # int >= 1, of the aggregation's unit
    cdef readonly object aggregation  # BarAggregation
    cdef readonly object price_type   # PriceType: BID, ASK, MID or LAST
    cdef readonly object interval_ns  # int: the length of a bar in ns, 0 where it varies


@cython.final
cdef class BarType:
    cdef readonly object instrument_id       # InstrumentId
    cdef readonly BarSpecification spec
    cdef readonly object aggregation_source  # AggregationSource: who builds the bars
    cdef readonly BarType source             # the bars it is built from; None: from ticks, or outside
    cdef str _text                           # the spelling, which equality and hash go by
    cdef Py_hash_t _hash                     # of the spelling


cdef str _text_of(BarType bar_type)
