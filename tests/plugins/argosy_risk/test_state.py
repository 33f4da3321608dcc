"""The trading state decides before anything else."""

import pytest

from argosy.model.enums import TradingState
from argosy.model.values import Quantity
from tests.host.engine.kit import BUY, SELL, Desk
from tests.plugins.argosy_risk.kit import rule

ACTIVE, REDUCING, HALTED = TradingState.ACTIVE, TradingState.REDUCING, TradingState.HALTED


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.rules(rule(desk, "trading_state"))
    return desk


def test_an_active_trader_may_send_and_change_anything(desk: Desk) -> None:
    desk.trade_at(BUY, 1000, "1.1")
    assert desk.risk.check(desk.buy(1000)) is None
    assert desk.risk.check_modify(desk.buy(1000), Quantity("5000"), None, None) is None


def test_a_halted_trader_sends_and_changes_nothing(desk: Desk) -> None:
    desk.risk.set_trading_state(HALTED)
    assert desk.risk.check(desk.sell(1000)) == "TRADING_HALTED: state=HALTED"
    reason = desk.risk.check_modify(desk.buy(1000), Quantity("1000"), None, None)
    assert reason == "TRADING_HALTED: state=HALTED"


def test_reducing_lets_pass_what_is_against_the_net_position(desk: Desk) -> None:
    desk.trade_at(BUY, 3000, "1.1")
    desk.risk.set_trading_state(REDUCING)
    assert desk.risk.check(desk.sell(1000)) is None
    assert desk.risk.check(desk.buy(1000)) == "TRADING_REDUCING: net_position=3000, side=BUY"


def test_reducing_lets_pass_what_is_against_a_short_position(desk: Desk) -> None:
    desk.trade_at(SELL, 3000, "1.1")
    desk.risk.set_trading_state(REDUCING)
    assert desk.risk.check(desk.buy(1000)) is None
    assert desk.risk.check(desk.sell(1000)) == "TRADING_REDUCING: net_position=-3000, side=SELL"


def test_reducing_lets_a_flat_trader_trade(desk: Desk) -> None:
    desk.risk.set_trading_state(REDUCING)
    assert desk.risk.check(desk.buy(1000)) is None
    assert desk.risk.check(desk.sell(1000)) is None


def test_reducing_denies_a_change_that_makes_an_order_larger(desk: Desk) -> None:
    desk.risk.set_trading_state(REDUCING)
    order = desk.limit(BUY, 2000, "1.1")
    assert desk.risk.check_modify(order, Quantity("1000"), None, None) is None
    assert desk.risk.check_modify(order, None, None, None) is None
    reason = desk.risk.check_modify(order, Quantity("3000"), None, None)
    assert reason == "TRADING_REDUCING: quantity=3000, was=2000"
