"""Exchange rates go over as few pairs as possible, both ways, and over what is a rate now."""

from collections import deque
from collections.abc import Iterable
from decimal import Decimal, localcontext
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argosy.engine.rates import ExchangeRates
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.model.bar_type import BarType
from argosy.model.currency import BTC, EUR, GBP, JPY, USD, USDT, Currency
from argosy.model.enums import PriceType
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.instruments import Instrument
from argosy.testing.instruments import (
    aapl_option,
    btcusd_option,
    btcusdt_future,
    btcusdt_perp_binance,
    btcusdt_spot,
    default_fx_ccy,
    equity,
    gold_cfd,
    spx_index,
    xbtusd_bitmex,
)

BID, ASK, MID = PriceType.BID, PriceType.ASK, PriceType.MID
CODES = ("USD", "EUR", "GBP", "JPY", "CHF", "AUD")
CURRENCIES = [Currency.from_str(code) for code in CODES]
PAIRS = [f"{base}/{quote}" for base, quote in combinations(CODES, 2)]


def market_of(instrument: Instrument | str) -> MarketState:
    found = default_fx_ccy(instrument) if isinstance(instrument, str) else instrument
    bus = MessageBus()
    return MarketState(found, bus.topic("quotes"), bus.topic("trades"))


def exchange_rate(
    markets: Iterable[MarketState],
    from_currency: Currency,
    to_currency: Currency,
    price_type: PriceType = MID,
) -> Decimal | None:
    """Return the rate of the one venue that the markets are of."""
    rates, venue = ExchangeRates(), Venue("SIM")
    for market in markets:
        venue = market.instrument_id.venue
        rates.add(market)
    return rates.rate(venue, from_currency, to_currency, price_type)


def priced(instrument: Instrument, price: int) -> MarketState:
    """Return a market that was traded at a whole price."""
    market = market_of(instrument)
    market.feed_trade(price * 10**market.price_precision, 1, 1, "T", 1, 1)
    return market


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


@pytest.mark.parametrize(
    "instrument",
    [
        aapl_option(),
        equity(),
        btcusdt_future(),
        btcusd_option(),
        replace(spx_index(), base_currency=BTC),
        replace(btcusdt_spot(), id=InstrumentId("BTCUSDT.ELSEWHERE"), quote_currency=GBP),
    ],
    ids=lambda each: type(each).__name__,
)
def test_only_what_prices_a_currency_now_has_a_rate(instrument: Instrument) -> None:
    markets = [priced(instrument, 50_000)]
    assert exchange_rate(markets, BTC, USDT) is None
    assert exchange_rate(markets, EUR, USD) is None


def test_a_dated_contract_is_no_rate_in_whatever_order_they_come() -> None:
    contracts = [(btcusdt_future(), 50_000), (btcusdt_spot(), 40_000), (btcusdt_perp_binance(), 41)]
    for order in permutations(contracts):
        markets = [priced(instrument, price) for instrument, price in order]
        assert Decimal(40_000) == exchange_rate(markets, BTC, USDT)


@pytest.mark.parametrize("instrument", [btcusdt_perp_binance(), xbtusd_bitmex()])
def test_a_perpetual_stands_in_where_there_is_no_spot(instrument: Instrument) -> None:
    rate = exchange_rate([priced(instrument, 40_000)], BTC, instrument.quote_currency)
    assert Decimal(40_000) == rate


def test_a_cfd_on_a_currency_stands_in_too() -> None:
    gold = replace(gold_cfd(), base_currency=Currency.from_str("XAU"))
    assert Decimal(2_000) == exchange_rate([priced(gold, 2_000)], gold.base_currency, USD)


def test_a_perpetual_stands_in_until_the_spot_pair_has_a_price() -> None:
    spot, perpetual = market_of(btcusdt_spot()), priced(btcusdt_perp_binance(), 41_000)
    assert Decimal(41_000) == exchange_rate([spot, perpetual], BTC, USDT)
    spot.feed_trade(40_000_00, 1, 1, "T", 1, 1)
    assert Decimal(40_000) == exchange_rate([spot, perpetual], BTC, USDT)


def test_a_chain_of_spot_pairs_comes_before_a_perpetual() -> None:
    perpetual = replace(btcusdt_perp_binance(), id=InstrumentId("BTC-PERP.SIM"), quote_currency=USD)
    bitcoin = replace(btcusdt_spot(), id=InstrumentId("BTCEUR.SIM"), quote_currency=EUR)
    markets = [priced(perpetual, 51_000), priced(bitcoin, 40_000), quoted("EUR/USD", 125)]
    assert Decimal(50_000) == exchange_rate(markets, BTC, USD)


def test_a_price_of_zero_or_less_is_no_rate() -> None:
    assert exchange_rate([quoted("EUR/USD", -125)], EUR, USD) is None
    assert exchange_rate([quoted("EUR/USD", 0)], EUR, USD) is None


def test_another_venue_is_asked_where_it_may_be() -> None:
    rates = ExchangeRates()
    rates.add(priced(btcusdt_perp_binance(), 41_000))
    rates.add(quoted("EUR/USD", 125))
    binance, sim = Venue("BINANCE"), Venue("SIM")
    assert rates.rate(binance, EUR, USD) is None
    rates.allow(binance, [sim])
    assert Decimal("1.25") == rates.rate(binance, EUR, USD)
    assert rates.rate(sim, BTC, USDT) is None


def test_a_venue_goes_by_its_own_pairs_first_and_by_spot_elsewhere_before_its_perpetuals() -> None:
    rates, binance, other = ExchangeRates(), Venue("BINANCE"), Venue("OTHER")
    rates.allow(binance, [other])
    rates.add(priced(btcusdt_perp_binance(), 41_000))
    assert Decimal(41_000) == rates.rate(binance, BTC, USDT)
    rates.add(priced(replace(btcusdt_spot(), id=InstrumentId("BTCUSDT.OTHER")), 39_000))
    assert Decimal(39_000) == rates.rate(binance, BTC, USDT)
    rates.add(priced(btcusdt_spot(), 40_000))
    assert Decimal(40_000) == rates.rate(binance, BTC, USDT)


def test_a_chain_may_lead_over_two_venues() -> None:
    rates, binance = ExchangeRates(), Venue("BINANCE")
    rates.allow(binance, [Venue("SIM")])
    rates.add(priced(replace(btcusdt_spot(), quote_currency=EUR), 40_000))
    rates.add(quoted("EUR/USD", 125))
    assert Decimal(50_000) == rates.rate(binance, BTC, USD)


def test_what_a_rate_waits_for_is_the_shortest_way_as_far_as_it_has_no_price() -> None:
    rates, sim = ExchangeRates(), Venue("SIM")
    yen, euro, swiss = market_of("USD/JPY"), quoted("EUR/USD", 125), market_of("USD/CHF")
    for market in (yen, euro, swiss):
        rates.add(market)
    assert [yen] == rates.missing(sim, EUR, JPY) == rates.missing(sim, JPY, EUR)
    assert [] == rates.missing(sim, EUR, USD)
    assert [] == rates.missing(sim, EUR, GBP)
    assert [] == rates.missing(Venue("ELSEWHERE"), EUR, JPY)


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
