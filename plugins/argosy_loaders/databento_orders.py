"""Market by order: each record of Databento that changes the book, as a delta."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from argosy.errors import DataError
from argosy.model.data import F_LAST, OrderBookDelta
from argosy.model.enums import BookAction, OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.parts.loader import Rows
from argosy_loaders.batches import market_batch
from argosy_loaders.dbn_file import UNDEF_PRICE, scaled

_FLAGS = 0b1110_0000
"""F_LAST, F_TOB and F_SNAPSHOT mean the same here; the other bits of Databento do not."""

_ADD, _CANCEL, _MODIFY, _CLEAR = map(ord, "ACMR")
_UNCHANGED = {ord(letter) for letter in "TFN"}
"""A trade and a fill are followed by the cancel or change that they cause."""

_ACTIONS = {
    _ADD: BookAction.ADD,
    _CANCEL: BookAction.DELETE,
    _MODIFY: BookAction.UPDATE,
    _CLEAR: BookAction.CLEAR,
}
_SIDES = {ord("B"): OrderSide.BUY, ord("A"): OrderSide.SELL, ord("N"): OrderSide.NO_ORDER_SIDE}


@dataclass(slots=True)
class OrderDeltas:
    """Deltas of one instrument.

    The sizes of the orders in the book are kept, since a cancel may take a part of one.

    Parameters
    ----------
    digits : decimals of prices and sizes
    place : says where a record stands
    """

    key: InstrumentId
    digits: tuple[int, int]
    place: Callable[[int], str]
    _sizes: dict[int, int] = field(default_factory=dict)
    _held: tuple[Any, Any] | None = None

    def add(self, data: Any, numbers: Any) -> Iterator[Rows]:
        """Yield the deltas of records; the last one waits, since it may turn out to end an event.

        Parameters
        ----------
        data : records in the layout of MBO
        numbers : of the records in their file
        """
        if self._held is not None:
            data = np.concatenate((self._held[0], data))
            numbers = np.concatenate((self._held[1], numbers))
        kept = ~np.isin(data["action"], list(_UNCHANGED))
        flags = data["flags"].copy()
        owner = np.maximum.accumulate(np.where(kept, np.arange(len(data)), -1))
        ends = np.flatnonzero(~kept & (flags & F_LAST != 0) & (owner >= 0))
        flags[owner[ends]] |= F_LAST
        rows = np.flatnonzero(kept)
        data, flags, numbers = data[rows], flags[rows], numbers[rows]
        if not len(rows):
            return
        last = data[-1:].copy()
        last["flags"] = flags[-1:]
        self._held = (last, numbers[-1:])
        yield from self._deltas(data[:-1], flags[:-1], numbers[:-1])

    def finish(self) -> Iterator[Rows]:
        """Yield the last delta."""
        if self._held is not None:
            data, numbers = self._held
            self._held = None
            yield from self._deltas(data, data["flags"], numbers)

    def _deltas(self, data: Any, flags: Any, numbers: Any) -> Iterator[Rows]:
        if not len(data):
            return

        def place(row: int) -> str:
            return self.place(int(numbers[row]))

        is_clear = data["action"] == _CLEAR
        is_cancel = data["action"] == _CANCEL
        prices = data["price"].copy()
        prices[is_clear | (is_cancel & (prices == UNDEF_PRICE))] = 0
        actions, sizes = self._actions(data, place)
        times = data["ts_event"]
        if (wrong := times >= 2**63).any():
            row = int(np.argmax(wrong))
            raise DataError("the time is undefined", place=place(row), cure="Leave out the record")
        columns = {
            "ts_event": times,
            "ts_init": data["ts_recv"],
            "action": actions,
            "side": self._sides(data, place),
            "price": scaled(prices, self.digits[0], "price", place),
            "size": sizes * 10 ** self.digits[1],
            "order_id": data["order_id"],
            "flags": flags & _FLAGS,
            "sequence": data["sequence"].astype(np.uint64),
        }
        batch = market_batch(OrderBookDelta, self.key, self.digits, columns)
        yield Rows(batch, place)

    def _actions(self, data: Any, place: Callable[[int], str]) -> tuple[Any, Any]:
        """Return codes and sizes; a cancel of a part of an order becomes an update."""
        actions, sizes = np.empty(len(data), np.int8), data["size"].astype(np.int64)
        live = self._sizes
        steps = zip(data["action"].tolist(), data["order_id"].tolist(), sizes.tolist(), strict=True)
        for row, (action, order, size) in enumerate(steps):
            if action not in _ACTIONS:
                raise DataError(
                    f"there is no action {chr(action)!r}", place=place(row), cure="Leave it out"
                )
            actions[row] = _ACTIONS[action].code
            if action == _CANCEL:
                left = live.pop(order, size) - size
                if left > 0:
                    live[order] = left
                    actions[row], sizes[row] = BookAction.UPDATE.code, left
            elif action == _CLEAR:
                live.clear()
            else:
                live[order] = size
        return actions, sizes

    def _sides(self, data: Any, place: Callable[[int], str]) -> Any:
        known = np.full(256, -1, np.int8)
        for letter, side in _SIDES.items():
            known[letter] = side.code
        sides = known[data["side"]]
        needs_one = (data["action"] != _CLEAR) & (sides < 1)
        wrong = (sides < 0) | needs_one
        if wrong.any():
            row = int(np.argmax(wrong))
            message = f"an order has side {chr(data['side'][row])!r}"
            raise DataError(message, place=place(row), cure="Leave out the record")
        return sides
