from decimal import Decimal
from fractions import Fraction

import pytest

from argosy.model.accounts import LeveragedMarginModel, MarginModel, StandardMarginModel
from argosy.model.currency import BTC, USD
from argosy.model.money import Money
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import xbtusd_bitmex
from tests.host.model.trades import GBPUSD

QUANTITY = Quantity("100_000")
PRICE = Price("1.25000")


@pytest.mark.parametrize(
    ("model", "part", "expected"),
    [
        (LeveragedMarginModel(), Fraction(3, 1000), "375.00"),
        (StandardMarginModel(), Fraction(3, 100), "3750.00"),
    ],
)
def test_a_part_of_the_notional_is_held(model: MarginModel, part: Fraction, expected: str) -> None:
    leverage = Decimal(10)
    assert (part, part) == model.rates(GBPUSD, leverage)
    wanted = Money.from_str(f"{expected} USD")
    assert wanted == model.calculate_margin_init(GBPUSD, QUANTITY, PRICE, leverage)
    assert wanted == model.calculate_margin_maint(GBPUSD, QUANTITY, PRICE, leverage)


def test_the_margin_of_an_inverse_contract_is_in_its_base_currency() -> None:
    instrument = xbtusd_bitmex()
    held = StandardMarginModel().calculate_margin_init(
        instrument, Quantity(10_000), Price("50000.0"), Decimal(1)
    )
    assert Money(Decimal("0.2") * instrument.margin_init, BTC) == held
    assert held.currency != USD
