"""Between objects and the integer columns of Arrow: one loop for each kind of market data.

What is written is checked to be of one type, one key and one pair of precisions; what is read, to
keep the promises that the constructors make.
"""

cimport cython
from cpython cimport array
from libc.stdint cimport int8_t, int64_t, uint8_t, uint64_t

import array

from argosy.errors import DataError
from argosy.model.data cimport (
    Bar,
    OrderBookDelta,
    QuoteTick,
    TradeTick,
    bar_from_raw,
    delta_from_raw,
    quote_from_raw,
    trade_from_raw,
)

cdef array.array INT64 = array.array("q")
cdef array.array INT8 = array.array("b")
cdef array.array UINT64 = array.array("Q")
cdef array.array UINT8 = array.array("B")
cdef int CLEAR = 4  # code of BookAction.CLEAR, whose rows have no precision


cdef class Written:
    """Columns ready for Arrow, in the order of the schema.

    Attributes
    ----------
    columns : arrays; the ids of trades as a list of str, the revisions of bars as a list of bool
    """

    cdef readonly object key
    cdef readonly int price_precision
    cdef readonly int size_precision
    cdef readonly list columns

    def __init__(self, key, int price_precision, int size_precision, list columns):
        self.key = key
        self.price_precision = price_precision
        self.size_precision = size_precision
        self.columns = columns


def write_quotes(list objects):
    """Return the columns of quotes."""
    cdef Py_ssize_t i, n = len(objects)
    cdef array.array ts_event = array.clone(INT64, n, False), ts_init = array.clone(INT64, n, False)
    cdef array.array bid = array.clone(INT64, n, False), ask = array.clone(INT64, n, False)
    cdef array.array bid_size = array.clone(INT64, n, False)
    cdef array.array ask_size = array.clone(INT64, n, False)
    cdef QuoteTick first = objects[0], row
    for i in range(n):
        if type(objects[i]) is not QuoteTick:
            raise _mixed(i, "type", type(objects[i]).__name__, "QuoteTick")
        row = objects[i]
        if row.instrument_id != first.instrument_id:
            raise _mixed(i, "instrument", row.instrument_id, first.instrument_id)
        if row.price_precision != first.price_precision or row.size_precision != first.size_precision:
            raise _mixed_precision(
                i, row.price_precision, row.size_precision, first.price_precision,
                first.size_precision
            )
        ts_event.data.as_longlongs[i] = row.ts_event
        ts_init.data.as_longlongs[i] = row.ts_init
        bid.data.as_longlongs[i] = row.bid_raw
        ask.data.as_longlongs[i] = row.ask_raw
        bid_size.data.as_longlongs[i] = row.bid_size_raw
        ask_size.data.as_longlongs[i] = row.ask_size_raw
    columns = [ts_event, ts_init, bid, ask, bid_size, ask_size]
    return Written(first.instrument_id, first.price_precision, first.size_precision, columns)


def write_trades(list objects):
    """Return the columns of trades."""
    cdef Py_ssize_t i, n = len(objects)
    cdef array.array ts_event = array.clone(INT64, n, False), ts_init = array.clone(INT64, n, False)
    cdef array.array price = array.clone(INT64, n, False), size = array.clone(INT64, n, False)
    cdef array.array aggressor = array.clone(INT8, n, False)
    cdef list trade_ids = []
    cdef TradeTick first = objects[0], row
    for i in range(n):
        if type(objects[i]) is not TradeTick:
            raise _mixed(i, "type", type(objects[i]).__name__, "TradeTick")
        row = objects[i]
        if row.instrument_id != first.instrument_id:
            raise _mixed(i, "instrument", row.instrument_id, first.instrument_id)
        if row.price_precision != first.price_precision or row.size_precision != first.size_precision:
            raise _mixed_precision(
                i, row.price_precision, row.size_precision, first.price_precision,
                first.size_precision
            )
        ts_event.data.as_longlongs[i] = row.ts_event
        ts_init.data.as_longlongs[i] = row.ts_init
        price.data.as_longlongs[i] = row.price_raw
        size.data.as_longlongs[i] = row.size_raw
        aggressor.data.as_schars[i] = row.aggressor
        trade_ids.append(row._trade_id)
    columns = [ts_event, ts_init, price, size, aggressor, trade_ids]
    return Written(first.instrument_id, first.price_precision, first.size_precision, columns)


def write_bars(list objects):
    """Return the columns of bars."""
    cdef Py_ssize_t i, n = len(objects)
    cdef array.array ts_event = array.clone(INT64, n, False), ts_init = array.clone(INT64, n, False)
    cdef array.array open = array.clone(INT64, n, False), high = array.clone(INT64, n, False)
    cdef array.array low = array.clone(INT64, n, False), close = array.clone(INT64, n, False)
    cdef array.array volume = array.clone(INT64, n, False)
    cdef list revisions = []
    cdef Bar first = objects[0], row
    for i in range(n):
        if type(objects[i]) is not Bar:
            raise _mixed(i, "type", type(objects[i]).__name__, "Bar")
        row = objects[i]
        if row.bar_type is not first.bar_type and row.bar_type != first.bar_type:
            raise _mixed(i, "bar type", row.bar_type, first.bar_type)
        if row.price_precision != first.price_precision or row.size_precision != first.size_precision:
            raise _mixed_precision(
                i, row.price_precision, row.size_precision, first.price_precision,
                first.size_precision
            )
        ts_event.data.as_longlongs[i] = row.ts_event
        ts_init.data.as_longlongs[i] = row.ts_init
        open.data.as_longlongs[i] = row.open_raw
        high.data.as_longlongs[i] = row.high_raw
        low.data.as_longlongs[i] = row.low_raw
        close.data.as_longlongs[i] = row.close_raw
        volume.data.as_longlongs[i] = row.volume_raw
        revisions.append(row.is_revision)
    columns = [ts_event, ts_init, open, high, low, close, volume, revisions]
    return Written(first.bar_type, first.price_precision, first.size_precision, columns)


def write_deltas(list objects):
    """Return the columns of deltas; a CLEAR has no precision and fits any."""
    cdef Py_ssize_t i, n = len(objects)
    cdef array.array ts_event = array.clone(INT64, n, False), ts_init = array.clone(INT64, n, False)
    cdef array.array action = array.clone(INT8, n, False), side = array.clone(INT8, n, False)
    cdef array.array price = array.clone(INT64, n, False), size = array.clone(INT64, n, False)
    cdef array.array order_id = array.clone(UINT64, n, False)
    cdef array.array flags = array.clone(UINT8, n, False)
    cdef array.array sequence = array.clone(UINT64, n, False)
    cdef int price_precision = -1, size_precision = -1
    cdef OrderBookDelta first = objects[0], row
    for i in range(n):
        if type(objects[i]) is not OrderBookDelta:
            raise _mixed(i, "type", type(objects[i]).__name__, "OrderBookDelta")
        row = objects[i]
        if row.instrument_id != first.instrument_id:
            raise _mixed(i, "instrument", row.instrument_id, first.instrument_id)
        if row.action_code != CLEAR:
            if price_precision < 0:
                price_precision, size_precision = row.price_precision, row.size_precision
            if row.price_precision != price_precision or row.size_precision != size_precision:
                raise _mixed_precision(
                    i, row.price_precision, row.size_precision, price_precision, size_precision
                )
        ts_event.data.as_longlongs[i] = row.ts_event
        ts_init.data.as_longlongs[i] = row.ts_init
        action.data.as_schars[i] = row.action_code
        side.data.as_schars[i] = row.side_code
        price.data.as_longlongs[i] = row.price_raw
        size.data.as_longlongs[i] = row.size_raw
        order_id.data.as_ulonglongs[i] = row.order_id
        flags.data.as_uchars[i] = row.flags
        sequence.data.as_ulonglongs[i] = row.sequence
    columns = [ts_event, ts_init, action, side, price, size, order_id, flags, sequence]
    return Written(first.instrument_id, max(price_precision, 0), max(size_precision, 0), columns)


@cython.boundscheck(False)
@cython.wraparound(False)
def read_quotes(
    key, int price_precision, int size_precision, const int64_t[::1] ts_event,
    const int64_t[::1] ts_init, const int64_t[::1] bid, const int64_t[::1] ask,
    const int64_t[::1] bid_size, const int64_t[::1] ask_size
):
    """Return the quotes of columns of one length."""
    cdef Py_ssize_t i, n = ts_init.shape[0]
    cdef list objects = [None] * n
    for i in range(n):
        if bid_size[i] < 0 or ask_size[i] < 0:
            raise _broken(key, i, "a size is below zero")
        objects[i] = quote_from_raw(
            key, bid[i], ask[i], bid_size[i], ask_size[i], price_precision, size_precision,
            ts_event[i], ts_init[i]
        )
    return objects


@cython.boundscheck(False)
@cython.wraparound(False)
def read_trades(
    key, int price_precision, int size_precision, const int64_t[::1] ts_event,
    const int64_t[::1] ts_init, const int64_t[::1] price, const int64_t[::1] size,
    const int8_t[::1] aggressor, list trade_ids
):
    """Return the trades of columns of one length."""
    cdef Py_ssize_t i, n = ts_init.shape[0]
    cdef list objects = [None] * n
    for i in range(n):
        if size[i] <= 0:
            raise _broken(key, i, "the size is not above zero")
        if not 0 <= aggressor[i] <= 2:
            raise _broken(key, i, f"{aggressor[i]} is no code of an aggressor side")
        objects[i] = trade_from_raw(
            key, price[i], size[i], aggressor[i], trade_ids[i], price_precision, size_precision,
            ts_event[i], ts_init[i]
        )
    return objects


@cython.boundscheck(False)
@cython.wraparound(False)
def read_bars(
    key, int price_precision, int size_precision, const int64_t[::1] ts_event,
    const int64_t[::1] ts_init, const int64_t[::1] open, const int64_t[::1] high,
    const int64_t[::1] low, const int64_t[::1] close, const int64_t[::1] volume, list revisions
):
    """Return the bars of columns of one length; no revisions where the list is None."""
    cdef Py_ssize_t i, n = ts_init.shape[0]
    cdef list objects = [None] * n
    for i in range(n):
        if high[i] < open[i] or high[i] < low[i] or high[i] < close[i]:
            raise _broken(key, i, "the high is not the highest price")
        if low[i] > open[i] or low[i] > close[i]:
            raise _broken(key, i, "the low is not the lowest price")
        if volume[i] < 0:
            raise _broken(key, i, "the volume is below zero")
        objects[i] = bar_from_raw(
            key, open[i], high[i], low[i], close[i], volume[i], price_precision, size_precision,
            ts_event[i], ts_init[i], revisions is not None and revisions[i]
        )
    return objects


@cython.boundscheck(False)
@cython.wraparound(False)
def read_deltas(
    key, int price_precision, int size_precision, const int64_t[::1] ts_event,
    const int64_t[::1] ts_init, const int8_t[::1] action, const int8_t[::1] side,
    const int64_t[::1] price, const int64_t[::1] size, const uint64_t[::1] order_id,
    const uint8_t[::1] flags, const uint64_t[::1] sequence
):
    """Return the deltas of columns of one length."""
    cdef Py_ssize_t i, n = ts_init.shape[0]
    cdef list objects = [None] * n
    for i in range(n):
        if not 1 <= action[i] <= 4:
            raise _broken(key, i, f"{action[i]} is no code of an action")
        if not 0 <= side[i] <= 2:
            raise _broken(key, i, f"{side[i]} is no code of a side")
        if size[i] < 0 or (size[i] == 0 and action[i] <= 2):
            raise _broken(key, i, "the size is not above zero")
        objects[i] = delta_from_raw(
            key, action[i], side[i], price[i], size[i], order_id[i], flags[i], sequence[i],
            price_precision, size_precision, ts_event[i], ts_init[i]
        )
    return objects


def _mixed(i, what, was, expected):
    return DataError(
        f"object {i} is of {what} {was}, those before it of {expected}",
        place="to_batch",
        cure="Give one batch for each",
    )


def _mixed_precision(i, price, size, first_price, first_size):
    was, expected = f"({price}, {size})", f"({first_price}, {first_size})"
    return _mixed(i, "price and size precision", was, expected)


def _broken(key, i, message):
    return DataError(f"row {i}: {message}", place=f"batch of {key}", cure="Correct the data")
