"""Who gets which data, and what is built so that they get it."""

from typing import Any

import pytest
from msgspec.structs import replace

from argosy.engine.custom import DataType, custom_topic
from argosy.engine.data import DataEngine
from argosy.errors import DataError, InputError, InstrumentNotFoundError
from argosy.kernel import topics
from argosy.kernel.aggregator import Aggregator
from argosy.kernel.indicator import Indicator
from argosy.model.bar_type import BarType
from argosy.model.currency import USD
from argosy.model.data import Bar, InstrumentStatusUpdate, Ticker, VenueStatusUpdate
from argosy.model.enums import MarketStatusAction
from argosy.model.identifiers import InstrumentId
from argosy.model.money import Money
from argosy.model.values import Price, Quantity
from argosy.strategy.indicators import SimpleMovingAverage
from tests.host.engine.kit import EURUSD, GBPUSD, NOW, SECOND, SIM, Desk

MINUTE = 60 * SECOND
TICKS = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-INTERNAL")
OUTSIDE = BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-EXTERNAL")
OF_TICKS = BarType.from_str("EUR/USD.SIM-5-MINUTE-BID-INTERNAL@1-MINUTE-INTERNAL")
OF_BARS = BarType.from_str("EUR/USD.SIM-5-MINUTE-BID-INTERNAL@1-MINUTE-EXTERNAL")


@pytest.fixture
def desk() -> Desk:
    desk = Desk(EURUSD, GBPUSD)
    desk.data.start()
    return desk


def feeds(desk: Desk) -> list[str]:
    return [str(each.spec) for each in desk.cache.bar_types()]


class Written(Indicator):
    """An indicator in Python; it counts."""

    def __init__(self) -> None:
        super().__init__(())
        self.count = 0

    def handle_bar(self, bar: Bar) -> None:
        self.count += 1

    def handle_quote_tick(self, tick: Any) -> None:
        self.count += 1

    def handle_trade_tick(self, tick: Any) -> None:
        self.count += 1


# -- instruments ----------------------------------------------------------------------------------


def test_an_instrument_gets_one_market_in_the_order_of_coming(desk: Desk) -> None:
    assert [EURUSD.id, GBPUSD.id] == [market.instrument_id for market in desk.data.markets()]
    assert desk.data.market(EURUSD.id) is desk.cache.market(EURUSD.id)


def test_an_update_replaces_the_definition_and_is_published(desk: Desk) -> None:
    got: list[Any] = []
    market = desk.data.market(EURUSD.id)
    desk.bus.subscribe(topics.instruments(SIM), got.append)
    changed = replace(EURUSD, max_notional=Money(60_000_000, USD))
    assert market is desk.data.add_instrument(changed)
    assert changed is market.instrument is desk.cache.instrument(EURUSD.id)
    assert [changed] == got


def test_an_update_with_other_decimals_is_refused_and_changes_nothing(desk: Desk) -> None:
    finer = replace(EURUSD, price_increment=Price("0.000001"), price_precision=6)
    with pytest.raises(DataError, match="an update may not change precisions from 5/0 to 6/0"):
        desk.data.add_instrument(finer)
    assert EURUSD is desk.cache.instrument(EURUSD.id)


def test_an_unknown_instrument_is_missed_by_name(desk: Desk) -> None:
    with pytest.raises(InstrumentNotFoundError, match=r"NO\.SIM has no definition"):
        desk.data.market(InstrumentId("NO.SIM"))
    desk.cache.add_instrument(replace(EURUSD, id=InstrumentId("BARE.SIM")))
    with pytest.raises(InstrumentNotFoundError, match=r"BARE\.SIM has no market state"):
        desk.data.market(InstrumentId("BARE.SIM"))


# -- bars -----------------------------------------------------------------------------------------


def test_bars_of_ticks_are_built_from_the_first_subscription_on(desk: Desk) -> None:
    bars: list[Bar] = []
    desk.data.subscribe_bars(TICKS, bars.append)
    desk.timeline.advance(NOW + 1)
    desk.quote("1.1", "1.2")
    desk.timeline.advance(NOW + MINUTE)
    assert [(TICKS, Price("1.1"), NOW + MINUTE)] == [
        (bar.bar_type, bar.close, bar.ts_init) for bar in bars
    ]


def test_what_was_asked_for_before_the_start_begins_with_it() -> None:
    bars: list[Bar] = []
    desk = Desk(EURUSD)
    desk.data.subscribe_bars(TICKS, bars.append)
    desk.data.start()
    desk.timeline.advance(NOW + 1)
    desk.quote("1.1", "1.2")
    desk.timeline.advance(NOW + MINUTE)
    assert 1 == len(bars)


def test_a_composite_is_built_from_bars_that_come_from_outside(desk: Desk) -> None:
    bars: list[Bar] = []
    desk.data.subscribe_bars(OF_BARS, bars.append)
    for minute in range(1, 6):
        desk.timeline.advance(NOW + minute * MINUTE - 1)
        desk.timeline.advance(NOW + minute * MINUTE)
        if minute < 5:
            desk.close(str(OUTSIDE), f"1.{minute}")
    assert [OF_BARS.standard()] == [bar.bar_type for bar in bars]
    assert (Price("1.1"), Price("1.4")) == (bars[0].open, bars[0].close)


def test_a_composite_brings_the_bars_that_it_is_built_from(desk: Desk) -> None:
    desk.data.subscribe_bars(OF_TICKS, print)
    assert ["5-MINUTE-BID", "1-MINUTE-BID"] == feeds(desk)
    source = desk.data.feed(TICKS)
    assert source.aggregator is not None
    target = desk.data.feed(OF_TICKS).aggregator
    assert target is not None
    assert (0, 1) == (source.aggregator.rank, target.rank)


@pytest.mark.parametrize(
    ("source", "precision", "closes"), [("EXTERNAL", 5, "1.1"), ("INTERNAL", 6, "1.15")]
)
def test_mid_bars_have_the_decimals_of_what_they_are_built_from(
    desk: Desk, source: str, precision: int, closes: str
) -> None:
    bars: list[Bar] = []
    bar_type = BarType.from_str(f"EUR/USD.SIM-5-MINUTE-MID-INTERNAL@1-MINUTE-{source}")
    desk.data.subscribe_bars(bar_type, bars.append)
    desk.timeline.advance(NOW + 1)
    desk.quote("1.1", "1.2")
    desk.timeline.advance(NOW + MINUTE)
    if source == "EXTERNAL":
        desk.close("EUR/USD.SIM-1-MINUTE-MID-EXTERNAL", "1.1")
    desk.timeline.advance(NOW + 5 * MINUTE)
    assert [(Price(closes), precision)] == [(bar.close, bar.close.precision) for bar in bars]


def test_one_type_of_bars_cannot_be_built_from_two_sources(desk: Desk) -> None:
    feed = desk.data.feed(OF_BARS)
    assert feed is desk.data.feed(OF_BARS)
    assert feed is desk.data.feed(OF_BARS.standard())
    with pytest.raises(InputError, match=r"it is built as .*@1-MINUTE-EXTERNAL"):
        desk.data.feed(OF_TICKS)


def test_an_aggregator_that_nobody_needs_any_more_stops(desk: Desk) -> None:
    one: list[Bar] = []
    two: list[Bar] = []
    desk.data.subscribe_bars(TICKS, one.append)
    desk.data.subscribe_bars(TICKS, two.append)
    desk.data.unsubscribe_bars(TICKS, one.append)
    assert ["1-MINUTE-BID"] == feeds(desk)
    desk.data.unsubscribe_bars(TICKS, two.append)
    assert [] == feeds(desk)
    assert [] == desk.market().quote_aggregators
    desk.timeline.advance(NOW + 1)
    desk.quote("1.1", "1.2")
    desk.timeline.advance(NOW + 9 * MINUTE)
    assert [] == one == two


def test_what_only_a_composite_needed_stops_with_it(desk: Desk) -> None:
    desk.data.subscribe_bars(OF_TICKS, print)
    desk.data.unsubscribe_bars(OF_TICKS, print)
    assert [] == feeds(desk)
    assert [] == desk.market().quote_aggregators


def test_what_others_need_goes_on(desk: Desk) -> None:
    bars: list[Bar] = []
    desk.data.subscribe_bars(TICKS, bars.append)
    desk.data.subscribe_bars(OF_TICKS, print)
    desk.data.unsubscribe_bars(OF_TICKS, print)
    assert ["1-MINUTE-BID"] == feeds(desk)
    desk.data.subscribe_bars(OF_TICKS, print)
    desk.data.unsubscribe_bars(TICKS, bars.append)
    assert ["1-MINUTE-BID", "5-MINUTE-BID"] == feeds(desk)


def test_bars_from_outside_stay_when_nobody_listens(desk: Desk) -> None:
    desk.data.declare_external(OUTSIDE)
    desk.data.subscribe_bars(OUTSIDE, print)
    desk.data.unsubscribe_bars(OUTSIDE, print)
    assert ["1-MINUTE-BID"] == feeds(desk)
    assert {OUTSIDE} == desk.data.external
    desk.data.unsubscribe_bars(OUTSIDE, print)


def test_a_feed_that_cannot_be_built_leaves_nothing_behind() -> None:
    def refuse(
        bar_type: BarType, price_precision: int, size_precision: int, rank: int
    ) -> Aggregator:
        raise InputError(f"no {bar_type}")

    desk = Desk(EURUSD)
    data = DataEngine(desk.timeline, desk.bus, desk.cache, refuse)
    for bar_type in (TICKS, OF_BARS):
        with pytest.raises(InputError, match="no EUR/USD"):
            data.subscribe_bars(bar_type, print)
    assert [OUTSIDE] == desk.cache.bar_types()  # a feed from outside costs nothing


def test_stopped_aggregators_emit_nothing_more(desk: Desk) -> None:
    bars: list[Bar] = []
    desk.data.subscribe_bars(TICKS, bars.append)
    desk.timeline.advance(NOW + 1)
    desk.quote("1.1", "1.2")
    desk.data.stop()
    desk.timeline.advance(NOW + 9 * MINUTE)
    assert [] == bars


# -- indicators -----------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", [SimpleMovingAverage(1), Written()], ids=["compiled", "own"])
def test_indicators_are_up_to_date_in_every_handler(desk: Desk, indicator: Any) -> None:
    seen: list[float] = []

    def look(_: Any) -> None:
        seen.append(indicator.count)

    desk.bus.subscribe(topics.quotes(EURUSD.id), look)
    desk.bus.subscribe(topics.trades(EURUSD.id), look)
    desk.data.subscribe_bars(OUTSIDE, look)
    desk.data.add_quote_indicator(EURUSD.id, indicator)
    desk.data.add_trade_indicator(EURUSD.id, indicator)
    desk.data.add_bar_indicator(OUTSIDE, indicator)
    desk.quote("1.1", "1.2")
    desk.trade("1.1")
    desk.close(str(OUTSIDE), "1.1")
    assert [1, 2, 3] == seen


def test_an_indicator_keeps_its_bars_being_built(desk: Desk) -> None:
    desk.data.add_bar_indicator(TICKS, SimpleMovingAverage(1))
    desk.data.subscribe_bars(TICKS, print)
    desk.data.unsubscribe_bars(TICKS, print)
    assert ["1-MINUTE-BID"] == feeds(desk)


# -- single objects -------------------------------------------------------------------------------


def test_single_objects_reach_the_topic_of_their_kind(desk: Desk) -> None:
    got: list[Any] = []
    status = MarketStatusAction.HALT
    items: list[Any] = [
        Ticker(instrument_id=EURUSD.id, last=Price("1.1"), ts_event=NOW, ts_init=NOW),
        InstrumentStatusUpdate(instrument_id=EURUSD.id, action=status, ts_event=NOW, ts_init=NOW),
        VenueStatusUpdate(venue=SIM, status=status, ts_event=NOW, ts_init=NOW),
        Quantity.from_int(7),
    ]
    for topic in (
        topics.ticker(EURUSD.id),
        topics.instrument_status(EURUSD.id),
        topics.venue_status(SIM),
        custom_topic(DataType(Quantity)),
    ):
        desk.bus.subscribe(topic, got.append)
    for item in items:
        desk.data.deliver(item)
    assert items == got


def test_a_delivered_definition_updates_the_instrument(desk: Desk) -> None:
    changed = replace(EURUSD, max_notional=Money(60_000_000, USD))
    desk.data.deliver(changed)
    assert changed is desk.cache.instrument(EURUSD.id)


def test_a_single_object_of_an_unknown_instrument_is_refused(desk: Desk) -> None:
    unknown = InstrumentId("NO.SIM")
    halted = MarketStatusAction.HALT
    status = InstrumentStatusUpdate(instrument_id=unknown, action=halted, ts_event=NOW, ts_init=NOW)
    with pytest.raises(InstrumentNotFoundError, match=r"NO\.SIM has no definition"):
        desk.data.deliver(status)
