"""What every indicator over one price has in common."""

import math

import pytest

from argosy.errors import InputError, ValueRangeError
from argosy.kernel.indicator import Indicator
from argosy.model.data import QuoteTick, quote_from_raw
from argosy.model.enums import PriceType
from argosy.model.identifiers import InstrumentId
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


def quote(bid_size: int, ask_size: int) -> QuoteTick:
    return quote_from_raw(InstrumentId("A.SIM"), 100, 300, bid_size, ask_size, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("price_type", "expected"),
    [
        (PriceType.BID, [100.0, 100.0]),
        (PriceType.ASK, [300.0, 300.0]),
        (PriceType.MID, [200.0]),
    ],
)
@pytest.mark.parametrize("method", ["handle_quote_tick", "take_quote_tick"])
def test_a_side_of_size_0_is_no_input(
    price_type: PriceType, expected: list[float], method: str
) -> None:
    indicator = PriceIndicator(1, price_type)
    seen = []
    for sizes in ((5, 5), (5, 0), (0, 5), (0, 0)):
        before = indicator.count
        getattr(indicator, method)(quote(*sizes))
        seen += [indicator.value] * (indicator.count - before)
    assert expected == seen


class Spread(Indicator):
    """Interpreted, and made of both sides."""

    def handle_quote_tick(self, tick: QuoteTick) -> None:
        self.value = (tick.ask_price - tick.bid_price).as_double()
        self.count += 1


def test_an_indicator_in_python_hears_of_no_quote_that_lacks_a_side() -> None:
    spread = Spread()
    for sizes in ((5, 5), (5, 0), (0, 5)):
        spread.take_quote_tick(quote(*sizes))
    assert (1, 200.0) == (spread.count, spread.value)


@pytest.mark.parametrize("period", [0, -1])
def test_an_indicator_refuses_a_period_below_one(period: int) -> None:
    with pytest.raises(InputError, match=f"period of PriceIndicator was {period}"):
        PriceIndicator(period)
