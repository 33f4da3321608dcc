"""How the columns of a CSV file become market data: a small TOML file, options, or both."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from argosy.config.document import Document, read_document
from argosy.config.problems import Problems
from argosy.config.reader import Reader
from argosy.config.values import parse_duration
from argosy.errors import ConfigError, InputError
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId, Venue
from argosy_catalog.kinds import BARS, DELTAS, QUOTES, TRADES, Kind, Table

KINDS = {"quote": QUOTES, "trade": TRADES, "bar": BARS, "delta": DELTAS}


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Multiply every price by one column and divide it by another, as adjusted closes need.

    Parameters
    ----------
    multiply, divide : names of columns
    """

    multiply: str
    divide: str


class CsvMapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the columns of a CSV file mean.

    Parameters
    ----------
    type : quote, trade, bar or delta
    instrument : whose rows they are; or `instrument_column` and `venue`
    instrument_column : the column with the symbol, or with the whole id where no venue is given
    venue : of the symbols
    bar_type : of bars; only its specification, such as 1-DAY-LAST, where the instrument is given
    price_precision, size_precision : decimals; else as the catalog's definition of the instrument
    columns : field to name of column, where they differ
    constants : field to value, where no column has it
    values : field to what its codes are called in the file, such as {b = "BUYER"}
    time_format : iso, s, ms, us, ns, or a pattern such as %d.%m.%Y %H:%M:%S.%f
    zone : of times that name none
    stamp : whether bars are stamped at their open or at their close
    shift : how long after `ts_event` rows became known, such as 1s
    scale : columns whose quotient scales all prices
    rounding : what happens to decimals beyond the precision: an error, or half_even, half_away
    delimiter : between columns
    names : the names of the columns, where the file has no header
    skip_lines : before the header
    """

    type: Literal["quote", "trade", "bar", "delta"]
    instrument: InstrumentId | None = None
    instrument_column: str | None = None
    venue: Venue | None = None
    bar_type: str | None = None
    price_precision: int | None = None
    size_precision: int | None = None
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    time_format: str = "iso"
    zone: str = "UTC"
    stamp: Literal["open", "close"] = "close"
    shift: str = "0s"
    scale: Scale | None = None
    rounding: Literal["error", "half_even", "half_away"] = "error"
    delimiter: str = ","
    names: list[str] = []
    skip_lines: int = 0

    def __post_init__(self) -> None:
        """Refuse settings that contradict each other."""
        self._check_key()
        for name in ("price_precision", "size_precision"):
            digits = getattr(self, name)
            if digits is not None and not 0 <= digits <= 18:
                raise ConfigError(f"{name} is {digits}", cure="Give 0 to 18 decimals")
        fields = self.fields
        for table in ("columns", "constants", "values"):
            for field in getattr(self, table):
                if field not in fields:
                    raise ConfigError(
                        f"{table}: a {self.type} has no field {field!r}",
                        cure=f"Its fields are {', '.join(fields)}",
                    )
        if len(self.delimiter) != 1:
            raise ConfigError(f"delimiter {self.delimiter!r} is not one character")
        parse_duration(self.shift)

    @property
    def kind(self) -> Kind:
        """The kind of market data."""
        return KINDS[self.type]

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that rows have in the catalog."""
        return tuple(Table.of(self.kind, 0, 0).row_schema.names)

    @property
    def shift_ns(self) -> int:
        """How much later than `ts_event` rows became known."""
        return parse_duration(self.shift)

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
        return BarType.from_str(f"{instrument}-{self.bar_type.removesuffix('-EXTERNAL')}-EXTERNAL")

    def _check_key(self) -> None:
        is_bar = self.type == "bar"
        if is_bar != (self.bar_type is not None):
            raise ConfigError(
                "bars need a bar_type" if is_bar else f"a {self.type} has no bar_type",
                cure='Give bar_type = "EUR/USD.SIM-1-MINUTE-BID-EXTERNAL"' if is_bar else None,
            )
        if self.instrument and self.instrument_column:
            raise ConfigError("instrument and instrument_column exclude each other")
        if not (self.instrument or self.instrument_column or is_bar):
            raise ConfigError(
                "it is not said whose rows these are",
                cure='Give instrument = "EUR/USD.SIM", or instrument_column and venue',
            )
        if not self.instrument_column:
            self.key(None)  # a wrong bar type is told here


def read_mapping(path: Path | None, options: Mapping[str, Any]) -> CsvMapping:
    """Read a mapping file and lay options over it.

    Parameters
    ----------
    path : TOML or JSON; None where the options say everything
    options : keys of the file; tables are merged key by key

    Raises
    ------
    ConfigError : every problem, with file, line and key
    """
    document = read_document(path) if path else Document("options", {})
    data = dict(document.data)
    for key, value in options.items():
        old = data.get(key)
        both = isinstance(value, Mapping) and isinstance(old, Mapping)
        data[key] = {**old, **value} if both else value  # type: ignore[dict-item]
    problems = Problems(document)
    try:
        mapping = Reader(document, problems, Path()).table(CsvMapping, data, ())
    except InputError as error:
        raise ConfigError(error.message, place=document.name, cure=error.cure) from error
    problems.raise_if_any()
    assert isinstance(mapping, CsvMapping)
    return mapping
