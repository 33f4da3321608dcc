"""Time: decisions 3 to 7 of the semantics: what happens at one moment, ids, the end of a run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from argosy import (
    Actor,
    BacktestEngine,
    Bar,
    BarType,
    OrderFilled,
    PositionOpened,
    Price,
    Quantity,
    QuoteTick,
    SettleError,
    Strategy,
    StrategyConfig,
    TimeEvent,
)
from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.kit import SECOND, T0
from tests.acceptance.script import (
    BUY,
    MARGIN,
    PAIR,
    SELL,
    Played,
    Script,
    bar,
    ns,
    play,
    quote,
    send,
    trade,
)

QUIET = [quote(1, 150_000, 150_010), quote(20, 150_000, 150_010)]


class Diary(Strategy):
    """Write down what is told, in order."""

    def __init__(self, *bar_types: str, alerts: tuple[float, ...] = ()) -> None:
        super().__init__(StrategyConfig(order_id_tag="diary"))
        self.bar_types = [BarType.from_str(f"{PAIR}-{each}") for each in bar_types]
        self.alerts = alerts
        self.lines: list[tuple[float, str]] = []

    def write(self, text: str) -> None:
        self.lines.append(((self.clock.timestamp_ns() - T0) / SECOND, text))

    def on_start(self) -> None:
        for bar_type in self.bar_types:
            self.subscribe_bars(bar_type)
        self.subscribe_quote_ticks(PAIR)
        self.subscribe_trade_ticks(PAIR)
        for second in self.alerts:
            self.clock.set_time_alert_ns(f"alert {second}", ns(second))

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.write(f"quote {tick.bid_price.raw}")

    def on_trade_tick(self, tick: Any) -> None:
        self.write(f"trade {tick.price.raw}")

    def on_bar(self, bar: Bar) -> None:
        self.write(f"bar {bar.bar_type.spec} {bar.close.raw}")

    def on_event(self, event: Any) -> None:
        if isinstance(event, TimeEvent):
            self.write(event.name)


# -- 3: what is known when ------------------------------------------------------------------------


def test_03_a_backtest_acts_on_ts_init_only() -> None:
    late = quote(5, 149_000, 149_010)
    late = QuoteTick(
        PAIR, late.bid_price, late.ask_price, late.bid_size, late.ask_size, ns(2), ns(5)
    )
    played = play([quote(1, 150_000, 150_010), late], (3, send("market", BUY, 1_000)))
    assert [(3, "BUY", 150_010, 1_000)] == played.fills


# -- 4: one moment --------------------------------------------------------------------------------


def test_04_data_come_in_declared_order_then_timers_sources_before_composites() -> None:
    data = [
        quote(60, 150_000, 150_010),
        trade(60, 150_005),
        quote(60, 150_001, 150_011),
        quote(300, 150_002, 150_012),
        quote(301, 150_003, 150_013),
    ]
    diary = Diary("5-MINUTE-BID-INTERNAL@1-MINUTE-INTERNAL", "1-MINUTE-BID-INTERNAL", alerts=(60,))
    play(data, strategies=[diary])
    minute, five = "1-MINUTE-BID", "5-MINUTE-BID"
    assert [
        (60, "quote 150000"),
        (60, "quote 150001"),
        (60, "trade 150005"),
        (60, f"bar {minute} 150001"),
        (60, "alert 60"),
        *((each, f"bar {minute} 150001") for each in (120, 180, 240)),
        (300, "quote 150002"),
        (300, f"bar {minute} 150002"),
        (300, f"bar {five} 150002"),
        (301, "quote 150003"),
    ] == diary.lines


def test_04_arrivals_of_a_moment_come_after_its_data_and_before_its_timers() -> None:
    seen: list[int] = []

    def look(script: Script) -> None:
        seen.append(len(script.cache.orders_closed()))

    data = [quote(1, 150_000, 150_010), quote(4, 150_020, 150_030), quote(9, 150_000, 150_010)]
    latency = {"use": "fixed", "base": "1s"}
    played = play(data, (3, send("market", BUY, 1_000)), (4, look), latency=latency)
    assert [(4, "BUY", 150_030, 1_000)] == played.fills
    assert [1] == seen


def test_04_external_bars_of_one_time_are_one_datum() -> None:
    """Who acts on the bid's bar trades at the ask's bar of the same time, whatever the order."""

    class Buyer(Strategy):
        def __init__(self, watched: str) -> None:
            super().__init__(StrategyConfig())
            self.watched = BarType.from_str(f"{PAIR}-{watched}-EXTERNAL")

        def on_start(self) -> None:
            self.subscribe_bars(self.watched)

        def on_bar(self, bar: Bar) -> None:
            size = Quantity.from_int(1_000)
            self.submit_order(self.order_factory.market(PAIR, BUY, size))
            self.submit_order(self.order_factory.market(PAIR, SELL, size))

    bids = [bar(at, (bid,) * 4, "1-MINUTE-BID") for at, bid in ((60, 150_000), (120, 150_100))]
    asks = [bar(at, (ask,) * 4, "1-MINUTE-ASK") for at, ask in ((60, 150_010), (120, 150_110))]
    expected = [
        (60, "BUY", 150_010, 1_000),
        (60, "SELL", 150_000, 1_000),
        (120, "BUY", 150_110, 1_000),
        (120, "SELL", 150_100, 1_000),
    ]
    for data in ([*bids, *asks], [*asks, *bids]):
        for watched in ("1-MINUTE-BID", "1-MINUTE-ASK"):
            assert expected == play(data, strategies=[Buyer(watched)]).fills


def test_04_bars_of_two_instruments_are_one_datum_too() -> None:
    other = default_fx_ccy("EUR/USD")
    watched = BarType.from_str(f"{PAIR}-1-MINUTE-LAST-EXTERNAL")
    traded = BarType.from_str(f"{other.id}-1-MINUTE-LAST-EXTERNAL")

    class Buyer(Strategy):
        def on_start(self) -> None:
            self.subscribe_bars(watched)

        def on_bar(self, bar: Bar) -> None:
            size = Quantity.from_int(1_000)
            self.submit_order(self.order_factory.market(other.id, BUY, size))

    first = [bar(at, (150_000,) * 4) for at in (60, 120)]
    second = [
        Bar(traded, *[Price.from_raw(close, 5)] * 4, Quantity.from_int(4_000), ns(at), ns(at))
        for at, close in ((60, 110_000), (120, 110_500))
    ]
    pairs = [default_fx_ccy("GBP/USD"), other]
    for data in ([*first, *second], [*second, *first]):
        fills = play(data, instruments=pairs, strategies=[Buyer()]).fills
        assert [(60, "BUY", 110_000, 1_000), (120, "BUY", 110_500, 1_000)] == fills


def test_04_no_handler_sees_half_of_a_fill() -> None:
    seen: list[tuple[Any, ...]] = []

    class Looker(Script):
        def look(self, name: str) -> None:
            [order] = self.cache.orders()
            account = self.portfolio.account(PAIR.venue)
            assert account is not None
            seen.append(
                (
                    name,
                    str(order.status),
                    str(self.portfolio.net_position(PAIR)),
                    [str(each.quantity) for each in self.cache.positions_open()],
                    str(account.balances_locked()[account.currencies()[0]]),
                )
            )

        def on_order_filled(self, event: OrderFilled) -> None:
            self.look("filled")

        def on_position_opened(self, event: PositionOpened) -> None:
            self.look("opened")

    looker = Looker((2, send("market", BUY, 10_000)))
    play(QUIET, strategies=[looker])
    whole = ("FILLED", "10000", ["10000"], "22.50 USD")
    assert [("filled", *whole), ("opened", *whole)] == seen


def test_04_components_that_never_rest_are_an_error_that_names_them() -> None:
    class Restless(Script):
        def on_order_event(self, event: Any) -> None:
            if isinstance(event, OrderFilled):
                self.send("market", SELL if event.order_side is BUY else BUY, 1_000)

    restless = Restless((2, send("market", BUY, 1_000)))
    rate = {"submit_rate": {"limit": 1_000_000}}
    with pytest.raises(SettleError, match="simulated venue SIM"):
        play(QUIET, strategies=[restless], risk=rate)


# -- 5: latency -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("insert", "price"), [("1999ms", 150_010), ("2s", 150_030)])
def test_05_commands_arrive_at_exact_times(insert: str, price: int) -> None:
    data = [quote(1, 150_000, 150_010), quote(4, 150_020, 150_030), quote(9, 150_000, 150_010)]
    latency = {"use": "fixed", "insert": insert}
    played = play(data, (2, send("market", BUY, 1_000)), latency=latency)
    at = 4 if insert == "2s" else 3.999
    assert [(at, "BUY", price, 1_000)] == played.fills


def test_05_reports_travel_too() -> None:
    latency = {"use": "fixed", "report": "3s"}
    [fill] = play(QUIET, (2, send("market", BUY, 1_000)), latency=latency).fill_events
    assert (ns(2), ns(5)) == (fill.ts_event, fill.ts_init)


def test_05_a_trigger_on_another_instrument_fires_within_the_row_of_that_instrument() -> None:
    other = default_fx_ccy("EUR/USD")
    data = [
        quote(1, 150_000, 150_010),
        quote(1, 110_000, 110_010, key=other.id),
        quote(5, 110_100, 110_110, key=other.id),
        quote(5, 150_020, 150_030),
        quote(9, 150_040, 150_050),
    ]
    stop = send("stop_market", BUY, 1_000, 110_100, trigger_instrument_id=other.id)
    pairs = [default_fx_ccy("GBP/USD"), other]
    # Both streams have a row at 5: the order meets the market of its own instrument as it was.
    for rows, price in ((data, 150_030), (sorted(data, key=lambda q: q.bid_price.raw), 150_010)):
        assert [(5, "BUY", price, 1_000)] == play(rows, (2, stop), instruments=pairs).fills


def test_04_venues_work_off_their_commands_in_declared_order() -> None:
    far = default_fx_ccy("GBP/USD", "FAR")

    def both(script: Script) -> None:
        script.send("market", BUY, 1_000, key=far.id)
        script.send("market", SELL, 1_000)

    for names in (("SIM", "FAR"), ("FAR", "SIM")):
        engine = BacktestEngine()
        for name in names:
            engine.add_venue(name, account=MARGIN)
        for pair in (default_fx_ccy("GBP/USD"), far):
            engine.add_instrument(pair)
            engine.add_data([quote(second, 150_000, 150_010, key=pair.id) for second in (1, 9)])
        engine.add_strategy(Script((2, both)))
        fills = Played(engine, engine.run()).fill_events
        assert list(names) == [str(fill.instrument_id.venue) for fill in fills]


# -- 6: ids and the log ---------------------------------------------------------------------------


def run_with(seed: int) -> Played:
    steps = ((2, send("market", BUY, 1_000)), (3, send("market", SELL, 3_000)))
    return play(QUIET, *steps, seed=seed)


def ids(played: Played) -> set[str]:
    names = ("client_order_id", "venue_order_id", "trade_id", "position_id")
    found = (getattr(fill, name) for fill in played.fill_events for name in names)
    return {str(each) for each in found} | {str(fill.event_id) for fill in played.fill_events}


def test_06_ids_come_from_the_seed() -> None:
    first, again, other = run_with(1), run_with(1), run_with(2)
    assert ids(first) == ids(again)
    assert first.result.event_log_hash == again.result.event_log_hash
    assert first.result.event_log_hash != other.result.event_log_hash
    assert first.fills == other.fills


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def test_06_the_event_log_has_no_floats_and_every_event_once() -> None:
    log = run_with(1).log
    kinds = {type(leaf) for event in log for leaf in leaves(list(event.fields.values()))}
    assert float not in kinds
    numbers = [event["event_id"] for event in log]
    assert len(numbers) == len(set(numbers))


# -- 7: the end, and history ----------------------------------------------------------------------


def test_07_a_run_ends_at_its_last_datum_and_timers_up_to_it_fire() -> None:
    diary = Diary(alerts=(20, 20.5))
    played = play(QUIET, strategies=[diary])
    assert [(1, "quote 150000"), (20, "quote 150000"), (20, "alert 20")] == diary.lines
    assert ns(20) == played.result.end_ns


def test_07_a_declared_end_cuts_data_and_fires_timers_up_to_it() -> None:
    diary = Diary(alerts=(9.5, 10, 10.5))
    played = play(QUIET, strategies=[diary], end=10)
    assert [(1, "quote 150000"), (9.5, "alert 9.5"), (10, "alert 10")] == diary.lines
    assert ns(10) == played.result.end_ns


def test_07_a_declared_end_after_the_data_is_reached() -> None:
    diary = Diary(alerts=(25, 30, 31))
    played = play(QUIET, strategies=[diary], end=30)
    assert [(25, "alert 25"), (30, "alert 30")] == diary.lines[2:]
    assert ns(30) == played.result.end_ns


def test_07_a_declared_start_leaves_out_what_was_before() -> None:
    diary = Diary(alerts=(7,))
    played = play(QUIET, strategies=[diary], start=5)
    assert [(7, "alert 7"), (20, "quote 150000")] == diary.lines
    assert ns(5) == played.result.start_ns


class Historian(Actor):
    """Ask for quotes at a time."""

    def __init__(self, at: float) -> None:
        super().__init__()
        self.at = at
        self.lines: list[str] = []

    def on_start(self) -> None:
        self.clock.set_time_alert_ns("ask", ns(self.at), self.ask)

    def ask(self, event: TimeEvent) -> None:
        future = datetime.fromtimestamp(T0 // SECOND, UTC) + timedelta(days=1)
        self.request_quote_ticks(PAIR, end=future, callback=self.done)
        self.lines.append("asked")

    def on_historical_data(self, data: Any) -> None:
        second = (data.ts_init - T0) // SECOND
        self.lines.append(f"{second} at {(self.clock.timestamp_ns() - T0) // SECOND}")

    def done(self, request: Any) -> None:
        self.lines.append(f"done {request}")

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.lines.append("quote")


def test_07_history_is_answered_at_once_and_ends_now() -> None:
    historian = Historian(6)
    data = [quote(second, 150_000, 150_010) for second in (1, 3, 5, 7, 9)]
    play(data, strategies=[historian])  # type: ignore[list-item]
    assert ["asked", "1 at 6", "3 at 6", "5 at 6", "done 1"] == historian.lines


# -- 8 and 9: bars --------------------------------------------------------------------------------


def bars_of(data: list[Any], name: str, **options: Any) -> list[tuple[float, int, int, int]]:
    """Return time, open, close and volume of the bars of a type."""

    class Keeper(Diary):
        def on_bar(self, bar: Bar) -> None:
            second = (bar.ts_event - T0) / SECOND
            kept.append((second, bar.open.raw, bar.close.raw, bar.volume.raw))

    kept: list[tuple[float, int, int, int]] = []
    play(data, strategies=[Keeper(f"{name}-INTERNAL")], bars=options, account=MARGIN)
    return kept


AROUND = [
    quote(30, 150_001, 150_011, 1),
    quote(60, 150_002, 150_012, 2),
    quote(61, 150_003, 150_013, 4),
    quote(190, 150_004, 150_014, 8),
]


def test_08_a_tick_at_the_close_belongs_to_the_closing_bar() -> None:
    expected = [(60, 150_001, 150_002, 3), (120, 150_003, 150_003, 4), (180, 150_003, 150_003, 0)]
    assert expected == bars_of(AROUND, "1-MINUTE-BID")


def test_08_right_open_intervals_leave_it_to_the_next_bar() -> None:
    """Their bars are stamped with their open."""
    expected = [(0, 150_001, 150_001, 1), (60, 150_002, 150_003, 6), (120, 150_003, 150_003, 0)]
    assert expected == bars_of(AROUND, "1-MINUTE-BID", interval="right-open")


def test_09_empty_intervals_may_be_left_out_and_partial_ones_are() -> None:
    expected = [(60, 150_001, 150_002, 3), (120, 150_003, 150_003, 4)]
    assert expected == bars_of(AROUND, "1-MINUTE-BID", build_with_no_updates=False)


def test_09_mid_has_one_more_decimal() -> None:
    data = [quote(30, 150_000, 150_011, 1), quote(61, 150_000, 150_010, 2)]
    expected = [(60, 1_500_055, 1_500_055, 10)]
    assert expected == bars_of(data, "1-MINUTE-MID")
