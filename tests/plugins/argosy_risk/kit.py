"""Rules over the engines of a run."""

from __future__ import annotations

from typing import Any

from argosy.parts.risk_rule import RiskRule
from argosy_risk import RULES, register_risk_rules
from tests.host.engine.kit import Desk


def rule(desk: Desk, name: str, **settings: Any) -> Any:
    """Return a rule, built as a run builds it."""
    found: dict[str, Any] = {}

    def register(name: str, factory: Any, *, settings: Any = None, **more: Any) -> None:
        found[name] = (factory, settings)

    register_risk_rules(register)
    factory, model = found[name]
    return factory(None if model is None else model()(**settings), desk.context)


def all_rules(desk: Desk, **settings: dict[str, Any]) -> list[RiskRule]:
    """Return every rule in its order, and let the engine ask them."""
    rules = [rule(desk, name, **settings.get(name, {})) for name in RULES]
    desk.rules(*rules)
    return rules
