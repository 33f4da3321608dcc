"""Books as plain dicts, built from deltas that were read back."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from argosy.model.enums import BookAction, OrderSide

Levels = dict[tuple[str, Decimal], Decimal]
Orders = dict[int, tuple[str, Decimal, int]]


def level_book(deltas: Iterable[Any]) -> Levels:
    """Return side and price -> size."""
    book: Levels = {}
    for delta in deltas:
        if delta.action is BookAction.CLEAR:
            book.clear()
            continue
        order = delta.order
        level = (order.side.value, order.price.as_decimal())
        if delta.action is BookAction.DELETE:
            book.pop(level, None)
        else:
            book[level] = order.size.as_decimal()
    return book


def order_book(deltas: Iterable[Any]) -> Orders:
    """Return order id -> side, price and size."""
    book: Orders = {}
    for delta in deltas:
        if delta.action is BookAction.CLEAR:
            book.clear()
            continue
        order = delta.order
        if delta.action is BookAction.DELETE:
            book.pop(order.order_id, None)
        else:
            side = "B" if order.side is OrderSide.BUY else "A"
            book[order.order_id] = (side, order.price.as_decimal(), int(order.size.as_decimal()))
    return book
