"""Event dispatch: the handlers that were written for a class get its events, in order."""

from argosy.strategy.dispatch import EventDispatch


class Base:
    pass


class Opened(Base):
    pass


class Closed(Base):
    pass


def test_an_event_goes_to_the_handlers_of_its_class_in_order() -> None:
    seen: list[tuple[str, object]] = []
    dispatch = EventDispatch(None)
    first, second = (lambda e: seen.append(("first", e))), (lambda e: seen.append(("second", e)))
    dispatch.add(Opened, [first, second])
    event = Opened()
    dispatch.handle(event)
    assert [("first", event), ("second", event)] == seen


def test_an_event_that_nobody_takes_is_let_go() -> None:
    dispatch = EventDispatch(None)
    dispatch.add(Opened, [lambda event: 1 / 0])
    dispatch.handle(Closed())


def test_it_knows_whether_anyone_takes_a_family() -> None:
    dispatch = EventDispatch(None)
    assert not dispatch.takes(Base)
    dispatch.add(Opened, [print])
    assert dispatch.takes(Base)
    assert not dispatch.takes(Closed)


def test_it_names_whose_handlers_they_are() -> None:
    owner = object()
    assert EventDispatch(owner).owner is owner


def test_handlers_of_a_class_can_be_replaced() -> None:
    seen: list[str] = []
    dispatch = EventDispatch(None)
    dispatch.add(Opened, [lambda _: seen.append("old")])
    dispatch.add(Opened, [lambda _: seen.append("new")])
    dispatch.handle(Opened())
    assert ["new"] == seen
