"""CSV files into the catalog by a declared mapping: streaming, exact, all files or none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute

from argosy.errors import ArgosyError, DataError
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy_catalog import columns
from argosy_catalog.checks import find_fault
from argosy_catalog.columns import BadValue
from argosy_catalog.csv_file import CsvFile
from argosy_catalog.kinds import Table, is_size
from argosy_catalog.mapping import CsvMapping
from argosy_catalog.writer import MarketWriter

pc: Any = pyarrow.compute  # its functions are made when it is imported

DEFAULTS = {"is_revision": "false", "flags": "0", "sequence": "0", "order_id": "0"}
"""Fields that files may lack, and what they are then; trades get their number as `trade_id`."""

_TIMES = {"ts_event", "ts_init"}


@dataclass(slots=True)
class Loaded:
    """What was read of one key.

    Parameters
    ----------
    first_ns, last_ns : `ts_init` of the first and the last row
    """

    key: InstrumentId | BarType
    rows: int
    first_ns: int
    last_ns: int


@dataclass(slots=True)
class CsvIngest:
    """Read files with one mapping into one writer; the writer commits.

    Parameters
    ----------
    writer : what takes the rows
    mapping : what the columns mean
    instruments : definitions by id, for precisions that the mapping does not give
    """

    writer: MarketWriter
    mapping: CsvMapping
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    loaded: dict[str, Loaded] = field(default_factory=dict)

    def read(self, paths: Iterable[Path]) -> list[Loaded]:
        """Read files, the earliest first.

        Raises
        ------
        DataError : with file, line and column
        """
        columns.check_time_format(self.mapping.time_format, self.mapping.zone)
        for path in paths:
            self._read_file(path)
        return list(self.loaded.values())

    def _read_file(self, path: Path) -> None:
        file = CsvFile(
            path,
            delimiter=self.mapping.delimiter,
            names=self.mapping.names,
            skip_lines=self.mapping.skip_lines,
        )
        sources = self._sources(file)
        needed = [*sources.values(), *self._other_columns(file)]
        start = 0
        for text in file.batches(list(dict.fromkeys(needed))):
            for symbol, rows, where in self._by_symbol(text):
                self._add(file, sources, symbol, rows, _Where(file, start, where))
            start += text.num_rows
        if not start:
            raise DataError("the file has no rows", place=str(path), cure="Leave it out")

    def _sources(self, file: CsvFile) -> dict[str, str]:
        """Return the column of each field that the file has."""
        found = {}
        for name in self.mapping.fields:
            column = self.mapping.columns.get(name, name)
            if name in self.mapping.constants:
                continue
            if name in self.mapping.columns or not (
                name in DEFAULTS or name in {"ts_init", "trade_id"}
            ):
                file.require(column, name)
            if column in file.names:
                found[name] = column
        return found

    def _other_columns(self, file: CsvFile) -> Iterator[str]:
        named = {"instrument_column": self.mapping.instrument_column}
        if self.mapping.scale is not None:
            named |= {
                "scale.multiply": self.mapping.scale.multiply,
                "scale.divide": self.mapping.scale.divide,
            }
        for setting, column in named.items():
            if column is not None:
                file.require(column, setting)
                yield column

    def _by_symbol(self, text: Any) -> Iterator[tuple[str | None, Any, Any]]:
        """Yield each symbol with its rows, and where in the batch they stood."""
        name = self.mapping.instrument_column
        if name is None:
            yield None, text, None
            return
        symbols = pc.utf8_trim_whitespace(text.column(name))
        for symbol in pc.unique(symbols).to_pylist():
            where = pc.indices_nonzero(pc.equal(symbols, symbol))
            yield symbol, text.take(where), where

    def _add(
        self, file: CsvFile, sources: dict[str, str], symbol: str | None, rows: Any, where: "_Where"
    ) -> None:
        key = self._key(symbol, where)
        table = self._table(key, file)
        batch = self._batch(table, key, sources, rows, where)
        fault = find_fault(table, batch, self.writer.last_ns(table, key))
        if fault is not None:
            raise fault.error(where.place(fault.row))
        self.writer.append(table, key, batch)
        times = batch.column("ts_init").view(pa.int64())
        first, last = times[0].as_py(), times[-1].as_py()
        seen = self.loaded.setdefault(str(key), Loaded(key, 0, first, last))
        seen.rows += batch.num_rows
        seen.last_ns = last

    def _key(self, symbol: str | None, where: "_Where") -> InstrumentId | BarType:
        try:
            return self.mapping.key(symbol)
        except ArgosyError as error:
            raise DataError(str(error), place=where.place(0), cure="Correct the symbol") from error

    def _table(self, key: InstrumentId | BarType, file: CsvFile) -> Table:
        """Return the table of the declared precisions, else of those of the instrument."""
        name = str(key.instrument_id if isinstance(key, BarType) else key)
        known = self.instruments.get(name)
        digits = []
        for which in ("price_precision", "size_precision"):
            declared, defined = getattr(self.mapping, which), getattr(known, which, None)
            if declared is None and defined is None:
                raise DataError(
                    f"the {which} of {name} is not known",
                    place=str(file.path),
                    cure=f"Give {which}, or write the instrument into the catalog first",
                )
            if None not in (declared, defined) and declared != defined:
                raise DataError(
                    f"{which} is {declared}, the definition of {name} says {defined}",
                    place=str(file.path),
                    cure="Give the same, or define the instrument anew",
                )
            digits.append(declared if defined is None else defined)
        return Table.of(self.mapping.kind, *digits)

    def _batch(
        self,
        table: Table,
        key: InstrumentId | BarType,
        sources: dict[str, str],
        rows: Any,
        where: "_Where",
    ) -> Any:
        arrays: dict[str, Any] = {}
        schema = table.row_schema
        for each in schema:
            if each.name == "ts_init" and "ts_init" not in sources:
                continue
            text = self._text(each.name, sources, key, rows)
            try:
                arrays[each.name] = self._parse(each, text, rows)
            except BadValue as bad:
                column = sources.get(each.name, each.name)
                place = f"{where.place(bad.row)}, column {column!r}"
                raise DataError(bad.message, place=place, cure=bad.cure) from None
        self._shift(arrays, key)
        return pa.RecordBatch.from_arrays([arrays[name] for name in schema.names], schema=schema)

    def _text(
        self, name: str, sources: dict[str, str], key: InstrumentId | BarType, rows: Any
    ) -> Any:
        if name in sources:
            return rows.column(sources[name])
        if name == "trade_id" and name not in self.mapping.constants:
            seen = self.loaded.get(str(key))
            first = seen.rows if seen else 0
            return pa.array([str(first + row + 1) for row in range(rows.num_rows)])
        constant = self.mapping.constants.get(name, DEFAULTS.get(name, ""))
        return pa.repeat(pa.scalar(constant, pa.string()), rows.num_rows)

    def _parse(self, field: Any, text: Any, rows: Any) -> Any:
        mapping = self.mapping
        members = dict(mapping.kind.enums).get(field.name)
        if field.name in _TIMES:
            return columns.times(text, mapping.time_format, mapping.zone)
        if members is not None:
            return columns.codes(text, members, mapping.values.get(field.name, {}))
        if not pa.types.is_decimal(field.type):
            return columns.plain(text, field.type)
        if mapping.scale is not None and not is_size(field.name):
            scale = (rows.column(mapping.scale.multiply), rows.column(mapping.scale.divide))
            rounding = "half_even" if mapping.rounding == "error" else mapping.rounding
            return columns.rounded_decimals(text, field.type.scale, rounding=rounding, scale=scale)
        if mapping.rounding != "error":
            return columns.rounded_decimals(text, field.type.scale, rounding=mapping.rounding)
        return columns.decimals(text, field.type.scale)

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
    return pc.add(times, pa.scalar(ns, pa.duration("ns"))) if ns else times


@dataclass(frozen=True, slots=True)
class _Where:
    """Where the rows of a batch stand in their file.

    Parameters
    ----------
    start : rows of the file before the batch
    rows : of the batch, where only some of them were taken
    """

    file: CsvFile
    start: int
    rows: Any

    def place(self, row: int) -> str:
        inside = row if self.rows is None else self.rows[row].as_py()
        return f"{self.file.path}:{self.file.line_of(self.start + inside)}"


def ingest_csv(
    writer: MarketWriter,
    mapping: CsvMapping,
    paths: Sequence[Path],
    instruments: Iterable[Instrument] = (),
) -> list[Loaded]:
    """Read CSV files into a writer; see `CsvIngest.read`."""
    return CsvIngest(writer, mapping, {str(each.id): each for each in instruments}).read(paths)
