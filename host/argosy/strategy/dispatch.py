"""Event dispatch: which handlers of a strategy take which events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Handler = Callable[[Any], object]


class EventDispatch:
    """Call the handlers that were written for an event's class, and no others.

    Parameters
    ----------
    owner : the component whose handlers they are; errors are its errors
    """

    def __init__(self, owner: Any) -> None:
        self.owner = owner
        self._handlers: dict[type[Any], tuple[Handler, ...]] = {}

    def add(self, kind: type[Any], handlers: Sequence[Handler]) -> None:
        """Let events of a class go to `handlers`, in this order."""
        self._handlers[kind] = tuple(handlers)

    def takes(self, base: type[Any]) -> bool:
        """Tell whether events of a class, or of one derived from it, go to anyone."""
        return any(issubclass(kind, base) for kind in self._handlers)

    def handle(self, event: Any) -> None:
        """Give an event to the handlers that take it."""
        handlers = self._handlers.get(type(event))
        if handlers is not None:
            for handler in handlers:
                handler(event)
