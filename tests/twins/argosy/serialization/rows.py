"""The rules of `argosy.serialization.rows` in plain Python, to compare the compiled loops with."""

from array import array
from collections.abc import Iterable
from typing import Any

from argosy.errors import DataError
from argosy.model.data import (
    bar_from_raw,
    delta_from_raw,
    quote_from_raw,
    trade_from_raw,
)

TIMES = "ts_event", "ts_init"
QUOTE = *TIMES, "bid_raw", "ask_raw", "bid_size_raw", "ask_size_raw"
TRADE = *TIMES, "price_raw", "size_raw", "aggressor", "_trade_id"
BAR = *TIMES, "open_raw", "high_raw", "low_raw", "close_raw", "volume_raw", "is_revision"
DELTA = (
    *TIMES,
    "action_code",
    "side_code",
    "price_raw",
    "size_raw",
    "order_id",
    "flags",
    "sequence",
)
CODES = {
    "aggressor": "b",
    "action_code": "b",
    "side_code": "b",
    "order_id": "Q",
    "flags": "B",
    "sequence": "Q",
}
LISTS = {"_trade_id", "is_revision"}


class Written:
    def __init__(
        self, key: Any, price_precision: int, size_precision: int, columns: list[Any]
    ) -> None:
        self.key = key
        self.price_precision = price_precision
        self.size_precision = size_precision
        self.columns = columns


def write_quotes(objects: list[Any]) -> Written:
    return _written(objects, "instrument", "instrument_id", QUOTE)


def write_trades(objects: list[Any]) -> Written:
    return _written(objects, "instrument", "instrument_id", TRADE)


def write_bars(objects: list[Any]) -> Written:
    return _written(objects, "bar type", "bar_type", BAR)


def write_deltas(objects: list[Any]) -> Written:
    return _written(objects, "instrument", "instrument_id", DELTA)


def read_quotes(key: Any, price: int, size: int, *columns: Any) -> list[Any]:
    quotes = []
    for i, (event, init, *values) in enumerate(zip(*columns, strict=True)):
        _refuse(key, i, min(values[2:]) < 0, "a size is below zero")
        quotes.append(quote_from_raw(key, *values, price, size, event, init))
    return quotes


def read_trades(key: Any, price: int, size: int, *columns: Any) -> list[Any]:
    trades = []
    for i, (event, init, *values) in enumerate(zip(*columns, strict=True)):
        _refuse(key, i, values[1] <= 0, "the size is not above zero")
        wrong = f"{values[2]} is no code of an aggressor side"
        _refuse(key, i, values[2] not in {0, 1, 2}, wrong)
        trades.append(trade_from_raw(key, *values, price, size, event, init))
    return trades


def read_bars(key: Any, price: int, size: int, *columns: Any) -> list[Any]:
    *numbers, revisions = columns
    bars = []
    for i, (event, init, *values) in enumerate(zip(*numbers, strict=True)):
        open_, high, low, close, volume = values
        _refuse(key, i, high < max(open_, low, close), "the high is not the highest price")
        _refuse(key, i, low > min(open_, close), "the low is not the lowest price")
        _refuse(key, i, volume < 0, "the volume is below zero")
        is_revision = revisions is not None and revisions[i]
        bars.append(bar_from_raw(key, *values, price, size, event, init, is_revision=is_revision))
    return bars


def read_deltas(key: Any, price: int, size: int, *columns: Any) -> list[Any]:
    deltas = []
    for i, (event, init, *values) in enumerate(zip(*columns, strict=True)):
        action, side, _, quantity = values[:4]
        _refuse(key, i, action not in {1, 2, 3, 4}, f"{action} is no code of an action")
        _refuse(key, i, side not in {0, 1, 2}, f"{side} is no code of a side")
        empty = quantity < 0 or (quantity == 0 and action <= 2)
        _refuse(key, i, empty, "the size is not above zero")
        deltas.append(delta_from_raw(key, *values, price, size, event, init))
    return deltas


def _written(objects: list[Any], what: str, key_name: str, names: Iterable[str]) -> Written:
    first = objects[0]
    key = getattr(first, key_name)
    fitting = [each for each in objects if not getattr(each, "is_clear", False)]
    precisions = (0, 0)
    if fitting:
        precisions = (fitting[0].price_precision, fitting[0].size_precision)
    for i, each in enumerate(objects):
        _match(i, "type", type(each).__name__, type(first).__name__)
        _match(i, what, getattr(each, key_name), key)
        if not getattr(each, "is_clear", False):
            own = (each.price_precision, each.size_precision)
            _match(i, "price and size precision", own, precisions)
    columns: list[Any] = []
    for name in names:
        values = [getattr(each, name) for each in objects]
        columns.append(values if name in LISTS else array(CODES.get(name, "q"), values))
    return Written(key, *precisions, columns)


def _match(i: int, what: str, was: object, expected: object) -> None:
    if was != expected:
        message = f"object {i} is of {what} {was}, those before it of {expected}"
        raise DataError(message, place="to_batch", cure="Give one batch for each")


def _refuse(key: object, i: int, wrong: bool, message: str) -> None:  # noqa: FBT001
    if wrong:
        raise DataError(f"row {i}: {message}", place=f"batch of {key}", cure="Correct the data")
