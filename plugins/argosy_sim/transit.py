"""Transit: messages on their way between the host and its venue, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from argosy.kernel.timeline import ARRIVAL, Alarm, Timeline
from argosy.model.commands import CancelAllOrders, CancelOrder, CancelOrders, Command, ModifyOrder
from argosy.model.reports import Report

if TYPE_CHECKING:
    from argosy.parts.latency_model import LatencyModel


class Arrival(Alarm):
    """A message arrives.

    Parameters
    ----------
    deliver : takes it
    under_way : counts such messages; this is one of them until it arrives
    """

    def __init__(
        self, deliver: Callable[[Any], object], message: Command | Report, under_way: Counter[str]
    ) -> None:
        super().__init__(ARRIVAL)
        self.deliver = deliver
        self.message = message
        self._under_way = under_way
        self._kind = "reports" if isinstance(message, Report) else "commands"
        under_way[self._kind] += 1

    def on_fire(self, now: int) -> None:
        """Deliver it."""
        self._under_way[self._kind] -= 1
        self.deliver(self.message)


class Transit:
    """Let each message take the time that a model says.

    Parameters
    ----------
    model : how long the kinds of messages take

    Attributes
    ----------
    under_way : how many commands and reports have not arrived
    """

    def __init__(self, model: LatencyModel, timeline: Timeline) -> None:
        self._model = model
        self._timeline = timeline
        self.under_way = Counter(commands=0, reports=0)

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
            arrival = Arrival(later, command, self.under_way)
            self._timeline.schedule(arrival, self._timeline.now + delay_ns)
        else:
            at_once(command)

    def report(self, report: Report, deliver: Callable[[Any], object]) -> None:
        """Deliver a report after its time."""
        at = self._timeline.now + self._model.report_ns
        self._timeline.schedule(Arrival(deliver, report, self.under_way), at)

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
