"""Fee models: what a fill costs.

.. code-block:: python

    class Ticket(FeeModel):
        def __init__(self, settings: TicketSettings) -> None:
            self.amount = settings.amount

        def commission(self, order, last_qty, last_px, liquidity_side, instrument) -> Money:
            return self.amount

    @hookimpl
    def register_fee_models(register: Register[FeeModel]) -> None:
        register("ticket", Ticket, settings=TicketSettings, doc="Charge the same for every fill.")

and in a system file ``simulate = { use = "sim", fees = { use = "ticket", amount = "1 USD" } }``.
`argosy.testing.fee_models.check_fee_model` checks one.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from argosy.model.enums import LiquiditySide
    from argosy.model.events.order import OrderInitialized
    from argosy.model.instruments import Instrument
    from argosy.model.money import Money
    from argosy.model.values import Price, Quantity


class FeeModel(Protocol):
    """Say what a fill costs; derive from it, or have the same members.

    *Who calls it when*: a simulated venue, once for each execution, before it reports the fill; and
    in a cash account also before, to see how much of an execution the account can pay. So a call
    does not mean that there is a fill, and equal calls have equal answers.

    Attributes
    ----------
    charges_once : only the first fill of an order pays; `commission` is not asked for the others
    """

    charges_once: bool = False

    @abstractmethod
    def commission(
        self,
        order: OrderInitialized,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        instrument: Instrument,
    ) -> Money:
        """Return what one fill costs.

        Parameters
        ----------
        order : as it was made; it does not change
        last_qty : of this fill, > 0, in the instrument's size decimals
        last_px : of this fill, in the instrument's price decimals
        liquidity_side : MAKER gave the liquidity that the other side took, TAKER took it
        instrument : whose rates and currencies apply, as it is defined now

        Returns
        -------
        above zero a cost, below zero a rebate; in the quote, base or settlement currency of the
        instrument, or in one to which the account knows a rate

        Raises
        ------
        nothing: whatever it raises ends the run
        """
        ...
