"""What actors and strategies have in common with nothing but their life: start, stop, reset."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from argosy.errors import RunError
from argosy.model.enums import ComponentState

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from argosy.kernel.clock import Clock

_S = ComponentState
# State -> verb -> state that it leads to.
_TRANSITIONS: dict[ComponentState, dict[str, ComponentState]] = {
    _S.PRE_INITIALIZED: {"register": _S.READY},
    _S.READY: {"start": _S.RUNNING, "reset": _S.READY, "dispose": _S.DISPOSED},
    _S.RUNNING: {"stop": _S.STOPPED, "degrade": _S.DEGRADED, "fault": _S.FAULTED},
    _S.STOPPED: {
        "resume": _S.RUNNING,
        "reset": _S.READY,
        "fault": _S.FAULTED,
        "dispose": _S.DISPOSED,
    },
    _S.DEGRADED: {"resume": _S.RUNNING, "stop": _S.STOPPED, "fault": _S.FAULTED},
    _S.FAULTED: {"dispose": _S.DISPOSED, "reset": _S.READY},
    _S.DISPOSED: {},
}


class LifeCycle:
    """Something with a life cycle; a verb that does not fit its state is refused."""

    id: Any = None

    def __init__(self) -> None:
        self._state = ComponentState.PRE_INITIALIZED

    @property
    def state(self) -> ComponentState:
        """Where in its life it is."""
        return self._state

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not been stopped."""
        return self._state is ComponentState.RUNNING

    def _move(self, verb: str) -> None:
        following = _TRANSITIONS[self._state].get(verb)
        if following is None:
            name = self.id or type(self).__name__
            raise RunError(f"{name} cannot {verb} while it is {self._state}")
        self._state = following


class ComponentLog(logging.LoggerAdapter[logging.Logger]):
    """A component's logger: every line begins with the time of the run and the component.

    Parameters
    ----------
    name : of the component
    clock : tells the time of the run, not of the wall
    """

    def __init__(self, name: str, clock: Clock) -> None:
        super().__init__(logging.getLogger(f"argosy.component.{name}"), {})
        self._name = name
        self._clock = clock

    def process(
        self, msg: Any, kwargs: MutableMapping[str, Any]
    ) -> tuple[Any, MutableMapping[str, Any]]:
        """Put time and component before the message."""
        kwargs.pop("color", None)
        return f"{iso_time(self._clock.timestamp_ns())} {self._name}: {msg}", kwargs


def iso_time(ts_ns: int) -> str:
    """Return ns since the epoch as RFC 3339 with nine decimals."""
    seconds, rest = divmod(ts_ns, 1_000_000_000)
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"
