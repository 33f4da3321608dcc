"""The latest prices of a market: quotes, then trades, then bars."""

import pytest

from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.prices import is_stale, latest_close, latest_price, offered_price
from argosy.model.bar_type import BarType
from argosy.model.enums import PriceType
from argosy.model.values import Price
from argosy.testing.instruments import default_fx_ccy

EURUSD = default_fx_ccy("EUR/USD")
BID, ASK, MID, LAST = PriceType.BID, PriceType.ASK, PriceType.MID, PriceType.LAST
BUY, SELL = 1, -1


@pytest.fixture
def market() -> MarketState:
    bus = MessageBus()
    return MarketState(EURUSD, bus.topic("quotes"), bus.topic("trades"))


def bar(market: MarketState, spec: str, close: int, at: int) -> None:
    bar_type = BarType.from_str(f"{EURUSD.id}-{spec}-EXTERNAL")
    feed = market.add_feed(bar_type, MessageBus().topic("bars"))
    feed.take(close, close, close, close, 1, at, at)


def price(raw: int) -> Price:
    return Price.from_raw(raw, 5)


def test_a_market_that_saw_nothing_has_no_price(market: MarketState) -> None:
    assert {None} == {latest_price(market, each) for each in (BID, ASK, MID, LAST)}
    assert {None} == {offered_price(market, sign) for sign in (BUY, SELL)}


def test_quotes_tell_bid_ask_and_mid(market: MarketState) -> None:
    market.feed_quote(110_000, 110_003, 1, 1, 1, 1)
    assert price(110_000) == latest_price(market, BID)
    assert price(110_003) == latest_price(market, ASK)
    assert Price("1.100015") == latest_price(market, MID)
    assert latest_price(market, LAST) is None


def test_trades_tell_the_last_price_and_bars_the_others(market: MarketState) -> None:
    market.feed_trade(110_001, 1, 1, "T", 1, 1)
    assert price(110_001) == latest_price(market, LAST)
    assert latest_price(market, BID) is None
    bar(market, "1-MINUTE-LAST", 110_005, 2)
    assert price(110_005) == latest_price(market, BID)
    bar(market, "1-MINUTE-BID", 110_004, 1)
    assert price(110_004) == latest_price(market, BID)


def test_a_buyer_is_offered_the_ask_and_a_seller_the_bid(market: MarketState) -> None:
    market.feed_trade(110_001, 1, 1, "T", 1, 1)
    market.feed_quote(110_000, 110_003, 1, 1, 1, 1)
    assert price(110_003) == offered_price(market, BUY)
    assert price(110_000) == offered_price(market, SELL)


def test_the_last_known_price_of_a_side_stands_when_nobody_does(market: MarketState) -> None:
    market.feed_quote(110_000, 110_003, 1, 1, 1, 1)
    assert {False} == {is_stale(market, sign) for sign in (BUY, SELL)}
    market.feed_quote(109_000, 0, 1, 0, 2, 2)
    assert (price(109_000), price(110_003)) == tuple(latest_price(market, x) for x in (BID, ASK))
    assert (price(110_003), price(109_000)) == tuple(offered_price(market, x) for x in (BUY, SELL))
    assert (True, False) == (is_stale(market, BUY), is_stale(market, SELL))
    # The middle is that of the last quote with both sides, never half of one.
    assert Price("1.100015") == latest_price(market, MID)


def test_a_side_that_was_never_quoted_has_no_price(market: MarketState) -> None:
    market.feed_quote(109_000, 0, 1, 0, 2, 2)
    assert price(109_000) == latest_price(market, BID)
    assert {None} == {latest_price(market, each) for each in (ASK, MID)}
    assert offered_price(market, BUY) is None
    assert not is_stale(market, BUY)
    market.feed_trade(110_001, 1, 1, "T", 3, 3)
    assert price(110_001) == offered_price(market, BUY)


def test_without_quotes_the_last_trade_is_offered(market: MarketState) -> None:
    bar(market, "1-MINUTE-ASK", 110_007, 9)
    market.feed_trade(110_001, 1, 1, "T", 1, 1)
    assert {price(110_001)} == {offered_price(market, sign) for sign in (BUY, SELL)}


def test_without_ticks_the_bars_of_a_side_are_offered(market: MarketState) -> None:
    bar(market, "1-MINUTE-BID", 110_000, 1)
    bar(market, "1-MINUTE-ASK", 110_003, 1)
    bar(market, "1-MINUTE-LAST", 110_001, 2)
    assert price(110_003) == offered_price(market, BUY)
    assert price(110_000) == offered_price(market, SELL)


def test_bars_of_trades_stand_for_those_of_a_side(market: MarketState) -> None:
    bar(market, "1-MINUTE-LAST", 110_001, 1)
    bar(market, "1-MINUTE-BID", 110_000, 2)
    assert price(110_001) == offered_price(market, BUY)
    assert price(110_000) == offered_price(market, SELL)


@pytest.mark.parametrize("spec", ["1-MINUTE-BID", "1-MINUTE-MID", "1-MINUTE-LAST"])
def test_any_bar_is_better_than_none(market: MarketState, spec: str) -> None:
    bar(market, spec, 110_002, 1)
    assert price(110_002) == offered_price(market, BUY)


def test_the_newest_bar_of_a_type_counts(market: MarketState) -> None:
    bar(market, "5-MINUTE-BID", 110_009, 5)
    bar(market, "1-MINUTE-BID", 110_001, 1)
    assert price(110_009) == latest_close(market, BID.code)
    bar(market, "1-MINUTE-BID", 110_006, 6)
    assert price(110_006) == latest_close(market, BID.code)
    assert latest_close(market, ASK.code) is None
