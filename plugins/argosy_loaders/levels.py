"""Books that files tell level by level, as deltas: a CLEAR before each snapshot, F_LAST at the end.

A level that is set is an UPDATE, in a snapshot an ADD; one whose size is zero is a DELETE.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from argosy.model.data import F_LAST, F_MBP, F_SNAPSHOT, OrderBookDelta
from argosy.model.enums import BookAction, OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.parts.loader import Rows
from argosy_loaders.batches import Ints, market_batch

BUY, SELL = OrderSide.BUY.code, OrderSide.SELL.code

_ADD, _UPDATE = BookAction.ADD.code, BookAction.UPDATE.code
_DELETE, _CLEAR = BookAction.DELETE.code, BookAction.CLEAR.code


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of levels, one a row, in the order of the file.

    Parameters
    ----------
    side : codes of OrderSide
    price, size : raw integers
    is_snapshot : whether the row is part of a whole book
    message : a number that differs from that of the row before where another message begins
    row : where in the file each stands
    """

    ts_event: Ints
    ts_init: Ints
    side: Ints
    price: Ints
    size: Ints
    sequence: Ints
    is_snapshot: Ints
    message: Ints
    row: Ints

    def __len__(self) -> int:
        return len(self.row)

    def part(self, rows: slice) -> "Changes":
        """Return some of the rows."""
        return Changes(*(getattr(self, name)[rows] for name in self.__slots__))

    def followed_by(self, other: "Changes") -> "Changes":
        """Return the rows of both."""
        names = self.__slots__
        return Changes(*(np.concatenate((getattr(self, n), getattr(other, n))) for n in names))


@dataclass(slots=True)
class LevelDeltas:
    """Deltas of one instrument; rows of a message that may go on wait for the next ones.

    Parameters
    ----------
    digits : decimals of prices and sizes
    place : says where a row of the file stands
    clears : whether each message of a snapshot is a whole book, not only each run of them
    """

    key: InstrumentId
    digits: tuple[int, int]
    place: Callable[[int], str]
    clears: bool = False
    _pending: Changes | None = None
    _was_snapshot: bool = False

    def add(self, changes: Changes) -> Iterator[Rows]:
        """Yield the deltas of the messages that are complete."""
        whole = changes if self._pending is None else self._pending.followed_by(changes)
        if not len(whole):
            return
        last = np.flatnonzero(whole.message != whole.message[-1])
        begins = int(last[-1]) + 1 if len(last) else 0
        self._pending = whole.part(slice(begins, None))
        yield from self._deltas(whole.part(slice(0, begins)))

    def finish(self) -> Iterator[Rows]:
        """Yield what waited."""
        pending, self._pending = self._pending, None
        if pending is not None:
            yield from self._deltas(pending)

    def _deltas(self, changes: Changes) -> Iterator[Rows]:
        if not len(changes):
            return
        begins = np.ones(len(changes), bool)
        begins[1:] = changes.message[1:] != changes.message[:-1]
        ends = np.roll(begins, -1)
        ends[-1] = True
        snapshot = changes.is_snapshot.astype(bool)
        before = np.concatenate(([self._was_snapshot], snapshot[:-1]))
        self._was_snapshot = bool(snapshot[-1])
        starts = snapshot & (begins if self.clears else ~before)
        action = np.where(changes.size == 0, _DELETE, np.where(snapshot, _ADD, _UPDATE))
        flags = F_MBP | np.where(snapshot, F_SNAPSHOT, 0) | np.where(ends, F_LAST, 0)
        at = np.flatnonzero(starts)
        clear = len(at)
        columns = {
            "ts_event": np.insert(changes.ts_event, at, changes.ts_event[at]),
            "ts_init": np.insert(changes.ts_init, at, changes.ts_init[at]),
            "action": np.insert(action, at, _CLEAR),
            "side": np.insert(changes.side, at, OrderSide.NO_ORDER_SIDE.code),
            "price": np.insert(changes.price, at, 0),
            "size": np.insert(changes.size, at, 0),
            "order_id": np.zeros(len(changes) + clear, np.uint64),
            "flags": np.insert(flags, at, F_MBP | F_SNAPSHOT),
            "sequence": np.insert(changes.sequence, at, changes.sequence[at]),
        }
        rows = np.insert(changes.row, at, changes.row[at])
        batch = market_batch(OrderBookDelta, self.key, self.digits, columns)
        yield Rows(batch, lambda row: self.place(int(rows[row])))
