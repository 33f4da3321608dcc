"""Triggers: which price an order watches, and where it must be looked at.

A `Trigger` rests in a matching core, which keeps triggers in heaps by their levels and calls
`touch` only when a watched price has crossed one. So a tick costs what it touches, not what rests.
"""

from __future__ import annotations

from typing import Any

from argosy.kernel.timeline import NEVER

WATCH_BID = 1
WATCH_ASK = 2
WATCH_LAST = 4
WATCH_MID = 8


class Trigger:
    """What an order waits for; the base of every conditional order type.

    Parameters
    ----------
    order : the order that waits
    is_buy : whether it buys
    watch : sum of WATCH_BID, WATCH_ASK, WATCH_LAST, WATCH_MID; mid is bid + ask, so its levels
        are doubled raw prices
    level : raw price that ranks it among triggers touched by the same update
    above, below : raw prices at which it must be looked at

    A compiled subclass overrides `touch`, an interpreted one `on_touch`. Either may move the
    levels before it returns: that is how a trailing stop ratchets.
    """

    def __init__(
        self,
        order: Any,
        *,
        is_buy: bool,
        watch: int,
        level: int,
        above: int = NEVER,
        below: int = -NEVER,
    ) -> None:
        self.order = order
        self.is_buy = is_buy
        self.watch = watch
        self.level = level
        self.above = above
        self.below = below
        self.sequence = -1
        self.push = -1
        self.alive = True
        self.core: Any = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.order!r}, level={self.level})"

    def touch(self, price: int, ts: int) -> int:
        """Return whether the trigger fires; a compiled subclass overrides this."""
        return bool(self.on_touch(price, ts))

    def on_touch(self, price: int, ts: int) -> bool:
        """Return whether the trigger fires, at `price` (raw) and `ts` (ns)."""
        return True

    def move(self, above: int = NEVER, below: int = -NEVER) -> None:
        """Set the levels (raw) at which the trigger is looked at next; for use in `on_touch`."""
        self.above = above
        self.below = below


class PriceTrigger(Trigger):
    """Fire once a watched price reaches a level, or does so twice in a row.

    Parameters
    ----------
    level : raw price
    upward : fire at or above the level, else at or below it
    doubled : fire only at the second update in a row that meets the level
    """

    def __init__(
        self,
        order: Any,
        *,
        is_buy: bool,
        watch: int,
        level: int,
        upward: bool,
        doubled: bool = False,
    ) -> None:
        Trigger.__init__(
            self,
            order,
            is_buy=is_buy,
            watch=watch,
            level=level,
            above=level if upward else NEVER,
            below=-NEVER if upward else level,
        )
        self.doubled = doubled
        self._met = False
        self._upward = upward

    def touch(self, price: int, ts: int) -> int:
        """Compare `price` with the level, and where it must be twice, note the first time."""
        meets = price >= self.level if self._upward else price <= self.level
        if not self.doubled:
            return meets
        if meets and self._met:
            return 1
        self._met = meets
        # While the first update has met it, a miss must be seen too.
        if self._upward:
            self.move(self.level, self.level - 1 if meets else -NEVER)
        else:
            self.move(self.level + 1 if meets else NEVER, self.level)
        return 0
