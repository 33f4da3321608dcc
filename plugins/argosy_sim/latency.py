"""Latency: how long commands and reports travel, and what is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from argosy.kernel.timeline import ARRIVAL, Alarm, Timeline

if TYPE_CHECKING:
    from argosy_sim.part_settings import FixedLatencySettings


class LatencyModel(Protocol):
    """How long each kind of message takes (ns)."""

    insert_ns: int
    modify_ns: int
    cancel_ns: int
    report_ns: int


class FixedLatency:
    """The same time for every message of a kind."""

    def __init__(self, settings: FixedLatencySettings) -> None:
        self.insert_ns = settings.base + settings.insert
        self.modify_ns = settings.base + settings.modify
        self.cancel_ns = settings.base + settings.cancel
        self.report_ns = settings.report


class Arrival(Alarm):
    """Something that was sent arrives.

    Parameters
    ----------
    deliver : what to call with `message`
    """

    def __init__(self, deliver: Callable[..., object], *message: Any) -> None:
        super().__init__(ARRIVAL)
        self.deliver = deliver
        self.message = message

    def on_fire(self, now: int) -> None:
        """Deliver it."""
        self.deliver(*self.message)


class LateReports:
    """Report to the host after a time; it has the engine's report methods.

    Parameters
    ----------
    reports : the engine
    delay_ns : how long a report travels
    delivered : called after each fill that was delivered: order, quantity, position id
    """

    def __init__(
        self,
        reports: Any,
        timeline: Timeline,
        delay_ns: int,
        delivered: Callable[..., object],
    ) -> None:
        self._reports = reports
        self._timeline = timeline
        self._delay_ns = delay_ns
        self._delivered = delivered

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Return a method that tells later what the engine's method of this name tells."""
        method = getattr(self._reports, name)

        def send(*arguments: Any, **more: Any) -> None:
            arrival = Arrival(self._deliver, method, name, arguments, more)
            self._timeline.schedule(arrival, self._timeline.now + self._delay_ns)

        setattr(self, name, send)
        return send

    def _deliver(self, method: Callable[..., None], name: str, arguments: Any, more: Any) -> None:
        if name == "triggered" and arguments[0].is_pending_cancel:
            return  # no order goes from PENDING_CANCEL to TRIGGERED; its next report says enough
        method(*arguments, **more)
        if name == "filled":
            order, _, _, last_qty, *_, position_id = arguments
            self._delivered(order, last_qty, position_id)
