"""The message bus: endpoints, topics, patterns, priorities."""

import fnmatch
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DuplicateNameError, RunError, StrategyError, UnknownNameError
from argosy.kernel.bus import MessageBus, TopicFamily, handler_error, matches
from argosy.strategy.dispatch import EventDispatch

TEXT = st.text(alphabet="ab.", max_size=6)


class Component:
    id = "EMACross-001"

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def on_message(self, message: object) -> None:
        self.heard.append(message)

    def on_failure(self, message: object) -> None:
        raise ValueError(f"cannot take {message}")


def test_a_message_goes_to_the_one_endpoint() -> None:
    bus, heard = MessageBus(), []
    bus.register("risk.execute", heard.append)
    bus.send("risk.execute", 5)
    assert ([5], ["risk.execute"]) == (heard, bus.endpoints())


def test_an_endpoint_is_registered_once() -> None:
    bus = MessageBus()
    bus.register("risk.execute", print)
    with pytest.raises(DuplicateNameError, match=r"endpoint 'risk\.execute'"):
        bus.register("risk.execute", print)


def test_an_unknown_endpoint_is_an_error_with_a_suggestion() -> None:
    bus = MessageBus()
    bus.register("risk.execute", print)
    with pytest.raises(UnknownNameError, match=r"'risk\.exeute'.*'risk\.execute'"):
        bus.send("risk.exeute", 5)
    bus.deregister("risk.execute")
    with pytest.raises(UnknownNameError):
        bus.deregister("risk.execute")


@pytest.mark.parametrize(
    ("pattern", "topic", "fits"),
    [
        ("data.quotes.SIM.EUR/USD", "data.quotes.SIM.EUR/USD", True),
        ("data.quotes.*", "data.quotes.SIM.EUR/USD", True),
        ("*", "anything", True),
        ("data.*.USD", "data.quotes.EUR/USD", False),
        ("data.*/USD", "data.quotes.EUR/USD", True),
        ("data.?", "data.x", True),
        ("data.?", "data.", False),
        ("data.[ab]", "data.a", False),
        ("data.[ab]", "data.[ab]", True),
        ("a*b*c", "a--b--c", True),
        ("a*b*c", "a--c--b", False),
        ("a*", "a\nb", True),
    ],
)
def test_a_pattern_fits_a_topic(pattern: str, topic: str, fits: bool) -> None:  # noqa: FBT001
    assert fits == matches(topic, pattern)


@given(TEXT, st.text(alphabet="ab.*?", max_size=5))
def test_patterns_mean_what_file_names_mean(topic: str, pattern: str) -> None:
    assert fnmatch.fnmatchcase(topic, pattern) == matches(topic, pattern)


def test_subscribers_hear_what_fits_their_pattern() -> None:
    bus, narrow, wide = MessageBus(), [], []
    bus.subscribe("data.quotes.EUR", narrow.append)
    bus.subscribe("data.*", wide.append)
    bus.publish("data.quotes.EUR", 1)
    bus.publish("data.trades.EUR", 2)
    bus.publish("events.order", 3)
    assert ([1], [1, 2]) == (narrow, wide)


@given(st.lists(st.tuples(st.integers(-3, 3), st.sampled_from(["t", "*", "?", "x"])), max_size=12))
def test_handlers_are_called_by_priority_then_by_subscription(
    wanted: list[tuple[int, str]],
) -> None:
    bus, heard = MessageBus(), []
    for number, (priority, pattern) in enumerate(wanted):
        bus.subscribe(pattern, lambda _, n=number: heard.append(n), priority)
    bus.publish("t", None)
    ranked = sorted(
        (-priority, n) for n, (priority, pattern) in enumerate(wanted) if pattern != "x"
    )
    assert [n for _, n in ranked] == heard


def test_subscribing_twice_is_subscribing_once() -> None:
    bus, heard = MessageBus(), []
    bus.subscribe("t", heard.append)
    bus.subscribe("t", heard.append, priority=5)
    bus.publish("t", 1)
    assert [1] == heard


PATTERNS = ("a", "b", "a.b", "a*", "*b", "?", "*")


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(PATTERNS), st.integers(0, 2))))
def test_a_topic_has_the_handlers_that_all_subscriptions_give_it(
    steps: list[tuple[bool, str, int]],
) -> None:
    bus = MessageBus()
    handlers = [Component().on_message for _ in range(3)]
    known: list[tuple[str, int]] = []  # as a plain list, in the order of subscription
    held = bus.topic("a")
    for subscribes, pattern, number in steps:
        if subscribes:
            bus.subscribe(pattern, handlers[number], priority=number)
            known += [(pattern, number)] if (pattern, number) not in known else []
        else:
            bus.unsubscribe(pattern, handlers[number])
            known = [each for each in known if each != (pattern, number)]
    ranked = sorted(known, key=lambda each: -each[1])
    for topic in (held, bus.topic("a.b"), bus.topic("ab")):
        expected = [handlers[number] for pattern, number in ranked if matches(topic.name, pattern)]
        assert expected == topic.handlers
    assert [(pattern, handlers[n]) for pattern, n in ranked] == bus.subscriptions()


def test_a_bound_method_can_be_unsubscribed() -> None:
    bus, component = MessageBus(), Component()
    bus.subscribe("t", component.on_message)
    assert bus.has_subscribers("t")
    bus.unsubscribe("t", component.on_message)
    bus.unsubscribe("t", component.on_message)
    bus.publish("t", 1)
    assert [] == component.heard
    assert not bus.has_subscribers("t")


def test_a_held_topic_follows_later_subscriptions() -> None:
    bus, heard = MessageBus(), []
    topic = bus.topic("data.quotes")
    assert topic is bus.topic("data.quotes")
    topic.publish(1)
    bus.subscribe("data.*", heard.append)
    topic.publish(2)
    bus.unsubscribe("data.*", heard.append)
    topic.publish(3)
    assert [2] == heard


def test_who_subscribes_during_a_message_hears_the_next() -> None:
    bus, heard = MessageBus(), []

    def first(message: object) -> None:
        bus.subscribe("t", heard.append)

    bus.subscribe("t", first)
    bus.publish("t", 1)
    bus.publish("t", 2)
    assert [2] == heard


def test_who_is_unsubscribed_during_a_message_still_hears_it() -> None:
    bus, heard = MessageBus(), []
    bus.subscribe("t", lambda _: bus.unsubscribe("t", heard.append))
    bus.subscribe("t", heard.append)
    bus.publish("t", 1)
    bus.publish("t", 2)
    assert [1] == heard


def test_publishing_within_a_message_comes_first() -> None:
    bus, heard = MessageBus(), []

    def echo(message: int) -> None:
        if message < 3:
            bus.publish("t", message + 1)

    bus.subscribe("t", echo)
    bus.subscribe("t", heard.append)
    bus.publish("t", 1)
    assert [3, 2, 1] == heard


def test_subscriptions_are_listed_in_calling_order() -> None:
    bus, component = MessageBus(), Component()
    bus.subscribe("a", component.on_message)
    bus.subscribe("b", component.on_message, priority=1)
    assert ["b", "a"] == [pattern for pattern, _ in bus.subscriptions()]


def test_a_handler_that_raises_is_named() -> None:
    bus, component = MessageBus(), Component()
    bus.subscribe("t", component.on_failure)
    with pytest.raises(StrategyError) as caught:
        bus.publish("t", 7)
    assert "EMACross-001.on_failure: ValueError: cannot take 7" == str(caught.value)
    assert isinstance(caught.value.__cause__, ValueError)


def test_the_end_of_a_run_passes_as_it_is() -> None:
    bus = MessageBus()

    def end(_: object) -> None:
        raise RunError("over")

    bus.guard(lambda handler, error: None)
    bus.subscribe("t", end)
    with pytest.raises(RunError, match="over"):
        bus.publish("t", 1)


def test_a_guard_decides_whether_the_others_still_hear() -> None:
    bus, component, failures = MessageBus(), Component(), []
    bus.subscribe("t", component.on_failure)
    bus.subscribe("t", component.on_message)
    bus.guard(lambda handler, error: failures.append((handler.__name__, str(error))))
    bus.publish("t", 7)
    assert [("on_failure", "cannot take 7")] == failures
    assert [7] == component.heard
    bus.guard(None)
    with pytest.raises(StrategyError):
        bus.publish("t", 7)


def test_a_plain_function_is_named_by_itself() -> None:
    def on_bar(_: object) -> None: ...

    assert on_bar.__name__ == handler_error(on_bar, ValueError("x")).handler


def test_a_handler_that_ends_the_process_has_failed() -> None:
    bus = MessageBus()
    bus.subscribe("a", lambda _: sys.exit(3))
    with pytest.raises(StrategyError) as caught:
        bus.publish("a", 1)
    assert isinstance(caught.value.cause, SystemExit)


def test_ctrl_c_passes_as_it_is() -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    bus = MessageBus()
    bus.guard(lambda handler, error: None)
    bus.subscribe("a", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bus.publish("a", 1)


class Wrong:
    """Has a handler that cannot be called."""

    def on_bar(self) -> None:
        """Take nothing."""


def test_an_error_knows_where_its_handler_is_written() -> None:
    error = handler_error(Wrong().on_bar, TypeError("no"))
    assert (__file__, Wrong.on_bar.__code__.co_firstlineno) == error.source


def test_a_handler_of_the_host_is_written_where_its_owner_is() -> None:
    error = handler_error(EventDispatch(Wrong()).handle, TypeError("no"))
    assert (__file__, None) == error.source
    assert handler_error(print, TypeError("no")).source is None


def test_a_family_finds_the_topic_of_each_key() -> None:
    bus = MessageBus()
    family = TopicFamily(bus, "events.order.")
    for key in ("A-1", "B-1", "B-1", "A-1"):
        assert bus.topic(f"events.order.{key}") is family.of(key)


def test_an_equal_key_is_the_same_topic() -> None:
    family = TopicFamily(MessageBus(), "events.order.")
    first = family.of("A-1")
    assert first is family.of("".join(["A", "-1"]))
