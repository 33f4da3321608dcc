"""Batches from plain arrays."""

import numpy as np
import pyarrow as pa

from argosy.model.bar_type import BarType
from argosy.model.data import Bar, TradeTick
from argosy.model.identifiers import InstrumentId
from argosy.serialization.arrow import from_batch
from argosy_loaders.batches import market_batch, raw_of

KEY = InstrumentId("A.B")


def test_arrays_become_objects_of_their_key() -> None:
    columns = {
        "ts_event": np.array([1, 2]),
        "ts_init": np.array([3, 4], np.uint64),
        "price": np.array([-15, 25]),
        "size": np.array([100, 200]),
        "aggressor_side": np.array([1, 2]),
        "trade_id": ["x", "y"],
    }
    first, second = from_batch(market_batch(TradeTick, KEY, (1, 2), columns))
    assert ("A.B", "-1.5", "1.00", "BUYER", "x", 1, 3) == (
        *(first.instrument_id, str(first.price), str(first.size)),
        *(first.aggressor_side, first.trade_id, first.ts_event, first.ts_init),
    )
    assert (4, "SELLER") == (second.ts_init, second.aggressor_side)


def test_bars_are_no_revisions_unless_said() -> None:
    bar_type = BarType.from_str("A.B-1-DAY-LAST-EXTERNAL")
    ones = np.array([1])
    names = ("ts_event", "ts_init", "open", "high", "low", "close", "volume")
    (bar,) = from_batch(market_batch(Bar, bar_type, (0, 0), dict.fromkeys(names, ones)))
    assert (bar_type, False) == (bar.bar_type, bar.is_revision)


def test_a_slice_of_a_column_gives_its_own_integers() -> None:
    column = pa.array(["1.5", "2.5", "3.5"]).cast(pa.decimal64(18, 1))
    assert [25, 35] == raw_of(column.slice(1)).tolist()
    assert [] == raw_of(column.slice(3)).tolist()
