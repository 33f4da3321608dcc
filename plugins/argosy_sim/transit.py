"""Transit: messages on their way between the host and its venue, as values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from argosy.kernel.timeline import ARRIVAL, Alarm, Timeline
from argosy.model.commands import CancelAllOrders, CancelOrder, CancelOrders, Command, ModifyOrder

if TYPE_CHECKING:
    from argosy.model.reports import Report
    from argosy.parts.latency_model import LatencyModel


class Arrival(Alarm):
    """A message arrives.

    Parameters
    ----------
    deliver : takes it
    """

    def __init__(self, deliver: Callable[[Any], object], message: Command | Report) -> None:
        super().__init__(ARRIVAL)
        self.deliver = deliver
        self.message = message

    def on_fire(self, now: int) -> None:
        """Deliver it."""
        self.deliver(self.message)


class Transit:
    """Let each message take the time that a model says.

    Parameters
    ----------
    model : how long the kinds of messages take
    """

    def __init__(self, model: LatencyModel, timeline: Timeline) -> None:
        self._model = model
        self._timeline = timeline

    def send(
        self,
        command: Command,
        at_once: Callable[[Any], object],
        later: Callable[[Any], object],
    ) -> None:
        """Deliver a command after its time; one that takes none waits for nothing but the settle.

        Parameters
        ----------
        at_once, later : take a command that takes no time, and one that does
        """
        delay_ns = self._delay_ns(command)
        if delay_ns:
            self._timeline.schedule(Arrival(later, command), self._timeline.now + delay_ns)
        else:
            at_once(command)

    def report(self, report: Report, deliver: Callable[[Any], object]) -> None:
        """Deliver a report after its time."""
        at = self._timeline.now + self._model.report_ns
        self._timeline.schedule(Arrival(deliver, report), at)

    @property
    def delays_reports(self) -> bool:
        """Whether reports take time at all."""
        return self._model.report_ns > 0

    def _delay_ns(self, command: Command) -> int:
        if isinstance(command, ModifyOrder):
            return self._model.modify_ns
        if isinstance(command, CancelOrder | CancelOrders | CancelAllOrders):
            return self._model.cancel_ns
        return self._model.insert_ns
