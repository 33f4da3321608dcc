"""What every indicator over one price has in common."""

import math

import pytest

from argosy.errors import InputError, ValueRangeError
from argosy.strategy.indicators import PriceIndicator


def test_the_base_keeps_the_last_price() -> None:
    indicator = PriceIndicator(2)
    seen = []
    for price in (1.0, 2.0, 3.0):
        indicator.update_raw(price)
        seen.append((indicator.value, indicator.count, indicator.initialized))
    assert seen == [(1.0, 1, False), (2.0, 2, True), (3.0, 3, True)]


@pytest.mark.parametrize("price", [math.nan, math.inf, -math.inf])
def test_an_indicator_refuses_what_is_not_a_number(price: float) -> None:
    indicator = PriceIndicator(2)
    with pytest.raises(ValueRangeError, match="the input of PriceIndicator"):
        indicator.update_raw(price)
    assert indicator.count == 0


@pytest.mark.parametrize("period", [0, -1])
def test_an_indicator_refuses_a_period_below_one(period: int) -> None:
    with pytest.raises(InputError, match=f"period of PriceIndicator was {period}"):
        PriceIndicator(period)
