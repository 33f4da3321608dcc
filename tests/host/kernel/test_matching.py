"""The matching core, against one that looks at every trigger at every update."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from argosy.errors import ValueRangeError
from argosy.kernel.matching import UNSET, MatchingCore
from argosy.kernel.timeline import NEVER
from argosy.kernel.trigger import (
    WATCH_ASK,
    WATCH_BID,
    WATCH_LAST,
    WATCH_MID,
    PriceTrigger,
    Trigger,
)

PRICES = st.integers(90, 110)
WATCHES = st.sampled_from(
    [WATCH_BID, WATCH_ASK, WATCH_LAST, WATCH_BID | WATCH_LAST, WATCH_ASK | WATCH_LAST, WATCH_MID]
)


class Core(MatchingCore):
    """Notes who fired; `then` may act before it says whether the trigger rests on."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[tuple[Any, int, int]] = []
        self.then: Any = None

    def on_fired(self, trigger: Trigger, price: int, ts: int) -> bool:
        self.log.append((trigger.order, price, ts))
        return self.then is not None and bool(self.then(trigger))


def plain(order: object, level: int, *, is_buy: bool, upward: bool, watch: int) -> PriceTrigger:
    return PriceTrigger(order, is_buy=is_buy, watch=watch, level=level, upward=upward)


class Scan:
    """The naive core: a list, looked through at every update."""

    def __init__(self) -> None:
        self.bid = self.ask = self.last = UNSET
        self.resting: list[Any] = []
        self.log: list[tuple[Any, int, int]] = []
        self.count = 0

    def add(self, entry: dict[str, Any]) -> None:
        self.resting.append({**entry, "sequence": self.count, "met": False})
        self.count += 1

    def remove(self, order: object) -> None:
        self.resting = [each for each in self.resting if each["order"] != order]

    def price(self, source: int) -> int:
        if source == WATCH_MID:
            return UNSET if UNSET in (self.bid, self.ask) else self.bid + self.ask
        return {WATCH_BID: self.bid, WATCH_ASK: self.ask, WATCH_LAST: self.last}[source]

    def update(self, sources: tuple[int, ...], ts: int) -> None:
        touched = []
        for each in self.resting:
            for position, source in enumerate(sources):
                price = self.price(source)
                if each["watch"] & source and price != UNSET:
                    reached = price >= each["level"] if each["upward"] else price <= each["level"]
                    if reached:
                        level = each["level"] // 2 if source == WATCH_MID else each["level"]
                        rank = -level if each["is_buy"] else level
                        key = (not each["is_buy"], rank, each["sequence"], position)
                        touched.append((key, each, price))
                        break
        for _, each, price in sorted(touched, key=lambda entry: entry[0]):
            self.log.append((each["order"], price, ts))
            self.remove(each["order"])


class SameAsScan(RuleBasedStateMachine):
    """Random triggers, updates and removals give the same firings in the same order."""

    def __init__(self) -> None:
        super().__init__()
        self.core = Core()
        self.scan = Scan()
        self.triggers: dict[int, Trigger] = {}
        self.ts = 0

    @rule(level=PRICES, is_buy=st.booleans(), upward=st.booleans(), watch=WATCHES)
    def add(self, level: int, is_buy: bool, upward: bool, watch: int) -> None:  # noqa: FBT001
        level = 2 * level if watch == WATCH_MID else level
        order = len(self.triggers)
        trigger = plain(order, level, is_buy=is_buy, upward=upward, watch=watch)
        self.triggers[order] = trigger
        self.core.add(trigger)
        self.scan.add(
            {"order": order, "level": level, "is_buy": is_buy, "upward": upward, "watch": watch}
        )

    @rule(bid=PRICES, spread=st.integers(0, 4))
    def quote(self, bid: int, spread: int) -> None:
        self.ts += 1
        self.core.quote(bid, bid + spread, 1, 1, self.ts)
        self.scan.bid, self.scan.ask = bid, bid + spread
        self.scan.update((WATCH_BID, WATCH_ASK, WATCH_MID), self.ts)

    @rule(price=PRICES)
    def trade(self, price: int) -> None:
        self.ts += 1
        self.core.trade(price, 1, 0, self.ts)
        self.scan.last = price
        self.scan.update((WATCH_LAST,), self.ts)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if self.triggers:
            order = data.draw(st.sampled_from(sorted(self.triggers)))
            self.core.remove(self.triggers[order])
            self.scan.remove(order)

    @invariant()
    def both_agree(self) -> None:
        assert self.scan.log == self.core.log
        assert [each["order"] for each in self.scan.resting] == [
            trigger.order for trigger in self.core.triggers()
        ]
        assert len(self.scan.resting) == self.core.resting


TestSameAsScan = SameAsScan.TestCase
TestSameAsScan.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


def test_buys_come_before_sells_and_the_better_level_first() -> None:
    core = Core()
    for name, level, is_buy in [
        ("s1", 105, False),
        ("b1", 101, True),
        ("s2", 103, False),
        ("b2", 104, True),
    ]:
        core.add(plain(name, level, is_buy=is_buy, upward=True, watch=WATCH_LAST))
    core.trade(110, 1, 0, 7)
    assert ["b2", "b1", "s2", "s1"] == [order for order, _, _ in core.log]


def test_triggers_of_one_level_fire_in_the_order_in_which_they_came() -> None:
    core = Core()
    for name in "abc":
        core.add(plain(name, 100, is_buy=True, upward=True, watch=WATCH_LAST))
    core.trade(100, 1, 0, 1)
    assert ["a", "b", "c"] == [order for order, _, _ in core.log]


def test_nothing_fires_before_a_price_has_come() -> None:
    core = Core()
    core.add(plain("mid", 0, is_buy=True, upward=False, watch=WATCH_MID))
    core.add(plain("bid", 0, is_buy=True, upward=False, watch=WATCH_BID))
    core.trade(100, 1, 0, 1)
    assert [] == core.log


def test_a_trigger_is_first_looked_at_by_the_update_after_it_came() -> None:
    core = Core()
    core.quote(100, 101, 1, 1, 1)
    core.add(plain("late", 50, is_buy=True, upward=True, watch=WATCH_ASK))
    assert [] == core.log
    core.quote(100, 101, 1, 1, 2)
    assert [("late", 101, 2)] == core.log


def test_a_trigger_that_rests_on_is_looked_at_again() -> None:
    core = Core()
    core.then = lambda trigger: len(core.log) < 3
    core.add(plain("x", 100, is_buy=True, upward=True, watch=WATCH_LAST))
    for ts in range(5):
        core.trade(100, 1, 0, ts)
    assert [("x", 100, 0), ("x", 100, 1), ("x", 100, 2)] == core.log
    assert 0 == core.resting


def test_a_trigger_that_one_before_it_removed_does_not_fire() -> None:
    core = Core()
    first, second = (
        plain(name, 100, is_buy=True, upward=True, watch=WATCH_LAST) for name in ("one", "other")
    )
    core.add(first)
    core.add(second)
    core.then = lambda trigger: core.remove(second)
    core.trade(100, 1, 0, 1)
    assert [("one", 100, 1)] == core.log
    assert (0, []) == (core.resting, core.triggers())


def test_a_trigger_that_comes_while_another_fires_waits_for_the_next_update() -> None:
    core = Core()
    core.add(plain("first", 100, is_buy=True, upward=True, watch=WATCH_LAST))
    core.then = lambda trigger: (
        trigger.order == "first"
        and core.add(plain("second", 90, is_buy=True, upward=True, watch=WATCH_LAST))
    )
    core.trade(100, 1, 0, 1)
    core.trade(95, 1, 0, 2)
    assert [("first", 100, 1), ("second", 95, 2)] == core.log


def test_a_trigger_may_remove_itself_while_it_fires() -> None:
    core = Core()
    trigger = plain("x", 100, is_buy=True, upward=True, watch=WATCH_LAST)
    core.add(trigger)
    core.then = lambda fired: core.remove(fired) or True
    core.trade(100, 1, 0, 1)
    core.trade(100, 1, 0, 2)
    assert [("x", 100, 1)] == core.log
    assert 0 == core.resting


def test_a_trigger_on_two_prices_fires_once() -> None:
    core = Core()
    core.add(
        Trigger("x", is_buy=True, watch=WATCH_BID | WATCH_ASK, level=100, above=100, below=-NEVER)
    )
    core.quote(100, 101, 1, 1, 1)
    assert 1 == len(core.log)


def test_a_trigger_rests_in_one_core_only() -> None:
    trigger = plain("x", 100, is_buy=True, upward=True, watch=WATCH_LAST)
    MatchingCore().add(trigger)
    with pytest.raises(ValueRangeError, match="rests in a core already"):
        MatchingCore().add(trigger)


def test_removing_a_stranger_changes_nothing() -> None:
    core = Core()
    core.add(plain("x", 100, is_buy=True, upward=True, watch=WATCH_LAST))
    core.remove(plain("y", 100, is_buy=True, upward=True, watch=WATCH_LAST))
    assert 1 == core.resting


def test_what_was_canceled_does_not_pile_up() -> None:
    core = Core()
    kept = plain("kept", 100, is_buy=True, upward=True, watch=WATCH_LAST)
    core.add(kept)
    for number in range(5_000):
        passing = plain(number, 1_000 + number, is_buy=True, upward=True, watch=WATCH_LAST)
        core.add(passing)
        core.remove(passing)
    assert [kept] == core.triggers()
    core.trade(999, 1, 0, 1)
    assert [("kept", 999, 1)] == core.log


def test_many_triggers_survive_a_clean_up() -> None:
    core = Core()
    triggers = [
        plain(n, 1_000 + n, is_buy=True, upward=True, watch=WATCH_LAST) for n in range(2_000)
    ]
    for trigger in triggers:
        core.add(trigger)
    for trigger in triggers[::2] + triggers[1::4]:
        core.remove(trigger)
    assert 500 == core.resting == len(core.triggers())
    core.trade(10_000, 1, 0, 1)
    assert sorted(range(3, 2_000, 4), reverse=True) == [order for order, _, _ in core.log]
