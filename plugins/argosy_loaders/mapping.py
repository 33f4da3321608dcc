"""What the columns of a table mean: settings of the loaders whose columns are declared."""

import re
from collections.abc import Mapping as Table
from typing import Any, Literal

import msgspec

from argosy.config.values import parse_duration
from argosy.errors import ConfigError, suggest
from argosy.model.bar_type import BarSpecification, BarType
from argosy.model.data_kind import BAR_TYPE_KEY, Column, DataKind
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.kinds import (
    BAR,
    BOOK_DELTAS,
    BOOK_SNAPSHOT,
    DEFINITION,
    DELTA,
    INSTRUMENT_STATUS,
    KINDS,
    QUOTE,
    TICKER,
    TRADE,
    VENUE_STATUS,
    Kinds,
)
from argosy_loaders.contradictions import check_fields, check_owner, check_times
from argosy_loaders.numbers import Numbers

_SOURCE = re.compile(r"-(EXTERNAL|INTERNAL)$")
_OBJECTS = "no table has it in columns; loaders yield objects of it"
DEFAULTS: Column[dict[str, str]] = Column(
    "declared columns",
    {
        QUOTE: {},
        TRADE: {"trade_id": ""},  # then they are numbered
        BAR: {"is_revision": "false"},
        DELTA: {"flags": "0", "sequence": "0", "order_id": "0"},
    },
    without=dict.fromkeys(
        (BOOK_DELTAS, BOOK_SNAPSHOT, TICKER, DEFINITION, INSTRUMENT_STATUS, VENUE_STATUS),
        _OBJECTS,
    ),
)
"""The kinds whose columns may be declared; the fields that files may lack, and what they are then.
"""


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Multiply every price by one column and divide it by another, as adjusted closes need.

    Parameters
    ----------
    multiply, divide : names of columns
    """

    multiply: str
    divide: str


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the columns of a table mean.

    Parameters
    ----------
    type : quote, trade, bar, delta or a plugin's kind; needed, whatever its default
    instrument : whose rows they are; or `instrument_column` and `venue`
    instrument_column : the column with the symbol, or with the whole id where no venue is given
    venue_column : the column with the venue of the symbols; in capitals it is their venue
    venue : of the symbols
    bar_type : of bars; only its specification, such as 1-DAY-LAST, where the instrument is given
    price_precision, size_precision : decimals; else as the catalog's definition of the instrument
    columns : field to name of column, where they differ; a time may have two, a day and a clock
    constants : field to value, where no column has it
    values : field to what its codes are called in the file, such as {b = "BUYER"}
    time_format : iso, s, ms, us, ns, or a pattern such as %d.%m.%Y %I:%M:%S %p
    zone : of times that name none, and of days, weeks and months: America/New_York, UTC or +02
    odd_times : what happens to times that look like a count of another unit, and to bars that
        stand closer together than they are long: an error, or allow
    stamp : whether bars are stamped at their open or at their close
    shift : how long after `ts_event` rows became known, such as 1s
    scale : columns whose quotient scales all prices
    rounding : what happens to decimals beyond the precision: an error, or half_even, half_away
    missing : what happens to rows in which a value is missing: an error, or skip; a quote that
        lacks one side is kept, with price 0 and size 0 there
    missing_words : what the file writes where a value is missing, beside null, NaN, N/A and the
        like; a number means it however it is written
    decimal, thousands : the separators of numbers, such as "," and "."
    skip_rows : column to the values, one or a list, with which a row is left out
    only_rows : column to the values with which a row is taken, all others being left out
    """

    type: str | None = None
    instrument: InstrumentId | None = None
    instrument_column: str | None = None
    venue_column: str | None = None
    venue: Venue | None = None
    bar_type: str | None = None
    price_precision: int | None = None
    size_precision: int | None = None
    columns: Table[str, str | list[str]] = {}
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    time_format: str = "iso"
    zone: str = "UTC"
    odd_times: Literal["error", "allow"] = "error"
    stamp: Literal["open", "close"] = "close"
    shift: str = "0s"
    scale: Scale | None = None
    rounding: Literal["error", "half_even", "half_away"] = "error"
    missing: Literal["error", "skip"] = "error"
    missing_words: list[str] = []
    decimal: str = "."
    thousands: str | None = None
    skip_rows: Table[str, str | list[str]] = {}
    only_rows: Table[str, str | list[str]] = {}

    def __post_init__(self) -> None:
        """Refuse settings that contradict each other."""
        known = KINDS.get(self.type or "")
        if known is not None and known in DEFAULTS:
            self._check(known)  # a plugin's kind is known when files are read

    @property
    def numbers(self) -> Numbers:
        """How numbers are written.

        Raises
        ------
        ConfigError : the separators are none
        """
        return Numbers.of(self.decimal, self.thousands)

    def kind(self, kinds: Kinds = KINDS) -> DataKind:
        """Return the kind of the rows.

        Parameters
        ----------
        kinds : those that are known

        Raises
        ------
        ConfigError : the type is not given or not known, or has no such field
        """
        if self.type is None:
            raise ConfigError(
                "it is not said what the columns mean",
                place="type",
                cure="Give type = quote, trade, bar or delta, and columns, in a file for --map "
                "or as options",
            )
        found = kinds.get(self.type)
        if found is None or found in DEFAULTS.without:
            words = [each.name for each in kinds if each not in DEFAULTS.without]
            cure = suggest(self.type, words)
            message = f"{self.type!r} has no columns to declare"
            raise ConfigError(message, place="type", cure=cure[:1].upper() + cure[1:])
        if found not in KINDS:
            self._check(found)
        return found

    @property
    def data_type(self) -> Any:
        """The class of the rows, where the host has their kind.

        Raises
        ------
        ConfigError : the type is not given
        """
        return self.kind().data_type

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that rows have in the catalog."""
        return columns_of(self.kind())

    @property
    def shift_ns(self) -> int:
        """How much later than `ts_event` rows became known."""
        return parse_duration(self.shift)

    @property
    def spec(self) -> BarSpecification | None:
        """How bars are built; None of other kinds."""
        if self.bar_type is None:
            return None
        parts = _SOURCE.sub("", self.bar_type).rsplit("-", 3)[-3:]
        return BarSpecification.from_str("-".join(parts))

    def key(self, symbol: str | None) -> InstrumentId | BarType:
        """Return whose rows they are.

        Parameters
        ----------
        symbol : what `instrument_column` says, None without such a column
        """
        if symbol is None:
            instrument = self.instrument
        else:
            instrument = InstrumentId(symbol, self.venue) if self.venue else InstrumentId(symbol)
        if self.bar_type is None:
            assert instrument is not None
            return instrument
        if instrument is None:
            return BarType.from_str(self.bar_type)
        spec = self.bar_type.removeprefix(f"{instrument}-").removesuffix("-EXTERNAL")
        return BarType.from_str(f"{instrument}-{spec}-EXTERNAL")

    def _check(self, kind: DataKind) -> None:
        self._check_key(kind)
        for name in ("price_precision", "size_precision"):
            digits = getattr(self, name)
            if digits is not None and not 0 <= digits <= 18:
                raise ConfigError(f"{name} is {digits}", cure="Give 0 to 18 decimals")
        check_fields(kind, columns=self.columns, constants=self.constants, values=self.values)
        times = {"time_format": self.time_format, "zone": self.zone, "stamp": self.stamp}
        check_times(kind, self.spec, **times)
        if self.shift_ns and "ts_init" in {*self.columns, *self.constants}:
            raise ConfigError(
                "shift says when rows became known, and so does ts_init",
                cure="Leave out one of them",
            )
        _ = self.numbers  # impossible separators are told here

    def _check_key(self, kind: DataKind) -> None:
        is_bar = kind.key == BAR_TYPE_KEY
        if is_bar != (self.bar_type is not None):
            raise ConfigError(
                "bars need a bar_type" if is_bar else f"a {self.type} has no bar_type",
                cure='Give bar_type = "EUR/USD.SIM-1-MINUTE-BID-EXTERNAL"' if is_bar else None,
            )
        check_owner(
            self.instrument,
            self.venue,
            instrument_column=self.instrument_column,
            venue_column=self.venue_column,
            bar_type=self.bar_type,
        )
        if not (self.instrument or self.instrument_column or is_bar):
            raise ConfigError(
                "it is not said whose rows these are",
                cure='Give instrument = "EUR/USD.SIM", or instrument_column and venue',
            )
        if not self.instrument_column:
            self.key(None)  # a wrong bar type is told here


def columns_of(kind: DataKind) -> tuple[str, ...]:
    """Return the columns that rows of a kind have in the catalog."""
    return ("ts_event", "ts_init", *(each.name for each in kind.fields))


class CsvMapping(Mapping, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the columns of a CSV file mean.

    Parameters
    ----------
    delimiter : between columns; guessed where it is not said
    names : the names of the columns, where the file has no header
    skip_lines : before the header
    """

    delimiter: str | None = None
    names: list[str] = []
    skip_lines: int = 0

    def __post_init__(self) -> None:
        """Check the delimiter too."""
        super().__post_init__()
        if self.decimal == self.delimiter:
            raise ConfigError(
                f"{self.decimal!r} cannot be both the delimiter and the decimal separator",
                cure="Give the delimiter of the file",
            )
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '\r\n"'):
            raise ConfigError(f"delimiter {self.delimiter!r} is not one character of text")
        if self.skip_lines < 0:
            raise ConfigError(f"skip_lines is {self.skip_lines}", cure="Give 0 or more")
