"""What the loaders of vendors' text files share: their settings, and books told level by level."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute

from argosy.errors import ArgosyError, ConfigError, DataError
from argosy.model.data import OrderBookDelta
from argosy.model.enums import OrderSide
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.instruments import Instrument
from argosy.parts.loader import Rows
from argosy_loaders import columns
from argosy_loaders.batches import Ints, raw_of
from argosy_loaders.columns import BadValue
from argosy_loaders.contradictions import check_venue
from argosy_loaders.csv_file import CsvFile
from argosy_loaders.levels import Changes, LevelDeltas
from argosy_loaders.precision import digits_of
from argosy_loaders.times import Clock

pc: Any = pyarrow.compute  # its functions are made when it is imported

DATA_TYPE = OrderBookDelta


class FeedSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How files of a vendor are read.

    Parameters
    ----------
    instrument : whose rows they are, where the files do not say, or say it otherwise
    venue : of the symbols in the files
    price_precision, size_precision : decimals; else as the catalog's definition of the instrument
    rounding : what happens to decimals beyond the precision: an error, or half_even, half_away
    """

    instrument: InstrumentId | None = None
    venue: Venue | None = None
    price_precision: int | None = None
    size_precision: int | None = None
    rounding: Literal["error", "half_even", "half_away"] = "error"

    def __post_init__(self) -> None:
        """Refuse impossible precisions, and a venue that is not that of the instrument."""
        check_venue(self.instrument, self.venue)
        for name in ("price_precision", "size_precision"):
            digits = getattr(self, name)
            if digits is not None and not 0 <= digits <= 18:
                raise ConfigError(f"{name} is {digits}", cure="Give 0 to 18 decimals")

    def key(self, symbol: str, venue: str, place: Callable[[], str]) -> InstrumentId:
        """Return the instrument of a symbol.

        Parameters
        ----------
        venue : where the settings name none
        place : says where the symbol stands
        """
        if self.instrument is not None:
            return self.instrument
        try:
            return InstrumentId(symbol, self.venue or venue)
        except ArgosyError as error:
            raise DataError(str(error), place=place(), cure="Correct the symbol") from error

    def decimals(self, text: Any, precision: int) -> Ints:
        """Return text as raw integers; see `columns`."""
        if self.rounding == "error":
            return raw_of(columns.decimals(text, precision))
        return raw_of(columns.rounded_decimals(text, precision, rounding=self.rounding))


class TableFeedSettings(FeedSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How files of a vendor are read that have quotes, trades or bars besides books.

    Parameters
    ----------
    missing : what happens to rows in which a value is missing: an error, or skip
    """

    missing: Literal["error", "skip"] = "error"

    def refuse_to_skip(self, place: str) -> None:
        """Refuse to leave rows out of a book, which would be another one then."""
        if self.missing == "skip":
            raise ConfigError(
                f"{place} tells the changes of a book, of which none can be left out",
                place="missing",
                cure="Load it without this setting",
            )


@dataclass(frozen=True, slots=True)
class LevelColumns:
    """Which columns of a file tell the changes of a book.

    Parameters
    ----------
    ts_event, ts_init : text columns of times
    unit : of both: s, ms, us or ns
    snapshot : column and the word that says that the row is part of a whole book
    message : rows of one value belong together
    sides : the file's words for BUY and SELL
    sequence : the venue's number of the message, if it has one
    venue : column with the venue, else the name of it
    """

    ts_event: str
    ts_init: str
    unit: str
    price: str
    size: str
    snapshot: tuple[str, str]
    message: str
    sides: Mapping[str, str]
    sequence: str | None = None
    symbol: str = "symbol"
    venue_column: str | None = None
    venue: str = ""

    @property
    def names(self) -> list[str]:
        """The columns to read."""
        wanted = [self.symbol, self.venue_column, self.ts_event, self.ts_init, self.price, "side"]
        wanted += [self.size, self.snapshot[0], self.message, self.sequence]
        return list(dict.fromkeys(each for each in wanted if each is not None))


@dataclass(slots=True)
class LevelFile:
    """Read one file of book changes.

    Parameters
    ----------
    instruments : definitions by id, for precisions that the settings do not give
    """

    file: CsvFile
    layout: LevelColumns
    settings: FeedSettings
    instruments: Mapping[str, Instrument]
    _books: dict[InstrumentId, LevelDeltas] = field(default_factory=dict)
    _last: dict[InstrumentId, tuple[str, int]] = field(default_factory=dict)

    def read(self) -> Iterator[Rows]:
        """Yield deltas.

        Raises
        ------
        DataError : with file, line and column
        """
        for name in self.layout.names:
            self.file.require(name, "a book")
        start = 0
        for batch in self.file.batches(self.layout.names):
            for symbol, venue, where in self._by_symbol(batch):
                part = batch.take(where)
                rows = start + where.to_numpy()
                key = self.settings.key(symbol, venue, partial(self.file.place, int(rows[0])))
                yield from self._book(key).add(self._changes(key, part, rows))
            start += batch.num_rows
        if not start:
            raise DataError("the file has no rows", place=str(self.file.path), cure="Leave it out")
        for book in self._books.values():
            yield from book.finish()

    def _by_symbol(self, batch: Any) -> Iterator[tuple[str, str, Any]]:
        symbols = pc.utf8_trim_whitespace(batch.column(self.layout.symbol))
        venues = pa.repeat(pa.scalar(self.layout.venue), batch.num_rows)
        if self.layout.venue_column is not None:
            venues = pc.ascii_upper(batch.column(self.layout.venue_column))
        for symbol in pc.unique(symbols).to_pylist():
            of_symbol = pc.equal(symbols, symbol)
            for venue in pc.unique(venues.filter(of_symbol)).to_pylist():
                where = pc.and_(of_symbol, pc.equal(venues, venue))
                yield symbol, venue, pc.indices_nonzero(where)

    def _book(self, key: InstrumentId) -> LevelDeltas:
        book = self._books.get(key)
        if book is None:
            declared = (self.settings.price_precision, self.settings.size_precision)
            digits = digits_of(
                key,
                self.instruments,
                declared,
                place=str(self.file.path),
                measure=lambda: measure(self.file, [self.layout.price], [self.layout.size]),
            )
            book = self._books[key] = LevelDeltas(key, digits, self.file.place)
        return book

    def _messages(self, key: InstrumentId, column: Any) -> Ints:
        """Return a number for each row that grows where another message begins."""
        words = np.array(pc.utf8_trim_whitespace(column).to_pylist(), object)
        word, number = self._last.get(key, ("", 0))
        begins = np.concatenate(([words[0] != word], words[1:] != words[:-1]))
        numbers = number + np.cumsum(begins)
        self._last[key] = (words[-1], int(numbers[-1]))
        return numbers

    def _changes(self, key: InstrumentId, part: Any, rows: Ints) -> Changes:
        layout, digits = self.layout, self._books[key].digits

        def moments(text: Any) -> Ints:
            return raw_of(Clock(layout.unit).read(text))

        def read(name: str, convert: Callable[[Any], Any]) -> Any:
            return converted(self.file, part, name, rows, convert)

        def numbers(text: Any) -> Ints:
            found: Ints = columns.plain(text, pa.uint64()).to_numpy()
            return found

        side = read("side", lambda text: columns.codes(text, OrderSide, layout.sides))
        zeros = np.zeros(len(rows), np.uint64)
        sequence = zeros if layout.sequence is None else read(layout.sequence, numbers)
        word = pc.ascii_lower(pc.utf8_trim_whitespace(part.column(layout.snapshot[0])))
        return Changes(
            ts_event=read(layout.ts_event, moments),
            ts_init=read(layout.ts_init, moments),
            side=side.to_numpy(),
            price=read(layout.price, lambda text: self.settings.decimals(text, digits[0])),
            size=read(layout.size, lambda text: self.settings.decimals(text, digits[1])),
            sequence=sequence,
            is_snapshot=pc.equal(word, layout.snapshot[1]).to_numpy(zero_copy_only=False),
            message=self._messages(key, part.column(layout.message)),
            row=rows,
        )


def converted(
    file: CsvFile, part: Any, name: str, rows: Ints, convert: Callable[[Any], Any]
) -> Any:
    """Convert a text column.

    Parameters
    ----------
    rows : where in the file the rows of the part stand

    Raises
    ------
    DataError : with file, line and column
    """
    try:
        return convert(part.column(name))
    except BadValue as bad:
        place = f"{file.place(int(rows[bad.row]))}, column {name!r}"
        raise DataError(bad.message, place=place, cure=bad.cure) from None


def measure(file: CsvFile, prices: list[str], sizes: list[str]) -> tuple[int, int]:
    """Return the most decimals of prices and of sizes in a file."""
    most = dict.fromkeys((*prices, *sizes), 0)
    for batch in file.batches(list(most)):
        for name in most:
            text = pc.utf8_trim_whitespace(batch.column(name))
            most[name] = max(most[name], columns.most_decimals(text))
    return max(most[name] for name in prices), max(most[name] for name in sizes)
