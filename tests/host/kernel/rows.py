"""Arrow batches for the kernel's tests, from rows of plain integers."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pyarrow as pa

from argosy.model.identifiers import InstrumentId

EURUSD = SimpleNamespace(id=InstrumentId("EUR/USD.SIM"), price_precision=5, size_precision=0)
BTCUSDT = SimpleNamespace(id=InstrumentId("BTCUSDT.SIM"), price_precision=2, size_precision=6)

QUOTE = ("ts_event", "ts_init", "bid_price", "ask_price", "bid_size", "ask_size")
TRADE = ("ts_event", "ts_init", "price", "size", "aggressor_side", "trade_id")
BAR = ("ts_event", "ts_init", "open", "high", "low", "close", "volume", "is_revision")
DELTA = (
    "ts_event",
    "ts_init",
    "action",
    "side",
    "price",
    "size",
    "order_id",
    "flags",
    "sequence",
)
_OTHER = {
    "ts_event": pa.timestamp("ns"),
    "ts_init": pa.timestamp("ns"),
    "aggressor_side": pa.int8(),
    "trade_id": pa.string(),
    "is_revision": pa.bool_(),
    "action": pa.int8(),
    "side": pa.int8(),
    "order_id": pa.uint64(),
    "flags": pa.uint8(),
    "sequence": pa.uint64(),
}


def decimals(raws: Sequence[int], precision: int) -> pa.Array:
    """Return decimals from raw integers."""
    whole = pa.array(raws, pa.int64())
    return pa.Array.from_buffers(
        pa.decimal64(18, precision), len(raws), [None, whole.buffers()[1]], offset=whole.offset
    )


def batch(
    names: Sequence[str], rows: Sequence[Sequence[Any]], price_precision: int, size_precision: int
) -> pa.RecordBatch:
    """Return a batch of the columns `names`, from one sequence a row."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = []
    for name, values in zip(names, columns, strict=True):
        if name in _OTHER:
            arrays.append(pa.array(values, _OTHER[name]))
        else:
            is_size = "size" in name or name == "volume"
            arrays.append(decimals(values, size_precision if is_size else price_precision))
    return pa.RecordBatch.from_arrays(arrays, names=list(names))


def quotes(rows: Sequence[Sequence[int]], price: int = 5, size: int = 0) -> pa.RecordBatch:
    """Return quotes from (ts_event, ts_init, bid, ask, bid_size, ask_size)."""
    return batch(QUOTE, rows, price, size)


def trades(rows: Sequence[Sequence[Any]], price: int = 5, size: int = 0) -> pa.RecordBatch:
    """Return trades from (ts_event, ts_init, price, size, aggressor, id)."""
    return batch(TRADE, rows, price, size)


def bars(rows: Sequence[Sequence[Any]], price: int = 5, size: int = 0) -> pa.RecordBatch:
    """Return bars from (ts_event, ts_init, open, high, low, close, volume, is_revision)."""
    return batch(BAR, rows, price, size)


def deltas(rows: Sequence[Sequence[int]], price: int = 5, size: int = 0) -> pa.RecordBatch:
    """Return deltas, one sequence a row in the order of DELTA."""
    return batch(DELTA, rows, price, size)
