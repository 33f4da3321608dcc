"""Exchange rates go over as few pairs as possible, both ways."""

from collections import deque
from decimal import Decimal, localcontext
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.engine.rates import exchange_rate
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.model.bar_type import BarType
from argosy.model.currency import EUR, GBP, JPY, USD, Currency
from argosy.model.enums import PriceType
from argosy.model.instruments import Instrument
from argosy.testing.instruments import aapl_option, default_fx_ccy, equity

BID, ASK, MID = PriceType.BID, PriceType.ASK, PriceType.MID
CODES = ("USD", "EUR", "GBP", "JPY", "CHF", "AUD")
CURRENCIES = [Currency.from_str(code) for code in CODES]
PAIRS = [f"{base}/{quote}" for base, quote in combinations(CODES, 2)]


def market_of(instrument: Instrument | str) -> MarketState:
    found = default_fx_ccy(instrument) if isinstance(instrument, str) else instrument
    bus = MessageBus()
    return MarketState(found, bus.topic("quotes"), bus.topic("trades"))


def quoted(pair: str, bid: int, ask: int | None = None) -> MarketState:
    """Return a market with a quote, in hundredths."""
    market = market_of(pair)
    unit = 10 ** (market.price_precision - 2)
    market.feed_quote(bid * unit, (ask or bid) * unit, 1, 1, 1, 1)
    return market


def bar(market: MarketState, spec: str, close: int, at: int = 1) -> None:
    bar_type = BarType.from_str(f"{market.instrument_id}-{spec}-EXTERNAL")
    feed = market.add_feed(bar_type, MessageBus().topic("bars"))
    raw = close * 10 ** (market.price_precision - 2)
    feed.take(raw, raw, raw, raw, 1, at, at)


def test_a_currency_is_worth_itself() -> None:
    assert Decimal(1) == exchange_rate([], USD, USD)


def test_a_pair_is_crossed_both_ways() -> None:
    markets = [quoted("EUR/USD", 125)]
    assert Decimal("1.25") == exchange_rate(markets, EUR, USD)
    assert Decimal("0.8") == exchange_rate(markets, USD, EUR)


def test_pairs_are_chained() -> None:
    markets = [quoted("EUR/USD", 125), quoted("USD/JPY", 20000)]
    assert Decimal(250) == exchange_rate(markets, EUR, JPY)
    assert Decimal("0.004") == exchange_rate(markets, JPY, EUR)


def test_a_direct_pair_comes_before_a_chain() -> None:
    markets = [quoted("EUR/USD", 125), quoted("USD/JPY", 20000), quoted("EUR/JPY", 24900)]
    assert Decimal(249) == exchange_rate(markets, EUR, JPY)


def test_what_nothing_connects_has_no_rate() -> None:
    assert exchange_rate([quoted("EUR/USD", 125)], GBP, USD) is None
    assert exchange_rate([quoted("EUR/USD", 125)], USD, GBP) is None
    assert exchange_rate([market_of("EUR/USD")], EUR, USD) is None


@pytest.mark.parametrize(("price_type", "rate"), [(BID, "1.2"), (ASK, "1.3"), (MID, "1.25")])
def test_quotes_have_three_prices(price_type: PriceType, rate: str) -> None:
    assert Decimal(rate) == exchange_rate([quoted("EUR/USD", 120, 130)], EUR, USD, price_type)


def test_trades_and_bars_stand_for_quotes() -> None:
    traded = market_of("EUR/USD")
    bar(traded, "1-MINUTE-BID", 110)
    assert Decimal("1.1") == exchange_rate([traded], EUR, USD)
    bar(traded, "1-MINUTE-ASK", 130)
    assert Decimal("1.2") == exchange_rate([traded], EUR, USD)
    assert Decimal("1.3") == exchange_rate([traded], EUR, USD, ASK)
    bar(traded, "1-MINUTE-LAST", 140)
    assert Decimal("1.4") == exchange_rate([traded], EUR, USD)
    traded.feed_trade(150_000, 1, 1, "T", 1, 1)
    assert Decimal("1.5") == exchange_rate([traded], EUR, USD, ASK)


def test_the_newest_bar_of_a_type_counts() -> None:
    market = market_of("EUR/USD")
    bar(market, "5-MINUTE-BID", 120, at=5)
    bar(market, "1-MINUTE-BID", 110, at=1)
    assert Decimal("1.2") == exchange_rate([market], EUR, USD, BID)


def test_only_pairs_of_currencies_have_rates() -> None:
    option = market_of(aapl_option())
    option.feed_trade(500, 1, 1, "T", 1, 1)
    share = market_of(equity())
    share.feed_trade(500, 1, 1, "T", 1, 1)
    assert exchange_rate([option, share], EUR, USD) is None


def test_a_rate_does_not_depend_on_the_decimal_context() -> None:
    markets = [quoted("EUR/USD", 133)]
    expected = exchange_rate(markets, USD, EUR)
    with localcontext(prec=3):
        assert expected == exchange_rate(markets, USD, EUR)


def shortest(pairs: dict[str, int], start: str, goal: str) -> int | None:
    """Return over how many pairs two currencies are connected."""
    steps, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for pair in pairs:
            ends = pair.split("/")
            if here in ends:
                there = ends[1 - ends.index(here)]
                if there not in steps:
                    steps[there] = steps[here] + 1
                    waiting.append(there)
    return steps.get(goal)


worths = st.sampled_from([50, 100, 200, 400])


@given(
    st.dictionaries(st.sampled_from(PAIRS), st.just(1), min_size=1),
    st.tuples(*[worths] * len(CODES)),
    st.sampled_from(CODES),
    st.sampled_from(CODES),
)
def test_consistent_prices_give_the_same_rate_over_any_chain(
    pairs: dict[str, int], worth: tuple[int, ...], start: str, goal: str
) -> None:
    """Where each pair is priced by what its currencies are worth, every path agrees."""
    value = dict(zip(CODES, worth, strict=True))
    markets = []
    for pair in pairs:
        base, quote = pair.split("/")
        market = market_of(pair)
        raw = value[base] * 10**market.price_precision // value[quote]
        market.feed_quote(raw, raw, 1, 1, 1, 1)
        markets.append(market)
    currencies = dict(zip(CODES, CURRENCIES, strict=True))
    rate = exchange_rate(markets, currencies[start], currencies[goal])
    if shortest(pairs, start, goal) is None:
        assert rate is None
    else:
        assert Decimal(value[start]) / value[goal] == rate


@given(st.permutations([("EUR/USD", 120), ("USD/JPY", 10000), ("EUR/GBP", 80), ("GBP/JPY", 15100)]))
def test_of_equally_short_chains_the_first_declared_one_counts(
    pairs: list[tuple[str, int]],
) -> None:
    markets = [quoted(pair, price) for pair, price in pairs]
    names = [pair for pair, _ in pairs]
    over_dollar = names.index("EUR/USD") < names.index("EUR/GBP")
    assert Decimal("120" if over_dollar else "120.8") == exchange_rate(markets, EUR, JPY)
