import random

import pytest

from argosy.errors import PluginError
from argosy.parts.fill_model import FillModel
from argosy_sim.fill_models import (
    BestPriceFill,
    DisplayedFill,
    FillRules,
    ProbabilisticFill,
)
from argosy_sim.part_settings import ProbabilisticSettings


def chances(*, limit: str = "1", stop: str = "1", slippage: str = "0") -> ProbabilisticFill:
    model = ProbabilisticFill(
        ProbabilisticSettings(
            prob_fill_on_limit=limit, prob_fill_on_stop=stop, prob_slippage=slippage
        )
    )
    model.use_random(random.Random(1))
    return model


@pytest.mark.parametrize("chance", ["0", "1"])
def test_what_is_certain_draws_nothing(chance: str) -> None:
    model = chances(limit=chance, stop=chance, slippage=chance)
    generator = random.Random(1)
    model.use_random(generator)
    before = generator.getstate()
    expected = chance == "1"
    drawn = (model.is_limit_filled(), model.is_stop_filled(), model.is_slipped())
    assert (expected,) * 3 == drawn
    assert before == generator.getstate()


def test_chances_come_true_as_often_as_they_say() -> None:
    model = chances(limit="0.25")
    hits = sum(model.is_limit_filled() for _ in range(4_000))
    assert 900 < hits < 1_100


def test_a_model_gets_a_generator_of_its_own() -> None:
    model = chances(slippage="0.5")
    FillRules(model, random.Random(7))
    expected = random.Random(7)
    assert [expected.random() < 0.5 for _ in range(9)] == [model.is_slipped() for _ in range(9)]


def test_what_a_model_leaves_out_is_the_usual() -> None:
    rules = FillRules(FillModel(), random.Random(0))
    usual = (False, True, True, None)
    assert usual == (
        rules.ignores_size,
        rules.is_limit_filled(),
        rules.is_stop_filled(),
        rules.is_slipped,
    )


def test_what_is_no_fill_model_is_refused() -> None:
    with pytest.raises(PluginError, match=r"is no argosy\.parts\.fill_model\.FillModel"):
        FillRules(object(), random.Random(0))  # type: ignore[arg-type]


def test_only_the_best_price_ignores_sizes() -> None:
    models = (DisplayedFill(), BestPriceFill(), chances())
    assert [False, True, False] == [model.ignores_size for model in models]
