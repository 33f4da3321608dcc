"""When an order's time in force ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.timeline import TIMER, Alarm
from argosy.model.enums import TimeInForce

if TYPE_CHECKING:
    from argosy_sim.execution import ExecutionDesk
    from argosy_sim.work import Work

DAY_NS = 86_400_000_000_000


class Expiry(Alarm):
    """End an order at a time, data or not."""

    def __init__(self, desk: ExecutionDesk, work: Work) -> None:
        super().__init__(TIMER)
        self._desk = desk
        self._work = work

    def on_fire(self, now: int) -> None:
        """End it."""
        if not self._work.is_done:
            self._desk.expire(self._work)


def start_expiry(desk: ExecutionDesk, work: Work) -> None:
    """Let the time of an order that begins to rest run: GTD to its date, DAY to 00:00 UTC."""
    order = work.order
    house = desk.house
    if order.time_in_force is TimeInForce.GTD and house.options.support_gtd_orders:
        end = order.expire_time_ns
    elif order.time_in_force is TimeInForce.DAY and house.options.expire_day_orders:
        end = (house.timeline.now // DAY_NS + 1) * DAY_NS
    else:
        return
    work.alarm = Expiry(desk, work)
    house.timeline.schedule(work.alarm, end)
