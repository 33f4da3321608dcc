"""Public files of Binance: klines, trades, aggTrades, bookTicker and depth, zipped or not.

Source: https://github.com/binance/binance-public-data. Spot files have no header, those of futures
have one. Times are milliseconds, in spot files of 2025 and later microseconds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argosy.errors import DataError
from argosy.model.identifiers import InstrumentId, Venue
from argosy.parts.loader import Covered, Load, Sample
from argosy_loaders.csv_file import CsvFile
from argosy_loaders.declared import DeclaredRows
from argosy_loaders.feed import LevelColumns, LevelFile, TableFeedSettings
from argosy_loaders.mapping import Mapping
from argosy_loaders.times import DIGITS

VENUE = Venue("BINANCE")

_KLINES = ["open_time", "open", "high", "low", "close", "volume", "close_time", "quote_volume"]
_KLINES += ["count", "taker_buy_volume", "taker_buy_quote_volume", "ignore"]
_MAKER = {"True": "SELLER", "true": "SELLER", "False": "BUYER", "false": "BUYER"}
_DEPTH = ["symbol", "timestamp", "first_update_id", "last_update_id", "side", "update_type"]
_DEPTH += ["price", "qty"]
_LEVELS = LevelColumns(
    ts_event="timestamp",
    ts_init="timestamp",
    unit="ms",
    price="price",
    size="qty",
    snapshot=("update_type", "snap"),
    message="last_update_id",
    sides={"b": "BUY", "a": "SELL"},
    sequence="last_update_id",
    venue=VENUE,
)
_NAME = re.compile(
    r"([A-Z0-9_]+)-(?:trades|aggTrades|bookTicker|\d+(?:s|m|h|d|w|mo))-(\d{4}-\d\d(?:-\d\d)?)\."
)
_LENGTHS = ((604_800, "WEEK"), (86_400, "DAY"), (3_600, "HOUR"), (60, "MINUTE"), (1, "SECOND"))


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of file.

    Parameters
    ----------
    names : of the columns, as headers have them
    time : the column whose digits tell the unit of times
    columns : field to column
    """

    kind: str
    names: Sequence[str]
    time: str
    columns: dict[str, str]


_TRADE = {"trade_id": "id", "ts_event": "time", "size": "qty", "aggressor_side": "is_buyer_maker"}
_AGGREGATE = {
    "trade_id": "agg_trade_id",
    "ts_event": "transact_time",
    "size": "quantity",
    "aggressor_side": "is_buyer_maker",
}
_TICKER = {
    "ts_event": "transaction_time",
    "ts_init": "event_time",
    "bid_price": "best_bid_price",
    "bid_size": "best_bid_qty",
    "ask_price": "best_ask_price",
    "ask_size": "best_ask_qty",
}
_TRADES = ["id", "price", "qty", "quote_qty", "time", "is_buyer_maker"]
_AGGREGATES = ["agg_trade_id", "price", "quantity", "first_trade_id", "last_trade_id"]
_AGGREGATES += ["transact_time", "is_buyer_maker"]
_TICKERS = ["update_id", *list(_TICKER.values())[2:], "transaction_time", "event_time"]
SHAPES = (
    Shape("klines", _KLINES, "open_time", {"ts_event": "open_time"}),
    Shape("trades", _TRADES, "time", _TRADE),
    Shape("trades", [*_TRADES, "is_best_match"], "time", _TRADE),
    Shape("aggTrades", _AGGREGATES, "transact_time", _AGGREGATE),
    Shape("aggTrades", [*_AGGREGATES, "is_best_match"], "transact_time", _AGGREGATE),
    Shape("bookTicker", _TICKERS, "event_time", _TICKER),
    Shape("depth", _DEPTH, "timestamp", {}),
)


def shape_of(first: Sequence[str]) -> tuple[Shape, bool] | None:
    """Return the kind of file that begins with a row, and whether that row is a header."""
    names = [name.strip() for name in first]
    for shape in SHAPES:
        if set(shape.names) <= set(names):
            return shape, True
    for shape in SHAPES:
        if shape.kind != "depth" and _fits(shape, names):
            return shape, False
    return None


def _fits(shape: Shape, values: list[str]) -> bool:
    """Tell whether a row without header has the values of a kind."""
    if len(values) != len(shape.names):
        return False
    for name, value in zip(shape.names, values, strict=True):
        is_flag = name in {"is_buyer_maker", "is_best_match"}
        if is_flag != (value in _MAKER):
            return False
        if not is_flag and not re.fullmatch(r"-?\d+(\.\d+)?([eE]-?\d+)?", value):
            return False
    return len(values[list(shape.names).index(shape.time)]) in {13, 16}


class BinanceLoader:
    """Read public files of Binance.

    Parameters
    ----------
    settings : which instrument and precisions, where names, files and catalog do not say
    """

    def __init__(self, settings: TableFeedSettings) -> None:
        self.settings = settings

    def guess(self, sample: Sample) -> str | None:
        """Look at the first row."""
        found = shape_of(sample.lines[0].split(",")) if sample.lines else None
        if found is None:
            return None
        shape, has_header = found
        what = "its header is that" if has_header else "its columns, without a header, are those"
        return f"{what} of Binance {shape.kind}"

    def load(self, load: Load) -> Iterator[Any]:
        """Yield bars, trades, quotes or deltas."""
        for path in load.files:
            first = CsvFile(path).names
            found = shape_of(first)
            if found is None:
                raise DataError(
                    f"the first row {','.join(first[:6])} is that of no public file of Binance",
                    place=str(path),
                    cure=f"Give one of {', '.join(dict.fromkeys(each.kind for each in SHAPES))}",
                )
            shape, has_header = found
            file = CsvFile(path, names=() if has_header else shape.names, opened=load.open)
            if shape.kind == "depth":
                self.settings.refuse_to_skip(str(path))
                yield from LevelFile(file, _LEVELS, self.settings, load.instruments).read()
                continue
            mapping = self._mapping(shape, file)
            table = DeclaredRows(mapping, load.instruments, told=load.tell, may_skip=True)
            yield from table.read(file)
            yield from _covered(path, mapping)

    def _mapping(self, shape: Shape, file: CsvFile) -> Mapping:
        start = _first_row(file)
        unit = _unit(start[shape.time], file)
        given: dict[str, Any] = {
            "instrument": self._instrument(file.path),
            "time_format": DIGITS,
            "columns": shape.columns,
            "price_precision": self.settings.price_precision,
            "size_precision": self.settings.size_precision,
            "rounding": self.settings.rounding,
            "missing": self.settings.missing,
        }
        if shape.kind == "klines":
            length = _interval(start, unit, file)
            return Mapping(type="bar", bar_type=f"{length}-LAST", stamp="open", **given)
        if shape.kind == "bookTicker":
            return Mapping(type="quote", **given)
        return Mapping(type="trade", values={"aggressor_side": _MAKER}, **given)

    def _instrument(self, path: Path) -> InstrumentId:
        found = _NAME.match(path.name)
        if self.settings.instrument is not None:
            return self.settings.instrument
        if found is None:
            raise DataError(
                "neither the rows nor the name of the file say whose data it is",
                place=str(path),
                cure="Give --instrument, such as --instrument BTCUSDT.BINANCE",
            )
        return InstrumentId(found[1], self.settings.venue or VENUE)


def _first_row(file: CsvFile) -> dict[str, str]:
    for batch in CsvFile(file.path, names=() if file.has_header else file.names).batches(
        file.names
    ):
        if batch.num_rows:
            return {name: column[0].as_py().strip() for name, column in _columns(batch)}
    raise DataError("the file has no rows", place=str(file.path), cure="Leave it out")


def _columns(batch: Any) -> Iterator[tuple[str, Any]]:
    return zip(batch.schema.names, batch.columns, strict=True)


def _unit(text: str, file: CsvFile) -> str:
    unit = {13: "ms", 16: "us"}.get(len(text))
    if unit is None or not text.isdecimal():
        raise DataError(
            f"{text!r} is no time in milliseconds or microseconds",
            place=file.place(0),
            cure="Give a file as Binance publishes it",
        )
    return unit


def _interval(row: dict[str, str], unit: str, file: CsvFile) -> str:
    """Return step and unit of klines, as the first one opens and closes."""
    second = 1_000 if unit == "ms" else 1_000_000
    try:
        opens, closes = int(row["open_time"]), int(row["close_time"]) + 1
    except ValueError:
        opens = closes = 0
    seconds, rest = divmod(closes - opens, second)
    for length, name in _LENGTHS:
        if closes > opens and not rest and not seconds % length and seconds <= 604_800:
            return f"{seconds // length}-{name}"
    months = _months(opens, closes, second)
    if months > 0:
        return f"{months}-MONTH"
    raise DataError(
        f"a kline from {row['open_time']} to {row['close_time']} has no length that bars have",
        place=file.place(0),
        cure="Give klines of 1s to 1w, or of months",
    )


def _months(opens: int, closes: int, second: int) -> int:
    """Return how many whole months lie between two times, 0 where there is not a whole number."""
    first, last = (datetime.fromtimestamp(each // second, UTC) for each in (opens, closes))
    begins = all(
        (each.day, each.hour, each.minute, each.second) == (1, 0, 0, 0) for each in (first, last)
    )
    if not begins or opens % second or closes % second:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month


def _covered(path: Path, mapping: Mapping) -> Iterator[Covered]:
    """Yield the day or month that an official file is about."""
    found = _NAME.match(path.name)
    if found is None or mapping.type == "quote":
        return
    try:
        start = datetime.fromisoformat(f"{found[2]}-01"[:10]).replace(tzinfo=UTC)
    except ValueError:
        return
    is_day = len(found[2]) == 10
    end = start + timedelta(days=1 if is_day else 31)
    end = end if is_day else end.replace(day=1)
    first, last = (int(each.timestamp()) * 10**9 for each in (start, end))
    bar = int(mapping.type == "bar")  # known at their close, which the next day may begin with
    yield Covered(mapping.data_type, mapping.key(None), first + bar, last - 1 + bar)
