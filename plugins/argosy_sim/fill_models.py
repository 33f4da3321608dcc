"""Fill models: whether and how far an order fills."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argosy_sim.part_settings import ProbabilisticSettings


class DisplayedFill:
    """Fill what is displayed."""

    ignores_size = False


class BestPriceFill:
    """Fill everything at the best price, whatever is displayed there."""

    ignores_size = True


class ProbabilisticFill:
    """Let chance decide what the data cannot tell: the place in the queue, and slippage."""

    ignores_size = False

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


def always() -> bool:
    """Answer yes."""
    return True


class FillRules:
    """What a fill model says; what a model leaves out is the usual.

    Parameters
    ----------
    model : with any of `ignores_size`, `is_limit_filled()`, `is_stop_filled()`, `is_slipped()`, and
        `use_random(generator)` where it draws
    generator : for the model alone
    """

    def __init__(self, model: Any, generator: random.Random) -> None:
        use_random = getattr(model, "use_random", None)
        if use_random is not None:
            use_random(generator)
        self.ignores_size: bool = getattr(model, "ignores_size", False)
        self.is_limit_filled: Callable[[], bool] = getattr(model, "is_limit_filled", always)
        self.is_stop_filled: Callable[[], bool] = getattr(model, "is_stop_filled", always)
        self.is_slipped: Callable[[], bool] | None = getattr(model, "is_slipped", None)
