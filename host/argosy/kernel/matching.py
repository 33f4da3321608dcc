"""The matching core: the prices of one instrument at one place, and the triggers on them.

The simulated venue extends it with fills; the emulation of order types uses it as it is. Triggers
lie in heaps by the level at which they must be looked at, so an update costs four comparisons
until it crosses a level.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from argosy.errors import ValueRangeError
from argosy.kernel.timeline import NEVER
from argosy.kernel.trigger import Trigger

UNSET = -NEVER - 1
BID, ASK, LAST, MID = 0, 1, 2, 3
_SPARE_ENTRIES = 256
# The same as C numbers where compiled.
_NEVER = NEVER
_UNSET = UNSET

# open, high, low, close, volume (raw)
Bar = tuple[int, int, int, int, int]
# (sells after buys, rank, arrival, position, source, trigger)
_Touched = tuple[bool, int, int, int, int, Trigger]


class MatchingCore:
    """Keep the best prices and call triggers when a price crosses their level."""

    def __init__(self) -> None:
        self.bid = self.ask = self.last = UNSET
        self.bid_size = self.ask_size = 0
        self.resting = 0
        self.skims = False
        self._sequence = 0
        self._pushes = 0
        self._checking = False
        self._watches_mid = False
        self._above: list[list[tuple[int, int, Trigger]]] = [[], [], [], []]
        self._below: list[list[tuple[int, int, Trigger]]] = [[], [], [], []]
        self._bid_above = self._ask_above = self._last_above = self._mid_above = NEVER
        self._bid_below = self._ask_below = self._last_below = self._mid_below = -NEVER

    # -- what moves the prices ------------------------------------------------------------------

    def quote(self, bid: int, ask: int, bid_size: int, ask_size: int, ts: int) -> None:
        """Take a best bid and ask (raw) and match what they cross."""
        self.on_quote(bid, ask, bid_size, ask_size, ts)

    def trade(self, price: int, size: int, aggressor: int, ts: int) -> None:
        """Take a trade (raw; aggressor 0 none, 1 buyer, 2 seller) and match what it crosses."""
        self.on_trade(price, size, aggressor, ts)

    def on_quote(self, bid: int, ask: int, bid_size: int, ask_size: int, ts: int) -> int:
        """Do what `quote` does; a compiled subclass overrides this."""
        self.bid = bid
        self.ask = ask
        self.bid_size = bid_size
        self.ask_size = ask_size
        self.check_quote(ts)
        return 0

    def on_trade(self, price: int, size: int, aggressor: int, ts: int) -> int:
        """Do what `trade` does; a compiled subclass overrides this."""
        self.last = price
        self.check_last(ts)
        return 0

    def skim_quotes(
        self,
        bids: Sequence[int],
        asks: Sequence[int],
        bid_sizes: Sequence[int],
        ask_sizes: Sequence[int],
        first: int,
        end: int,
    ) -> int:
        """Take rows from `first` on that reach no level; return the first that does, or `end`."""
        if not self.skims or self._watches_mid:
            return first
        i = first if self.resting else end
        while i < end and (
            self._ask_below < asks[i] < self._ask_above
            and self._bid_below < bids[i] < self._bid_above
        ):
            i += 1
        if i > first:
            self.bid = bids[i - 1]
            self.ask = asks[i - 1]
            self.bid_size = bid_sizes[i - 1]
            self.ask_size = ask_sizes[i - 1]
        return i

    def skim_trades(self, prices: Sequence[int], first: int, end: int) -> int:
        """Take trades from `first` on that reach no level; return the first that does, or `end`."""
        if not self.skims:
            return first
        i = first if self.resting else end
        while i < end and self._last_below < prices[i] < self._last_above:
            i += 1
        if i > first:
            self.last = prices[i - 1]
        return i

    def on_bar(
        self,
        price_type: int,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts: int,
    ) -> int:
        """Take an execution bar (raw); `price_type` is the code of a PriceType."""
        self.handle_bar(price_type, open, high, low, close, volume, ts)
        return 0

    def on_bar_pair(
        self,
        bid_open: int,
        bid_high: int,
        bid_low: int,
        bid_close: int,
        bid_volume: int,
        ask_open: int,
        ask_high: int,
        ask_low: int,
        ask_close: int,
        ask_volume: int,
        ts: int,
    ) -> int:
        """Take the execution bars of both sides, which came together."""
        bid = bid_open, bid_high, bid_low, bid_close, bid_volume
        ask = ask_open, ask_high, ask_low, ask_close, ask_volume
        self.handle_bar_pair(bid, ask, ts)
        return 0

    def handle_bar(
        self, price_type: int, open: int, high: int, low: int, close: int, volume: int, ts: int
    ) -> None:
        """Match on an execution bar; an interpreted subclass overrides this."""

    def handle_bar_pair(self, bid: Bar, ask: Bar, ts: int) -> None:
        """Match on a bid and an ask bar of one time; an interpreted subclass overrides this."""

    # -- what rests -------------------------------------------------------------------------------

    def triggers(self) -> list[Trigger]:
        """Return what rests, in order of arrival."""
        found = {
            entry[2].sequence: entry[2]
            for heap in (*self._above, *self._below)
            for entry in heap
            if entry[2].alive and entry[1] == entry[2].push
        }
        return [found[sequence] for sequence in sorted(found)]

    def add(self, trigger: Trigger) -> int:
        """Let `trigger` rest here; it is first looked at by the next update."""
        if trigger.core is not None:
            raise ValueRangeError(f"{trigger!r} rests in a core already")
        trigger.core = self
        trigger.sequence = self._sequence
        self._sequence += 1
        self.resting += 1
        self._push(trigger)
        self._refresh()
        return 0

    def remove(self, trigger: Trigger) -> int:
        """Take `trigger` out; one that is gone already is ignored."""
        if not trigger.alive or trigger.core is not self:
            return 0
        trigger.alive = False
        self.resting -= 1
        if not self._checking:
            self._compact()
        return 0

    # -- checks -----------------------------------------------------------------------------------

    def check_quote(self, ts: int) -> int:
        """Look at every trigger that the current bid, ask and mid have reached."""
        bid = self.bid
        ask = self.ask
        if (
            ask <= self._ask_below
            or ask >= self._ask_above
            or bid <= self._bid_below
            or bid >= self._bid_above
            or (self._watches_mid and self._reaches_mid())
        ):
            self._check(BID, ASK, MID, ts)
        return 0

    def check_last(self, ts: int) -> int:
        """Look at every trigger that the last trade's price has reached."""
        if self.last <= self._last_below or self.last >= self._last_above:
            self._check(LAST, LAST, LAST, ts)
        return 0

    def fired(self, trigger: Trigger, price: int, ts: int) -> int:
        """Act on a trigger that fired; return 1 to let it rest on, 0 when it is done."""
        return bool(self.on_fired(trigger, price, ts))

    def on_fired(self, trigger: Trigger, price: int, ts: int) -> bool:
        """Act on a trigger that fired at `price` (raw); an interpreted subclass overrides this.

        Returns
        -------
        whether the trigger rests on
        """
        return False

    def _reaches_mid(self) -> bool:
        mid = self._price_of(MID)
        return mid != _UNSET and not self._mid_below < mid < self._mid_above

    def _check(self, first: int, second: int, third: int, ts: int) -> int:
        touched: list[_Touched] = []
        self._collect(first, self._price_of(first), touched)
        if second != first:
            self._collect(second, self._price_of(second), touched)
            self._collect(third, self._price_of(third), touched)
        if len(touched) > 1:
            # Buys from the highest price down, then sells from the lowest up.
            touched.sort()
        self._checking = True
        before = None
        try:
            for entry in touched:
                source = entry[4]
                trigger = entry[5]
                # One that watches several prices is looked at once an update.
                if not trigger.alive or trigger is before:
                    continue
                before = trigger
                price = self._price_of(source)
                if trigger.touch(price, ts) and not self.fired(trigger, price, ts):
                    if trigger.alive:
                        trigger.alive = False
                        self.resting -= 1
                elif trigger.alive:
                    self._push(trigger)
        finally:
            self._checking = False
        self._compact()
        self._refresh()
        return 0

    def _collect(self, source: int, price: int, touched: list[_Touched]) -> int:
        if price == _UNSET:
            return 0
        for heap, sign in ((self._above[source], 1), (self._below[source], -1)):
            reach = price * sign
            while heap and heap[0][0] <= reach:
                _, push, trigger = heappop(heap)
                if trigger.alive and push == trigger.push:
                    # The mid is watched as bid + ask, at twice the price.
                    level = trigger.level >> 1 if source == MID else trigger.level
                    rank = -level if trigger.is_buy else level
                    touched.append(
                        (
                            not trigger.is_buy,
                            rank,
                            trigger.sequence,
                            len(touched),
                            source,
                            trigger,
                        )
                    )
        return 0

    def _price_of(self, source: int) -> int:
        if source == BID:
            return self.bid
        if source == ASK:
            return self.ask
        if source == LAST:
            return self.last
        # Compiled, two comparisons are quicker than a look into a set.
        if self.bid == _UNSET or self.ask == _UNSET:  # noqa: PLR1714
            return _UNSET
        return self.bid + self.ask

    def _push(self, trigger: Trigger) -> int:
        watch = trigger.watch
        push = self._pushes
        self._pushes = push + 1
        trigger.push = push
        for source in range(4):
            if not watch & (1 << source):
                continue
            if trigger.above != _NEVER:
                heappush(self._above[source], (trigger.above, push, trigger))
            if trigger.below != -_NEVER:
                heappush(self._below[source], (-trigger.below, push, trigger))
        return 0

    def _compact(self) -> int:
        """Drop what canceled and moved triggers left in the heaps, once it is the larger part."""
        entries = 0
        for heap in (*self._above, *self._below):
            entries += len(heap)
        if entries <= _SPARE_ENTRIES + 4 * self.resting:
            return 0
        alive = self.triggers()
        self._above = [[], [], [], []]
        self._below = [[], [], [], []]
        for trigger in alive:
            self._push(trigger)
        self._refresh()
        return 0

    def _refresh(self) -> int:
        above = self._above
        below = self._below
        self._bid_above = above[BID][0][0] if above[BID] else _NEVER
        self._ask_above = above[ASK][0][0] if above[ASK] else _NEVER
        self._last_above = above[LAST][0][0] if above[LAST] else _NEVER
        self._mid_above = above[MID][0][0] if above[MID] else _NEVER
        self._bid_below = -below[BID][0][0] if below[BID] else -_NEVER
        self._ask_below = -below[ASK][0][0] if below[ASK] else -_NEVER
        self._last_below = -below[LAST][0][0] if below[LAST] else -_NEVER
        self._mid_below = -below[MID][0][0] if below[MID] else -_NEVER
        self._watches_mid = bool(above[MID] or below[MID])
        return 0
