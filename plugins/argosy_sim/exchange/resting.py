"""The trigger of an order that rests in the venue's book."""

from __future__ import annotations

from argosy.kernel.timeline import NEVER
from argosy.kernel.trigger import WATCH_ASK, WATCH_BID, Trigger

ANY_PRICE = NEVER - 1


class LimitTrigger(Trigger):
    """Fire at each update whose opposite price is at the limit or through it.

    What is left of an order that took liquidity when it came goes on taking, until the market
    leaves its limit: `is_taker` says so. From then on it waits as any other.

    Parameters
    ----------
    order : the order that rests
    is_buy : whether it buys
    limit : raw price; `ANY_PRICE`, or its negative for a sell, takes whatever there is
    is_taker : it crossed the market when it came
    """

    def __init__(self, order: object, *, is_buy: bool, limit: int, is_taker: bool) -> None:
        Trigger.__init__(
            self,
            order,
            is_buy=is_buy,
            watch=WATCH_ASK if is_buy else WATCH_BID,
            level=limit,
            above=limit if not is_buy else limit + 1 if is_taker else NEVER,
            below=limit if is_buy else limit - 1 if is_taker else -NEVER,
        )
        self.is_taker = is_taker

    def touch(self, price: int, ts: int) -> int:
        """Fire, or note that the market left the limit."""
        if price <= self.level if self.is_buy else price >= self.level:
            return 1
        self.is_taker = False
        if self.is_buy:
            self.move(NEVER, self.level)
        else:
            self.move(self.level, -NEVER)
        return 0
