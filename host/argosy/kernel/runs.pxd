"""C surface of runs of ticks."""

from libc.stdint cimport int64_t

from argosy.kernel.aggregator cimport Aggregator
from argosy.kernel.columns cimport QuoteColumns


cdef struct Run:
    int64_t open     # raw prices
    int64_t high
    int64_t low
    int64_t close
    int64_t volume   # raw size
    int64_t count    # ticks, > 0


# `rows` > 0 ticks.
cdef int sum_up(
    const int64_t* prices, const int64_t* sizes, Py_ssize_t rows, Run* run
) except -1
# The middles of the quotes in rows [first, end).
cdef int sum_up_middles(
    QuoteColumns c, Py_ssize_t first, Py_ssize_t end, int price_precision, int size_precision,
    Run* run
) except -1
cdef int add_run(Aggregator aggregator, Run* run) except -1
# (a + b) / 2 with one more decimal; at the largest precision, half to even.
cdef int64_t middle(int64_t a, int64_t b, int precision) except? -1
