"""Tables with declared columns, turned into rows of market data: streaming and exact."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Any

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
from argosy_loaders.backwards import Backwards, descends
from argosy_loaders.bar_gaps import BarGaps
from argosy_loaders.columns import BadValue, text_of
from argosy_loaders.contradictions import TIMES
from argosy_loaders.mapping import DEFAULTS, columns_of
from argosy_loaders.mapping import Mapping as ColumnMapping
from argosy_loaders.missing import Sources
from argosy_loaders.precision import digits_of
from argosy_loaders.row_times import RowTimes
from argosy_loaders.selection import Selection
from argosy_loaders.source import Page, Source
from argosy_loaders.whole import WholeRows

pc: Any = pyarrow.compute  # its functions are made when it is imported


def _silent(_: str) -> None:
    """Hear, and say nothing."""


@dataclass(slots=True)
class DeclaredRows:
    """Read tables with one mapping.

    Parameters
    ----------
    mapping : what the columns mean
    instruments : definitions by id, for precisions that the mapping does not give
    kinds : those that the mapping may name
    told : hears what the user should know of a file
    may_skip : whether the user may set `missing`
    """

    mapping: ColumnMapping
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    kinds: Kinds = KINDS
    told: Callable[[str], None] = _silent
    may_skip: bool = False
    _kind: DataKind = field(init=False)
    _times: RowTimes = field(init=False)
    _selection: Selection = field(init=False)
    _defaults: Mapping[str, str] = field(init=False)
    _counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up the kind of the rows."""
        self._kind = self.mapping.kind(self.kinds)
        self._times = RowTimes(self.mapping)
        self._selection = Selection(self.mapping.skip_rows, self.mapping.only_rows)
        optional = (each.name for each in self._kind.fields if each.is_optional)
        self._defaults = DEFAULTS.get(self._kind, dict.fromkeys(optional, ""))

    def read(self, source: Source) -> Iterator[Rows]:
        """Yield the rows of a file; one that has its newest row first is read backwards.

        Raises
        ------
        DataError : with file, line and column
        """
        sources = self._sources(source)
        gaps = BarGaps(self.mapping)
        missing = WholeRows(self._kind, self.mapping, source, sources, may_skip=self.may_skip)
        pages = self._pages(source, sources)
        first = next(pages, None)
        if first is not None:
            whole = chain([first], pages)
            is_backwards = self._descends(first, sources)
            read = self._backwards if is_backwards else self._forwards
            for rows in read(missing, whole):
                gaps.add(rows)
                yield self._numbered(rows)
        missing.check()
        gaps.check()
        missing.tell(self.told)
        self._selection.tell(source.path, self.told)
        self._times.tell(source.path, self.told)

    def _pages(self, source: Source, sources: Sources) -> Iterator[Page]:
        """Yield the rows of a file that are taken, as many at a time as it has in one piece."""
        of_fields = (name for names in sources.values() for name in names)
        needed = list(dict.fromkeys([*of_fields, *self._other_columns(source)]))
        start = 0
        for table in source.batches(needed):
            taken = self._selection.of(table)
            if taken is None:
                yield Page(source, start, table)
            elif len(taken):
                yield Page(source, start, table.take(taken), taken)
            start += table.num_rows
        if not start:
            raise DataError("the file has no rows", place=str(source.path), cure="Leave it out")

    def _forwards(self, missing: WholeRows, pages: Iterator[Page]) -> Iterator[Rows]:
        for page in pages:
            for symbol, part in self._by_symbol(missing, page):
                rows, _ = self._rows(missing, symbol, part)
                if rows.batch.num_rows:
                    yield rows

    def _backwards(self, missing: WholeRows, pages: Iterator[Page]) -> Iterator[Rows]:
        source = missing.source
        self.told(f"{source.path}: read backwards, as its newest row comes first")
        with closing(Backwards(source.place)) as held:  # also where a page cannot be read
            for page in pages:
                for symbol, part in self._by_symbol(missing, page):
                    rows, taken = self._rows(missing, symbol, part)
                    if rows.batch.num_rows:
                        held.add(rows, taken.numbers)
            yield from held.rows()

    def _descends(self, page: Page, sources: Sources) -> bool:
        """Tell whether times go down; what cannot be read is told when it is read."""
        name = "ts_init" if "ts_init" in sources else "ts_event"
        if name not in sources:
            return False
        ends = page.table.take(pa.array([0, page.table.num_rows - 1]))
        try:
            if not descends(self._times.plain(self._column(name, sources, ends))):
                return False
            return descends(self._times.plain(self._column(name, sources, page.table)))
        except BadValue:
            return False

    def _numbered(self, rows: Rows) -> Rows:
        """Give trades without an id their number, in the order of time."""
        name = rows.batch.schema.metadata[arrow.KEY].decode()
        count = self._counts.get(name, 0)
        self._counts[name] = count + rows.batch.num_rows
        if rows.has_ids:
            return rows
        place = rows.batch.schema.get_field_index("trade_id")
        ids = columns.numbered(rows.batch.column(place), count)
        return replace(
            rows, batch=rows.batch.set_column(place, rows.batch.schema.field(place), ids)
        )

    def _sources(self, file: Source) -> Sources:
        """Return the columns of each field that the file has."""
        found = {}
        for name in columns_of(self._kind):
            given = self.mapping.columns.get(name, name)
            names = (given,) if isinstance(given, str) else tuple(given)
            if name in self.mapping.constants:
                continue
            is_optional = name in self._defaults or name == "ts_init"
            if name in self.mapping.columns or not is_optional or names[0] in file.names:
                for column in names:
                    file.require(column, name)
                found[name] = names
        if "ts_init" in found and self.mapping.shift_ns:
            raise DataError(
                "shift says when rows became known, and so does the column 'ts_init'",
                place=str(file.path),
                cure="Leave out shift, or the column",
            )
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
        for column, setting in self._selection.columns:
            file.require(column, setting)
            yield column

    def _by_symbol(self, missing: WholeRows, page: Page) -> Iterator[tuple[str | None, Page]]:
        """Yield each symbol with its rows."""
        if self.mapping.instrument_column is None:
            yield None, page
            return
        symbols = self._symbols(page.table)
        for symbol in pc.unique(symbols).to_pylist():
            part = page.part(pc.indices_nonzero(pc.equal(symbols, symbol)))
            if symbol or self.mapping.missing == "error":
                yield symbol, part
            else:
                missing.leave_out(part, "the symbol is missing")

    def _symbols(self, table: Any) -> Any:
        symbols = text_of(table.column(self.mapping.instrument_column))
        if self.mapping.venue_column is None or self.mapping.venue is not None:
            return symbols
        venues = pc.ascii_upper(text_of(table.column(self.mapping.venue_column)))
        return pc.binary_join_element_wise(symbols, venues, ".")

    def _rows(self, missing: WholeRows, symbol: str | None, page: Page) -> tuple[Rows, Page]:
        """Return the rows in which nothing is missing, and where they stand."""
        key = self._key(symbol, page)
        digits = digits_of(
            key,
            self.instruments,
            (self.mapping.price_precision, self.mapping.size_precision),
            place=str(page.source.path),
            measure=lambda: self._decimals(missing.source, missing.sources),
        )
        schema = arrow.schema(self._kind, *digits)
        schema = schema.with_metadata({**schema.metadata, arrow.KEY: str(key)})
        batch, taken = missing.read(
            partial(self._batch, schema, missing.sources),
            page,
            has_zero_prices=self._has_zero_prices(key),
        )
        has_ids = (
            "trade_id" not in schema.names
            or not pc.any(pc.equal(batch.column("trade_id"), "")).as_py()
        )
        return Rows(batch, taken.place, has_ids=has_ids), taken

    def _has_zero_prices(self, key: InstrumentId | BarType) -> bool:
        found = self.instruments.get(str(key.instrument_id if isinstance(key, BarType) else key))
        return found is not None and found.allows_negative_price

    def _key(self, symbol: str | None, page: Page) -> InstrumentId | BarType:
        try:
            return self.mapping.key(symbol)
        except ArgosyError as error:
            raise DataError(str(error), place=page.place(0), cure="Correct the symbol") from error

    def _decimals(self, source: Source, sources: Sources) -> tuple[int, int]:
        """Return the most decimals of prices and of sizes in a file."""
        roles = ((self._kind.prices, False), (self._kind.sizes, True))
        numbers = {
            sources[name][0]: of_size
            for names, of_size in roles
            for name in names
            if name in sources
        }
        most = [0, 0]
        for batch in source.batches(list(numbers)):
            for column, of_size in numbers.items():
                found = columns.most_decimals(self._number(batch.column(column)))
                most[of_size] = max(most[of_size], found)
        return most[0], most[1]

    def _batch(self, schema: Any, sources: Sources, page: Page) -> Any:
        arrays: dict[str, Any] = {}
        given = {*sources, *self.mapping.constants}
        for each in schema:
            if each.name == "ts_init" and "ts_init" not in given:
                continue
            column = self._column(each.name, sources, page.table)
            try:
                arrays[each.name] = self._parse(
                    each, column, page.table, in_file=each.name in sources
                )
            except BadValue as bad:
                names = " and ".join(map(repr, sources.get(each.name, (each.name,))))
                place = f"{page.place(bad.row)}, column {names}"
                raise DataError(bad.message, place=place, cure=bad.cure) from None
        self._times.known(arrays, TIMES & given)
        return pa.RecordBatch.from_arrays([arrays[name] for name in schema.names], schema=schema)

    def _column(self, name: str, sources: Sources, table: Any) -> Any:
        if name not in sources:
            constant = self.mapping.constants.get(name, self._defaults.get(name, ""))
            return pa.repeat(pa.scalar(constant, pa.string()), table.num_rows)
        first, *rest = (table.column(each) for each in sources[name])
        return _day_and_clock(first, rest[0]) if rest else first

    def _parse(self, field: Any, column: Any, table: Any, *, in_file: bool) -> Any:
        if field.name in TIMES:
            return self._times.read(column)
        text = text_of(column)
        if pa.types.is_decimal(field.type):
            return self._decimal(
                field, self.mapping.numbers.plain(text) if in_file else text, table
            )
        members = self._kind.codes.get(field.name)
        if members is not None:
            return columns.codes(text, members, self.mapping.values.get(field.name, {}))
        if field.name == "trade_id":
            return columns.trade_ids(text)
        return columns.plain(text, field.type)

    def _decimal(self, field: Any, text: Any, table: Any) -> Any:
        precision, rounding, scale = field.type.scale, self.mapping.rounding, None
        if self.mapping.scale is not None and field.name in self._kind.prices:
            names = (self.mapping.scale.multiply, self.mapping.scale.divide)
            scale = (self._number(table.column(names[0])), self._number(table.column(names[1])))
            rounding = "half_even" if rounding == "error" else rounding
        if rounding == "error":
            return columns.decimals(text, precision)
        return columns.rounded_decimals(text, precision, rounding=rounding, scale=scale)

    def _number(self, column: Any) -> Any:
        return self.mapping.numbers.plain(text_of(column))


def _day_and_clock(day: Any, clock: Any) -> Any:
    """Return two columns as one text; a time that lacks one of them is missing."""
    if pa.types.is_timestamp(day.type):
        day = day.cast(pa.timestamp("s"), safe=False).cast(pa.date32(), safe=False)
    texts = text_of(day), text_of(clock)
    lacks = pc.or_(*(pc.equal(text, "") for text in texts))
    return pc.if_else(lacks, "", pc.binary_join_element_wise(*texts, " "))
