"""Book data that comes in one piece: groups of deltas, and whole books."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from argosy.errors import DataError
from argosy.model.codec import instrument_id_of_text
from argosy.model.data.book import F_LAST, F_SNAPSHOT, BookOrder, OrderBookDelta
from argosy.model.data.checks import instrument_id_of, missing_key, time_of, wrong_type
from argosy.model.enums import BookAction, BookType, OrderSide
from argosy.model.identifiers import InstrumentId


class OrderBookDeltas:
    """Changes of one book that belong together; flags, sequence and times are the last one's.

    Parameters
    ----------
    deltas : not empty, of one instrument
    """

    __slots__ = ("deltas", "flags", "instrument_id", "sequence", "ts_event", "ts_init")

    def __init__(self, instrument_id: InstrumentId, deltas: Iterable[OrderBookDelta]) -> None:
        self.instrument_id = instrument_id_of(instrument_id, "OrderBookDeltas")
        self.deltas = tuple(deltas)
        owner = f"OrderBookDeltas of {instrument_id}"
        if not self.deltas:
            raise DataError("there are no deltas", place=owner, cure="Give at least one")
        for delta in self.deltas:
            if not isinstance(delta, OrderBookDelta):
                raise wrong_type(delta, owner, "a delta", "OrderBookDelta", "OrderBookDelta(...)")
            if delta.instrument_id != instrument_id:
                message = f"a delta is of {delta.instrument_id}"
                raise DataError(message, place=owner, cure="Group deltas by instrument")
        last = self.deltas[-1]
        self.flags: int = last.flags
        self.sequence: int = last.sequence
        self.ts_event: int = last.ts_event
        self.ts_init: int = last.ts_init

    @property
    def is_snapshot(self) -> bool:
        """Whether the deltas replace the book."""
        return self.deltas[0].is_clear

    def to_dict(self) -> dict[str, Any]:
        """Return the deltas as JSON would spell them."""
        return {
            "type": "OrderBookDeltas",
            "instrument_id": str(self.instrument_id),
            "deltas": [delta.to_dict() for delta in self.deltas],
        }

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> "OrderBookDeltas":
        """Return the deltas that `to_dict` spelled."""
        try:
            deltas = map(OrderBookDelta.from_dict, values["deltas"])
            return OrderBookDeltas(instrument_id_of_text(values["instrument_id"]), deltas)
        except KeyError as error:
            raise missing_key("OrderBookDeltas", error) from None

    def __len__(self) -> int:
        return len(self.deltas)

    def __iter__(self) -> Iterator[OrderBookDelta]:
        return iter(self.deltas)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrderBookDeltas) and self.deltas == other.deltas

    def __hash__(self) -> int:
        return hash(self.deltas)

    def __repr__(self) -> str:
        return (
            f"OrderBookDeltas({self.instrument_id},{len(self.deltas)} deltas,"
            f"{self.sequence},{self.ts_event})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return OrderBookDeltas, (self.instrument_id, self.deltas)


class OrderBookSnapshot:
    """A whole book at one moment.

    Parameters
    ----------
    bids, asks : best first; `order_id` is an order's (L3), or a level's number of orders
    sequence : the venue's message number, 0 where it has none
    ts_event : ns, when it was so at the source
    ts_init : ns, when it became known here
    """

    __slots__ = ("asks", "bids", "book_type", "instrument_id", "sequence", "ts_event", "ts_init")

    def __init__(
        self,
        instrument_id: InstrumentId,
        book_type: BookType,
        bids: Iterable[BookOrder],
        asks: Iterable[BookOrder],
        sequence: int,
        ts_event: int,
        ts_init: int,
    ) -> None:
        self.instrument_id = instrument_id_of(instrument_id, "OrderBookSnapshot")
        self.book_type = BookType(book_type)
        owner = f"OrderBookSnapshot of {instrument_id}"
        self.bids = _checked_side(bids, OrderSide.BUY, owner)
        self.asks = _checked_side(asks, OrderSide.SELL, owner)
        self.sequence = sequence
        self.ts_event = time_of(ts_event, "OrderBookSnapshot", "ts_event")
        self.ts_init = time_of(ts_init, "OrderBookSnapshot", "ts_init")

    def to_deltas(self) -> OrderBookDeltas:
        """Return the CLEAR and ADD deltas that build the book, the last one marked F_LAST."""
        orders = (*self.bids, *self.asks)
        deltas = [self._delta(BookAction.CLEAR, None, is_last=not orders)]
        deltas.extend(
            self._delta(BookAction.ADD, order, is_last=i == len(orders))
            for i, order in enumerate(orders, start=1)
        )
        return OrderBookDeltas(self.instrument_id, deltas)

    def _delta(
        self, action: BookAction, order: BookOrder | None, *, is_last: bool
    ) -> OrderBookDelta:
        flags = F_SNAPSHOT | F_LAST if is_last else F_SNAPSHOT
        times = self.ts_event, self.ts_init
        return OrderBookDelta(self.instrument_id, action, order, flags, self.sequence, *times)

    @staticmethod
    def from_deltas(deltas: OrderBookDeltas, book_type: BookType) -> "OrderBookSnapshot":
        """Return the book that a CLEAR and the ADD deltas behind it describe."""
        if not deltas.is_snapshot or not all(delta.is_add for delta in deltas.deltas[1:]):
            raise DataError(
                "the deltas are not one CLEAR with ADDs behind it",
                place=f"OrderBookSnapshot of {deltas.instrument_id}",
                cure="Give the deltas of a snapshot",
            )
        orders = [delta.order for delta in deltas.deltas[1:] if delta.order is not None]
        return OrderBookSnapshot(
            deltas.instrument_id,
            book_type,
            [order for order in orders if order.side is OrderSide.BUY],
            [order for order in orders if order.side is OrderSide.SELL],
            deltas.sequence,
            deltas.ts_event,
            deltas.ts_init,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the book as JSON would spell it."""
        return {
            "type": "OrderBookSnapshot",
            "instrument_id": str(self.instrument_id),
            "book_type": self.book_type.value,
            "bids": [order.to_dict() for order in self.bids],
            "asks": [order.to_dict() for order in self.asks],
            "sequence": self.sequence,
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
        }

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> "OrderBookSnapshot":
        """Return the book that `to_dict` spelled."""
        try:
            return OrderBookSnapshot(
                instrument_id_of_text(values["instrument_id"]),
                BookType.from_str(values["book_type"]),
                map(BookOrder.from_dict, values["bids"]),
                map(BookOrder.from_dict, values["asks"]),
                values["sequence"],
                values["ts_event"],
                values["ts_init"],
            )
        except KeyError as error:
            raise missing_key("OrderBookSnapshot", error) from None

    def _key(self) -> tuple[Any, ...]:
        return (
            self.instrument_id,
            self.book_type,
            self.bids,
            self.asks,
            self.sequence,
            self.ts_event,
            self.ts_init,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrderBookSnapshot) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return (
            f"OrderBookSnapshot({self.instrument_id},{self.book_type},{len(self.bids)} bids,"
            f"{len(self.asks)} asks,{self.sequence},{self.ts_event})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return OrderBookSnapshot, self._key()


def _checked_side(
    orders: Iterable[BookOrder], side: OrderSide, owner: str
) -> tuple[BookOrder, ...]:
    checked = tuple(orders)
    for order in checked:
        if not isinstance(order, BookOrder):
            raise wrong_type(order, owner, "an order", "BookOrder", "BookOrder(...)")
        if order.side is not side:
            message = f"{order!r} stands among the {'bids' if side is OrderSide.BUY else 'asks'}"
            raise DataError(message, place=owner, cure=f"Give orders of side {side}")
    prices = [order.price for order in checked]
    if prices != sorted(prices, reverse=side is OrderSide.BUY):
        raise DataError(
            f"the {side} orders are not sorted", place=owner, cure="Give the best first"
        )
    return checked
