"""A number that means "none" is none: nothing is filled, triggered, marked or built on it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from argosy import (
    Bar,
    BarType,
    OrderSide,
    OrderStatus,
    Price,
    PriceType,
    Quantity,
    QuoteTick,
    Strategy,
    TriggerType,
)
from argosy.kernel.indicator import Indicator
from argosy.strategy.indicators import SimpleMovingAverage
from argosy.testing.instruments import crude_oil
from tests.acceptance.script import (
    BUY,
    CASH,
    MILLION,
    PAIR,
    SELL,
    Script,
    Step,
    bar,
    ns,
    play,
    quote,
    send,
)

BID, ASK = "bid", "ask"


def lacking(second: float, bid: int, ask: int, side: str, price: int = 0) -> QuoteTick:
    """Return a quote on one side of which nobody is: its size is 0, and its price what is given."""
    bid, ask = (price if side == BID else bid), (price if side == ASK else ask)
    sizes = [Quantity.from_int(0 if side == each else MILLION) for each in (BID, ASK)]
    prices = Price.from_raw(bid, 5), Price.from_raw(ask, 5)
    return QuoteTick(PAIR, *prices, *sizes, ns(second), ns(second))


WHOLE = quote(1, 100_000, 100_002), quote(9, 100_000, 100_002)


# -- fills and triggers ------------------------------------------------------------------------


@pytest.mark.parametrize("price", [0, 99_999, 100_002])
@pytest.mark.parametrize(("side", "empty", "limit"), [(BUY, ASK, 90_000), (SELL, BID, 110_000)])
def test_nobody_is_traded_with_on_a_side_of_size_0(
    side: OrderSide, empty: str, limit: int, price: int
) -> None:
    data = [WHOLE[0], lacking(5, 99_998, 100_004, empty, price), WHOLE[1]]
    run = play(data, (2, send("limit", side, 10_000, limit)), (6, send("market", side, 10_000)))
    assert [] == run.fills
    assert [OrderStatus.ACCEPTED, OrderStatus.REJECTED] == [each.status for each in run.orders]
    assert f"NO_MARKET: side={side}" == run.reason(1)


@pytest.mark.parametrize(("side", "empty"), [(BUY, ASK), (SELL, BID)])
def test_what_rests_is_filled_once_somebody_is_there(side: OrderSide, empty: str) -> None:
    # Marketable as it comes, but there is nobody: it rests, and is filled at its limit later.
    limit = 100_010 if side is BUY else 99_990
    data = [WHOLE[0], lacking(5, 99_998, 100_004, empty), WHOLE[1]]
    run = play(data, (6, send("limit", side, 10_000, limit)))
    assert [(9.0, str(side), limit, 10_000)] == run.fills


@pytest.mark.parametrize(
    ("side", "level", "trigger"),
    [
        (BUY, 100_050, TriggerType.BID_ASK),
        (SELL, 99_950, TriggerType.BID_ASK),
    ],
)
def test_no_stop_is_triggered_by_the_price_of_nobody(
    side: OrderSide, level: int, trigger: TriggerType
) -> None:
    # An ask of 9.99999 and a bid of 0 are both beyond the level, and nobody's.
    rows = [lacking(5, 99_998, 100_002, ASK, 999_999), lacking(6, 99_998, 100_002, BID, 0)]
    step = send("stop_market", side, 10_000, level, trigger_type=trigger)
    run = play([WHOLE[0], *rows, WHOLE[1]], (2, step))
    assert [OrderStatus.ACCEPTED] == [each.status for each in run.orders]


@pytest.mark.parametrize("excess", ["one_tick", "cancel", "per_level_ticks", "next_quote"])
def test_an_empty_side_is_no_level_to_walk_from(excess: str) -> None:
    data = [WHOLE[0], lacking(5, 99_998, 0, ASK), WHOLE[1]]
    run = play(data, (6, send("market", BUY, 3 * MILLION)), l1_excess=excess)
    assert [] == run.fills
    assert "NO_MARKET: side=BUY" == run.reason()


def test_a_side_that_was_never_there_has_no_market() -> None:
    run = play(
        [lacking(1, 100_000, 0, ASK), lacking(9, 100_000, 0, ASK)],
        (2, send("market", SELL, 10_000)),
        (3, send("limit", BUY, 10_000, 100_001)),
    )
    assert [(2.0, "SELL", 100_000, 10_000)] == run.fills
    assert OrderStatus.ACCEPTED is run.orders[1].status


# -- what is built from quotes -----------------------------------------------------------------


class Spread(Indicator):
    """In Python, and made of both sides."""

    def handle_quote_tick(self, tick: QuoteTick) -> None:
        self.value = (tick.ask_price - tick.bid_price).as_double()
        self.count += 1


class Builder(Strategy):
    """Builds bars and averages of each side."""

    def __init__(self) -> None:
        super().__init__()
        self.closes: dict[str, list[str]] = {"BID": [], "ASK": [], "MID": []}
        self.averages = {
            side: SimpleMovingAverage(1, PriceType.from_str(side)) for side in self.closes
        }
        self.spread = Spread()
        self.sizes: list[tuple[str, str]] = []

    def on_start(self) -> None:
        for side, average in self.averages.items():
            self.subscribe_bars(BarType.from_str(f"{PAIR}-1-TICK-{side}-INTERNAL"))
            self.register_indicator_for_quote_ticks(PAIR, average)
        self.register_indicator_for_quote_ticks(PAIR, self.spread)
        self.subscribe_quote_ticks(PAIR)

    def on_bar(self, bar: Bar) -> None:
        self.closes[str(bar.bar_type.spec.price_type)].append(str(bar.close))

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.sizes.append((str(tick.bid_size), str(tick.ask_size)))


def test_bars_and_indicators_are_built_on_the_sides_that_are_there() -> None:
    builder = Builder()
    rows = [
        WHOLE[0],
        lacking(2, 99_000, 0, ASK),
        lacking(3, 0, 101_000, BID),
        WHOLE[1],
    ]
    play(rows, strategies=[builder])
    assert {
        "BID": ["1.00000", "0.99000", "1.00000"],
        "ASK": ["1.00002", "1.01000", "1.00002"],
        "MID": ["1.000010", "1.000010"],
    } == builder.closes
    assert {"BID": 3, "ASK": 3, "MID": 2} == {k: v.count for k, v in builder.averages.items()}
    assert (2, pytest.approx(0.00002)) == (builder.spread.count, builder.spread.value)
    # Handlers see the rows as they are.
    assert [("1000000", "0"), ("0", "1000000")] == builder.sizes[1:3]


# -- marks -------------------------------------------------------------------------------------


def prices(script: Script) -> list[str]:
    found = (
        script.cache.price(PAIR, kind) for kind in (PriceType.BID, PriceType.ASK, PriceType.MID)
    )
    return [str(each) for each in found]


def asking(into: list[Any], question: Any) -> Step:
    return lambda script: into.append(question(script))


def test_the_last_price_that_was_known_marks_and_is_counted_as_stale() -> None:
    seen: list[Any] = []
    data = [WHOLE[0], *(lacking(second, 0, 100_004, BID) for second in (3, 5)), WHOLE[1]]
    run = play(
        data,
        (2, send("market", BUY, 100_000)),
        (4, asking(seen, prices)),
        (4, asking(seen, lambda s: str(s.portfolio.unrealized_pnl(PAIR)))),
        run={"equity_interval": "2s"},
    )
    # The middle is that of the last quote that had both sides.
    assert [["1.00000", "1.00004", "1.000010"], "-2.00 USD"] == seen
    assert ["1000000.00", *["999998.00"] * 4] == [
        str(each) for each in run.result.curves[next(iter(run.result.curves))].amounts
    ]
    assert {"GBP/USD.SIM": 2} == run.result.to_dict()["stale_marks"]


def test_a_rate_is_no_middle_of_one_side_and_nothing() -> None:
    seen: list[Any] = []

    def rate(script: Script) -> str:
        pair = script.cache.instrument(PAIR)
        venue = PAIR.venue
        return str(script.cache.get_xrate(venue, pair.base_currency, pair.quote_currency))

    data = [WHOLE[0], lacking(3, 99_000, 0, ASK), WHOLE[1]]
    play(data, (2, asking(seen, rate)), (4, asking(seen, rate)), account=CASH)
    assert ["1.00001", "1.00001"] == seen


# -- bars --------------------------------------------------------------------------------------


MINUTES = BarType.from_str(f"{PAIR}-1-MINUTE-LAST-EXTERNAL")


class Hearer(Strategy):
    """Averages the closes of minutes."""

    def __init__(self, kind: BarType = MINUTES) -> None:
        super().__init__()
        self.kind = kind
        self.average = SimpleMovingAverage(9)
        self.heard: list[Bar] = []

    def on_start(self) -> None:
        self.register_indicator_for_bars(self.kind, self.average)
        self.subscribe_bars(self.kind)

    def on_bar(self, bar: Bar) -> None:
        self.heard.append(bar)


class Composer(Hearer):
    """Has longer bars built of the minutes, too."""

    def on_start(self) -> None:
        super().on_start()
        self.subscribe_bars(BarType.from_str(f"{PAIR}-3-MINUTE-LAST-INTERNAL@1-MINUTE-EXTERNAL"))


@pytest.mark.parametrize("volume", [0, MILLION])
@pytest.mark.parametrize("batch_rows", [1, 65_536])
def test_a_bar_of_four_zeros_is_no_bar(volume: int, batch_rows: int) -> None:
    flat = [100_000] * 4
    data = [bar(60, flat), bar(120, [0] * 4, volume=volume), bar(180, flat), bar(240, [0] * 4)]
    hearer = Composer()
    steps = [
        (70, send("limit", BUY, 10_000, 90_000)),
        (70, send("limit", SELL, 10_000, 110_000)),
        (70, send("stop_market", SELL, 10_000, 80_000)),
    ]
    run = play(data, *steps, strategies=[hearer], run={"batch_rows": batch_rows})
    assert [] == run.fills
    times = [(each.ts_init - ns(0)) // 1_000_000_000 for each in hearer.heard]
    assert [60, 180, 180] == times
    assert (2, 1.0) == (hearer.average.count, hearer.average.value)
    [built] = [each for each in hearer.heard if each.bar_type.is_internally_aggregated()]
    assert Price.from_raw(100_000, 5) == built.low
    assert {f"Bar {hearer.kind}": 2} == run.result.to_dict()["left_out"]


def test_what_was_left_out_and_stale_marks_are_printed() -> None:
    data = [bar(60, [100_000] * 4), bar(120, [0] * 4)]
    quotes = [quote(1, 100_000, 100_002), lacking(90, 0, 100_002, BID)]
    run = play([*data, *quotes], (2, send("market", BUY, 10_000)))
    stream = io.StringIO()
    run.result.print(Console(file=stream, width=140))
    text = stream.getvalue()
    assert "Left out of Bar GBP/USD.SIM-1-MINUTE-LAST-EXTERNAL" in text
    assert "Stale marks" in text


def test_history_has_no_bar_without_a_price() -> None:
    seen: list[Bar] = []

    class Asker(Strategy):
        def on_start(self) -> None:
            self.clock.set_time_alert_ns("ask", ns(200), lambda _: self.ask())

        def ask(self) -> None:
            self.request_bars(MINUTES, callback=lambda _: None)

        def on_historical_data(self, data: Bar) -> None:
            seen.append(data)

    data = [bar(60, [100_000] * 4), bar(120, [0] * 4), bar(180, [100_000] * 4), bar(240, [1] * 4)]
    play(data, strategies=[Asker()])
    assert [ns(60), ns(180)] == [each.ts_init for each in seen]


@pytest.mark.parametrize(("volume", "heard"), [(0, 0), (7, 1)])
def test_zero_is_a_price_where_the_instrument_says_so_and_something_was_traded(
    volume: int, heard: int
) -> None:
    oil = crude_oil()
    kind = BarType.from_str(f"{oil.id}-1-MINUTE-LAST-EXTERNAL")
    zero = Price.from_raw(0, oil.price_precision)
    size = Quantity.from_raw(volume, oil.size_precision)
    hearer = Hearer(kind)
    data = [Bar(kind, zero, zero, zero, zero, size, ns(60), ns(60))]
    play(data, strategies=[hearer], instruments=[oil], venue_name=str(oil.id.venue))
    assert heard == len(hearer.heard)
