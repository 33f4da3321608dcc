"""Orders and matching: decisions 12 to 19 of the semantics, on quotes, trades and bars."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from argosy import AggressorSide, OrderStatus, Price, TimeInForce, TriggerType
from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.kit import T0
from tests.acceptance.script import BUY, CASH, SELL, bar, ns, play, quote, send, trade

FLAT = [quote(1, 150_000, 150_010), quote(9, 150_000, 150_010)]
DAY_S = 86_400
BID, ASK = "1-MINUTE-BID", "1-MINUTE-ASK"


# -- 13: triggers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("trigger_type", [TriggerType.MARK_PRICE, TriggerType.INDEX_PRICE])
def test_13_a_trigger_without_a_source_is_denied_with_a_code(trigger_type: TriggerType) -> None:
    stop = send("stop_market", BUY, 1_000, 150_050, trigger_type=trigger_type)
    played = play(FLAT, (2, stop))
    assert ["OrderInitialized", "OrderDenied"] == played.names()
    assert f"UNSUPPORTED_TRIGGER_TYPE: trigger_type={trigger_type}" == played.reason()


def test_13_a_trigger_on_trades_is_denied_where_the_run_has_none() -> None:
    stop = send("stop_market", BUY, 1_000, 150_050, trigger_type=TriggerType.LAST_PRICE)
    played = play(FLAT, (2, stop))
    assert ["OrderInitialized", "OrderDenied"] == played.names()
    assert played.reason().startswith("TRIGGER_SOURCE_MISSING: trigger_type=LAST_PRICE")


def test_13_a_trigger_on_trades_ignores_quotes() -> None:
    data = [
        quote(1, 150_000, 150_010),
        trade(1, 150_005),
        quote(3, 150_060, 150_070),
        trade(4, 150_055, side=AggressorSide.SELLER),
        quote(5, 150_080, 150_090),
    ]
    stop = send("stop_market", BUY, 1_000, 150_050, trigger_type=TriggerType.LAST_PRICE)
    assert [(4, "BUY", 150_070, 1_000)] == play(data, (2, stop)).fills


def test_13_a_doubled_trigger_wants_two_updates_in_a_row() -> None:
    asks = [150_010, 150_060, 150_020, 150_060, 150_061, 150_010]
    data = [quote(second, ask - 10, ask) for second, ask in enumerate(asks, 1)]
    stop = send("stop_market", BUY, 1_000, 150_050, trigger_type=TriggerType.DOUBLE_BID_ASK)
    assert [(5, "BUY", 150_061, 1_000)] == play(data, (1, stop)).fills


@pytest.mark.parametrize(("side", "trigger"), [(BUY, 150_010), (SELL, 150_000)])
def test_13_a_stop_that_is_in_the_market_at_entry_is_rejected(side: object, trigger: int) -> None:
    played = play(FLAT, (2, send("stop_market", side, 1_000, trigger)))
    assert "OrderRejected" == played.names()[-1]
    assert played.reason().startswith("TRIGGER_IN_THE_MARKET")


def test_13_a_stop_in_the_market_fills_where_the_venue_takes_it() -> None:
    stop = send("stop_market", BUY, 1_000, 150_010)
    assert [(2, "BUY", 150_010, 1_000)] == play(FLAT, (2, stop), reject_stop_orders=False).fills


# -- 14: prices of stops --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "trigger", "bid", "filled"),
    [(BUY, 150_050, 150_070, 150_080), (SELL, 149_950, 149_900, 149_900)],
)
def test_14_on_quotes_a_stop_fills_at_the_market_and_not_at_its_trigger(
    side: object, trigger: int, bid: int, filled: int
) -> None:
    data = [quote(1, 150_000, 150_010), quote(3, bid, bid + 10)]
    played = play(data, (2, send("stop_market", side, 1_000, trigger)))
    assert [(3, str(side), filled, 1_000)] == played.fills


OPENS_BEYOND = (150_100, 150_120, 150_090, 150_110)
PASSES_INSIDE = (150_020, 150_120, 150_010, 150_110)


@pytest.mark.parametrize(
    ("second_bar", "option", "filled"),
    [
        (OPENS_BEYOND, "open", 150_100),
        (OPENS_BEYOND, "trigger", 150_050),
        (PASSES_INSIDE, "open", 150_050),
        (PASSES_INSIDE, "trigger", 150_050),
    ],
)
def test_14_on_bars_a_stop_fills_at_the_open_that_jumped_it_else_at_its_trigger(
    second_bar: tuple[int, ...], option: str, filled: int
) -> None:
    data = [bar(60, (150_000, 150_005, 149_995, 150_000)), bar(120, second_bar)]
    stop = send("stop_market", BUY, 1_000, 150_050)
    assert [(120, "BUY", filled, 1_000)] == play(data, (60, stop), gap_fill=option).fills


def test_14_bars_go_from_open_to_high_to_low_to_close() -> None:
    data = [
        bar(60, (150_000, 150_000, 150_000, 150_000)),
        bar(120, (150_000, 150_100, 149_900, 150_000)),
    ]
    steps = [(60, send("limit", SELL, 1_000, 150_080)), (60, send("limit", BUY, 2_000, 149_920))]
    expected = [(120, "SELL", 150_080, 1_000), (120, "BUY", 149_920, 2_000)]
    assert expected == play(data, *steps).fills
    # Its low is nearer to its open than its high.
    data[1] = bar(120, (150_000, 150_100, 149_910, 150_000))
    assert expected[::-1] == play(data, *steps, bar_adaptive_high_low_ordering=True).fills


def test_14_orders_of_a_bar_may_wait_for_the_next_open() -> None:
    data = [
        bar(60, (150_000, 150_010, 149_990, 150_005)),
        bar(120, (150_020, 150_030, 150_015, 150_025)),
    ]
    order = send("market", BUY, 1_000)
    assert [(60, "BUY", 150_005, 1_000)] == play(data, (60, order)).fills
    assert [(120, "BUY", 150_020, 1_000)] == play(data, (60, order), bar_orders="next_open").fills


def test_14_a_limit_is_never_filled_worse_than_its_price_nor_better_than_the_book() -> None:
    data = [quote(1, 150_000, 150_010), quote(3, 149_900, 149_910)]
    steps = [(2, send("limit", BUY, 1_000, 150_020)), (2, send("limit", BUY, 2_000, 149_950))]
    assert [(2, "BUY", 150_010, 1_000), (3, "BUY", 149_950, 2_000)] == play(data, *steps).fills


# -- 15: size and time in force -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("one_tick", [(2, "BUY", 150_010, 100), (2, "BUY", 150_011, 1_400)]),
        ("cancel", [(2, "BUY", 150_010, 100)]),
        ("next_quote", [(2, "BUY", 150_010, 100), (3, "BUY", 150_030, 1_400)]),
    ],
)
def test_15_what_a_market_order_does_beyond_the_displayed_size(
    option: str, expected: list[tuple[float, str, int, int]]
) -> None:
    data = [quote(1, 150_000, 150_010, 100), quote(3, 150_020, 150_030, 2_000)]
    played = play(data, (2, send("market", BUY, 1_500)), l1_excess=option)
    assert expected == played.fills
    assert "OrderCanceled" == played.names()[-1] or option != "cancel"


def test_15_levels_of_its_own_making_hold_what_was_displayed() -> None:
    data = [quote(second, 150_000, 150_010, 600) for second in (1, 3)]
    played = play(data, (2, send("market", BUY, 1_500)), l1_excess="per_level_ticks")
    assert [
        (2, "BUY", 150_010, 600),
        (2, "BUY", 150_011, 600),
        (2, "BUY", 150_012, 300),
    ] == played.fills


def test_15_the_report_counts_what_was_filled_beyond_the_displayed_size() -> None:
    data = [quote(second, 150_000, 150_010, 100) for second in (1, 3)]
    report = play(data, (2, send("market", BUY, 1_500))).result.simulation["SIM"]
    assert "1400" == report["instruments"]["GBP/USD.SIM"]["quantity_beyond_displayed"]


@pytest.mark.parametrize(
    ("time_in_force", "shown", "expected"),
    [
        (TimeInForce.IOC, 600, [(2, "BUY", 150_010, 600)]),
        (TimeInForce.FOK, 1_499, []),
        (TimeInForce.FOK, 1_500, [(2, "BUY", 150_010, 1_500)]),
    ],
)
@pytest.mark.parametrize(("kind", "prices"), [("market", ()), ("limit", (150_010,))])
def test_15_ioc_takes_what_is_there_and_fok_all_or_nothing(
    kind: str,
    prices: tuple[int, ...],
    time_in_force: TimeInForce,
    shown: int,
    expected: list[tuple[float, str, int, int]],
) -> None:
    data = [quote(1, 150_000, 150_010, shown), quote(3, 149_000, 149_010)]
    played = play(data, (2, send(kind, BUY, 1_500, *prices, time_in_force=time_in_force)))
    assert expected == played.fills
    is_whole = sum(each[3] for each in expected) == 1_500
    assert ("OrderFilled" if is_whole else "OrderCanceled") == played.names()[-1]


def test_15_ioc_limits_that_meet_nothing_are_canceled() -> None:
    order = send("limit", BUY, 1_000, 149_990, time_in_force=TimeInForce.IOC)
    assert "OrderCanceled" == play(FLAT, (2, order)).names()[-1]


# -- 16: expiry -----------------------------------------------------------------------------------


def test_16_day_orders_expire_at_midnight_utc() -> None:
    data = [quote(1, 150_000, 150_010), quote(DAY_S + 60, 149_000, 149_010)]
    order = send("limit", BUY, 1_000, 149_500, time_in_force=TimeInForce.DAY)
    [found] = play(data, (2, order)).orders
    assert (OrderStatus.EXPIRED, ns(DAY_S)) == (found.status, found.last_event.ts_event)


def test_16_gtd_orders_expire_at_their_time_even_without_data() -> None:
    data = [quote(1, 150_000, 150_010), quote(100, 149_000, 149_010)]
    expire = datetime.fromtimestamp(T0 // 1_000_000_000, UTC) + timedelta(seconds=50)
    gtd = {"time_in_force": TimeInForce.GTD, "expire_time": expire}
    [found] = play(data, (2, send("limit", BUY, 1_000, 149_500, **gtd))).orders
    assert (OrderStatus.EXPIRED, ns(50)) == (found.status, found.last_event.ts_event)


@pytest.mark.parametrize("time_in_force", [TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE])
def test_16_auctions_are_refused_with_a_reason_where_no_calendar_is_set(
    time_in_force: TimeInForce,
) -> None:
    played = play(FLAT, (2, send("market", BUY, 1_000, time_in_force=time_in_force)))
    assert f"UNSUPPORTED_TIME_IN_FORCE: time_in_force={time_in_force}, calendar=none" == (
        played.reason()
    )


# -- 17: instruments that change ------------------------------------------------------------------


def test_17_a_new_tick_cancels_the_orders_that_are_off_it() -> None:
    coarser = msgspec.structs.replace(
        default_fx_ccy("GBP/USD"), price_increment=Price("0.00010"), ts_event=ns(4), ts_init=ns(4)
    )
    data = [quote(1, 150_000, 150_010), coarser, quote(9, 150_000, 150_010)]
    limits = [(2, send("limit", BUY, 1_000, price)) for price in (140_000, 140_005)]
    on, off = play(data, *limits).orders
    assert (OrderStatus.ACCEPTED, OrderStatus.CANCELED) == (on.status, off.status)
    assert "PRICE_OFF_TICK: price=1.40005, tick=0.00010" == off.last_event.reason
    assert ns(4) == off.last_event.ts_event


# -- 18: reduce-only ------------------------------------------------------------------------------


def test_18_reduce_only_without_a_position_is_rejected_by_the_venue() -> None:
    played = play(FLAT, (2, send("market", SELL, 1_000, reduce_only=True)))
    assert ["OrderInitialized", "OrderSubmitted", "OrderRejected"] == played.names()
    assert played.reason().startswith("REDUCE_ONLY")


def test_18_reduce_only_on_the_side_of_the_position_is_rejected() -> None:
    steps = [(2, send("market", BUY, 5_000)), (3, send("market", BUY, 1_000, reduce_only=True))]
    played = play(FLAT, *steps)
    assert ["OrderInitialized", "OrderSubmitted", "OrderRejected"] == played.names(1)


def test_18_reduce_only_larger_than_the_position_is_trimmed_and_never_flips() -> None:
    steps = [(2, send("market", BUY, 5_000)), (3, send("market", SELL, 9_000, reduce_only=True))]
    played = play(FLAT, *steps)
    assert [(2, "BUY", 150_010, 5_000), (3, "SELL", 150_000, 5_000)] == played.fills
    assert "OrderUpdated" in played.names(1)
    assert OrderStatus.FILLED == played.orders[1].status
    assert [] == played.engine.cache.positions_open()


def test_18_a_resting_reduce_only_order_shrinks_and_ends_with_its_position() -> None:
    data = [quote(second, 150_000, 150_010) for second in range(1, 9)]
    steps = [
        (1, send("market", BUY, 5_000)),
        (2, send("limit", SELL, 5_000, 150_500, reduce_only=True)),
        (3, send("market", SELL, 2_000)),
        (5, send("market", SELL, 3_000)),
    ]
    played = play(data, *steps)
    resting = played.orders[1]
    assert ["3000"] == [
        str(event.quantity) for event in resting.events if type(event).__name__ == "OrderUpdated"
    ]
    assert (OrderStatus.CANCELED, ns(5)) == (resting.status, resting.last_event.ts_event)


# -- 19: liquidity --------------------------------------------------------------------------------


def test_19_what_was_taken_stays_taken_until_the_level_changes() -> None:
    data = [
        quote(1, 150_000, 150_010, 1_000),
        quote(4, 150_000, 150_010, 1_000),
        quote(6, 150_000, 150_010, 1_200),
        quote(8, 150_000, 150_010, 1_200),
    ]
    ioc = TimeInForce.IOC
    steps = [(at, send("limit", BUY, 1_000, 150_010, time_in_force=ioc)) for at in (2, 3, 5, 7)]
    once = [(2, "BUY", 150_010, 1_000), (7, "BUY", 150_010, 1_000)]
    assert once == play(data, *steps, liquidity_consumption=True).fills
    assert 4 == len(play(data, *steps).fills)


def test_post_only_orders_that_would_take_are_rejected() -> None:
    played = play(FLAT, (2, send("limit", BUY, 1_000, 150_010, post_only=True)))
    assert ("OrderRejected", True) == (
        played.names()[-1],
        played.orders[0].last_event.due_post_only,
    )


# -- 22: what a cash account carries --------------------------------------------------------------


def test_22_a_fill_is_cut_to_what_the_balance_carries() -> None:
    """The market runs away between the check and the arrival of the order."""
    account = CASH | {"balances": ["15_100 USD"]}
    data = [quote(1, 150_000, 150_000), quote(2.1, 160_000, 160_000), quote(9, 160_000, 160_000)]
    played = play(
        data,
        (2, send("market", BUY, 10_000)),
        account=account,
        latency={"use": "fixed", "base": "500ms"},
    )
    assert [(2.5, "BUY", 160_000, 9_437)] == played.fills
    assert "OrderCanceled" == played.names()[-1]
    assert played.reason().startswith("INSUFFICIENT_BALANCE")
    assert {"SIM": {"USD": "0.80", "GBP": "9437.00"}} == played.result.balances
