"""What a quantity is worth in the currency that costs are in."""

import pytest

from argosy.model.instruments import Instrument
from argosy.model.terms import terms_of
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import crude_oil, equity, es_future, ethusd_bitmex, xbtusd_bitmex
from argosy_risk.worth import worth_raw
from tests.host.engine.kit import EURUSD


@pytest.mark.parametrize(
    ("instrument", "quantity", "price", "raw", "raw_of_quote"),
    [
        (EURUSD, "1000", "1.23456", 1_234_56, 1000_00),
        (equity(), "10", "150.25", 1_502_50, 10_00),
        (es_future(), "2", "4000.25", 400_025_00, 2_00),
        (xbtusd_bitmex(), "25000", "50000.0", 50_000_000, 50_000_000),
        (ethusd_bitmex(), "4", "2000.00", 800_000, 0),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_a_notional_is_in_units_of_the_cost_currency(
    instrument: Instrument, quantity: str, price: str, raw: int, raw_of_quote: int
) -> None:
    terms = terms_of(instrument)
    amount, at = Quantity(quantity), Price(price)
    in_base, in_quote = False, True
    assert raw == worth_raw(terms, amount, at, in_base)
    assert raw == instrument.notional_value(amount, at).raw
    assert raw_of_quote == worth_raw(terms, amount, at, in_quote)


def test_a_notional_has_no_sign() -> None:
    terms = terms_of(crude_oil())
    assert 376_30 == worth_raw(terms, Quantity("10"), Price("-37.63"), False)  # noqa: FBT003
