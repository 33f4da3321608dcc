"""A plugin that gives a fee model the name that another plugin's has."""

from argosy import Money
from argosy.hookspecs import hookimpl


class Free:
    """Charge nothing."""

    def commission(self, order, last_qty, last_px, liquidity_side, instrument):
        """Return nothing."""
        return Money(0, instrument.quote_currency)


@hookimpl
def register_fee_models(register):
    """Offer it as "ticket"."""
    register("ticket", lambda settings: Free(), doc="Charge nothing.")
