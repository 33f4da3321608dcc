"""What every margin model keeps to, checked over an instrument of each class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from argosy.model.terms import terms_of
from argosy.model.values import Money
from argosy.testing.instruments import one_of_each

if TYPE_CHECKING:
    from argosy.model.instruments import Instrument
    from argosy.parts.margin_model import MarginModel

LEVERAGES = (Decimal(1), Decimal(20))
STEPS = (1, 10, 1_000)


def check_margin_model(
    build: Callable[[], MarginModel], instruments: Iterable[Instrument] | None = None
) -> None:
    """Check what a margin model binds for orders and for positions.

    Parameters
    ----------
    build : makes the model anew each time
    instruments : what is traded; one of each class where left out

    Raises
    ------
    AssertionError : names the instrument, the leverage and the amount
    """
    model, other = build(), build()
    chosen = one_of_each() if instruments is None else instruments
    for instrument in (each for each in chosen if each.is_tradable):
        for leverage in LEVERAGES:
            for name in ("calculate_margin_init", "calculate_margin_maint"):
                _check_margins(model, other, name, instrument, leverage)


def _check_margins(
    model: MarginModel, other: MarginModel, name: str, instrument: Instrument, leverage: Decimal
) -> None:
    price = instrument.make_price(instrument.price_increment.as_decimal() * 100)
    before = Money.zero(terms_of(instrument).cost)
    for steps in STEPS:
        quantity = instrument.make_qty(instrument.size_increment.as_decimal() * steps)
        place = f"{name} of {instrument.id}, {quantity} at {price} with leverage {leverage}"
        given = (instrument, quantity, price, leverage)
        bound, *more = (getattr(each, name)(*given) for each in (model, model, other))
        assert isinstance(bound, Money), f"{place}: it is {bound!r}, not Money"
        for again in more:
            assert bound == again, f"{place}: it is {bound}, then {again}"
        code = bound.currency.code
        assert bound.currency == before.currency, f"{place}: in {code}, not {before.currency.code}"
        assert bound >= before, f"{place}: {bound} is less than {before} for a smaller quantity"
        before = bound
