"""The kit for fee models: good ones pass, and each kind of wrong one is caught."""

from itertools import count
from typing import Any

import pytest

from argosy.model.currency import Currency
from argosy.model.enums import OrderSide
from argosy.model.events.order import OrderInitialized
from argosy.model.instruments import Instrument
from argosy.model.values import Money, Price, Quantity
from argosy.parts.fee_model import FeeModel
from argosy.parts.registration import Part
from argosy.plugins.host import PluginHost
from argosy.testing.fee_models import check_fee_model, market_order
from argosy.testing.instruments import equity

NUMBERS = count()


class Model(FeeModel):
    """Charge what a function of the instrument says."""

    def __init__(self, fee: Any) -> None:
        self.fee = fee

    def commission(
        self,
        order: OrderInitialized,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: object,
        instrument: Instrument,
    ) -> Money:
        made: Money = self.fee(instrument)
        return made


def sim_models() -> dict[str, Part]:
    parts = PluginHost.installed().parts("fee_models")
    return {name: part for name, part in parts.items() if part.plugin == "sim"}


def test_a_sound_model_passes() -> None:
    check_fee_model(lambda: Model(lambda instrument: Money(1, instrument.quote_currency)))


def test_the_default_model_of_the_project_passes() -> None:
    part = sim_models()["maker_taker"]
    model: Any = part.settings_model()
    check_fee_model(lambda: part.factory(model()))


@pytest.mark.parametrize(
    ("fee", "message"),
    [
        (lambda _: 1.5, "the fee is 1.5, not Money"),
        (lambda _: Money(next(NUMBERS), Currency.from_str("USD")), "then 1.00 USD"),
        (lambda _: Money(1, Currency.from_str("NOK")), "the fee is in NOK, not in USD"),
    ],
)
def test_an_unsound_model_is_caught(fee: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_fee_model(lambda: Model(fee), [equity()])


def test_the_order_of_a_fill_is_a_market_order_for_all_of_it() -> None:
    order = market_order(equity(), OrderSide.SELL, Quantity(5))
    assert (Quantity(5), OrderSide.SELL, "MARKET") == (
        order.quantity,
        order.order_side,
        order.order_type,
    )
