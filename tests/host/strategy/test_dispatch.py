"""Events go to the handlers that were written for their class."""

from typing import Any

from argosy.strategy.dispatch import EventDispatch


class Event:
    """The base of the events here."""


class Filled(Event):
    """One event."""


class Canceled(Event):
    """Another one."""


def test_an_event_goes_to_the_handlers_of_its_class_in_order() -> None:
    seen: list[tuple[str, Any]] = []
    dispatch = EventDispatch("owner")
    dispatch.add(
        Filled, [lambda event: seen.append(("one", event)), lambda _: seen.append(("two", 0))]
    )
    event = Filled()
    dispatch.handle(event)
    dispatch.handle(Canceled())
    assert [("one", event), ("two", 0)] == seen
    assert dispatch.owner == "owner"


def test_handlers_of_a_class_can_be_replaced() -> None:
    seen: list[str] = []
    dispatch = EventDispatch(None)
    dispatch.add(Filled, [lambda _: seen.append("old")])
    dispatch.add(Filled, [lambda _: seen.append("new")])
    dispatch.handle(Filled())
    assert ["new"] == seen


def test_a_dispatch_tells_what_it_takes() -> None:
    dispatch = EventDispatch(None)
    assert not dispatch.takes(Event)
    dispatch.add(Filled, [print])
    assert dispatch.takes(Event)
    assert dispatch.takes(Filled)
    assert not dispatch.takes(Canceled)
