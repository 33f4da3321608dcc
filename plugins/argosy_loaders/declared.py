"""Tables with declared columns, turned into rows of market data: streaming and exact."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute

from argosy.errors import ArgosyError, DataError
from argosy.model.bar_type import BarType
from argosy.model.data_kind import DataKind
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy.model.kinds import KINDS, Kinds
from argosy.parts.loader import Rows
from argosy.serialization import arrow
from argosy_loaders import columns
from argosy_loaders.columns import BadValue
from argosy_loaders.mapping import DEFAULTS, columns_of
from argosy_loaders.mapping import Mapping as ColumnMapping
from argosy_loaders.precision import digits_of

pc: Any = pyarrow.compute  # its functions are made when it is imported

_TIMES = {"ts_event", "ts_init"}


class Source(Protocol):
    """A file whose rows are columns: CSV or Parquet."""

    path: Path
    names: list[str]

    def require(self, column: str, field: str) -> None:
        """Refuse a column that the file does not have, or has more than once."""
        ...

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        """Yield RecordBatches of columns."""
        ...

    def place(self, row: int) -> str:
        """Say where a row, from 0, stands."""
        ...


@dataclass(slots=True)
class DeclaredRows:
    """Read tables with one mapping.

    Parameters
    ----------
    mapping : what the columns mean
    instruments : definitions by id, for precisions that the mapping does not give
    kinds : those that the mapping may name
    """

    mapping: ColumnMapping
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    kinds: Kinds = KINDS
    _kind: DataKind = field(init=False)
    _defaults: Mapping[str, str] = field(init=False)
    _counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the kind of the rows."""
        self._kind = self.mapping.kind(self.kinds)
        optional = (each.name for each in self._kind.fields if each.is_optional)
        self._defaults = DEFAULTS.get(self._kind, dict.fromkeys(optional, ""))

    def read(self, source: Source) -> Iterator[Rows]:
        """Yield the rows of a file.

        Raises
        ------
        DataError : with file, line and column
        """
        columns.check_time_format(self.mapping.time_format, self.mapping.zone)
        sources = self._sources(source)
        needed = list(dict.fromkeys([*sources.values(), *self._other_columns(source)]))
        start = 0
        for table in source.batches(needed):
            for symbol, rows, where in self._by_symbol(table):
                yield self._rows(source, sources, symbol, rows, _Where(source, start, where))
            start += table.num_rows
        if not start:
            raise DataError("the file has no rows", place=str(source.path), cure="Leave it out")

    def _sources(self, file: Source) -> dict[str, str]:
        """Return the column of each field that the file has."""
        found = {}
        for name in columns_of(self._kind):
            column = self.mapping.columns.get(name, name)
            if name in self.mapping.constants:
                continue
            is_optional = name in self._defaults or name == "ts_init"
            if name in self.mapping.columns or not is_optional or column in file.names:
                file.require(column, name)
                found[name] = column
        return found

    def _other_columns(self, file: Source) -> Iterator[str]:
        named = {
            "instrument_column": self.mapping.instrument_column,
            "venue_column": self.mapping.venue_column,
        }
        if self.mapping.scale is not None:
            named |= {
                "scale.multiply": self.mapping.scale.multiply,
                "scale.divide": self.mapping.scale.divide,
            }
        for setting, column in named.items():
            if column is not None:
                file.require(column, setting)
                yield column

    def _by_symbol(self, table: Any) -> Iterator[tuple[str | None, Any, Any]]:
        """Yield each symbol with its rows, and where in the batch they stood."""
        whole = self._whole(table)
        if self.mapping.instrument_column is None:
            if whole is None:
                yield None, table, None
            elif len(whole):
                yield None, table.take(whole), whole
            return
        symbols = self._symbols(table)
        for symbol in pc.unique(symbols).to_pylist():
            where = pc.indices_nonzero(pc.equal(symbols, symbol))
            if whole is not None:
                where = where.filter(pc.is_in(where, whole))
            if len(where):
                yield symbol, table.take(where), where

    def _whole(self, table: Any) -> Any:
        """Return the rows in which nothing is missing, None for all."""
        if self.mapping.missing == "error":
            return None
        kept = None
        for column in table.columns:
            there = pc.not_equal(_text(column), "")
            kept = there if kept is None else pc.and_(kept, there)
        return pc.indices_nonzero(kept)

    def _symbols(self, table: Any) -> Any:
        symbols = _text(table.column(self.mapping.instrument_column))
        if self.mapping.venue_column is None or self.mapping.venue is not None:
            return symbols
        venues = pc.ascii_upper(_text(table.column(self.mapping.venue_column)))
        return pc.binary_join_element_wise(symbols, venues, ".")

    def _rows(
        self,
        source: Source,
        sources: dict[str, str],
        symbol: str | None,
        rows: Any,
        where: "_Where",
    ) -> Rows:
        key = self._key(symbol, where)
        name = str(key)
        digits = digits_of(
            key,
            self.instruments,
            (self.mapping.price_precision, self.mapping.size_precision),
            place=str(source.path),
            measure=lambda: self._decimals(source, sources),
        )
        schema = arrow.schema(self._kind, *digits)
        schema = schema.with_metadata({**schema.metadata, arrow.KEY: name})
        batch = self._batch(schema, key, sources, rows, where)
        self._counts[name] = self._counts.get(name, 0) + batch.num_rows
        return Rows(batch, where.place)

    def _key(self, symbol: str | None, where: "_Where") -> InstrumentId | BarType:
        try:
            return self.mapping.key(symbol)
        except ArgosyError as error:
            raise DataError(str(error), place=where.place(0), cure="Correct the symbol") from error

    def _decimals(self, source: Source, sources: dict[str, str]) -> tuple[int, int]:
        """Return the most decimals of prices and of sizes in a file."""
        roles = ((self._kind.prices, False), (self._kind.sizes, True))
        numbers = {
            sources[name]: of_size for names, of_size in roles for name in names if name in sources
        }
        most = [0, 0]
        for batch in source.batches(list(numbers)):
            for column, of_size in numbers.items():
                found = columns.most_decimals(_text(batch.column(column)))
                most[of_size] = max(most[of_size], found)
        return most[0], most[1]

    def _batch(
        self,
        schema: Any,
        key: InstrumentId | BarType,
        sources: dict[str, str],
        rows: Any,
        where: "_Where",
    ) -> Any:
        arrays: dict[str, Any] = {}
        for each in schema:
            if each.name == "ts_init" and "ts_init" not in sources:
                continue
            column = self._column(each.name, sources, rows)
            try:
                arrays[each.name] = self._parse(each, column, rows, str(key))
            except BadValue as bad:
                name = sources.get(each.name, each.name)
                place = f"{where.place(bad.row)}, column {name!r}"
                raise DataError(bad.message, place=place, cure=bad.cure) from None
        self._shift(arrays, key)
        return pa.RecordBatch.from_arrays([arrays[name] for name in schema.names], schema=schema)

    def _column(self, name: str, sources: dict[str, str], rows: Any) -> Any:
        if name in sources:
            return rows.column(sources[name])
        constant = self.mapping.constants.get(name, self._defaults.get(name, ""))
        return pa.repeat(pa.scalar(constant, pa.string()), rows.num_rows)

    def _parse(self, field: Any, column: Any, rows: Any, key: str) -> Any:
        if field.name in _TIMES:
            if pa.types.is_timestamp(column.type):
                return columns.stamps(column, self.mapping.zone)
            return columns.times(_text(column), self.mapping.time_format, self.mapping.zone)
        text = _text(column)
        if pa.types.is_decimal(field.type):
            return self._decimal(field, text, rows)
        members = self._kind.codes.get(field.name)
        if members is not None:
            return columns.codes(text, members, self.mapping.values.get(field.name, {}))
        if field.name == "trade_id":
            return columns.trade_ids(text, self._counts.get(key, 0))
        return columns.plain(text, field.type)

    def _decimal(self, field: Any, text: Any, rows: Any) -> Any:
        precision, rounding, scale = field.type.scale, self.mapping.rounding, None
        if self.mapping.scale is not None and field.name in self._kind.prices:
            names = (self.mapping.scale.multiply, self.mapping.scale.divide)
            scale = (_text(rows.column(names[0])), _text(rows.column(names[1])))
            rounding = "half_even" if rounding == "error" else rounding
        if rounding == "error":
            return columns.decimals(text, precision)
        return columns.rounded_decimals(text, precision, rounding=rounding, scale=scale)

    def _shift(self, arrays: dict[str, Any], key: InstrumentId | BarType) -> None:
        """Move bars from their open to their close, and `ts_init` to when rows became known."""
        if isinstance(key, BarType) and self.mapping.stamp == "open":
            if not key.spec.interval_ns:
                raise DataError(
                    f"bars of {key} have no fixed length", cure='Give stamp = "close" times'
                )
            for name in arrays.keys() & _TIMES:
                arrays[name] = _later(arrays[name], key.spec.interval_ns)
        arrays.setdefault("ts_init", _later(arrays["ts_event"], self.mapping.shift_ns))


def _later(times: Any, ns: int) -> Any:
    if not ns:
        return times
    try:
        return pc.add_checked(times, pa.scalar(ns, pa.duration("ns")))
    except pa.ArrowInvalid as error:
        raise DataError("a time is beyond the year 2262", cure="Leave out the row") from error


def _text(column: Any) -> Any:
    """Return a column as text without spaces around it; what is missing is empty."""
    is_text = pa.types.is_string(column.type)
    text = pc.fill_null(column, "") if is_text else columns.spelled(column)
    return pc.utf8_trim_whitespace(text)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where the rows of a batch stand in their file.

    Parameters
    ----------
    start : rows of the file before the batch
    rows : of the batch, where only some of them were taken
    """

    source: Source
    start: int
    rows: Any

    def place(self, row: int) -> str:
        inside = row if self.rows is None else self.rows[row].as_py()
        return self.source.place(self.start + inside)
