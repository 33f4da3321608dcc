"""Settings of the rules, as a system file spells them."""

from decimal import Decimal
from typing import Any

import pytest

from argosy.model.identifiers import InstrumentId
from argosy_risk.settings import NotionalSettings, RateSettings
from tests.host.engine.kit import SECOND


def test_a_hundred_commands_a_second_are_the_default() -> None:
    settings = RateSettings()
    assert (100, SECOND) == (settings.limit, settings.interval_ns)


def test_rates_and_limits_are_read_from_text() -> None:
    assert RateSettings.model_validate({"interval": "1m"}).interval_ns == 60 * SECOND
    read = NotionalSettings.model_validate({"max_per_order": {"EUR/USD.SIM": "100_000"}})
    assert read.max_per_order == {InstrumentId("EUR/USD.SIM"): Decimal(100_000)}


@pytest.mark.parametrize(
    "wrong", [{"limit": 0}, {"interval": "0s"}, {"interval": "fast"}, {"limits": 5}]
)
def test_rates_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        RateSettings(**wrong)


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "much"])
def test_a_limit_that_lets_nothing_pass_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="max_per_order"):
        NotionalSettings.model_validate({"max_per_order": {"EUR/USD.SIM": amount}})
