"""The kit for risk rules: good ones pass, and each kind of wrong one is caught."""

from itertools import count
from typing import Any

import pytest

from argosy.parts.risk_rule import RiskRule
from argosy.testing.risk_rules import check_risk_rule

NUMBERS = count()


class NoSales(RiskRule):
    """Let nobody sell."""

    def check(self, order: Any, position_id: Any) -> str | None:
        return None if order.is_buy else f"NO_SALES: quantity={order.quantity}"


class Chatty(RiskRule):
    """Give a reason that no program can read."""

    def check(self, order: Any, position_id: Any) -> str | None:
        return "rather not"


class Moody(RiskRule):
    """Change its mind from one rule to the next."""

    def check_modify(self, order: Any, quantity: Any, price: Any, trigger_price: Any) -> str | None:
        return f"MOOD: number={next(NUMBERS)}"


class Fragile(RiskRule):
    """Ask for what an instrument that nobody knows does not have."""

    def check(self, order: Any, position_id: Any) -> str | None:
        instrument: Any = self.context.instrument_of(order)
        return None if instrument.is_tradable else "CLOSED"


@pytest.mark.parametrize("kind", [RiskRule, NoSales])
def test_a_sound_rule_passes(kind: type[RiskRule]) -> None:
    check_risk_rule(kind)


@pytest.mark.parametrize(
    ("kind", "error", "message"),
    [
        (lambda _: object(), AssertionError, "does not derive from RiskRule"),
        (Chatty, AssertionError, "it says 'rather not', neither None nor"),
        (Moody, AssertionError, "and the next time 'MOOD: number="),
        (Fragile, AttributeError, "is_tradable"),
    ],
)
def test_an_unsound_rule_is_caught(kind: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        check_risk_rule(kind)
