"""The kinds of market data, and the tables that hold them.

Data of one kind whose prices and sizes have the same decimals share a table, such as
``market.quotes_5_0``: a column of a table has one precision, and DuckDB would round mixed files to
that of the first.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from argosy.errors import CatalogError
from argosy.model.bar_type import BarType
from argosy.model.data import (
    Bar,
    InstrumentStatusUpdate,
    OrderBookDelta,
    QuoteTick,
    TradeTick,
    VenueStatusUpdate,
)
from argosy.model.enums import AggressorSide, BookAction, MarketStatusAction, Named, OrderSide
from argosy.model.identifiers import InstrumentId, Venue
from argosy.serialization.arrow import KEY, TYPE, schema

SCHEMA = "market"

Key = InstrumentId | BarType | Venue
"""Whose rows they are."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of market data.

    Parameters
    ----------
    name : of its view and of its tables
    data_type : the class of its rows
    key_columns : constant in one file; the first says whose rows they are
    enums : columns that hold codes, and whose codes they are
    columns : of a batch, where the kind has neither prices nor sizes
    optional : columns in which a value may be missing
    """

    name: str
    data_type: type
    key_columns: tuple[str, ...]
    enums: tuple[tuple[str, type[Named]], ...] = ()
    columns: Any = field(default=None, compare=False, repr=False)
    optional: tuple[str, ...] = ()

    def key(self, text: str) -> Key:
        """Return the key that `text` spells."""
        if self.data_type is Bar:
            return BarType.from_str(text)
        return Venue(text) if self.key_columns == _VENUE else InstrumentId(text)

    def key_values(self, key: Key) -> dict[str, str]:
        """Return what the key columns hold for `key`."""
        if isinstance(key, BarType):
            return {"bar_type": str(key), "instrument_id": str(key.instrument_id)}
        return {self.key_columns[0]: str(key)}


_ID = ("instrument_id",)
_VENUE = ("venue",)
_TIMES = [("ts_event", pa.timestamp("ns")), ("ts_init", pa.timestamp("ns"))]
_REASON = ("reason", pa.string())
QUOTES = Kind("quotes", QuoteTick, _ID)
TRADES = Kind("trades", TradeTick, _ID, (("aggressor_side", AggressorSide),))
BARS = Kind("bars", Bar, ("bar_type", "instrument_id"))
DELTAS = Kind("deltas", OrderBookDelta, _ID, (("action", BookAction), ("side", OrderSide)))
INSTRUMENT_STATUSES = Kind(
    "instrument_statuses",
    InstrumentStatusUpdate,
    _ID,
    (("action", MarketStatusAction),),
    pa.schema([*_TIMES, ("action", pa.int8()), _REASON, ("flags", pa.uint8())]),
    optional=("reason",),
)
VENUE_STATUSES = Kind(
    "venue_statuses",
    VenueStatusUpdate,
    _VENUE,
    (("status", MarketStatusAction),),
    pa.schema([*_TIMES, ("status", pa.int8()), _REASON]),
    optional=("reason",),
)
KINDS = (QUOTES, TRADES, BARS, DELTAS, INSTRUMENT_STATUSES, VENUE_STATUSES)


def is_size(column: str) -> bool:
    """Tell whether a decimal column has the precision of sizes, not of prices."""
    return "size" in column or column == "volume"


_TABLE = re.compile(rf"({'|'.join(kind.name for kind in KINDS)})_(\d+)_(\d+)")


def kind_of(data_type: type) -> Kind:
    """Return the kind whose rows are of `data_type`."""
    for kind in KINDS:
        if kind.data_type is data_type:
            return kind
    names = ", ".join(kind.data_type.__name__ for kind in KINDS)
    raise CatalogError(
        f"{data_type.__name__} is not market data", cure=f"The catalog holds {names}"
    )


@dataclass(frozen=True, slots=True, order=True)
class Table:
    """A table of market data: one kind, one pair of precisions."""

    name: str
    kind: Kind
    price_precision: int
    size_precision: int

    @classmethod
    def of(cls, kind: Kind, price_precision: int, size_precision: int) -> "Table":
        """Name the table of a kind and its precisions."""
        name = f"{kind.name}_{price_precision}_{size_precision}"
        return cls(name, kind, price_precision, size_precision)

    @classmethod
    def named(cls, name: str) -> "Table | None":
        """Return the table that `name` spells, or None if it is not market data."""
        match = _TABLE.fullmatch(name)
        if match is None:
            return None
        kind = next(kind for kind in KINDS if kind.name == match[1])
        return cls.of(kind, int(match[2]), int(match[3]))

    @classmethod
    def fitting(cls, kind: Kind, schema: Any) -> "Table":
        """Return the table whose precisions hold every decimal of a schema."""
        if kind.columns is not None:
            return cls.of(kind, 0, 0)
        scales: dict[bool, list[int]] = {False: [], True: []}
        for name in cls.of(kind, 0, 0).row_schema.names:
            index = schema.get_field_index(name)
            if index >= 0 and pa.types.is_decimal(schema.field(index).type):
                scales[is_size(name)].append(schema.field(index).type.scale)
        if not all(scales.values()):
            raise CatalogError(
                f"columns {', '.join(schema.names)} hold no decimals for prices and sizes",
                place=kind.name,
                cure="Give prices and sizes as decimals, such as decimal64(18, 5)",
            )
        return cls.of(kind, max(scales[False]), max(scales[True]))

    @property
    def row_schema(self) -> Any:
        """The Arrow schema of a batch: what replay reads."""
        if self.kind.columns is not None:
            return self.kind.columns
        return schema(self.kind.data_type, self.price_precision, self.size_precision)

    def file_schema(self, key: str = "") -> Any:
        """Return the Arrow schema of a file: the key columns, then those of a batch; no nulls."""
        text = pa.dictionary(pa.int8(), pa.string())
        keys = [pa.field(name, text, nullable=False) for name in self.kind.key_columns]
        layout = self.row_schema
        optional = self.kind.optional
        rows = [field.with_nullable(nullable=field.name in optional) for field in layout]
        notes = layout.metadata or {TYPE: self.kind.data_type.__name__}
        return pa.schema(keys + rows, {**notes, KEY: key})
