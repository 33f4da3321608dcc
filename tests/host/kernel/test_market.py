"""Market state: what was observed, and who hears of it in which order."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DataError
from argosy.kernel.aggregator import Aggregator
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.matching import UNSET, MatchingCore
from argosy.kernel.replay import QuoteSource, Replay
from argosy.kernel.stream import MemoryStream
from argosy.kernel.timeline import Timeline
from argosy.kernel.trigger import WATCH_ASK, WATCH_LAST, PriceTrigger, Trigger
from argosy.model.bar_type import BarType
from argosy.model.data import QuoteTick, TradeTick
from argosy.model.enums import AggressorSide, PriceType
from argosy.model.identifiers import TradeId
from argosy.model.values import Price, Quantity
from argosy.strategy.indicators import BollingerBands, ExponentialMovingAverage
from tests.host.kernel import rows


class Venue(MatchingCore):
    def __init__(self, log: list[str]) -> None:
        super().__init__()
        self.log = log

    def on_fired(self, trigger: Trigger, price: int, ts: int) -> bool:
        self.log.append(f"venue {price}")
        return True


class Noted(Aggregator):
    """Writes down what it is fed."""

    def __init__(self, log: list[Any], text: str, rank: int = 0) -> None:
        super().__init__(BarType.from_str(f"EUR/USD.SIM-{text}"), 5, 0, rank)
        self.log = log

    def on_tick(self, price: int, size: int, aggressor: int, ts: int) -> None:
        self.log.append((price, size, aggressor, ts))

    def on_bar(self, open: int, high: int, low: int, close: int, volume: int, ts: int) -> None:
        self.log.append((open, high, low, close, volume, ts))


@pytest.fixture
def bus() -> MessageBus:
    return MessageBus()


@pytest.fixture
def market(bus: MessageBus) -> MarketState:
    return MarketState(rows.EURUSD, bus.topic("quotes"), bus.topic("trades"))


def test_the_top_of_the_book_is_the_latest_quote(market: MarketState) -> None:
    assert (0, None) == (market.ts_quote, market.quote())
    market.feed_quote(150_000, 150_002, 7, 8, 1, 2)
    market.feed_quote(150_001, 150_003, 9, 4, 3, 4)
    seen = market.bid, market.ask, market.bid_size, market.ask_size, market.ts_quote
    assert (150_001, 150_003, 9, 4, 4) == seen
    sizes = Quantity.from_int(9), Quantity.from_int(4)
    prices = Price.from_str("1.50001"), Price.from_str("1.50003")
    assert QuoteTick(market.instrument_id, *prices, *sizes, 3, 4) == market.quote()
    assert 1 == market.quote(1).ts_event


def test_the_last_trade_is_kept(market: MarketState) -> None:
    market.feed_trade(150_000, 7, 2, "T-1", 1, 2)
    assert (150_000, 7, 2) == (market.last, market.last_size, market.ts_trade)
    expected = TradeTick(
        market.instrument_id,
        Price.from_str("1.50000"),
        Quantity.from_int(7),
        AggressorSide.SELLER,
        TradeId("T-1"),
        1,
        2,
    )
    assert expected == market.trade()


def test_a_trade_id_that_does_not_fit_is_refused(market: MarketState) -> None:
    market.feed_trade(1, 1, 0, "x" * 36, 1, 1)
    assert "x" * 36 == str(market.trade().trade_id)
    with pytest.raises(DataError, match=r"EUR/USD.SIM: a trade id of 37 bytes; at most 36 fit"):
        market.feed_trade(1, 1, 0, "x" * 37, 1, 1)


def test_the_venue_sees_a_row_first_then_indicators_then_aggregators_then_handlers(
    bus: MessageBus, market: MarketState
) -> None:
    log: list[Any] = []
    average = ExponentialMovingAverage(1)
    venue = Venue(log)
    venue.add(PriceTrigger("x", is_buy=True, watch=WATCH_ASK, level=1, upward=True))
    market.set_matcher(venue)
    market.add_quote_indicator(average)
    market.add_aggregator(Noted(log, "1-TICK-BID-INTERNAL"))
    bus.subscribe("quotes", lambda quote: log.append((str(quote.bid_price), average.value)))
    market.feed_quote(150_000, 150_002, 7, 8, 1, 2)
    assert ["venue 150002", (150_000, 7, 0, 2), ("1.50000", 1.50001)] == log


def test_a_venue_sees_trades_with_their_aggressor(market: MarketState) -> None:
    log: list[Any] = []
    venue = Venue(log)
    venue.add(PriceTrigger("x", is_buy=True, watch=WATCH_LAST, level=1, upward=True))
    market.set_matcher(venue)
    average = ExponentialMovingAverage(1)
    market.add_trade_indicator(average)
    market.add_aggregator(Noted(log, "1-TICK-LAST-INTERNAL"))
    market.feed_trade(150_000, 7, 2, "T", 1, 2)
    assert ["venue 150000", (150_000, 7, 2, 2)] == log
    assert 1.5 == average.value


@pytest.mark.parametrize(
    ("side", "expected"),
    [("BID", (150_000, 7)), ("ASK", (150_003, 8)), ("MID", (1_500_015, 75))],
)
def test_an_aggregator_is_fed_with_its_side(
    market: MarketState, side: str, expected: tuple[int, int]
) -> None:
    log: list[Any] = []
    market.add_aggregator(Noted(log, f"1-TICK-{side}-INTERNAL"))
    market.feed_quote(150_000, 150_003, 7, 8, 1, 2)
    market.feed_trade(9, 9, 1, "T", 3, 3)
    assert [(*expected, 0, 2)] == log


@pytest.mark.parametrize(
    ("bid", "ask", "middle"),
    [(1, 3, 2), (1, 2, 2), (2, 3, 2), (3, 4, 4), (-2, -1, -2), (-4, -3, -4)],
)
def test_at_the_largest_precision_the_middle_goes_to_even(
    bus: MessageBus, bid: int, ask: int, middle: int
) -> None:
    deep = SimpleNamespace(id=rows.EURUSD.id, price_precision=18, size_precision=18)
    market = MarketState(deep, bus.topic("quotes"), bus.topic("trades"))
    log: list[Any] = []
    market.add_aggregator(Noted(log, "1-TICK-MID-INTERNAL"))
    market.feed_quote(bid, ask, 1, 1, 1, 2)
    assert [(middle, 1, 0, 2)] == log


def test_an_aggregator_that_was_removed_is_fed_no_more(market: MarketState) -> None:
    log: list[Any] = []
    for text in ("1-TICK-BID-INTERNAL", "1-TICK-LAST-INTERNAL"):
        aggregator = Noted(log, text)
        market.add_aggregator(aggregator)
        market.remove_aggregator(aggregator)
    market.feed_quote(1, 2, 3, 4, 5, 6)
    market.feed_trade(1, 2, 0, "T", 5, 6)
    assert [] == log


def test_an_aggregator_may_be_removed_by_a_handler(bus: MessageBus, market: MarketState) -> None:
    log: list[Any] = []
    aggregator = Noted(log, "1-TICK-BID-INTERNAL")
    market.add_aggregator(aggregator)
    bus.subscribe("quotes", lambda _: market.remove_aggregator(aggregator))
    market.feed_quote(1, 2, 3, 4, 5, 6)
    market.feed_quote(1, 2, 3, 4, 5, 6)
    assert 1 == len(log)


# -- sides of size 0 -----------------------------------------------------------------------------


def test_a_side_of_size_0_leaves_the_last_price_that_was_known(market: MarketState) -> None:
    market.feed_quote(150_000, 150_002, 7, 8, 1, 1)
    market.feed_quote(150_001, 0, 5, 0, 2, 2)
    top = market.bid, market.ask, market.bid_size, market.ask_size, market.ts_quote
    assert (150_001, 150_002, 5, 0, 2) == top
    assert (150_000, 150_002) == (market.pair_bid, market.pair_ask)
    market.feed_quote(0, 0, 0, 0, 3, 3)
    assert (150_001, 150_002, 0, 0) == (market.bid, market.ask, market.bid_size, market.ask_size)
    raw = market.quote()
    assert raw is not None
    assert (0, 0) == (raw.bid_raw, raw.ask_raw)


def test_a_side_that_nobody_took_yet_has_no_price(market: MarketState) -> None:
    assert {UNSET} == {market.bid, market.ask, market.pair_bid, market.pair_ask}
    market.feed_quote(0, 150_002, 0, 8, 1, 1)
    assert (UNSET, 150_002, UNSET) == (market.bid, market.ask, market.pair_bid)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((7, 8), {"BID": [(15, 7)], "ASK": [(17, 8)], "MID": [(160, 75)]}),
        ((7, 0), {"BID": [(15, 7)], "ASK": [], "MID": []}),
        ((0, 8), {"BID": [], "ASK": [(17, 8)], "MID": []}),
        ((0, 0), {"BID": [], "ASK": [], "MID": []}),
    ],
)
def test_nothing_is_built_on_a_side_of_size_0(
    bus: MessageBus,
    market: MarketState,
    sizes: tuple[int, int],
    expected: dict[str, list[tuple[int, int]]],
) -> None:
    built: dict[str, list[Any]] = {side: [] for side in expected}
    averages = {}
    for side, log in built.items():
        market.add_aggregator(Noted(log, f"1-TICK-{side}-INTERNAL"))
        averages[side] = ExponentialMovingAverage(1, PriceType.from_str(side))
        market.add_quote_indicator(averages[side])
    bands = BollingerBands(1, 2.0)
    market.add_quote_indicator(bands)
    venue = Venue([])
    market.set_matcher(venue)
    heard: list[Any] = []
    bus.subscribe("quotes", heard.append)
    market.feed_quote(15, 17, *sizes, 1, 2)
    found = {side: [(price, size) for price, size, _, _ in log] for side, log in built.items()}
    assert expected == found
    assert {side: len(log) for side, log in expected.items()} == {
        side: average.count for side, average in averages.items()
    }
    assert len(expected["MID"]) == bands.count
    assert (15 if sizes[0] else UNSET, 17 if sizes[1] else UNSET) == (venue.bid, venue.ask)
    assert [(15, 17, *sizes)] == [
        (each.bid_raw, each.ask_raw, each.bid_size_raw, each.ask_size_raw) for each in heard
    ]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30),
    st.integers(1, 10),
)
def test_rows_without_a_side_are_found_in_any_batch(
    sizes: list[tuple[int, int]], batch_rows: int
) -> None:
    table = rows.quotes(
        [(ts, ts, 10 + ts, 20 + ts, *both) for ts, both in enumerate(sizes, 1)], 5, 0
    )
    seen = []
    for size in (batch_rows, 1):
        bus = MessageBus()
        made = MarketState(rows.EURUSD, bus.topic("quotes"), bus.topic("trades"))
        made.set_matcher(core := MatchingCore())
        core.skims = True
        replay = Replay(Timeline())
        stream = MemoryStream(QuoteTick, rows.EURUSD.id, 5, 0, [table], size)
        replay.add(QuoteSource(stream, made, "quotes"))
        replay.run()
        top = made.bid, made.ask, made.bid_size, made.ask_size, made.pair_bid, made.pair_ask
        seen.append((top, core.bid, core.ask))
    assert seen[0] == seen[1]
    last_bid = next((10 + ts for ts, each in reversed([*enumerate(sizes, 1)]) if each[0]), UNSET)
    assert (last_bid, sizes[-1][0]) == (seen[0][0][0], seen[0][0][2])
    assert (10 + len(sizes) if sizes[-1][0] else UNSET) == seen[0][1]


# -- bars --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("has_zero_prices", "volume", "expected"),
    [(False, 0, False), (False, 9, False), (True, 0, False), (True, 9, True)],
)
def test_a_bar_of_four_zeros_is_one_only_where_zero_can_be_right(
    market: MarketState, has_zero_prices: Any, volume: int, expected: Any
) -> None:
    market.set_has_zero_prices(has_zero_prices)
    assert expected is market.is_bar(0, 0, volume)
    assert market.is_bar(1, 0, 0)
    assert market.is_bar(0, -1, 0)


def feed_of(bus: MessageBus, market: MarketState, text: str) -> Any:
    return market.add_feed(BarType.from_str(f"EUR/USD.SIM-{text}"), bus.topic("bars"))


def test_the_latest_external_bar_is_known(bus: MessageBus, market: MarketState) -> None:
    outside = feed_of(bus, market, "1-MINUTE-LAST-EXTERNAL")
    inside = feed_of(bus, market, "5-MINUTE-LAST-INTERNAL")
    inside.set_aggregator(Aggregator(inside.bar_type, 5, 0))
    assert market.last_bar is None
    for feed in (outside, inside):
        feed.take(1, 1, 1, 1, 1, 1, 1)
    assert outside is market.last_bar


# -- the instrument ----------------------------------------------------------------------------


def test_a_definition_may_be_replaced(market: MarketState) -> None:
    fresh = SimpleNamespace(id=rows.EURUSD.id, price_precision=5, size_precision=0)
    market.set_instrument(fresh)
    assert fresh is market.instrument


def test_a_definition_may_not_change_its_precisions(market: MarketState) -> None:
    other = SimpleNamespace(id=rows.EURUSD.id, price_precision=4, size_precision=0)
    with pytest.raises(DataError, match="may not change precisions from 5/0 to 4/0"):
        market.set_instrument(other)
