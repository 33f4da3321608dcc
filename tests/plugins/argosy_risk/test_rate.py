"""Throttles count what passed in a sliding window."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from argosy_risk.rate import Window
from argosy_risk.settings import RateSettings
from tests.host.engine.kit import BUY, NOW, SECOND, Desk
from tests.plugins.argosy_risk.kit import all_rules, rule


def test_more_orders_than_the_limit_are_denied_until_the_window_has_moved_on() -> None:
    desk = Desk()
    desk.rules(rule(desk, "submit_rate", limit=2, interval="1s"))
    denied = f"RATE_LIMIT_EXCEEDED: command=submit, limit=2, interval_ns={SECOND}"
    assert [None, None, denied] == [desk.risk.check(desk.buy(1000)) for _ in range(3)]
    desk.timeline.advance(NOW + SECOND - 1)
    assert desk.risk.check(desk.buy(1000)) == denied
    desk.timeline.advance(NOW + SECOND)
    assert [None, None, denied] == [desk.risk.check(desk.buy(1000)) for _ in range(3)]


def test_more_changes_than_the_limit_are_denied() -> None:
    desk = Desk()
    desk.rules(rule(desk, "modify_rate", limit=1, interval="2s"))
    order = desk.limit(BUY, 1000, "1.1")
    assert desk.risk.check_modify(order, None, order.price, None) is None
    assert desk.risk.check_modify(order, None, order.price, None) == (
        f"RATE_LIMIT_EXCEEDED: command=modify, limit=1, interval_ns={2 * SECOND}"
    )
    assert desk.risk.check(order) is None


def test_what_another_rule_denies_is_not_counted() -> None:
    desk = Desk()
    desk.quote("1.1", "1.1")
    all_rules(desk, submit_rate={"limit": 1, "interval": "1s"})
    for _ in range(3):
        assert str(desk.risk.check(desk.buy(1))).startswith("QUANTITY_BELOW_MINIMUM")
    assert desk.risk.check(desk.buy(1000)) is None


@given(
    st.lists(st.integers(0, 30), max_size=80),
    st.integers(1, 5),
    st.integers(1, 20),
)
def test_no_window_ever_holds_more_than_the_limit(
    waits: Sequence[int], limit: int, interval: int
) -> None:
    window = Window(RateSettings.model_construct(limit=limit, interval_ns=interval))
    passed: list[int] = []
    now = 0
    for wait in waits:
        now += wait
        recent = [at for at in passed if at > now - interval]
        assert (len(recent) < limit) == window.lets_pass(now)
        if len(recent) < limit:
            passed.append(now)
