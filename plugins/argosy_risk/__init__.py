"""The risk rules: what an order must satisfy before it leaves, each a part of its own.

Every rule answers with a coded reason, `CODE: key=value, ...`. They are asked in the order of
registration; the first reason wins. What cannot be judged is denied.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl
from argosy_risk.reasons import REASONS

if TYPE_CHECKING:
    from argosy.config.parts import Register

RULES = {
    "trading_state": ("state", "TradingStateRule", "HALTED lets nothing pass, REDUCING no more."),
    "instrument": ("orders", "InstrumentRule", "The instrument is defined and can be traded."),
    "order_type": ("orders", "OrderTypeRule", "Its prices are watched by data of the run."),
    "price": ("orders", "PriceRule", "Prices fit the instrument's decimals and limits."),
    "quantity": ("orders", "QuantityRule", "The quantity fits decimals and limits."),
    "expiry": ("orders", "ExpiryRule", "A GTD order expires in the future."),
    "reduce_only": ("orders", "ReduceOnlyRule", "A reduce-only order reduces its position."),
    "notional": ("notional", "NotionalRule", "The notional fits the instrument's limits."),
    "balance": ("balance", "BalanceRule", "The free balance carries the order."),
    "submit_rate": ("rate", "SubmitRateRule", "No more orders than so many in so long."),
    "modify_rate": ("rate", "ModifyRateRule", "No more changes than so many in so long."),
}
"""Name -> module, class, and what it says; in the order in which they are asked.

The throttles come last: what another rule refuses is not counted.
"""

SETTINGS = {
    "submit_rate": "RateSettings",
    "modify_rate": "RateSettings",
    "notional": "NotionalSettings",
}


@hookimpl
def register_risk_rules(register: Register) -> None:
    """Offer every rule; all apply unless [risk] disables them."""
    for name, (module, cls, doc) in RULES.items():
        model = SETTINGS.get(name)
        register(
            name,
            partial(_make, module, cls),
            settings=None if model is None else partial(_settings, model),
            capabilities={"default"},
            doc=doc,
            reasons=REASONS[name],
        )


def _make(module: str, cls: str, settings: Any, context: Any) -> Any:
    made = getattr(import_module(f"argosy_risk.{module}"), cls)
    return made(context) if settings is None else made(context, settings)


def _settings(name: str) -> Any:
    return getattr(import_module("argosy_risk.settings"), name)
