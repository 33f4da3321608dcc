"""What an order's quantity is worth at a price, whoever pays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.model.terms import INVERSE, scaled

if TYPE_CHECKING:
    from argosy.model.terms import Terms
    from argosy.model.values import Price, Quantity


def worth_raw(
    terms: Terms,
    quantity: Quantity,
    price: Price,
    is_quote: bool,  # noqa: FBT001 (compiled)
) -> int:
    """Return the notional of a quantity at a price, in units of the cost currency, never negative.

    Parameters
    ----------
    is_quote : whether the quantity is an amount of the quote currency
    """
    if is_quote and terms.cost == terms.quote:
        return scaled(quantity.raw, terms.cost_decimals - quantity.precision)
    if is_quote and terms.kind != INVERSE:
        quantity = terms.instrument.calculate_base_quantity(quantity, price)
    return abs(terms.notional_raw(price.raw, price.precision, quantity.raw, quantity.precision))
