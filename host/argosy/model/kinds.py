"""The kinds of data: what each is called, which class it has, whose it is and what it holds.

This is the one list of them. A room of the house that does something for each kind, such as a
schema, a topic, a handler or a table, keeps a `Column` beside the code that does it: an entry a
kind, and the reason where there is none. A house test finds the room that misses a kind, so that a
new one is a row here and an entry in each column.

Plugins bring kinds of their own (the hook ``register_data_kinds``). A run and a catalog are given
the whole table, so that two of them in one process may know different kinds. What is in no table,
such as rows of a query and objects of a strategy's own class, is delivered by its class.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from argosy.errors import DuplicateNameError, UnknownNameError
from argosy.model.data import (
    Bar,
    InstrumentStatusUpdate,
    OrderBookDelta,
    OrderBookDeltas,
    OrderBookSnapshot,
    QuoteTick,
    Ticker,
    TradeTick,
    VenueStatusUpdate,
)
from argosy.model.data_kind import (
    BAR_TYPE_KEY,
    DEFINED_KEY,
    INSTRUMENT_KEY,
    VENUE_KEY,
    DataField,
    DataKind,
    Holds,
    check_kind,
)
from argosy.model.enums import AggressorSide, BookAction, MarketStatusAction, OrderSide
from argosy.model.instruments import Instrument


def _fields(*names: str, holds: Holds, is_optional: bool = False) -> tuple[DataField, ...]:
    return tuple(DataField(name, holds, is_optional=is_optional) for name in names)


QUOTE: Final = DataKind(
    "quote",
    "quotes",
    QuoteTick,
    INSTRUMENT_KEY,
    (
        *_fields("bid_price", "ask_price", holds=Holds.PRICE),
        *_fields("bid_size", "ask_size", holds=Holds.SIZE),
    ),
)
TRADE: Final = DataKind(
    "trade",
    "trades",
    TradeTick,
    INSTRUMENT_KEY,
    (
        DataField("price", Holds.PRICE),
        DataField("size", Holds.SIZE),
        DataField("aggressor_side", Holds.CODE, AggressorSide),
        DataField("trade_id", Holds.TEXT),
    ),
)
BAR: Final = DataKind(
    "bar",
    "bars",
    Bar,
    BAR_TYPE_KEY,
    (
        *_fields("open", "high", "low", "close", holds=Holds.PRICE),
        DataField("volume", Holds.SIZE),
        DataField("is_revision", Holds.FLAG),
    ),
)
DELTA: Final = DataKind(
    "delta",
    "deltas",
    OrderBookDelta,
    INSTRUMENT_KEY,
    (
        DataField("action", Holds.CODE, BookAction),
        DataField("side", Holds.CODE, OrderSide),
        DataField("price", Holds.PRICE),
        DataField("size", Holds.SIZE),
        DataField("order_id", Holds.UINT64),
        DataField("flags", Holds.UINT8),
        DataField("sequence", Holds.UINT64),
    ),
)
BOOK_DELTAS: Final = DataKind("book_deltas", "book_deltas", OrderBookDeltas, INSTRUMENT_KEY)
BOOK_SNAPSHOT: Final = DataKind("book", "books", OrderBookSnapshot, INSTRUMENT_KEY)
TICKER: Final = DataKind(
    "ticker",
    "tickers",
    Ticker,
    INSTRUMENT_KEY,
    (
        *_fields(
            *("last", "bid", "ask", "open", "high", "low"), holds=Holds.PRICE, is_optional=True
        ),
        *_fields("volume", "quote_volume", holds=Holds.SIZE, is_optional=True),
    ),
)
DEFINITION: Final = DataKind("instrument", "instruments", Instrument, DEFINED_KEY)
INSTRUMENT_STATUS: Final = DataKind(
    "instrument_status",
    "instrument_statuses",
    InstrumentStatusUpdate,
    INSTRUMENT_KEY,
    (
        DataField("action", Holds.CODE, MarketStatusAction),
        DataField("reason", Holds.TEXT, is_optional=True),
        DataField("flags", Holds.UINT8),
    ),
)
VENUE_STATUS: Final = DataKind(
    "venue_status",
    "venue_statuses",
    VenueStatusUpdate,
    VENUE_KEY,
    (
        DataField("status", Holds.CODE, MarketStatusAction),
        DataField("reason", Holds.TEXT, is_optional=True),
    ),
)


class Kinds:
    """A table of kinds; it never changes.

    Parameters
    ----------
    kinds : in the order in which they are listed

    Raises
    ------
    DuplicateNameError : two share a name, or the name of a class
    """

    def __init__(self, kinds: Iterable[DataKind]) -> None:
        self._by_name: dict[str, DataKind] = {}
        self._by_class: dict[str, DataKind] = {}
        for kind in kinds:
            self._add(kind)

    def __iter__(self) -> Iterator[DataKind]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, kind: object) -> bool:
        return kind in self._by_name.values()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kinds) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Kinds({', '.join(self._by_name)})"

    def get(self, name: str) -> DataKind | None:
        """Return the kind of a name, or None."""
        return self._by_name.get(name)

    def __getitem__(self, name: str) -> DataKind:
        """Return the kind of a name.

        Raises
        ------
        UnknownNameError : there is none
        """
        found = self._by_name.get(name)
        if found is None:
            raise UnknownNameError("kind of data", name, self._by_name)
        return found

    def of(self, data_type: type) -> DataKind | None:
        """Return the kind of a class or of one of its bases; None where it has none."""
        for base in data_type.__mro__:
            found = self._by_class.get(base.__name__)
            if found is not None and found.data_type is base:
                return found
        return None

    def named(self, class_name: str) -> DataKind | None:
        """Return the kind whose class has a name, as stored rows give it; None where none has."""
        return self._by_class.get(class_name)

    def plus(self, *more: DataKind) -> "Kinds":
        """Return a table that has more kinds.

        Raises
        ------
        DuplicateNameError : one of their names is taken
        PluginError : one does not hold together
        """
        for kind in more:
            check_kind(kind)
        return Kinds([*self, *more])

    def _add(self, kind: DataKind) -> None:
        for each in self:
            if shared := each.names & kind.names:
                raise DuplicateNameError(
                    f"data kinds {each.name!r} and {kind.name!r} are both called"
                    f" {', '.join(sorted(shared))}",
                    cure="Rename one",
                )
        self._by_name[kind.name] = kind
        self._by_class[kind.data_type.__name__] = kind


KINDS: Final = Kinds(
    (
        QUOTE,
        TRADE,
        BAR,
        DELTA,
        BOOK_DELTAS,
        BOOK_SNAPSHOT,
        TICKER,
        DEFINITION,
        INSTRUMENT_STATUS,
        VENUE_STATUS,
    )
)
"""The kinds of the host."""
