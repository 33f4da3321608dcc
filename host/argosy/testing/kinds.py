"""What every kind of data keeps to, and a few objects of each kind of the host."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from argosy.model.bar_type import BarType
from argosy.model.data import (
    F_LAST,
    F_SNAPSHOT,
    Bar,
    BookOrder,
    InstrumentStatusUpdate,
    OrderBookDelta,
    OrderBookDeltas,
    OrderBookSnapshot,
    QuoteTick,
    Ticker,
    TradeTick,
    VenueStatusUpdate,
)
from argosy.model.data_kind import Column, DataKind
from argosy.model.enums import AggressorSide, BookAction, BookType, MarketStatusAction, OrderSide
from argosy.model.identifiers import InstrumentId, TradeId, Venue
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
)
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import default_fx_ccy

PAIR = InstrumentId("EUR/USD.SIM")
BARS = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-EXTERNAL")
NS = 1_704_067_200_000_000_000
"""When the samples begin: 2024-01-01."""


def _price(raw: int) -> Price:
    return Price.from_raw(raw, 5)


def _size(raw: int) -> Quantity:
    return Quantity.from_raw(raw, 0)


_BID = BookOrder(OrderSide.BUY, _price(110_000), _size(7), 1)
_CLEAR = OrderBookDelta(PAIR, BookAction.CLEAR, None, F_SNAPSHOT, 1, NS, NS)
_ADD = OrderBookDelta(PAIR, BookAction.ADD, _BID, F_SNAPSHOT | F_LAST, 1, NS, NS)

SAMPLES: Column[Sequence[Any]] = Column(
    "samples for tests",
    {
        QUOTE: [QuoteTick(PAIR, _price(110_000), _price(110_002), _size(5), _size(6), NS, NS + 1)],
        TRADE: [
            TradeTick(
                PAIR, _price(110_001), _size(3), AggressorSide.BUYER, TradeId("T-1"), NS, NS + 1
            )
        ],
        BAR: [
            Bar(
                BARS,
                _price(110_000),
                _price(110_009),
                _price(109_990),
                _price(110_005),
                _size(70),
                NS,
                NS + 1,
            )
        ],
        DELTA: [_CLEAR, _ADD],
        BOOK_DELTAS: [OrderBookDeltas(PAIR, [_CLEAR, _ADD])],
        BOOK_SNAPSHOT: [OrderBookSnapshot(PAIR, BookType.L2_MBP, [_BID], [], 1, NS, NS + 1)],
        TICKER: [Ticker(instrument_id=PAIR, last=_price(110_001), ts_event=NS, ts_init=NS + 1)],
        DEFINITION: [default_fx_ccy("EUR/USD")],
        INSTRUMENT_STATUS: [
            InstrumentStatusUpdate(
                instrument_id=PAIR,
                action=MarketStatusAction.HALT,
                reason="news",
                flags=4,
                ts_event=NS,
                ts_init=NS + 1,
            ),
            InstrumentStatusUpdate(
                instrument_id=PAIR, action=MarketStatusAction.TRADING, ts_event=NS, ts_init=NS + 2
            ),
        ],
        VENUE_STATUS: [
            VenueStatusUpdate(
                venue=Venue("SIM"),
                status=MarketStatusAction.CLOSE,
                reason="night",
                ts_event=NS,
                ts_init=NS + 1,
            )
        ],
    },
)
"""Objects of each kind, sorted by `ts_init`, of one key and one pair of precisions."""


def check_kind(kind: DataKind, objects: Sequence[Any]) -> None:
    """Write objects of a plugin's kind as columns and as JSON, and read them back.

    Parameters
    ----------
    objects : some of the kind, of one key and one pair of precisions

    Raises
    ------
    PluginError : the class does not hold what the kind says
    DataError : a field does not hold what the kind says
    AssertionError : an object comes back as another
    """
    from argosy.serialization import arrow, from_json, to_json

    kinds = KINDS.plus(kind)
    batch = arrow.to_batch(objects, kinds)
    layout = arrow.schema(kind, *_precisions(kind, objects[0]))
    assert layout.equals(batch.schema), "the columns are not those of the kind"
    assert list(objects) == arrow.from_batch(batch, kinds=kinds), (
        "an object that is written into columns and read again is another one: it must be equal"
        " by its fields"
    )
    assert list(objects) == [from_json(to_json(each), kind.data_type) for each in objects], (
        "an object comes back from JSON as another one"
    )
    assert {kind.key_of(objects[0])} == {kind.key.parse(str(kind.key_of(each))) for each in objects}


def _precisions(kind: DataKind, item: Any) -> tuple[int, int]:
    """Return the decimals of an object's prices and sizes."""
    price, size = (
        getattr(item, names[0]).precision if names else 0 for names in (kind.prices, kind.sizes)
    )
    return price, size
