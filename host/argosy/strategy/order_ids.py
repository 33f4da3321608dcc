"""The names of orders: ``O-{YYYYMMDD}-{HHMMSS}-{trader tag}-{strategy tag}-{count}``."""

from __future__ import annotations

from datetime import date

from argosy.model.identifiers import ClientOrderId, OrderListId, StrategyId, TraderId

_TWO_DIGITS = tuple(f"{number:02d}" for number in range(60))
_EPOCH = date(1970, 1, 1).toordinal()


class OrderIds:
    """Name the orders and the order lists of a strategy.

    Parameters
    ----------
    trader_id, strategy_id : whose tags the names carry
    hyphens : some venues refuse them
    """

    orders: int
    lists: int

    def __init__(
        self, trader_id: TraderId, strategy_id: StrategyId, *, hyphens: bool = True
    ) -> None:
        self.orders = 0
        self.lists = 0
        self._hyphen = "-" if hyphens else ""
        self._tags = self._hyphen.join(("", trader_id.tag, strategy_id.tag, ""))
        self._second = -1
        self._day = -1
        self._date = ""
        self._stamp = ""

    def next_order_id(self, now: int) -> ClientOrderId:
        """Return the name of the next order, made at `now` (ns)."""
        return self.order_id(now)

    def next_list_id(self, now: int) -> OrderListId:
        """Return the name of the next list, made at `now` (ns)."""
        self.lists += 1
        return OrderListId(f"OL{self._stamp_at(now)}{self.lists}")

    def order_id(self, now: int) -> ClientOrderId:
        """Do what `next_order_id` does, for compiled callers."""
        self.orders += 1
        # Made of checked names and digits: no need to check it again.
        return str.__new__(ClientOrderId, f"O{self._stamp_at(now)}{self.orders}")

    def _stamp_at(self, now: int) -> str:
        second = now // 1_000_000_000
        if second == self._second:
            return self._stamp
        day = second // 86_400
        if day != self._day:
            self._date = date.fromordinal(_EPOCH + day).strftime("%Y%m%d")
            self._day = day
        rest = second - day * 86_400
        clock = _TWO_DIGITS[rest // 3600] + _TWO_DIGITS[rest // 60 % 60] + _TWO_DIGITS[rest % 60]
        self._stamp = f"{self._hyphen}{self._date}{self._hyphen}{clock}{self._tags}"
        self._second = second
        return self._stamp
