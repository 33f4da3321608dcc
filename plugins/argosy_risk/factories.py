"""What builds each rule; imported when the first one is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from argosy.parts.risk_rule import RiskContext, RiskRule
from argosy_risk.balance import BalanceRule
from argosy_risk.notional import NotionalRule
from argosy_risk.orders import (
    ExpiryRule,
    InstrumentRule,
    OrderTypeRule,
    PriceRule,
    QuantityRule,
    ReduceOnlyRule,
)
from argosy_risk.rate import ModifyRateRule, SubmitRateRule
from argosy_risk.state import TradingStateRule

FACTORIES: Mapping[str, Callable[[Any, RiskContext], RiskRule]] = {
    "trading_state": lambda _, context: TradingStateRule(context),
    "instrument": lambda _, context: InstrumentRule(context),
    "order_type": lambda _, context: OrderTypeRule(context),
    "price": lambda _, context: PriceRule(context),
    "quantity": lambda _, context: QuantityRule(context),
    "expiry": lambda _, context: ExpiryRule(context),
    "reduce_only": lambda _, context: ReduceOnlyRule(context),
    "notional": lambda settings, context: NotionalRule(context, settings),
    "balance": lambda _, context: BalanceRule(context),
    "submit_rate": lambda settings, context: SubmitRateRule(context, settings),
    "modify_rate": lambda settings, context: ModifyRateRule(context, settings),
}
