"""Runs: what ticks in a row come to, as if they were one bar."""

cimport cython
from libc.stdint cimport int64_t

from argosy.kernel.aggregator cimport Aggregator
from argosy.kernel.columns cimport QuoteColumns

from argosy.errors import DataError

cdef int MAX_PRECISION = 18
cdef int64_t LARGEST_SUM = 199_999_999_999_999_999  # five times it has 18 digits


@cython.boundscheck(False)
cdef int sum_up(
    const int64_t* prices, const int64_t* sizes, Py_ssize_t rows, Run* run
) except -1:
    cdef int64_t high = prices[0]
    cdef int64_t low = prices[0]
    cdef int64_t volume = 0
    cdef Py_ssize_t i
    for i in range(rows):
        high = max(high, prices[i])
        low = min(low, prices[i])
        volume += sizes[i]
    run.open = prices[0]
    run.high = high
    run.low = low
    run.close = prices[rows - 1]
    run.volume = volume
    run.count = rows
    return 0


@cython.boundscheck(False)
cdef int sum_up_middles(
    QuoteColumns c, Py_ssize_t first, Py_ssize_t end, int price_precision, int size_precision,
    Run* run
) except -1:
    cdef int64_t price = middle(c.bid[first], c.ask[first], price_precision)
    cdef int64_t high = price
    cdef int64_t low = price
    cdef int64_t volume = 0
    cdef Py_ssize_t i
    run.open = price
    for i in range(first, end):
        price = middle(c.bid[i], c.ask[i], price_precision)
        high = max(high, price)
        low = min(low, price)
        volume += middle(c.bid_size[i], c.ask_size[i], size_precision)
    run.high = high
    run.low = low
    run.close = price
    run.volume = volume
    run.count = end - first
    return 0


cdef int64_t middle(int64_t a, int64_t b, int precision) except? -1:
    cdef int64_t total = a + b
    cdef int64_t half
    if precision < MAX_PRECISION:
        if not -LARGEST_SUM <= total <= LARGEST_SUM:
            raise DataError(
                f"the middle of {a} and {b} (raw) has more than 18 digits with one more decimal",
                cure="Build BID or ASK bars, or give the instrument fewer decimals",
            )
        return total * 5
    half = total >> 1
    if total & 1 and half & 1:
        half += 1
    return half


cdef int add_run(Aggregator aggregator, Run* run) except -1:
    return aggregator.add_run(run.open, run.high, run.low, run.close, run.volume, run.count)
