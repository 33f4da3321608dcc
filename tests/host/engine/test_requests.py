"""Requests are answered within the settling of the same moment, never beyond it."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.engine.requests import HistoryRequest
from argosy.errors import InputError, StrategyError, ValueRangeError
from argosy.model.data import QuoteTick, TradeTick
from argosy.model.enums import AggressorSide
from argosy.model.identifiers import TradeId
from argosy.model.values import Price, Quantity
from tests.host.engine.kit import EURUSD, NOW, SECOND, Desk

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


def quote(second: int) -> QuoteTick:
    at = NOW + second * SECOND
    one = Quantity.from_int(1)
    return QuoteTick(EURUSD.id, Price("1.10000"), Price("1.10001"), one, one, at, at)


def trade(second: int) -> TradeTick:
    at = NOW + second * SECOND
    size = Quantity.from_int(1)
    return TradeTick(EURUSD.id, Price("1.1"), size, AggressorSide.BUYER, TradeId("T"), at, at)


class Asker:
    """Asks, and notes what comes back."""

    id = "asker"

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.got: list[Any] = []

    def ask(self, **terms: Any) -> int:
        usual = {
            "data_type": QuoteTick,
            "key": EURUSD.id,
            "start": None,
            "end": None,
            "limit": 0,
            "deliver": self.take,
            "done": self.finish,
        }
        return self.desk.requests.add(HistoryRequest(**{**usual, **terms}))

    def take(self, item: Any) -> None:
        self.got.append((item.ts_init - NOW) // SECOND)

    def finish(self, request_id: int) -> None:
        self.got.append(f"done {request_id}")

    def fail(self, _: Any) -> None:
        raise KeyError("gone")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.history = [quote(second) for second in range(5)]
    desk.timeline.advance(NOW + 3 * SECOND)
    return desk


def test_nothing_is_answered_before_the_moment_settles(desk: Desk) -> None:
    asker = Asker(desk)
    assert [1, 2] == [asker.ask(), asker.ask(data_type=TradeTick)]
    assert [] == asker.got
    desk.timeline.settle()
    assert [0, 1, 2, 3, "done 1", "done 2"] == asker.got
    desk.timeline.settle()
    assert 6 == len(asker.got)


def test_what_is_known_later_is_not_handed_out(desk: Desk) -> None:
    asker = Asker(desk)
    asker.ask(end=BEGIN + timedelta(days=9))
    desk.timeline.settle()
    assert [0, 1, 2, 3, "done 1"] == asker.got


def test_start_and_end_are_inclusive(desk: Desk) -> None:
    asker = Asker(desk)
    asker.ask(start=BEGIN + timedelta(seconds=1), end=BEGIN + timedelta(seconds=2))
    desk.timeline.settle()
    assert [1, 2, "done 1"] == asker.got


def test_a_limit_leaves_the_newest(desk: Desk) -> None:
    asker = Asker(desk)
    asker.ask(limit=2)
    asker.ask(limit=100)
    desk.timeline.settle()
    assert [2, 3, "done 1", 0, 1, 2, 3, "done 2"] == asker.got


def test_the_end_of_a_request_need_not_be_told(desk: Desk) -> None:
    asker = Asker(desk)
    asker.ask(limit=1, done=None)
    desk.timeline.settle()
    assert [3] == asker.got


def test_a_request_inside_an_answer_is_answered_in_the_same_moment(desk: Desk) -> None:
    asker = Asker(desk)
    desk.history.append(trade(1))
    asker.ask(limit=1, done=lambda _: asker.ask(data_type=TradeTick))
    desk.timeline.settle()
    assert [3, 1, "done 2"] == asker.got


def test_a_negative_limit_and_a_time_without_zone_are_refused_at_once(desk: Desk) -> None:
    asker = Asker(desk)
    with pytest.raises(InputError, match=r"limit of -1. Give the number of objects, or 0 for all"):
        asker.ask(limit=-1)
    naive = datetime(2024, 1, 1)
    for name in ("start", "end"):
        with pytest.raises(ValueRangeError, match="has no time zone"):
            asker.ask(**{name: naive})
    desk.timeline.settle()
    assert [] == asker.got


def test_an_error_of_a_handler_names_its_component(desk: Desk) -> None:
    asker = Asker(desk)
    asker.ask(deliver=asker.fail)
    with pytest.raises(StrategyError, match="asker") as caught:
        desk.timeline.settle()
    assert isinstance(caught.value.__cause__, KeyError)


def test_a_guard_that_swallows_an_error_ends_only_that_request(desk: Desk) -> None:
    asker = Asker(desk)
    failed: list[str] = []
    desk.bus.guard(lambda _, error: failed.append(type(error).__name__))
    asker.ask(deliver=asker.fail)
    asker.ask(limit=1, done=asker.fail)
    asker.ask(limit=1)
    desk.timeline.settle()
    assert ["KeyError", "KeyError"] == failed
    assert [3, 3, "done 3"] == asker.got


@given(st.lists(st.integers(0, 9), max_size=20), st.integers(0, 9), st.integers(0, 12))
def test_answers_are_the_newest_of_what_is_known(
    seconds: Sequence[int], now: int, limit: int
) -> None:
    desk = Desk()
    desk.history = [quote(second) for second in sorted(seconds)]
    desk.timeline.advance(NOW + now * SECOND)
    asker = Asker(desk)
    asker.ask(limit=limit, done=None)
    desk.timeline.settle()
    known = [second for second in sorted(seconds) if second <= now]
    assert (known[-limit:] if limit else known) == asker.got


def test_a_handler_that_ends_the_process_has_failed(desk: Desk) -> None:
    Asker(desk).ask(deliver=lambda _: sys.exit())
    with pytest.raises(StrategyError, match="SystemExit"):
        desk.timeline.settle()
