"""The risk engine asks the rules in their order; the first reason wins."""

from typing import Any

import pytest

from argosy.engine.orders.risk import RiskEngine, TradingStateChanged
from argosy.errors import PluginError
from argosy.model.enums import TradingState
from argosy.model.identifiers import PositionId
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.parts.risk_rule import RiskRule
from tests.host.engine.kit import BUY, NOW, TRADER, Desk


class Asked(RiskRule):
    """A rule in Python, as a third party writes it; notes what it was asked."""

    def __init__(self, context: Any, reason: str | None = None) -> None:
        super().__init__(context)
        self.reason = reason
        self.asked: list[tuple[Any, ...]] = []

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Answer as told."""
        self.asked.append((order, position_id))
        return self.reason

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Answer as told."""
        self.asked.append((order, quantity, price, trigger_price))
        return self.reason


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_without_rules_everything_passes(desk: Desk) -> None:
    assert desk.risk.check(desk.buy(1000)) is None
    assert desk.risk.check_modify(desk.buy(1000), None, None, None) is None
    assert [] == desk.risk.rules()


def test_rules_are_asked_in_their_order_until_one_says_no(desk: Desk) -> None:
    passing, first, second = (Asked(desk.context, each) for each in (None, "ONE: x=1", "TWO: x=2"))
    desk.rules(passing, first, second)
    order, position_id = desk.buy(1000), PositionId("P-1")
    assert desk.risk.check(order, position_id) == "ONE: x=1"
    assert [(order, position_id)] == passing.asked == first.asked
    assert [] == second.asked
    assert [passing, first, second] == desk.risk.rules()


def test_changes_are_checked_likewise(desk: Desk) -> None:
    rule = Asked(desk.context, "NO: x=1")
    desk.rules(RiskRule(desk.context), rule)
    order = desk.limit(BUY, 1000, "1.1")
    change = Quantity("2000"), Price("1.2"), None
    assert desk.risk.check_modify(order, *change) == "NO: x=1"
    assert [(order, *change)] == rule.asked


def test_rules_can_be_replaced(desk: Desk) -> None:
    desk.rules(Asked(desk.context, "NO: x=1"))
    desk.rules()
    assert desk.risk.check(desk.buy(1000)) is None


def test_what_is_no_rule_is_refused_with_the_cure(desk: Desk) -> None:
    class Alike:
        def check(self, order: Order, position_id: PositionId | None) -> None:
            return None

    with pytest.raises(PluginError, match=r"Alike.* is no argosy.* Let its class inherit RiskRule"):
        desk.risk.set_rules([RiskRule(desk.context), Alike()])  # type: ignore[list-item]
    assert [] == desk.risk.rules()


def test_a_change_of_the_trading_state_is_published_once(desk: Desk) -> None:
    engine = RiskEngine(desk.context, desk.bus, TRADER)
    assert TradingState.ACTIVE == engine.trading_state
    for state in (TradingState.HALTED, TradingState.HALTED, TradingState.ACTIVE):
        engine.set_trading_state(state)
    assert [
        TradingStateChanged(TRADER, TradingState.HALTED, NOW),
        TradingStateChanged(TRADER, TradingState.ACTIVE, NOW),
    ] == desk.of(TradingStateChanged)
    assert TradingState.ACTIVE == desk.context.trading_state
