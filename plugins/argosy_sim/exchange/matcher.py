"""The venue's own book of one instrument: what each row of data does to it.

Prices of bars become a path, trades reach into the book for a moment; none of that is ever
published. With nothing resting a row costs a few stores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from argosy.kernel.matching import ASK, BID, UNSET, MatchingCore
from argosy.kernel.trigger import Trigger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argosy_sim.profiles import Options

AT_ONCE, AT_OPEN, INSIDE = 0, 1, 2
"""Where in a bar the book stands: in none, at its open, or between open and close."""
_BUYER, _SELLER = 1, 2
_UNSET = UNSET


class Owner(Protocol):
    """Whose orders rest in a book."""

    def fired(self, trigger: Trigger, price: int) -> bool:
        """Act on a trigger that the book reached; return whether it rests on."""
        ...

    def opened(self) -> None:
        """Hear that the next bar opens."""
        ...

    def data_arrived(self) -> None:
        """Hear that a row came."""
        ...


class InstrumentMatcher(MatchingCore):
    """Keep the venue's book of an instrument and call its desk when orders are reached.

    Parameters
    ----------
    size_increment : raw; what sizes are rounded down to
    options : of the venue
    """

    def __init__(self, size_increment: int, options: Options) -> None:
        MatchingCore.__init__(self)
        self.skims = True
        self.desk: Owner | None = None
        self.step = AT_ONCE
        self.bid_before = self.ask_before = UNSET
        self.bid_taken = self.ask_taken = 0
        self.is_dragging = False
        self.is_halted = False
        self.is_watched = False
        self.awaits_open = False
        self.has_bars = False
        self._increment = size_increment
        self._has_quotes = False
        self._bars_match = options.bar_execution
        self._trades_match = options.trade_execution
        self._trades_set_book = options.trade_book == "set"
        self._high_first_by_distance = options.bar_adaptive_high_low_ordering
        self._consumes = options.liquidity_consumption

    def attach(self, desk: Owner) -> None:
        """Say whose orders rest here."""
        self.desk = desk

    def set_increment(self, size_increment: int) -> None:
        """Round sizes down to another increment (raw)."""
        self._increment = size_increment

    def set_watched(self, is_watched: bool) -> None:  # noqa: FBT001 (compiled)
        """Tell the desk of each row, or stop."""
        self.is_watched = is_watched

    def set_awaits_open(self, awaits_open: bool) -> None:  # noqa: FBT001 (compiled)
        """Tell the desk when the next bar opens, or stop."""
        self.awaits_open = awaits_open

    def set_halted(self, is_halted: bool) -> None:  # noqa: FBT001 (compiled)
        """Match nothing, or go on."""
        self.is_halted = is_halted

    def shown(self, is_buy: bool) -> int:  # noqa: FBT001 (compiled)
        """Return the raw size that an order of a side finds, less what was taken of it."""
        if is_buy:
            return max(self.ask_size - self.ask_taken, 0)
        return max(self.bid_size - self.bid_taken, 0)

    def opposite(self, is_buy: bool) -> int:  # noqa: FBT001 (compiled)
        """Return the best raw price that an order of a side could take, UNSET without one."""
        if self.is_halted:
            return UNSET
        return self.ask if is_buy else self.bid

    def take(self, is_buy: bool, size: int) -> int:  # noqa: FBT001 (compiled)
        """Note that an order took `size` (raw), where the venue keeps count."""
        if not self._consumes:
            return 0
        if is_buy:
            self.ask_taken += size
        else:
            self.bid_taken += size
        return 0

    def is_reached(self, trigger: Trigger, ts: int) -> bool:
        """Tell whether a trigger that does not rest yet fires on the prices as they are."""
        for source in range(4):
            if not trigger.watch & (1 << source):
                continue
            price = self._price_of(source)
            if price == UNSET or trigger.below < price < trigger.above:
                continue
            if trigger.touch(price, ts):
                return True
        return False

    def bar(self, price_type: int, prices: tuple[int, int, int, int], volume: int, ts: int) -> None:
        """Take a bar (raw open, high, low, close and volume), as the market state does."""
        open_, high, low, close = prices
        self.on_bar(price_type, open_, high, low, close, volume, ts)

    def bar_pair(
        self,
        bids: tuple[int, int, int, int],
        bid_volume: int,
        asks: tuple[int, int, int, int],
        ask_volume: int,
        ts: int,
    ) -> None:
        """Take a bar of bids and one of asks (raw), as the market state does."""
        b, a = bids, asks
        self.on_bar_pair(b[0], b[1], b[2], b[3], bid_volume, a[0], a[1], a[2], a[3], ask_volume, ts)

    # -- rows of data -----------------------------------------------------------------------------

    def on_quote(self, bid: int, ask: int, bid_size: int, ask_size: int, ts: int) -> int:
        """Take a quote."""
        self._has_quotes = True
        self._set(bid, ask, bid_size, ask_size)
        if self.resting and not self.is_halted:
            self.check_quote(ts)
        if self.is_watched:
            self._tell()
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
        """Take quotes that nobody needs to see one by one; return the next row."""
        if self.is_watched or self.bid_taken or self.ask_taken:
            return first
        self._has_quotes = True
        return MatchingCore.skim_quotes(self, bids, asks, bid_sizes, ask_sizes, first, end)

    def skim_trades(self, prices: Sequence[int], first: int, end: int) -> int:
        """Take trades that neither make the book nor reach into it; return the next row."""
        if self._trades_match and (
            self.is_watched or self.resting or self._trades_set_book or not self._has_quotes
        ):
            return first
        return MatchingCore.skim_trades(self, prices, first, end)

    def on_trade(self, price: int, size: int, aggressor: int, ts: int) -> int:
        """Take a trade: the book where there are no quotes, else what reaches into it."""
        self.last = price
        if not self._trades_match:
            # They are no liquidity, but still the last price that some triggers watch.
            if self.resting and not self.is_halted:
                self.check_last(ts)
            return 0
        if self._trades_set_book or not self._has_quotes:
            self.bid_taken = self.ask_taken = 0
            self._set(price, price, size, size)
            if self.resting and not self.is_halted:
                self.check_quote(ts)
        elif self.resting and not self.is_halted:
            self._drag(price, size, aggressor, ts)
        if self.resting and not self.is_halted:
            self.check_last(ts)
        if self.is_watched:
            self._tell()
        return 0

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
        """Take a bar: a path from open to close, each point being bid, ask and last."""
        if not self._bars_match:
            return 0
        self.has_bars = True
        part = self._part(volume)
        rest = max(volume - 3 * part, self._increment)
        self.bid_taken = self.ask_taken = 0
        if (self.resting or self.awaits_open) and not self.is_halted:
            self.step = AT_OPEN
            if open != self.last or self.awaits_open:
                self._step(open, part, ts)
            self.step = INSIDE
            if self._is_high_first(open, high, low):
                self._reach(high, low, part, ts)
            else:
                self._reach(low, high, part, ts)
            if close != self.last:
                self._step(close, rest, ts)
            self.step = AT_ONCE
        self.last = close
        self._set(close, close, rest, rest)
        if self.is_watched:
            self._tell()
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
        """Take a bar of bids and one of asks of the same time: one path of both."""
        if not self._bars_match:
            return 0
        self.has_bars = True
        bid_part = self._part(bid_volume)
        ask_part = self._part(ask_volume)
        bid_rest = max(bid_volume - 3 * bid_part, self._increment)
        ask_rest = max(ask_volume - 3 * ask_part, self._increment)
        self.bid_taken = self.ask_taken = 0
        if (self.resting or self.awaits_open) and not self.is_halted:
            self.step = AT_OPEN
            self._step_pair(bid_open, ask_open, bid_part, ask_part, ts)
            self.step = INSIDE
            if self._is_high_first(bid_open, bid_high, bid_low):
                self._step_pair(bid_high, ask_high, bid_part, ask_part, ts)
                self._step_pair(bid_low, ask_low, bid_part, ask_part, ts)
            else:
                self._step_pair(bid_low, ask_low, bid_part, ask_part, ts)
                self._step_pair(bid_high, ask_high, bid_part, ask_part, ts)
            self._step_pair(bid_close, ask_close, bid_rest, ask_rest, ts)
            self.step = AT_ONCE
        self._set(bid_close, ask_close, bid_rest, ask_rest)
        if self.is_watched:
            self._tell()
        return 0

    def fired(self, trigger: Trigger, price: int, ts: int) -> int:
        """Hand a trigger that was reached to the desk; return 1 to let it rest on."""
        return bool(self.desk.fired(trigger, price))  # type: ignore[union-attr]

    # -- how the book moves -----------------------------------------------------------------------

    def _set(self, bid: int, ask: int, bid_size: int, ask_size: int) -> int:
        if self._consumes:
            # What was taken is back once the level changes.
            if bid != self.bid or bid_size != self.bid_size:
                self.bid_taken = 0
            if ask != self.ask or ask_size != self.ask_size:
                self.ask_taken = 0
        self.bid = bid
        self.ask = ask
        self.bid_size = bid_size
        self.ask_size = ask_size
        return 0

    def _drag(self, price: int, size: int, aggressor: int, ts: int) -> int:
        """Let a trade reach the orders that it would have met, then restore the quotes."""
        bid = self.bid
        ask = self.ask
        bid_size = self.bid_size
        ask_size = self.ask_size
        self.is_dragging = True
        if aggressor != _BUYER and (price < ask or ask == _UNSET):
            self.ask = price
            self.ask_size = size
            if price <= self._ask_below:
                self._check(ASK, ASK, ASK, ts)
            self.ask = ask
            self.ask_size = ask_size
        if aggressor != _SELLER and price > bid:
            self.bid = price
            self.bid_size = size
            if price >= self._bid_above:
                self._check(BID, BID, BID, ts)
            self.bid = bid
            self.bid_size = bid_size
        self.is_dragging = False
        return 0

    def _reach(self, first: int, second: int, size: int, ts: int) -> int:
        """Go to both extremes of a bar; one that is no further than the price is left out."""
        if first > self.last if first > second else first < self.last:
            self._step(first, size, ts)
        if second > self.last if second > first else second < self.last:
            self._step(second, size, ts)
        return 0

    def _step(self, price: int, size: int, ts: int) -> int:
        self._step_pair(price, price, size, size, ts)
        self.last = price
        self.check_last(ts)
        return 0

    def _step_pair(self, bid: int, ask: int, bid_size: int, ask_size: int, ts: int) -> int:
        self.bid_before = self.bid
        self.ask_before = self.ask
        self.bid_taken = self.ask_taken = 0
        self._set(bid, ask, bid_size, ask_size)
        if self.awaits_open and self.step == AT_OPEN:
            self.desk.opened()  # type: ignore[union-attr]
        self.check_quote(ts)
        return 0

    def _part(self, volume: int) -> int:
        """Return a quarter of a bar's volume, in whole increments, at least one."""
        part = volume // 4
        return max(part - part % self._increment, self._increment)

    def _is_high_first(self, open: int, high: int, low: int) -> bool:
        return not self._high_first_by_distance or high - open < open - low

    def _tell(self) -> int:
        self.desk.data_arrived()  # type: ignore[union-attr]
        return 0
