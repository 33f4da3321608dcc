"""The message bus: point-to-point endpoints, and topics with wildcards and priorities.

A `Topic` is resolved once, when someone first publishes to it, and kept up to date by later
subscriptions. Publishing to it walks one list, so data feeds hold their topic and never build or
hash a topic string for an event.
"""

from __future__ import annotations

import re
import sys
from bisect import insort
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from argosy.errors import DuplicateNameError, RunError, StrategyError, UnknownNameError

Handler = Callable[[Any], Any]
ErrorGuard = Callable[[Handler, BaseException], None]
Entry = tuple[int, int, str, Handler]
"""A subscription: -priority, sequence, pattern, handler."""


class Topic:
    """One topic and the handlers whose patterns match it."""

    def __init__(self, bus: MessageBus, name: str) -> None:
        self.bus = bus
        self.name = name
        self.handlers: list[Handler] = []

    def __repr__(self) -> str:
        return f"Topic({self.name!r}, {len(self.handlers)} handlers)"

    def publish(self, message: object) -> int:
        """Call every handler with `message`, in order."""
        for handler in self.handlers:
            try:
                handler(message)
            except (Exception, SystemExit) as error:
                self.bus.fail(handler, error)
        return 0

    def _replace(self, handlers: list[Handler]) -> None:
        self.handlers = handlers


class TopicFamily:
    """The topics of all whose events are told alike, such as the orders of each strategy.

    Parameters
    ----------
    prefix : what the names of the topics begin with
    """

    def __init__(self, bus: MessageBus, prefix: str) -> None:
        self._bus = bus
        self._prefix = prefix
        self._topics: dict[str, Topic] = {}

    def of(self, key: str) -> Topic:
        """Return the topic whose name ends with `key`."""
        topic = self._topics.get(key)
        if topic is None:
            topic = self._bus.topic(f"{self._prefix}{key}")
            self._topics[key] = topic
        return topic


class MessageBus:
    """Carry messages between the parts of one run, on one thread, in a fixed order."""

    def __init__(self) -> None:
        self._endpoints: dict[str, Handler] = {}
        self._topics: dict[str, Topic] = {}
        self._exact: dict[str, list[Entry]] = {}
        self._patterns: list[Entry] = []
        self._sequence = 0
        self.on_error: ErrorGuard | None = None

    def guard(self, on_error: ErrorGuard | None) -> None:
        """Ask `on_error(handler, exception)` what to do when a handler raises; None raises."""
        self.on_error = on_error

    def register(self, endpoint: str, handler: Handler) -> None:
        """Make `handler` the one receiver of messages sent to `endpoint`."""
        if endpoint in self._endpoints:
            raise DuplicateNameError(f"endpoint {endpoint!r} is already registered")
        self._endpoints[endpoint] = handler

    def deregister(self, endpoint: str) -> None:
        """Remove an endpoint."""
        self._endpoint(endpoint)
        del self._endpoints[endpoint]

    def endpoints(self) -> list[str]:
        """Return the names of all endpoints, in the order of registration."""
        return list(self._endpoints)

    def send(self, endpoint: str, message: object) -> None:
        """Deliver `message` to the one receiver at `endpoint`."""
        self._endpoint(endpoint)(message)

    def subscribe(self, topic: str, handler: Handler, priority: int = 0) -> None:
        """Call `handler` for each message on topics that match `topic`.

        `*` stands for any run of characters, dots too; `?` for one character. Higher priorities
        are called first, equal ones in the order of subscription. Subscribing twice is one.
        """
        if self._find(topic, handler) is not None:
            return
        entry = (-priority, self._sequence, topic, handler)
        self._sequence += 1
        insort(self._like(topic), entry, key=_rank)
        self._resolve_matching(topic)

    def unsubscribe(self, topic: str, handler: Handler) -> None:
        """Undo `subscribe` with the same pattern and handler; unknown pairs are ignored."""
        entry = self._find(topic, handler)
        if entry is not None:
            self._like(topic).remove(entry)
            self._resolve_matching(topic)

    def has_subscribers(self, topic: str) -> bool:
        """Return whether a message on `topic` would reach anyone."""
        return bool(self.topic(topic).handlers)

    def subscriptions(self) -> list[tuple[str, Handler]]:
        """Return (pattern, handler) of all subscriptions, in calling order."""
        entries = [*self._patterns, *(each for found in self._exact.values() for each in found)]
        return [(pattern, handler) for _, _, pattern, handler in sorted(entries, key=_rank)]

    def topic(self, name: str) -> Topic:
        """Return the resolved topic `name`; holding it saves the look-up per message."""
        topic = self._topics.get(name)
        if topic is None:
            topic = Topic(self, name)
            self._topics[name] = topic
            self._resolve(topic)
        return topic

    def publish(self, topic: str, message: object) -> None:
        """Call every handler whose pattern matches `topic` with `message`."""
        self.topic(topic).publish(message)

    def fail(self, handler: Callable[..., Any], error: BaseException) -> int:
        """Ask the guard what to do about an error of a handler; without one, raise it.

        A handler that calls `sys.exit` has failed like any other: the run is kept.
        """
        if isinstance(error, RunError):
            raise error
        if self.on_error is None:
            raise handler_error(handler, error) from error
        self.on_error(handler, error)
        return 0

    def _endpoint(self, name: str) -> Handler:
        try:
            return self._endpoints[name]
        except KeyError:
            raise UnknownNameError("endpoint", name, list(self._endpoints)) from None

    def _like(self, topic: str) -> list[Entry]:
        """Return the subscriptions of a topic by its name, or those with wildcards, as they rank.

        Thousands of strategies subscribe by name: each of their topics looks at its own only.
        """
        return self._patterns if _has_wildcard(topic) else self._exact.setdefault(topic, [])

    def _find(self, pattern: str, handler: Handler) -> Entry | None:
        for entry in self._like(pattern):
            if entry[2] == pattern and entry[3] == handler:
                return entry
        return None

    def _resolve_matching(self, pattern: str) -> None:
        if not _has_wildcard(pattern):
            topic = self._topics.get(pattern)
            if topic is not None:
                self._resolve(topic)
            return
        for topic in self._topics.values():
            if matches(topic.name, pattern):
                self._resolve(topic)

    def _resolve(self, topic: Topic) -> None:
        found = [entry for entry in self._patterns if matches(topic.name, entry[2])]
        found += self._exact.get(topic.name, ())
        topic._replace([entry[3] for entry in sorted(found, key=_rank)])


def handler_error(handler: Callable[..., Any], error: BaseException) -> StrategyError:
    """Return the error that names the component and handler that raised `error`."""
    owner = owner_of(handler)
    component = getattr(owner, "id", None) or type(owner).__name__
    name = _handler_name(error) or str(getattr(handler, "__name__", repr(handler)))
    return StrategyError(str(component), name, error, _source(handler, owner))


def owner_of(handler: Callable[..., Any]) -> Any:
    """Return the component whose method a handler is, or leads to; None for a plain function."""
    bound = getattr(handler, "__self__", None)
    return getattr(bound, "owner", bound)


def _source(handler: Callable[..., Any], owner: object) -> tuple[str, int | None] | None:
    """Return file and line of a handler; of the host's own, the file of the owner's class."""
    function = getattr(handler, "__func__", handler)
    code = getattr(function, "__code__", None)
    if code is not None and not str(getattr(function, "__module__", "")).startswith("argosy."):
        return code.co_filename, code.co_firstlineno
    file = getattr(sys.modules.get(type(owner).__module__), "__file__", None)
    return None if file is None else (str(file), None)


_INSIDE = frozenset({"on_fire", "on_settle"})
"""Methods of the host that a call passes on its way to a handler."""


def _handler_name(error: BaseException) -> str | None:
    """Return the outermost `on_` method in the traceback: the handler as its author knows it."""
    step = error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_name
        if name.startswith("on_") and name not in _INSIDE:
            return name
        step = step.tb_next
    return None


def matches(topic: str, pattern: str) -> bool:
    """Return whether `topic` fits `pattern` (`*` any run, `?` one character)."""
    if not _has_wildcard(pattern):
        return topic == pattern
    return _compiled(pattern).fullmatch(topic) is not None


def _has_wildcard(pattern: str) -> bool:
    return "*" in pattern or "?" in pattern


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = (re.escape(c) if c not in "*?" else (".*" if c == "*" else ".") for c in pattern)
    return re.compile("".join(parts), re.DOTALL)


def _rank(entry: Entry) -> tuple[int, int]:
    return entry[0], entry[1]
