"""Margin models: what working orders and positions bind of a margin account.

.. code-block:: python

    class Full(MarginModel):
        def calculate_margin_init(self, instrument, quantity, price, leverage) -> Money:
            return instrument.notional_value(quantity, price)

        calculate_margin_maint = calculate_margin_init

    @hookimpl
    def register_margin_models(register: Register[MarginModel]) -> None:
        register("full", lambda settings: Full(), doc="Bind the whole notional.")

and in a system file ``account = { type = "margin", margin_model = "full" }``.
`argosy.testing.margin_models.check_margin_model` checks one.

*Who calls it when*: the account, for a working order when it is accepted, changed or done
(`calculate_margin_init`), and for the net position after each of its fills
(`calculate_margin_maint`); with the quantity in size units, the price of the order or the average
price of the position, and the leverage of the instrument (>= 1). What it returns is in the
instrument's cost currency and >= 0; equal calls have equal answers, and it raises nothing.

The class lies with the accounts, which are below this room, and is named here for whoever writes
one. A model that takes a plain part of the notional derives from `LeveragedMarginModel` and
overrides `rates`: accounts then calculate on integers.
"""

from argosy.model.accounts.margin_models import (
    LeveragedMarginModel,
    MarginModel,
    StandardMarginModel,
)

__all__ = ["LeveragedMarginModel", "MarginModel", "StandardMarginModel"]
