"""Runs of quotes give an aggregator what the quotes one by one would."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DataError
from argosy.kernel.aggregator import Aggregator
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.replay import QuoteSource, Replay
from argosy.kernel.stream import MemoryStream
from argosy.kernel.timeline import Timeline
from argosy.model.bar_type import BarType
from argosy.model.data import QuoteTick
from argosy.model.enums import PriceType
from argosy_bars.factories import time_bars
from tests.host.kernel import rows
from tests.pure import is_pure

SIDES = ("BID", "ASK", "MID")
QUOTES = st.lists(
    st.tuples(
        st.integers(-1_000, 1_000), st.integers(0, 7), st.integers(0, 99), st.integers(0, 99)
    ),
    min_size=1,
    max_size=40,
)


def instrument(precision: int) -> SimpleNamespace:
    return SimpleNamespace(id=rows.EURUSD.id, price_precision=precision, size_precision=precision)


def market_with(precision: int, sides: tuple[str, ...]) -> tuple[MarketState, list[Aggregator]]:
    bus = MessageBus()
    market = MarketState(instrument(precision), bus.topic("q"), bus.topic("t"))
    made = []
    for side in sides:
        bar_type = BarType.from_str(f"EUR/USD.SIM-1-DAY-{side}-INTERNAL")
        made.append(time_bars(bar_type, precision, precision))
        market.add_aggregator(made[-1])
    return market, made


def replay(market: MarketState, table: object, batch_rows: int) -> None:
    timeline = Timeline()
    for aggregator in market.quote_aggregators:
        aggregator.start(timeline)
    precision = market.price_precision
    stream = MemoryStream(QuoteTick, rows.EURUSD.id, precision, precision, [table], batch_rows)
    run = Replay(timeline)
    run.add(QuoteSource(stream, market, "quotes"))
    run.run()


def has_side(tick: QuoteTick, kind: PriceType) -> bool:
    """Tell whether somebody stands on the side, or, for MID, on both."""
    sides = {PriceType.BID: [tick.bid_size], PriceType.ASK: [tick.ask_size]}
    return all(sides.get(kind, [tick.bid_size, tick.ask_size]))


def state(aggregator: Aggregator) -> tuple[int, ...]:
    each = aggregator
    return each.open, each.high, each.low, each.close, each.volume, each.count


@given(QUOTES, st.sampled_from([5, 18]), st.integers(1, 50))
def test_the_bars_of_quotes_are_those_of_their_prices(
    quotes: list[tuple[int, ...]], precision: int, batch_rows: int
) -> None:
    market, aggregators = market_with(precision, SIDES)
    table = rows.quotes(
        [(ts, ts, bid, bid + spread, *sizes) for ts, (bid, spread, *sizes) in enumerate(quotes, 1)],
        precision,
        precision,
    )
    replay(market, table, batch_rows)
    ticks = [market.quote(back) for back in reversed(range(len(quotes)))]
    for side, aggregator in zip(SIDES, aggregators, strict=True):
        kind = PriceType.from_str(side)
        offered = [tick for tick in ticks if has_side(tick, kind)]
        prices = [tick.extract_price(kind).raw for tick in offered]
        if not prices:
            assert 0 == aggregator.count
            continue
        volume = sum(tick.extract_size(kind).raw for tick in offered)
        expected = prices[0], max(prices), min(prices), prices[-1], volume, len(offered)
        assert expected == state(aggregator)


def test_a_middle_that_does_not_fit_is_an_error_with_a_cure() -> None:
    market, _ = market_with(5, ("MID",))
    row = 1, 1, 10**17, 10**17 + 1, 1, 1
    with pytest.raises(DataError, match=r"has more than 18 digits.* Build BID or ASK bars"):
        replay(market, rows.quotes([row, row, row], 5, 5), 3)


@pytest.mark.skipif(is_pure(), reason="plain integers do not overflow")
def test_a_volume_that_does_not_fit_is_an_error() -> None:
    market, _ = market_with(0, ("BID",))
    row = 1, 1, 5, 6, 10**18 - 1, 1
    with pytest.raises(OverflowError):
        replay(market, rows.quotes([row] * 12, 0, 0), 12)
