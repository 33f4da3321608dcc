"""Handlers that cannot be called, or that nothing calls, are told with file and line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import ConfigError
from argosy.strategy.actor import Actor
from argosy.strategy.handlers import check_component, misspelt
from argosy.strategy.strategy import Strategy


class Bare(Strategy):
    """Forgets its base class."""

    def __init__(self) -> None:
        pass


class Awaiting(Strategy):
    """Has a handler that nothing awaits."""

    async def on_quote_tick(self, tick: Any) -> None:  # type: ignore[override]
        """Do nothing."""


class Streaming(Strategy):
    """Has a handler that nothing iterates over."""

    async def on_pulse(self) -> AsyncIterator[int]:
        """Give nothing that anyone takes."""
        yield 1


class Yielding(Actor):
    """Has a handler that gives something."""

    def on_bar(self, bar: Any) -> Iterator[Any]:  # type: ignore[override]
        """Give the bar."""
        yield bar


class Short(Strategy):
    """Forgets the event."""

    def on_order_filled(self) -> None:  # type: ignore[override]
        """Do nothing."""


class Long(Strategy):
    """Expects more than there is."""

    def on_start(self, now: int) -> None:  # type: ignore[override]
        """Do nothing."""


@pytest.mark.parametrize(
    ("class_", "method", "expected"),
    [
        (
            Bare,
            "__init__",
            "Bare.__init__ does not call that of its base class. Begin it with"
            " super().__init__(config)",
        ),
        (
            Awaiting,
            "on_quote_tick",
            "Awaiting.on_quote_tick is async, and nothing would await it. Write def, not async def",
        ),
        (
            Streaming,
            "on_pulse",
            "Streaming.on_pulse is async, and nothing would await it. Write def, not async def",
        ),
        (
            Yielding,
            "on_bar",
            "Yielding.on_bar has a yield, so that calling it does nothing. Write it without yield",
        ),
        (
            Short,
            "on_order_filled",
            "Short.on_order_filled does not take the arguments of its call. Write"
            " def on_order_filled(self, event)",
        ),
        (
            Long,
            "on_start",
            "Long.on_start does not take the arguments of its call. Write def on_start(self)",
        ),
    ],
)
def test_what_cannot_be_called_is_refused_with_its_line(
    class_: Any, method: str, expected: str
) -> None:
    line = getattr(class_, method).__code__.co_firstlineno
    with pytest.raises(ConfigError) as caught:
        check_component(class_())
    assert f"tests/host/strategy/test_handlers.py:{line}" == caught.value.place
    assert expected == f"{caught.value.message}. {caught.value.cure}"


def quietly(handler: Any) -> Any:
    """Wrap a handler as many do."""

    def called(*arguments: Any, **named: Any) -> None:
        handler(*arguments, **named)

    called.__wrapped__ = handler  # type: ignore[attr-defined]
    return called


class Odd(Strategy):
    """Has handlers of all kinds that can be called."""

    def on_start(self, *_: Any) -> None:
        """Take anything."""

    def on_bar(self, bar: Any, more: int = 0) -> None:
        """Take more if given."""

    @quietly
    def on_trade_tick() -> None:  # type: ignore[misc]
        """Be called by another."""

    @staticmethod
    def on_quote_tick(tick: Any) -> None:  # type: ignore[override]
        """Need no self."""

    def on_levels(self) -> Iterator[int]:
        """Give levels to its own class."""
        yield 1


class Again(Awaiting):
    """Puts right what its base class does wrong."""

    def on_quote_tick(self, tick: Any) -> None:  # type: ignore[override]
        """Do nothing."""


@pytest.mark.parametrize("class_", [Actor, Strategy, Odd, Again])
def test_what_can_be_called_is_accepted(class_: Any) -> None:
    check_component(class_())


class Misspelt(Strategy):
    """Has names that are almost those of handlers."""

    def on_start(self) -> None:
        """Set a timer."""
        self.clock.set_time_alert_ns("timer", 5, callback=self.on_timer)

    def on_timer(self, event: Any) -> None:
        """Be called back."""

    def on_bars(self, bar: Any) -> None:
        """Never be called."""

    def on_quote(self, tick: Any) -> None:
        """Never be called."""

    def on_crossing_of_two_averages(self) -> None:
        """Be called by someone else, perhaps."""


def test_a_misspelt_handler_is_told_with_the_name_that_was_meant() -> None:
    said = list(misspelt(Misspelt()))
    place = Path(__file__).relative_to(Path.cwd())
    expected = [
        f"{place}:{method.__code__.co_firstlineno}: Misspelt.{method.__name__} is no handler, and"
        f" the class does not call it; did you mean {meant!r}?"
        for method, meant in ((Misspelt.on_bars, "on_bar"), (Misspelt.on_quote, "on_quote_tick"))
    ]
    assert expected == said


def test_names_that_are_right_give_no_warning() -> None:
    assert [] == list(misspelt(Odd()))
