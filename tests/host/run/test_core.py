from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from argosy import (
    AccountId,
    BarType,
    MarginAccount,
    OrderSide,
    Price,
    Quantity,
    StrategyId,
    TradingState,
    UnknownNameError,
    VenueOrderId,
)
from argosy.kernel.client import ExecutionClient
from argosy.kernel.clock import Clock
from argosy.model.currency import USD
from argosy.model.enums import OmsType
from argosy.run.by_hand import plan_of
from argosy.run.core import Core, core_of
from argosy.strategy.factory import OrderFactory
from argosy.testing.instruments import default_fx_ccy
from tests.host.engine.kit import TRADER
from tests.host.run.kit import PAIR


def core(**sections: Any) -> Core:
    return core_of(plan_of({"name": "core", **sections}), lambda *_: iter(()))


def test_risk_has_the_state_and_the_rules_of_the_plan() -> None:
    made = core(risk={"trading_state": "reducing", "disable": ["balance"]})
    assert TradingState.REDUCING is made.risk.trading_state
    names = {type(rule).__name__ for rule in made.risk.rules()}
    assert "NotionalRule" in names
    assert "BalanceRule" not in names


def test_bars_are_built_by_the_part_of_their_aggregation() -> None:
    made = core()
    made.data.add_instrument(default_fx_ccy("GBP/USD"))
    feed = made.data.feed(BarType.from_str(f"{PAIR}-5-TICK-BID-INTERNAL"))
    assert feed.aggregator is not None


def test_an_aggregation_that_nobody_has_is_named() -> None:
    made = core()
    made.data.add_instrument(default_fx_ccy("GBP/USD"))
    with pytest.raises(UnknownNameError, match="unknown bar aggregation 'RENKO'"):
        made.data.feed(BarType.from_str(f"{PAIR}-5-RENKO-BID-INTERNAL"))


class Taker(ExecutionClient):
    """Takes every order, and does nothing."""

    def submit_order(self, order: Any, position_id: Any) -> None:
        """Take it."""


def test_a_new_definition_of_an_instrument_counts_for_the_accounts_too() -> None:
    made = core(risk={"disable": ["balance"]})
    pair = default_fx_ccy("GBP/USD")
    account = MarginAccount(AccountId("SIM-001"), USD)
    made.data.add_instrument(pair)
    made.cache.add_account(PAIR.venue, account)
    made.execution.add_client(Taker(PAIR.venue, account.id, OmsType.NETTING))
    factory = OrderFactory(TRADER, StrategyId("Cross-000"), Clock(made.timeline), made.event_ids)
    for margin, held in (("0.03", "30"), ("0.5", "530")):
        made.data.add_instrument(replace(pair, margin_init=Decimal(margin)))
        order = factory.limit(PAIR, OrderSide.BUY, Quantity("1000"), Price("1.0"))
        made.execution.submit(order)
        made.execution.accepted(order, VenueOrderId(order.client_order_id), 0)
        assert Decimal(held) == account.total_margin_init(USD).as_decimal()
