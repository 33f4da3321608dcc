"""Fill models: whether and how far an order fills."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from argosy.errors import PluginError
from argosy.parts.fill_model import FillModel

if TYPE_CHECKING:
    from argosy_sim.part_settings import ProbabilisticSettings


class DisplayedFill(FillModel):
    """Fill what is displayed."""


class BestPriceFill(FillModel):
    """Fill everything at the best price, whatever is displayed there."""

    ignores_size = True


class ProbabilisticFill(FillModel):
    """Let chance decide what the data cannot tell: the place in the queue, and slippage."""

    slips = True

    def __init__(self, settings: ProbabilisticSettings) -> None:
        self._limit = float(settings.prob_fill_on_limit)
        self._stop = float(settings.prob_fill_on_stop)
        self._slippage = float(settings.prob_slippage)
        self._random = random.Random(0)

    def use_random(self, generator: random.Random) -> None:
        """Draw from this generator."""
        self._random = generator

    def is_limit_filled(self) -> bool:
        """Draw whether a limit that the market only touches is filled."""
        return self._draw(self._limit)

    def is_stop_filled(self) -> bool:
        """Draw whether a stop that the market only touches is triggered."""
        return self._draw(self._stop)

    def is_slipped(self) -> bool:
        """Draw whether the price is one tick worse."""
        return self._draw(self._slippage)

    def _draw(self, chance: float) -> bool:
        # What is certain takes nothing from the generator.
        if chance <= 0.0 or chance >= 1.0:
            return chance > 0.0
        return self._random.random() < chance


class FillRules:
    """What a fill model says, as a venue reads it once.

    Parameters
    ----------
    model : what decides
    generator : for the model alone

    Raises
    ------
    PluginError : the model is none
    """

    def __init__(self, model: FillModel, generator: random.Random) -> None:
        if not isinstance(model, FillModel):
            raise PluginError(
                f"fill model {model!r} is no argosy.parts.fill_model.FillModel",
                cure="Let its class inherit FillModel",
            )
        model.use_random(generator)
        self.ignores_size = model.ignores_size
        self.is_limit_filled = model.is_limit_filled
        self.is_stop_filled = model.is_stop_filled
        self.is_slipped = model.is_slipped if model.slips else None
