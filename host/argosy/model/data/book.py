"""Changes of an order book, one order or level at a time."""

from collections.abc import Mapping
from typing import Any, Final

from argosy.errors import DataError
from argosy.model.codec import instrument_id_of_text
from argosy.model.data.checks import (
    instrument_id_of,
    missing_key,
    price_of,
    quantity_of,
    time_of,
    wrong_type,
)
from argosy.model.enums import BookAction, OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.model.spelling import price_of_text, quantity_of_text, text_of
from argosy.model.values import Price, Quantity, price_from_raw, quantity_from_raw

F_LAST: Final = 128  # the last record of an event: the book is complete
F_TOB: Final = 64  # top of book only
F_SNAPSHOT: Final = 32  # part of a snapshot
F_MBP: Final = 16  # an aggregated level, not an order


class BookOrder:
    """An order, or an aggregated level, in a book.

    Parameters
    ----------
    order_id : the venue's order (L3), a number of orders, or 0
    """

    __slots__ = (
        "order_id",
        "price_precision",
        "price_raw",
        "side_code",
        "size_precision",
        "size_raw",
    )

    side_code: int
    price_raw: int
    size_raw: int
    price_precision: int
    size_precision: int
    order_id: int

    def __init__(self, side: OrderSide, price: Price, size: Quantity, order_id: int) -> None:
        self.side_code = OrderSide(side).code
        self.order_id = order_id
        self._take(price, size)

    def _take(self, price: Price, size: Quantity) -> int:
        checked = price_of(price, "BookOrder", "price")
        quantity = quantity_of(size, "BookOrder", "size")
        self.price_raw = checked.raw
        self.size_raw = quantity.raw
        self.price_precision = checked.precision
        self.size_precision = quantity.precision
        return 0

    @property
    def side(self) -> OrderSide:
        """The side of the book."""
        return OrderSide.from_code(self.side_code)

    @property
    def price(self) -> Price:
        """The price."""
        return price_from_raw(self.price_raw, self.price_precision)

    @property
    def size(self) -> Quantity:
        """The size that is shown."""
        return quantity_from_raw(self.size_raw, self.size_precision)

    def exposure(self) -> float:
        """Return price times size."""
        return self.price.as_double() * self.size.as_double()

    def to_dict(self) -> dict[str, Any]:
        """Return the order as JSON would spell it."""
        return {
            "side": self.side.value,
            "price": text_of(self.price_raw, self.price_precision),
            "size": text_of(self.size_raw, self.size_precision),
            "order_id": self.order_id,
        }

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> "BookOrder":
        """Return the order that `to_dict` spelled."""
        try:
            return BookOrder(
                OrderSide.from_str(values["side"]),
                price_of_text(values["price"]),
                quantity_of_text(values["size"]),
                values["order_id"],
            )
        except KeyError as error:
            raise missing_key("BookOrder", error) from None

    def _equals(self, other: "BookOrder") -> bool:
        return (
            self.order_id == other.order_id
            and self.price_raw == other.price_raw
            and self.size_raw == other.size_raw
            and self.side_code == other.side_code
            and self.price_precision == other.price_precision
            and self.size_precision == other.size_precision
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BookOrder) and self._equals(other)

    def __hash__(self) -> int:
        return hash((self.side_code, self.price_raw, self.size_raw, self.order_id))

    def __repr__(self) -> str:
        return f"BookOrder({self.side},{self.price},{self.size},{self.order_id})"

    def __reduce__(self) -> tuple[Any, ...]:
        return order_from_raw, (
            self.side_code,
            self.price_raw,
            self.size_raw,
            self.order_id,
            self.price_precision,
            self.size_precision,
        )


class OrderBookDelta:
    """One change of a book.

    Parameters
    ----------
    order : what is added, updated or deleted; None for CLEAR
    flags : bits F_LAST, F_TOB, F_SNAPSHOT, F_MBP
    sequence : the venue's message number, 0 where it has none
    ts_event : ns, when it happened at the source
    ts_init : ns, when it became known here
    """

    __slots__ = (
        "action_code",
        "flags",
        "instrument_id",
        "order_id",
        "price_precision",
        "price_raw",
        "sequence",
        "side_code",
        "size_precision",
        "size_raw",
        "ts_event",
        "ts_init",
    )

    instrument_id: InstrumentId
    action_code: int
    side_code: int
    price_raw: int
    size_raw: int
    price_precision: int
    size_precision: int
    order_id: int
    flags: int
    sequence: int
    ts_event: int
    ts_init: int

    def __init__(
        self,
        instrument_id: InstrumentId,
        action: BookAction,
        order: BookOrder | None,
        flags: int,
        sequence: int,
        ts_event: int,
        ts_init: int,
    ) -> None:
        self.instrument_id = instrument_id_of(instrument_id, "OrderBookDelta")
        self.action_code = BookAction(action).code
        self.flags = flags
        self.sequence = sequence
        self.ts_event = time_of(ts_event, "OrderBookDelta", "ts_event")
        self.ts_init = time_of(ts_init, "OrderBookDelta", "ts_init")
        self._take(_checked_order(self.instrument_id, BookAction(action), order))

    def _take(self, order: BookOrder) -> int:
        self.side_code = order.side_code
        self.price_raw = order.price_raw
        self.size_raw = order.size_raw
        self.price_precision = order.price_precision
        self.size_precision = order.size_precision
        self.order_id = order.order_id
        return 0

    @staticmethod
    def clear(
        instrument_id: InstrumentId, sequence: int, ts_event: int, ts_init: int
    ) -> "OrderBookDelta":
        """Return the delta that empties a book."""
        return OrderBookDelta(
            instrument_id, BookAction.CLEAR, None, F_SNAPSHOT, sequence, ts_event, ts_init
        )

    @property
    def action(self) -> BookAction:
        """What the delta does."""
        return BookAction.from_code(self.action_code)

    @property
    def order(self) -> BookOrder | None:
        """What is added, updated or deleted; None for CLEAR."""
        if self.is_clear:
            return None
        return order_from_raw(
            self.side_code,
            self.price_raw,
            self.size_raw,
            self.order_id,
            self.price_precision,
            self.size_precision,
        )

    @property
    def is_add(self) -> bool:
        """Whether something is added."""
        return self.action_code == 1

    @property
    def is_update(self) -> bool:
        """Whether something changes its size or price."""
        return self.action_code == 2

    @property
    def is_delete(self) -> bool:
        """Whether something goes."""
        return self.action_code == 3

    @property
    def is_clear(self) -> bool:
        """Whether everything goes."""
        return self.action_code == 4

    def to_dict(self) -> dict[str, Any]:
        """Return the delta as JSON would spell it."""
        order = self.order
        return {
            "type": "OrderBookDelta",
            "instrument_id": str(self.instrument_id),
            "action": self.action.value,
            "order": None if order is None else order.to_dict(),
            "flags": self.flags,
            "sequence": self.sequence,
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
        }

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> "OrderBookDelta":
        """Return the delta that `to_dict` spelled."""
        try:
            order = values["order"]
            return OrderBookDelta(
                instrument_id_of_text(values["instrument_id"]),
                BookAction.from_str(values["action"]),
                None if order is None else BookOrder.from_dict(order),
                values["flags"],
                values["sequence"],
                values["ts_event"],
                values["ts_init"],
            )
        except KeyError as error:
            raise missing_key("OrderBookDelta", error) from None

    def _equals(self, other: "OrderBookDelta") -> bool:
        return (
            self.ts_init == other.ts_init
            and self.action_code == other.action_code
            and self.flags == other.flags
            and self.sequence == other.sequence
            and self.ts_event == other.ts_event
            and (self.is_clear or self._has_order_of(other))
            and bool(self.instrument_id == other.instrument_id)
        )

    def _has_order_of(self, other: "OrderBookDelta") -> bool:
        return (
            self.side_code == other.side_code
            and self.price_raw == other.price_raw
            and self.size_raw == other.size_raw
            and self.order_id == other.order_id
            and self.price_precision == other.price_precision
            and self.size_precision == other.size_precision
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrderBookDelta) and self._equals(other)

    def __hash__(self) -> int:
        return hash((self.instrument_id, self.action_code, self.sequence, self.ts_init))

    def __repr__(self) -> str:
        return (
            f"OrderBookDelta({self.instrument_id},{self.action},{self.order},"
            f"{self.flags},{self.sequence},{self.ts_event})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return delta_from_raw, (
            self.instrument_id,
            self.action_code,
            self.side_code,
            self.price_raw,
            self.size_raw,
            self.order_id,
            self.flags,
            self.sequence,
            self.price_precision,
            self.size_precision,
            self.ts_event,
            self.ts_init,
        )


def order_from_raw(
    side: int,
    price: int,
    size: int,
    order_id: int,
    price_precision: int,
    size_precision: int,
) -> BookOrder:
    """Return a book order from the integers of its columns, unchecked."""
    order = BookOrder.__new__(BookOrder)
    order.side_code = side
    order.price_raw = price
    order.size_raw = size
    order.order_id = order_id
    order.price_precision = price_precision
    order.size_precision = size_precision
    return order


def delta_from_raw(
    instrument_id: InstrumentId,
    action: int,
    side: int,
    price: int,
    size: int,
    order_id: int,
    flags: int,
    sequence: int,
    price_precision: int,
    size_precision: int,
    ts_event: int,
    ts_init: int,
) -> OrderBookDelta:
    """Return a delta from the integers of its columns, unchecked."""
    delta = OrderBookDelta.__new__(OrderBookDelta)
    delta.instrument_id = instrument_id
    delta.action_code = action
    delta.side_code = side
    delta.price_raw = price
    delta.size_raw = size
    delta.order_id = order_id
    delta.flags = flags
    delta.sequence = sequence
    delta.price_precision = price_precision
    delta.size_precision = size_precision
    delta.ts_event = ts_event
    delta.ts_init = ts_init
    return delta


def _checked_order(
    instrument_id: InstrumentId, action: BookAction, order: BookOrder | None
) -> BookOrder:
    owner = f"OrderBookDelta of {instrument_id}"
    if action is BookAction.CLEAR:
        if order is not None:
            raise DataError("CLEAR comes with an order", place=owner, cure="Give None")
        return order_from_raw(0, 0, 0, 0, 0, 0)
    if not isinstance(order, BookOrder):
        example = "BookOrder(OrderSide.BUY, price, size, order_id)"
        raise wrong_type(order, owner, "order", "BookOrder", example)
    if action in (BookAction.ADD, BookAction.UPDATE):
        if order.side_code == 0:
            raise DataError(f"{action} has no side", place=owner, cure="Give BUY or SELL")
        if order.size_raw <= 0:
            raise DataError(
                f"{action} has size {order.size}",
                place=owner,
                cure="Give a size above zero, or DELETE",
            )
    elif action is not BookAction.DELETE:
        raise DataError(
            f"the action is {action}", place=owner, cure="Give ADD, UPDATE, DELETE, CLEAR"
        )
    return order
