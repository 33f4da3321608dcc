"""How data might have come out after a time, other than they did.

There are two outcomes, so that whatever is read of later data differs in one of them: prices rise
or fall, every trade is a buyer's or a seller's, markets trade or halt. In both, some of the rows
are not there. What a row becomes depends on the row and on its series alone, so that rows are
changed as they stream; `alteration_sql` says the same in SQL.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pyarrow as pa

from argosy.model.enums import AggressorSide, BookAction, MarketStatusAction, OrderSide
from argosy.model.values import RAW_MAX
from argosy_catalog.lake.buffers import integers
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.kinds import BARS, DELTAS, Kind, Table
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN, ROW_GROUP_ROWS, read_batches

MODULUS = 997
PACE = 7_919
SALT = 331
PARTS = 256
"""A number moves by 64 to 191 of so many parts of itself."""
LEAST_PARTS = 64
MOST_PARTS = 128
EACH = 4
"""One row of so many is left out; of deltas, the last part of the time of so many."""
LARGEST = RAW_MAX // EACH
"""What is larger stays as it is: it would not fit any more."""
STEP = 1_009
"""What is added to numbers of orders and updates."""
LARGEST_ID = 2**62
LONGEST_ID = 36
"""A trade id has no more characters."""
MARK_OF_ID = "*"
REASON = "changed"
TRADES_AND_QUOTES = 3

LOWEST = {BARS: "low"}
"""The price of a row by which all prices of the row move, where it is not the first one."""
WIDENED = frozenset({"ask_price", "high"})
"""What rises more than the other prices of its row: the spread, the range of a bar."""
SWAPPED = {
    "open": "close",
    "close": "open",
    "bid_size": "ask_size",
    "ask_size": "bid_size",
}
"""What takes the place of what where prices fall."""
RISEN: dict[str, int] = {
    "aggressor_side": AggressorSide.BUYER.code,
    "status": MarketStatusAction.TRADING.code,
    "action": MarketStatusAction.TRADING.code,
    "flags": TRADES_AND_QUOTES,
}
FALLEN: dict[str, int] = {
    "aggressor_side": AggressorSide.SELLER.code,
    "status": MarketStatusAction.HALT.code,
    "action": MarketStatusAction.HALT.code,
    "flags": 0,
}
"""What columns of trades and statuses hold throughout."""

_TIMES = pa.schema([("ts_init", pa.timestamp("ns"))])
_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Outcome:
    """What catalogs show in place of later data.

    Parameters
    ----------
    after_ns : rows up to this `ts_init` stay as they are
    is_falling : prices fall, trades are sellers', markets halt; else the contrary
    """

    after_ns: int
    is_falling: bool = False

    @property
    def salt(self) -> int:
        """What makes the two outcomes choose other rows."""
        return SALT if self.is_falling else 0

    def constants(self, kind: Kind) -> dict[str, int]:
        """Return the columns of a kind that hold one value throughout."""
        found = FALLEN if self.is_falling else RISEN
        return {} if kind is DELTAS else found


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of the later rows of one table and key.

    Parameters
    ----------
    first_ns, last_ns : `ts_init` of the first and last of them
    anchor : raw price of an early one of them; 0 where that does not matter
    """

    first_ns: int
    last_ns: int
    anchor: int = 0


@dataclass(frozen=True, slots=True)
class Alteration:
    """An outcome, and what it needs to know of the series of one snapshot.

    Parameters
    ----------
    marks : of each table and key that has later rows
    """

    outcome: Outcome
    marks: Mapping[tuple[Table, str], Mark]

    @classmethod
    def over(cls, outcome: Outcome, files: Iterable[DataFile]) -> "Alteration":
        """Look into files: one of each table and key is read a little."""
        later: dict[tuple[Table, str], list[DataFile]] = {}
        for file in files:
            if file.last_ns > outcome.after_ns:
                later.setdefault((file.table, file.key), []).append(file)
        after_ns = outcome.after_ns
        return cls(outcome, {name: _mark(same, after_ns) for name, same in later.items()})

    def batches(self, file: DataFile, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the rows of a file as they are shown, without those that are left out."""
        mark = self.marks.get((file.table, file.key))
        if mark is None:
            yield from batches
            return
        for batch in batches:
            times = integers(batch.column("ts_init"))
            known = int(times.searchsorted(self.outcome.after_ns, "right"))
            if known:
                yield batch.slice(0, known)
            if known < len(times):
                made = changed(file.table.kind, batch.slice(known), self.outcome, mark)
                if made.num_rows:
                    yield made

    def files(self, files: Iterable[DataFile]) -> list[DataFile]:
        """Return files as they would be if they held what is shown; empty ones are not there."""
        shown = (
            _shown(file, self.marks.get((file.table, file.key)), self.outcome) for file in files
        )
        return [file for file in shown if file is not None]


def _mark(files: list[DataFile], after_ns: int) -> Mark:
    first_ns, anchor = _first(min(files, key=lambda file: file.first_ns), after_ns)
    return Mark(first_ns, max(file.last_ns for file in files), anchor)


@lru_cache(maxsize=_REMEMBERED)
def _first(file: DataFile, after_ns: int) -> tuple[int, int]:
    """Return `ts_init` of the first later row of a file, and the price of an early one."""
    if file.table.kind is not DELTAS and file.first_ns > after_ns:
        return file.first_ns, 0
    names = ("ts_init", "price") if file.table.kind is DELTAS else ("ts_init",)
    schema = pa.schema([file.table.row_schema.field(name) for name in names])
    batches = read_batches(file.path, schema, after_ns + 1, NS_MAX, ROW_GROUP_ROWS)
    for batch in batches:
        prices = integers(batch.columns[-1])
        priced = prices[(prices != 0) & (abs(prices) <= LARGEST)]
        is_known = file.table.kind is DELTAS and len(priced)
        return int(integers(batch.column("ts_init"))[0]), int(priced[0]) if is_known else 0
    return file.last_ns, 0


@lru_cache(maxsize=_REMEMBERED)
def _shown(file: DataFile, mark: Mark | None, outcome: Outcome) -> DataFile | None:
    if mark is None or file.last_ns <= outcome.after_ns:
        return file
    rows, ends = 0, []
    for batch in read_batches(file.path, _TIMES, NS_MIN, NS_MAX, ROW_GROUP_ROWS):
        times = integers(batch.column("ts_init"))
        kept = times[(times <= outcome.after_ns) | ~left_out(file.table.kind, times, outcome, mark)]
        if len(kept):
            rows += len(kept)
            ends += [int(kept[0]), int(kept[-1])]
    if not rows:
        return None
    size = file.size_bytes * rows // file.rows
    return replace(file, rows=rows, size_bytes=size, first_ns=min(ends), last_ns=max(ends))


def left_out(kind: Kind, times: Any, outcome: Outcome, mark: Mark) -> Any:
    """Tell which of the later rows are not there, by their time (ns).

    The first and the last of a series never are. Deltas end early: a book lacks what comes then,
    and is a book all the same.
    """
    if kind is DELTAS:
        return times >= mark.last_ns - (mark.last_ns - mark.first_ns) // EACH
    return (times == mark.first_ns) | (times == mark.last_ns) | (_noise(times, outcome) % EACH == 0)


def changed(kind: Kind, batch: Any, outcome: Outcome, mark: Mark) -> Any:
    """Return later rows as an outcome has them.

    Parameters
    ----------
    batch : RecordBatch in the schema of a table of the kind, all of it later
    mark : of its table and key
    """
    is_gone = left_out(kind, integers(batch.column("ts_init")), outcome, mark)
    batch = batch.filter(_flags(~is_gone))
    if not batch.num_rows:
        return batch
    rows = _Rows(kind, batch, outcome)
    made = rows.deltas(mark) if kind is DELTAS else rows.others()
    columns = [
        _column(made[field.name], field.type) if field.name in made else column
        for field, column in zip(batch.schema, batch.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def lowest_of(kind: Kind) -> str | None:
    """Return the price of a row by which all prices of the row move."""
    return LOWEST.get(kind) or next(iter(kind.of.prices), None)


class _Rows:
    """Later rows of one series."""

    def __init__(self, kind: Kind, batch: Any, outcome: Outcome) -> None:
        self.batch = batch
        self.outcome = outcome
        self.lowest = lowest_of(kind)
        self.constants = outcome.constants(kind)
        self.times = integers(batch.column("ts_init"))
        self.noise = _noise(self.times, outcome)
        self.sizes, self.prices = kind.of.sizes, kind.of.prices

    def others(self) -> dict[str, Any]:
        """Return what becomes of columns of anything but deltas."""
        import numpy as np

        made: dict[str, Any] = {
            name: np.full(len(self.times), code)
            for name, code in self.constants.items()
            if name in self.batch.schema.names
        }
        made |= {name: self._price(name) for name in self.prices}
        made |= {name: self._size(name) for name in self.sizes}
        if "trade_id" in self.batch.schema.names:
            made["trade_id"] = _trade_ids(self.batch.column("trade_id"))
        if "reason" in self.batch.schema.names:
            reason = REASON if self.outcome.is_falling else None
            made["reason"] = [reason] * len(self.times)
        return made

    def deltas(self, mark: Mark) -> dict[str, Any]:
        """Return what becomes of columns of deltas: a book that begins anew, and is another."""
        import numpy as np

        action, side, price = (self._of(name) for name in ("action", "side", "price"))
        size = self._of("size")
        if mark.anchor:
            moved = price + abs(mark.anchor) // 2 + 1
            if self.outcome.is_falling:
                moved = 2 * mark.anchor - price
                buy, sell = OrderSide.BUY.code, OrderSide.SELL.code
                side = np.where((side == buy) | (side == sell), buy + sell - side, side)
            price = np.where((price == 0) | (abs(price) > LARGEST), price, moved)
        made = {
            "action": action,
            "side": side,
            "price": price,
            "size": np.where(size == 0, size, self._size("size")),
            "order_id": _numbered(self._of("order_id")),
        }
        is_first = self.times == mark.first_ns
        made = {name: np.where(is_first, 0, values) for name, values in made.items()}
        made["action"] = np.where(is_first, BookAction.CLEAR.code, action)
        return made | {"sequence": _numbered(self._of("sequence"))}

    def _of(self, name: str) -> Any:
        return integers(self.batch.column(name))

    def _price(self, name: str) -> Any:
        base = abs(self._of(str(self.lowest)))
        if self.outcome.is_falling:
            moved = self._of(SWAPPED.get(name, name)) - self._scaled(base)
        else:
            rise = (1 + self.noise) * (2 if name in WIDENED else 1)
            moved = self._of(name) + self._scaled(base) + rise
        return self._where_it_fits(self.prices, moved, name)

    def _size(self, name: str) -> Any:
        values = self._of(SWAPPED.get(name, name) if self.outcome.is_falling else name)
        scaled = self._scaled(values)
        moved = values - scaled if self.outcome.is_falling else values + scaled + 1 + self.noise
        return self._where_it_fits(self.sizes, moved, name)

    def _scaled(self, values: Any) -> Any:
        parts = LEAST_PARTS + self.noise % MOST_PARTS
        return values // PARTS * parts + values % PARTS * parts // PARTS

    def _where_it_fits(self, names: Sequence[str], moved: Any, name: str) -> Any:
        import numpy as np

        fits = np.logical_and.reduce([abs(self._of(each)) <= LARGEST for each in names])
        return np.where(fits, moved, self._of(name))


def _noise(times: Any, outcome: Outcome) -> Any:
    return (abs(times) // 1000 + outcome.salt) % MODULUS * PACE % MODULUS


def _numbered(values: Any) -> Any:
    import numpy as np

    return np.where((values > 0) & (values <= LARGEST_ID), values + STEP, values)


def _trade_ids(column: Any) -> Any:
    import pyarrow.compute

    pc: Any = pyarrow.compute
    longer = pc.binary_join_element_wise(column, MARK_OF_ID, "")
    is_short = pc.less(pc.utf8_length(column), LONGEST_ID)
    return pc.if_else(is_short, longer, pc.utf8_reverse(column))


def _flags(values: Any) -> Any:
    import numpy as np

    bits = np.packbits(values, bitorder="little")
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, pa.py_buffer(bits)])


def _column(values: Any, kind: Any) -> Any:
    import numpy as np

    if not isinstance(values, np.ndarray):
        return values if isinstance(values, pa.Array) else pa.array(values, kind)
    raw = np.ascontiguousarray(values, {8: np.int8, 64: np.int64}[kind.bit_width])
    return pa.Array.from_buffers(kind, len(raw), [None, pa.py_buffer(raw)])
