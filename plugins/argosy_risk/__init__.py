"""The risk rules: what an order must satisfy before it leaves, each a part of its own.

Every rule answers with a coded reason, `CODE: key=value, ...`. They are asked in the order of
registration; the first reason wins. What cannot be judged is denied.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl
from argosy_risk.reasons import REASONS

if TYPE_CHECKING:
    from argosy.hookspecs import Register
    from argosy.parts.risk_rule import RiskContext, RiskRule

RULES = {
    "trading_state": "HALTED lets nothing pass, REDUCING no more.",
    "instrument": "The instrument is defined and can be traded.",
    "order_type": "Its prices are watched by data of the run.",
    "price": "Prices fit the instrument's decimals and limits.",
    "quantity": "The quantity fits decimals and limits.",
    "expiry": "A GTD order expires in the future.",
    "reduce_only": "A reduce-only order reduces its position.",
    "notional": "The notional fits the instrument's limits.",
    "balance": "The free balance carries the order.",
    "submit_rate": "No more orders than so many in so long.",
    "modify_rate": "No more changes than so many in so long.",
}
"""Name -> what the rule says; in the order in which they are asked.

The throttles come last: what another rule refuses is not counted.
"""

HAVE_SETTINGS = {"submit_rate", "modify_rate", "notional"}
"""The rules with a table of their own."""


@hookimpl
def register_risk_rules(register: Register[RiskRule, [Any, RiskContext]]) -> None:
    """Offer every rule; all apply unless [risk] disables them."""
    for name, doc in RULES.items():
        register(
            name,
            partial(_rule, name),
            settings=partial(_settings, name) if name in HAVE_SETTINGS else None,
            capabilities={"default"},
            doc=doc,
            reasons=REASONS[name],
        )


def _rule(name: str, settings: Any, context: RiskContext) -> RiskRule:
    from argosy_risk.factories import FACTORIES

    return FACTORIES[name](settings, context)


def _settings(name: str) -> type:
    from argosy_risk.settings import SETTINGS

    return SETTINGS[name]
