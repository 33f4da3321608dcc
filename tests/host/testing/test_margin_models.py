"""The kit for margin models: good ones pass, and each kind of wrong one is caught."""

from itertools import count
from typing import Any

import pytest

from argosy.model.currency import Currency
from argosy.model.values import Money
from argosy.parts.margin_model import LeveragedMarginModel
from argosy.testing.instruments import equity
from argosy.testing.margin_models import check_margin_model

NUMBERS = count()


class Orders(LeveragedMarginModel):
    """Bind what a function says for orders."""

    def __init__(self, bound: Any) -> None:
        self.bound = bound

    def calculate_margin_init(self, instrument: Any, quantity: Any, *_: Any) -> Money:
        made: Money = self.bound(quantity)
        return made


def test_a_sound_model_passes() -> None:
    check_margin_model(LeveragedMarginModel)


@pytest.mark.parametrize(
    ("bound", "message"),
    [
        (lambda _: 1, "it is 1, not Money"),
        (lambda _: Money(next(NUMBERS), Currency.from_str("USD")), "then"),
        (lambda _: Money(1, Currency.from_str("NOK")), "in NOK, not USD"),
        (lambda quantity: Money(-quantity.raw, Currency.from_str("USD")), "is less than"),
    ],
)
def test_an_unsound_model_is_caught(bound: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_margin_model(lambda: Orders(bound), [equity()])
