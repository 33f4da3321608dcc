"""The names of orders: ``O-{YYYYMMDD}-{HHMMSS}-{trader tag}-{strategy tag}-{count}``."""

from __future__ import annotations

from datetime import date

from argosy.model.identifiers import ClientOrderId, OrderListId, StrategyId, TraderId
from argosy.model.naming import numbered

_TWO_DIGITS = tuple(f"{number:02d}" for number in range(60))
_CLOCKS = tuple(f"{minute:02d}{second:02d}" for minute in range(60) for second in range(60))
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
        self._hour = -1
        self._stamp = ""
        self._day = 0
        self._date = "19700101"

    def next_list_id(self, now: int) -> OrderListId:
        """Return the name of the next list, made at `now` (ns)."""
        self.lists += 1
        clock = self._clock_at(now)
        return OrderListId(f"OL{self._stamp[1:]}{clock}{self._tags}{self.lists}")

    def next_order_id(self, now: int) -> ClientOrderId:
        """Return the name of the next order, made at `now` (ns)."""
        self.orders += 1
        clock = self._clock_at(now)
        return numbered(ClientOrderId, self._stamp, self.orders, clock, self._tags)

    def _clock_at(self, now: int) -> str:
        """Return the minute and second of a time; `_stamp` has its day and hour afterwards."""
        second = now // 1_000_000_000
        hour = second // 3600
        if hour != self._hour:
            day = self._date_at(hour)
            self._stamp = f"O{self._hyphen}{day}{self._hyphen}{_TWO_DIGITS[hour % 24]}"
            self._hour = hour
        return _CLOCKS[second - hour * 3600]

    def _date_at(self, hour: int) -> str:
        """Return the day of an hour since the epoch; spelling one takes as long as many orders."""
        day = hour // 24
        if day != self._day:
            self._date = date.fromordinal(_EPOCH + day).strftime("%Y%m%d")
            self._day = day
        return self._date
