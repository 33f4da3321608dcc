"""Plain twin of columns: every value a Python object, every row checked one by one."""

from typing import Any

from argosy.errors import DataError

ID_BYTES = 36
FORMATS = {"timestamp[ns]": "q", "decimal64": "q", "int8": "b", "uint8": "B", "uint64": "Q"}


class Columns:
    def __init__(self, batch: Any, place: str, after_ns: int) -> None:
        self.batch = batch
        self.place = place
        self.length = batch.num_rows
        self.price_precision = self.size_precision = -1
        self.ts_event = self.values("ts_event", "timestamp[ns]")
        self.ts_init = self.values("ts_init", "timestamp[ns]")
        self.bind()
        for i, ts in enumerate(self.ts_init):
            if ts < after_ns:
                raise self.error(
                    f"row {i} of a batch: ts_init {ts} lies before the row above it ({after_ns})",
                    "Sort the data by ts_init before it is loaded",
                )
            fault = self.fault(i)
            if fault is not None:
                raise self.error(
                    f"row {i} of a batch, ts_init {ts}: {fault}",
                    "Clean the data before it is loaded",
                )
            after_ns = ts

    def bind(self) -> None: ...

    def fault(self, i: int) -> str | None:
        return None

    def error(self, message: str, cure: str) -> DataError:
        return DataError(message, place=self.place, cure=cure)

    def column(self, name: str, kind: str) -> Any:
        schema = "Write batches in the schema of their type"
        if name not in self.batch.schema.names:
            names = ", ".join(self.batch.schema.names)
            raise self.error(f"column {name!r} is missing; there are {names}", schema)
        column = self.batch.column(name)
        if str(column.type).partition("(")[0] != kind:
            raise self.error(f"column {name!r} is {column.type}, expected {kind}", schema)
        if column.null_count:
            raise self.error(
                f"column {name!r} holds {column.null_count} nulls",
                "Fill or drop them before the data is loaded",
            )
        return column

    def values(self, name: str, kind: str) -> list[int]:
        column = self.column(name, kind)
        if not self.length:
            return []
        view = memoryview(column.buffers()[1]).cast("B").cast(FORMATS[kind])
        return view[column.offset : column.offset + self.length].tolist()

    def decimals(self, name: str, which: str) -> list[int]:
        scale = self.column(name, "decimal64").type.scale
        before = getattr(self, which)
        if before not in (-1, scale):
            raise self.error(
                f"column {name!r} has {scale} decimals, others of its kind {before}",
                "Write prices with one precision, and sizes with one",
            )
        setattr(self, which, scale)
        return self.values(name, "decimal64")

    def prices(self, name: str) -> list[int]:
        return self.decimals(name, "price_precision")

    def sizes(self, name: str) -> list[int]:
        return self.decimals(name, "size_precision")

    def first_from(self, ts: int) -> int:
        return sum(each < ts for each in self.ts_init)


class QuoteColumns(Columns):
    def bind(self) -> None:
        self.bid = self.prices("bid_price")
        self.ask = self.prices("ask_price")
        self.bid_size = self.sizes("bid_size")
        self.ask_size = self.sizes("ask_size")

    def fault(self, i: int) -> str | None:
        if min(self.bid_size[i], self.ask_size[i]) < 0:
            return f"negative size (raw bid {self.bid_size[i]}, ask {self.ask_size[i]})"
        return None


class TradeColumns(Columns):
    def bind(self) -> None:
        self.price = self.prices("price")
        self.size = self.sizes("size")
        self.aggressor = self.values("aggressor_side", "int8")
        self.trade_id = self.column("trade_id", "string").to_pylist()

    def fault(self, i: int) -> str | None:
        length = len(self.trade_id[i].encode())
        if self.size[i] <= 0:
            return f"size is not positive (raw {self.size[i]})"
        if not 0 <= self.aggressor[i] <= 2:
            return f"aggressor_side {self.aggressor[i]} is none of 0 (none), 1 (buyer), 2 (seller)"
        if length > ID_BYTES:
            return f"trade_id has {length} bytes, at most {ID_BYTES} fit"
        return None


class BarColumns(Columns):
    def bind(self) -> None:
        self.open = self.prices("open")
        self.high = self.prices("high")
        self.low = self.prices("low")
        self.close = self.prices("close")
        self.volume = self.sizes("volume")
        self.revision = [False] * self.length
        if "is_revision" in self.batch.schema.names:
            self.revision = self.column("is_revision", "bool").to_pylist()

    def fault(self, i: int) -> str | None:
        first, high, low, last = self.open[i], self.high[i], self.low[i], self.close[i]
        prices = f"open {first}, high {high}, low {low}, close {last}"
        if high < max(first, last, low):
            return f"high is not the highest price (raw {prices})"
        if low > min(first, last):
            return f"low is not the lowest price (raw {prices})"
        if self.volume[i] < 0:
            return f"negative volume (raw {self.volume[i]})"
        return None


class DeltaColumns(Columns):
    def bind(self) -> None:
        self.action = self.values("action", "int8")
        self.side = self.values("side", "int8")
        self.price = self.prices("price")
        self.size = self.sizes("size")
        self.order_id = self.values("order_id", "uint64")
        self.flags = self.values("flags", "uint8")
        self.sequence = self.values("sequence", "uint64")

    def fault(self, i: int) -> str | None:
        if self.size[i] < 0:
            return f"negative size (raw {self.size[i]})"
        if not 1 <= self.action[i] <= 4:
            return f"action {self.action[i]} is none of 1 (add), 2 (update), 3 (delete), 4 (clear)"
        if not 0 <= self.side[i] <= 2:
            return f"side {self.side[i]} is none of 0 (none), 1 (buy), 2 (sell)"
        return None
