"""The kit of simulated venues finds what a venue does wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import replace as changed

from argosy.model.money import Money
from argosy.model.reports import AccountChange, Report
from argosy.parts.simulator import SimulationContext
from argosy.testing.simulators import check_simulator
from argosy_sim.settings import AccountSettings, SimSettings
from argosy_sim.venue import SimVenue

ACCOUNT = {"type": "margin", "base_currency": "USD", "balances": ["100_000 USD"]}


def settings() -> SimSettings:
    return SimSettings(account=AccountSettings.model_validate(ACCOUNT))


def built(context: SimulationContext) -> SimVenue:
    return SimVenue(settings(), context)


def twisted(twist: Any) -> Any:
    """Return what builds a venue whose reports are changed on their way."""

    class Twisted(SimVenue):
        def connect(self, take: Any) -> None:
            super().connect(lambda report: take(twist(report)))

    return lambda context: Twisted(settings(), context)


def more_money(report: Report) -> Report:
    change: AccountChange | None = getattr(report, "change", None)
    if change is None or not change.balances:
        return report
    balance = change.balances[0]
    more = Money.from_str("1 USD")
    total = changed(balance, total=balance.total + more, free=balance.free + more)
    return changed(report, change=changed(change, balances=(total,)))


def test_the_simulated_venue_passes() -> None:
    check_simulator(built)


@pytest.mark.parametrize(
    ("twist", "message"),
    [
        (lambda report: changed(report, report_id=report.report_id + 1), "not numbered from 1"),
        (lambda report: changed(report, correlation_id=77), "is not correlated with command 1"),
        (more_money, "flows come to"),
    ],
    ids=["ids", "correlation", "money"],
)
def test_what_is_wrong_with_reports_is_told(twist: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_simulator(twisted(twist))


def test_a_venue_that_answers_from_inside_a_command_fails() -> None:
    class Eager(SimVenue):
        def send(self, command: Any) -> None:
            super().send(command)
            self.exchange.settle()

    with pytest.raises(AssertionError, match="was reported from inside a command"):
        check_simulator(lambda context: Eager(settings(), context))


def test_a_venue_of_another_name_fails() -> None:
    with pytest.raises(AssertionError, match="was built for SIM and says OTHER"):
        check_simulator(lambda context: built(replace(context, venue="OTHER")))
