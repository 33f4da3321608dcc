"""The kit for fill models: good ones pass, and each kind of wrong one is caught."""

import random
from itertools import count
from typing import Any

import pytest

from argosy.parts.fill_model import FillModel
from argosy.testing.fill_models import check_fill_model

NUMBERS = count()


class Coin(FillModel):
    """Fill every second one, by its own generator."""

    slips = True

    def use_random(self, generator: random.Random) -> None:
        self.generator = generator

    def is_limit_filled(self) -> bool:
        return self.generator.random() < 0.5

    is_slipped = is_limit_filled


class Shared(Coin):
    """Draw from what all the world draws from."""

    def is_limit_filled(self) -> bool:
        return random.random() < 0.5


class Lasting(FillModel):
    """Go on where the model before it ended."""

    def is_stop_filled(self) -> bool:
        return next(NUMBERS) % 700 == 0


class Vague(FillModel):
    """Answer with a chance."""

    def is_limit_filled(self) -> Any:
        return 0.5


class Silent(FillModel):
    """Slip without saying so."""

    def is_slipped(self) -> bool:
        return True


@pytest.mark.parametrize("kind", [FillModel, Coin])
def test_a_sound_model_passes(kind: type[FillModel]) -> None:
    check_fill_model(kind)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (object, "does not derive from FillModel"),
        (Shared, "draws from the random module"),
        (Lasting, "equal generators give other answers"),
        (Vague, r"is_limit_filled says 0\.5"),
        (Silent, "slips is False: nobody will ask"),
    ],
)
def test_an_unsound_model_is_caught(kind: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_fill_model(kind)
