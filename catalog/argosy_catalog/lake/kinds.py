"""The kinds of market data, and the tables that hold them.

Data of one kind whose prices and sizes have the same decimals share a table, such as
``market.quotes_5_0``: a column of a table has one precision, and DuckDB would round mixed files to
that of the first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from argosy.errors import CatalogError
from argosy.model.bar_type import BarType
from argosy.model.data_kind import BAR_TYPE_KEY, Column, DataKind
from argosy.model.enums import Named
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
from argosy.serialization.arrow import KEY, TYPE, row_schema

SCHEMA = "market"

Key = InstrumentId | BarType | Venue
"""Whose rows they are."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of market data that the catalog keeps.

    Parameters
    ----------
    name : of its view and of its tables
    of : what it is

    Attributes
    ----------
    key_columns : constant in one file; the first says whose rows they are
    columns : of a batch, where the kind has neither prices nor sizes
    """

    name: str
    of: DataKind
    key_columns: tuple[str, ...] = field(init=False, compare=False)
    columns: Any = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Derive how files and batches look."""
        is_bar = self.of.key is BAR_TYPE_KEY
        keys = ("bar_type", "instrument_id") if is_bar else (self.of.key.attribute,)
        has_numbers = bool(self.of.prices or self.of.sizes)
        object.__setattr__(self, "key_columns", keys)
        object.__setattr__(self, "columns", None if has_numbers else row_schema(self.of, 0, 0))

    @property
    def data_type(self) -> type:
        """The class of its rows."""
        return self.of.data_type

    @property
    def enums(self) -> tuple[tuple[str, type[Named]], ...]:
        """Columns that hold codes, and whose codes they are."""
        return tuple(self.of.codes.items())

    @property
    def optional(self) -> tuple[str, ...]:
        """Columns in which a value may be missing."""
        return tuple(each.name for each in self.of.fields if each.is_optional)

    def key(self, text: str) -> Key:
        """Return the key that `text` spells."""
        found: Key = self.of.key.parse(text)
        return found

    def key_values(self, key: Key) -> dict[str, str]:
        """Return what the key columns hold for `key`."""
        if isinstance(key, BarType):
            return {"bar_type": str(key), "instrument_id": str(key.instrument_id)}
        return {self.key_columns[0]: str(key)}


VIEWS: Column[Kind] = Column(
    "tables of a catalog",
    {
        kind: Kind(name, kind)
        for kind, name in (
            (QUOTE, "quotes"),
            (TRADE, "trades"),
            (BAR, "bars"),
            (DELTA, "deltas"),
            (INSTRUMENT_STATUS, "instrument_statuses"),
            (VENUE_STATUS, "venue_statuses"),
        )
    },
    without={
        BOOK_DELTAS: "kept as deltas",
        BOOK_SNAPSHOT: "kept as deltas",
        TICKER: "not kept yet",
        DEFINITION: "kept in a table of reference",
    },
)
"""The kinds of the host that a catalog keeps; that of a plugin has its plural as its view."""

QUOTES, TRADES, BARS, DELTAS = (VIEWS[kind] for kind in (QUOTE, TRADE, BAR, DELTA))
INSTRUMENT_STATUSES, VENUE_STATUSES = VIEWS[INSTRUMENT_STATUS], VIEWS[VENUE_STATUS]

_TABLE = re.compile(r"([a-z_][a-z0-9_]*?)_(\d+)_(\d+)")


class Stored:
    """The kinds of market data that one catalog keeps.

    Parameters
    ----------
    kinds : those that there are
    """

    def __init__(self, kinds: Kinds = KINDS) -> None:
        self.known = kinds
        self._all = {
            kind: VIEWS.get(kind) or Kind(kind.plural, kind)
            for kind in kinds
            if kind not in VIEWS.without
        }
        self._views = {kind.name: kind for kind in self._all.values()}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._all.values())

    def of(self, data_type: type) -> Kind:
        """Return the kind whose rows are of a class.

        Raises
        ------
        CatalogError : the catalog keeps none of it
        """
        found = self.known.of(data_type)
        kind = None if found is None else self._all.get(found)
        if kind is None:
            names = ", ".join(kind.data_type.__name__ for kind in self)
            raise CatalogError(
                f"{data_type.__name__} is not market data", cure=f"The catalog holds {names}"
            )
        return kind

    def view(self, name: str) -> Kind | None:
        """Return the kind whose view has a name, or None."""
        return self._views.get(name)

    def table(self, name: str) -> "Table | None":
        """Return the table that `name` spells, or None if it is not market data."""
        match = _TABLE.fullmatch(name)
        kind = None if match is None else self._views.get(match[1])
        if match is None or kind is None:
            return None
        return Table.of(kind, int(match[2]), int(match[3]))


STORED = Stored()
"""What a catalog keeps that was told of no plugin's kinds."""


def rank(view: str) -> tuple[int, str]:
    """Return where a view stands in lists: those of the host first, in their order."""
    own = [kind.name for kind in STORED]
    return (own.index(view) if view in own else len(own)), view


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
    def fitting(cls, kind: Kind, schema: Any) -> "Table":
        """Return the table whose precisions hold every decimal of a schema."""
        if kind.columns is not None:
            return cls.of(kind, 0, 0)
        roles = [names for names in (kind.of.prices, kind.of.sizes) if names]
        if not all(any(_is_decimal(schema, name) for name in names) for names in roles):
            raise CatalogError(
                f"columns {', '.join(schema.names)} hold no decimals for prices and sizes",
                place=kind.name,
                cure="Give prices and sizes as decimals, such as decimal64(18, 5)",
            )
        return cls.of(kind, _most(schema, kind.of.prices), _most(schema, kind.of.sizes))

    @property
    def row_schema(self) -> Any:
        """The Arrow schema of a batch: what replay reads."""
        if self.kind.columns is not None:
            return self.kind.columns
        return row_schema(self.kind.of, self.price_precision, self.size_precision)

    def file_schema(self, key: str = "") -> Any:
        """Return the Arrow schema of a file: the key columns, then those of a batch; no nulls."""
        text = pa.dictionary(pa.int8(), pa.string())
        keys = [pa.field(name, text, nullable=False) for name in self.kind.key_columns]
        layout = self.row_schema
        optional = self.kind.optional
        rows = [field.with_nullable(nullable=field.name in optional) for field in layout]
        notes = layout.metadata or {TYPE: self.kind.data_type.__name__}
        return pa.schema(keys + rows, {**notes, KEY: key})


def _is_decimal(schema: Any, name: str) -> bool:
    index = schema.get_field_index(name)
    return index >= 0 and bool(pa.types.is_decimal(schema.field(index).type))


def _most(schema: Any, names: tuple[str, ...]) -> int:
    """Return the most decimals that one of some columns has."""
    scales = [schema.field(name).type.scale for name in names if _is_decimal(schema, name)]
    return max(scales, default=0)
