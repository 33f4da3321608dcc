from decimal import Decimal

import pytest
from pydantic import ValidationError

from argosy_sim.part_settings import (
    FixedLatencySettings,
    FixedSettings,
    MakerTakerSettings,
    ProbabilisticSettings,
)


@pytest.mark.parametrize("name", ["prob_fill_on_limit", "prob_fill_on_stop", "prob_slippage"])
@pytest.mark.parametrize("chance", ["-0.1", "1.01"])
def test_a_chance_lies_between_0_and_1(name: str, chance: str) -> None:
    with pytest.raises(ValidationError, match="expected a chance from 0 to 1"):
        ProbabilisticSettings(**{name: chance})


def test_times_are_written_with_their_unit() -> None:
    settings = FixedLatencySettings(insert="250us", report="1s")
    assert (250_000, 0, 1_000_000_000) == (settings.insert, settings.cancel, settings.report)


def test_rates_are_exact() -> None:
    assert Decimal("0.0005") == MakerTakerSettings(maker="0.0005").maker


@pytest.mark.parametrize("name", ["maker", "taker"])
@pytest.mark.parametrize("rate", ["5", "1", "-1"])
def test_a_rate_in_percent_is_refused(name: str, rate: str) -> None:
    with pytest.raises(ValidationError, match=rf"was {rate}: 0\.001 is 0\.1 %"):
        MakerTakerSettings.model_validate({name: rate})


def test_a_fixed_fee_has_to_be_given() -> None:
    with pytest.raises(ValidationError, match="commission"):
        FixedSettings()
