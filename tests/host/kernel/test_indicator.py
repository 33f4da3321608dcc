"""The base class: which handler reaches which number, and who counts as interpreted."""

import functools
import math
from typing import Any

import pytest

from argosy.errors import InputError
from argosy.kernel.indicator import Indicator
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, QuoteTick, TradeTick
from argosy.model.enums import AggressorSide, PriceType
from argosy.model.identifiers import InstrumentId, TradeId
from argosy.model.values import Price, Quantity
from argosy.strategy.indicators import (
    AverageTrueRange,
    BollingerBands,
    ExponentialMovingAverage,
    PriceIndicator,
)

GBPUSD = InstrumentId.from_str("GBP/USD.SIM")


def bar(low: str, close: str, high: str) -> Bar:
    return Bar(
        BarType.from_str("GBP/USD.SIM-1-MINUTE-LAST-EXTERNAL"),
        Price.from_str(close),
        Price.from_str(high),
        Price.from_str(low),
        Price.from_str(close),
        Quantity.from_int(1),
        0,
        0,
    )


def quote(bid: str, ask: str) -> QuoteTick:
    size = Quantity.from_int(1)
    return QuoteTick(GBPUSD, Price.from_str(bid), Price.from_str(ask), size, size, 0, 0)


def trade(price: str) -> TradeTick:
    size = Quantity.from_int(1)
    return TradeTick(GBPUSD, Price.from_str(price), size, AggressorSide.BUYER, TradeId("1"), 0, 0)


@pytest.mark.parametrize(
    ("price_type", "expected"),
    [(PriceType.BID, 1.25), (PriceType.ASK, 1.75), (PriceType.MID, 1.5)],
)
def test_a_quote_gives_the_price_that_the_indicator_names(
    price_type: PriceType, expected: float
) -> None:
    average = ExponentialMovingAverage(5, price_type)
    average.handle_quote_tick(quote("1.25", "1.75"))
    assert expected == average.value


def test_a_quote_has_no_last_price() -> None:
    average = ExponentialMovingAverage(5, PriceType.LAST)
    with pytest.raises(InputError, match=r"ExponentialMovingAverage\(5\).*LAST"):
        average.handle_quote_tick(quote("1.25", "1.75"))


def test_a_bar_gives_its_close_and_a_trade_its_price() -> None:
    average = ExponentialMovingAverage(1)
    average.handle_bar(bar("1.00", "1.25", "1.50"))
    assert average.value == 1.25
    average.handle_trade_tick(trade("1.75"))
    assert average.value == 1.75


@pytest.mark.parametrize("feed", [BollingerBands.handle_bar, Indicator.handle_bar])
def test_bands_take_a_bar_by_its_handler_and_by_its_numbers_alike(feed: Any) -> None:
    bands = BollingerBands(2, 1.0)
    feed(bands, bar("1.00", "1.25", "1.50"))
    feed(bands, bar("2.00", "2.25", "2.50"))
    assert (1.25, 1.75, 2.25) == (bands.lower, bands.middle, bands.upper)


def test_bands_take_a_quote_as_a_bar_from_bid_to_ask() -> None:
    for feed in (BollingerBands.handle_quote_tick, Indicator.handle_quote_tick):
        bands = BollingerBands(2, 1.0)
        feed(bands, quote("1.25", "1.75"))
        assert bands.middle == 1.5


@pytest.mark.parametrize(
    ("handler", "datum"),
    [("handle_quote_tick", quote("1", "2")), ("handle_trade_tick", trade("1"))],
)
def test_an_indicator_refuses_data_that_it_cannot_take(handler: str, datum: object) -> None:
    with pytest.raises(InputError, match="AverageTrueRange takes no"):
        getattr(AverageTrueRange(3), handler)(datum)


class Spread(Indicator):
    """An indicator in plain Python."""

    def handle_quote_tick(self, tick: QuoteTick) -> None:
        self.value = tick.ask_price.as_double() - tick.bid_price.as_double()
        self._set_has_inputs(setting=True)
        self._set_initialized(setting=True)


class Logarithmic(ExponentialMovingAverage):
    """An average that changes what the compiled one takes."""

    def update_raw(self, value: float) -> None:
        super().update_raw(math.log(value))


class Renamed(ExponentialMovingAverage):
    """An average that overrides nothing the kernel calls."""

    def __str__(self) -> str:
        return "renamed"


def test_an_indicator_in_python_is_fed_by_its_handlers() -> None:
    spread = Spread()
    spread.handle_quote_tick(quote("1.25", "1.75"))
    assert (spread.value, spread.has_inputs, spread.initialized) == (0.5, True, True)


def test_a_compiled_handler_calls_an_update_that_python_overrides() -> None:
    average = Logarithmic(5)
    average.handle_bar(bar("1", "2", "3"))
    assert average.value == math.log(2.0)


def test_an_indicator_is_interpreted_where_python_overrides_a_handler() -> None:
    class Child(Spread):
        pass

    class Cached(ExponentialMovingAverage):
        handle_bar = functools.lru_cache(ExponentialMovingAverage.handle_bar)

    assert [Spread().is_interpreted, Child().is_interpreted] == [True, True]
    assert [Logarithmic(5).is_interpreted, Cached(5).is_interpreted] == [True, True]


def test_an_indicator_is_compiled_where_nothing_is_overridden() -> None:
    for indicator in (
        Indicator(),
        PriceIndicator(1),
        ExponentialMovingAverage(5),
        Renamed(5),
        AverageTrueRange(3),
        BollingerBands(3, 2.0),
    ):
        assert not indicator.is_interpreted
