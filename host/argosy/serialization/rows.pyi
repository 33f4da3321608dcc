from array import array
from typing import Any

from argosy.model.bar_type import BarType
from argosy.model.data import Bar, OrderBookDelta, QuoteTick, TradeTick
from argosy.model.identifiers import InstrumentId

class Written:
    key: InstrumentId | BarType
    price_precision: int
    size_precision: int
    columns: list[array[int] | list[Any]]
    def __init__(
        self,
        key: InstrumentId | BarType,
        price_precision: int,
        size_precision: int,
        columns: list[array[int] | list[Any]],
    ) -> None: ...

def write_quotes(objects: list[QuoteTick]) -> Written: ...
def write_trades(objects: list[TradeTick]) -> Written: ...
def write_bars(objects: list[Bar]) -> Written: ...
def write_deltas(objects: list[OrderBookDelta]) -> Written: ...
def read_quotes(
    key: InstrumentId,
    price_precision: int,
    size_precision: int,
    ts_event: memoryview,
    ts_init: memoryview,
    bid: memoryview,
    ask: memoryview,
    bid_size: memoryview,
    ask_size: memoryview,
) -> list[QuoteTick]: ...
def read_trades(
    key: InstrumentId,
    price_precision: int,
    size_precision: int,
    ts_event: memoryview,
    ts_init: memoryview,
    price: memoryview,
    size: memoryview,
    aggressor: memoryview,
    trade_ids: list[str],
) -> list[TradeTick]: ...
def read_bars(
    key: BarType,
    price_precision: int,
    size_precision: int,
    ts_event: memoryview,
    ts_init: memoryview,
    open: memoryview,
    high: memoryview,
    low: memoryview,
    close: memoryview,
    volume: memoryview,
    revisions: list[bool] | None,
) -> list[Bar]: ...
def read_deltas(
    key: InstrumentId,
    price_precision: int,
    size_precision: int,
    ts_event: memoryview,
    ts_init: memoryview,
    action: memoryview,
    side: memoryview,
    price: memoryview,
    size: memoryview,
    order_id: memoryview,
    flags: memoryview,
    sequence: memoryview,
) -> list[OrderBookDelta]: ...
