"""Bar feeds: what the bars of one type go to, and what is kept of them."""

from typing import Any

import pytest

from argosy.kernel.aggregator import Aggregator
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.model.bar_type import BarType
from argosy.model.values import Quantity
from argosy.strategy.indicators import ExponentialMovingAverage
from tests.host.kernel import rows


class Noted(Aggregator):
    """Writes down what it is fed."""

    def __init__(self, log: list[Any], text: str) -> None:
        super().__init__(BarType.from_str(f"EUR/USD.SIM-{text}"), 5, 0, 1)
        self.log = log

    def on_bar(self, open: int, high: int, low: int, close: int, volume: int, ts: int) -> None:
        self.log.append((open, high, low, close, volume, ts))


@pytest.fixture
def bus() -> MessageBus:
    return MessageBus()


@pytest.fixture
def market(bus: MessageBus) -> MarketState:
    return MarketState(rows.EURUSD, bus.topic("quotes"), bus.topic("trades"))


def feed_of(bus: MessageBus, market: MarketState, text: str) -> Any:
    return market.add_feed(BarType.from_str(f"EUR/USD.SIM-{text}"), bus.topic("bars"))


def test_a_feed_keeps_its_bars_and_tells_indicators_before_handlers(
    bus: MessageBus, market: MarketState
) -> None:
    log: list[Any] = []
    feed = feed_of(bus, market, "1-MINUTE-LAST-EXTERNAL")
    average = ExponentialMovingAverage(1)
    feed.add_indicator(average)
    feed.add_aggregator(Noted(log, "2-TICK-LAST-INTERNAL@1-MINUTE-EXTERNAL"))
    bus.subscribe("bars", lambda bar: log.append((str(bar.close), average.value)))
    feed.take(150_000, 150_003, 149_999, 150_001, 7, 1, 2)
    assert [(150_000, 150_003, 149_999, 150_001, 7, 2), ("1.50001", 1.50001)] == log
    assert feed.bar() == feed.bar(0)
    known = feed.bar().bar_type, feed.bar().volume, feed.bar().ts_event
    assert (feed.bar_type, Quantity.from_int(7), 1) == known
    assert feed.bar(1) is None
    assert feed.bar(-1) is None


def test_a_composite_that_was_removed_is_fed_no_more(bus: MessageBus, market: MarketState) -> None:
    log: list[Any] = []
    feed = feed_of(bus, market, "1-MINUTE-LAST-EXTERNAL")
    composite = Noted(log, "2-TICK-LAST-INTERNAL@1-MINUTE-EXTERNAL")
    feed.add_aggregator(composite)
    feed.remove_aggregator(composite)
    feed.take(1, 1, 1, 1, 1, 1, 1)
    assert [] == log


def test_a_feed_is_made_once(bus: MessageBus, market: MarketState) -> None:
    feed = feed_of(bus, market, "1-MINUTE-LAST-EXTERNAL")
    assert feed is feed_of(bus, market, "1-MINUTE-LAST-EXTERNAL")
    assert {feed.bar_type: feed} == market.bar_feeds


@pytest.mark.parametrize(
    ("text", "precisions"),
    [
        ("1-MINUTE-BID-INTERNAL", (5, 0)),
        ("1-MINUTE-MID-INTERNAL", (6, 1)),
        ("1-MINUTE-MID-EXTERNAL", (5, 0)),
    ],
)
def test_bars_of_the_middle_have_one_more_decimal_when_they_are_built_here(
    bus: MessageBus, market: MarketState, text: str, precisions: tuple[int, int]
) -> None:
    feed = feed_of(bus, market, text)
    assert precisions == (feed.price_precision, feed.size_precision)


def test_bars_made_of_bars_have_the_decimals_of_these(bus: MessageBus, market: MarketState) -> None:
    feed = feed_of(bus, market, "5-MINUTE-MID-INTERNAL")
    made_of = BarType.from_str("EUR/USD.SIM-5-MINUTE-MID-INTERNAL@1-MINUTE-EXTERNAL")
    feed.set_aggregator(Aggregator(made_of, 5, 0, 1))
    feed.take(150_000, 150_000, 150_000, 150_000, 7, 1, 2)
    assert ("1.50000", "7") == (str(feed.bar().close), str(feed.bar().volume))
