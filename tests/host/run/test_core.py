from __future__ import annotations

from dataclasses import replace as replace_field
from typing import Any

import pytest

from argosy import (
    BarType,
    Order,
    OrderType,
    PluginError,
    TradingState,
    UnknownNameError,
)
from argosy.config.choice import Choice
from argosy.parts.registration import Part
from argosy.run.by_hand import plan_of
from argosy.run.core import Core, core_of
from argosy.testing.instruments import default_fx_ccy
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


def with_order_type(order_class: Any) -> Core:
    """Return the core of a plan in which a plugin brings ICEBERG orders."""
    part = Part("order_types", "ICEBERG", object, plugin="ice", order_class=order_class)
    plan = plan_of({"name": "core"})
    changed = replace_field(plan, order_types={**plan.order_types, "ICEBERG": Choice(part)})
    return core_of(changed, lambda *_: iter(()))


class Iceberg(Order):
    """A plugin's orders."""


def test_orders_of_a_plugins_type_are_of_its_class_in_this_run_only() -> None:
    iceberg = OrderType("ICEBERG")
    made, plain = with_order_type(lambda: Iceberg), with_order_type(None)
    assert Iceberg is made.trader.floor.order_classes.of(iceberg)
    assert Order is plain.trader.floor.order_classes.of(iceberg)


def test_an_order_class_that_is_no_order_is_refused_with_its_plugin() -> None:
    with pytest.raises(PluginError, match="ice: the order class of order type 'ICEBERG' is int"):
        with_order_type(lambda: int)
