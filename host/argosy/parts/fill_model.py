"""Fill models: whether and how far an order fills, where market data cannot tell.

.. code-block:: python

    class BackOfQueue(FillModel):
        def is_limit_filled(self) -> bool:
            return False  # a price that is only touched does not reach the end of the queue

    @hookimpl
    def register_fill_models(register: Register[FillModel]) -> None:
        register("back_of_queue", lambda settings: BackOfQueue(), doc="Wait at the end.")

and in a system file ``simulate = { use = "sim", fill = { use = "back_of_queue" } }``.
`argosy.testing.fill_models.check_fill_model` checks one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


class FillModel:
    """Decide what the data leave open; derive from it and override what is not as usual.

    *Who calls it when*: a simulated venue, `use_random` once before everything else, the questions
    while it matches, in the order of events. The attributes are read once, when the venue is built.

    *What it promises*: whatever is random comes from the generator of `use_random`, so that equal
    runs have equal event logs. It raises nothing: what it raises ends the run.

    Attributes
    ----------
    ignores_size : an order fills in full at the best price, whatever is displayed there
    slips : `is_slipped` is asked; a model that leaves it False costs nothing there
    """

    ignores_size: bool = False
    slips: bool = False

    def use_random(self, generator: random.Random) -> None:
        """Draw from this generator: derived from the seed of the run, and for this model alone."""

    def is_limit_filled(self) -> bool:
        """Return whether a resting limit order fills, at a price that the market only touched.

        Asked at each update that touches it; one through the limit fills it without a question.
        """
        return True

    def is_stop_filled(self) -> bool:
        """Return whether a trigger fires, at a price that the market only touched.

        Asked at each update that touches it, by a venue whose profile leaves that to chance.
        """
        return True

    def is_slipped(self) -> bool:
        """Return whether an order that takes liquidity gets a price one tick worse.

        Asked for each execution that takes; no order is filled beyond its limit.
        """
        return False
