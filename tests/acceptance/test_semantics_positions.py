"""Positions and worth: decisions 1, 26 and 27 of the semantics."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from argosy import Money, OmsType, Price, Quantity, StrategyConfig, ValueRangeError
from argosy.model.currency import Currency
from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.kit import Event
from tests.acceptance.script import (
    BUY,
    CASH,
    PAIR,
    SELL,
    Played,
    Script,
    bar,
    ns,
    play,
    quote,
    send,
)

DATA = [
    quote(1, 150_000, 150_010),
    quote(11, 150_100, 150_110),
    quote(21, 149_900, 149_910),
    quote(31, 150_000, 150_010),
]
DAY_S = 86_400


def events(run: Played, *names: str) -> list[Event]:
    return [event for event in run.log if event.name in names]


def summary(run: Played) -> list[tuple[str, str, int]]:
    """Return name, side and size of each position event."""
    return [
        (event.name, event["side"], event["quantity"][0])
        for event in run.log
        if event.name.startswith("Position")
    ]


# -- 1: values ------------------------------------------------------------------------------------


def test_01_values_keep_the_finer_precision_and_never_wrap() -> None:
    assert "1.50" == str(Price("1.2") + Price("0.30"))
    assert isinstance(Price("1.5") * Quantity("2"), Decimal)
    assert isinstance(Price("1.5") * 2.0, float)
    with pytest.raises(ValueRangeError):
        Price.from_raw(10**18 - 1, 0) + Price("1")
    with pytest.raises(ValueRangeError):
        Money("1", Currency.from_str("USD")) + Money("1", Currency.from_str("EUR"))


# -- 26: positions --------------------------------------------------------------------------------


def test_26_netting_opens_grows_shrinks_and_closes_one_position() -> None:
    steps = [
        (2, send("market", BUY, 10_000)),
        (3, send("market", BUY, 20_000)),
        (12, send("market", SELL, 12_000)),
        (22, send("market", SELL, 18_000)),
    ]
    run = play(DATA, *steps)
    assert [
        ("PositionOpened", "LONG", 10_000),
        ("PositionChanged", "LONG", 30_000),
        ("PositionChanged", "LONG", 18_000),
        ("PositionClosed", "FLAT", 0),
    ] == summary(run)
    [position] = run.engine.cache.positions_closed()
    # 12,000 x 0.0009 - 18,000 x 0.0011
    assert "-9.00 USD" == str(position.realized_pnl)


def test_26_a_partial_close_takes_its_proportional_part_of_the_cost() -> None:
    """1 at 1.50010 and 2 at 1.50110 cost 4.5023 together; a third of it is closed first."""
    steps = [
        (2, send("market", BUY, 10_000)),
        (12, send("market", BUY, 20_000)),
        (22, send("market", SELL, 10_000)),
        (23, send("market", SELL, 10_000)),
        (24, send("market", SELL, 10_000)),
    ]
    run = play(DATA, *steps)
    [position] = run.engine.cache.positions_closed()
    gains = [
        flow[1][0]
        for event in events(run, "AccountState")
        for flow in event["flows"]
        if flow[0] == "REALIZED_PNL"
    ]
    # 10,000 x (1.49900 - 4.5023 / 3) = -17.666..., rounded at each event, as in the account.
    assert [-1767, -1767, -1767] == gains
    assert "-53.01 USD" == str(position.realized_pnl)
    assert Decimal("1.5007666667") == position.avg_px_open


def test_26_a_flip_closes_and_opens_with_one_fill() -> None:
    steps = [(2, send("market", BUY, 10_000)), (12, send("market", SELL, 25_000))]
    run = play(DATA, *steps)
    assert [
        ("PositionOpened", "LONG", 10_000),
        ("PositionClosed", "FLAT", 0),
        ("PositionOpened", "SHORT", 15_000),
    ] == summary(run)
    assert 2 == len(run.fills)
    [open_] = run.engine.cache.positions_open()
    assert (Decimal("1.50100"), Decimal(-15_000)) == (open_.avg_px_open, open_.signed_qty)


def test_26_a_netting_position_reopens_and_keeps_its_history() -> None:
    steps = [
        (2, send("market", BUY, 10_000)),
        (12, send("market", SELL, 10_000)),
        (22, send("market", SELL, 5_000)),
        (30, send("market", BUY, 5_000)),
    ]
    run = play(DATA, *steps)
    names = [name for name, _, _ in summary(run)]
    assert ["PositionOpened", "PositionClosed"] * 2 == names
    cache = run.engine.cache
    [last] = cache.positions()
    [first] = cache.position_snapshots(last.id)
    assert (first.id, "9.00 USD", "-0.50 USD") == (
        last.id,
        str(first.realized_pnl),
        str(last.realized_pnl),
    )
    assert "8.50 USD" == str(last.total_realized_pnl)
    assert 2 == run.result.positions


def test_26_hedging_gives_each_order_a_position_of_its_own() -> None:
    steps = [(2, send("market", BUY, 10_000)), (3, send("market", SELL, 4_000))]
    run = play(DATA, *steps, oms="hedging")
    assert [("PositionOpened", "LONG", 10_000), ("PositionOpened", "SHORT", 4_000)] == summary(run)
    assert Decimal(6_000) == run.engine.portfolio.net_position(PAIR)


def test_26_hedging_orders_may_name_a_position() -> None:
    def close(script: Script) -> None:
        [position] = script.cache.positions_open()
        script.send("market", SELL, 10_000, position_id=position.id)

    run = play(DATA, (2, send("market", BUY, 10_000)), (12, close), oms="hedging")
    assert [("PositionOpened", "LONG", 10_000), ("PositionClosed", "FLAT", 0)] == summary(run)


def test_26_a_strategy_may_hedge_at_a_netting_venue() -> None:
    steps = [(2, send("market", BUY, 10_000)), (3, send("market", SELL, 4_000))]
    config = StrategyConfig(oms_type=OmsType.HEDGING)
    run = play(DATA, strategies=[Script(*steps, config=config)])
    positions = run.engine.cache.positions_open()
    assert [10_000, -4_000] == [each.signed_qty for each in positions]
    assert all(each.id.is_virtual for each in positions)


def test_26_positions_of_two_strategies_in_one_instrument_stay_apart() -> None:
    scripts = [
        Script((2, send("market", side, size)), config=StrategyConfig(order_id_tag=tag))
        for side, size, tag in ((BUY, 10_000, "A"), (SELL, 4_000, "B"))
    ]
    run = play(DATA, strategies=scripts)
    assert [10_000, -4_000] == [each.signed_qty for each in run.engine.cache.positions_open()]


# -- 27: equity -----------------------------------------------------------------------------------


def samples(run: Played) -> list[tuple[float, str]]:
    [curve] = run.result.curves.values()
    times = [(each - ns(0)) / 1_000_000_000 for each in curve.times]
    return list(zip(times, map(str, curve.amounts), strict=True))


def test_27_equity_is_marked_to_market_at_each_sample() -> None:
    run = play(DATA, (2, send("market", BUY, 10_000)), run={"equity_interval": "10s"})
    # Long 10,000 from 1.50010: worth the bid.
    assert [
        (1, "1000000.00"),
        (10, "999999.00"),
        (20, "1000009.00"),
        (30, "999989.00"),
        (31, "999999.00"),
    ] == samples(run)


def test_27_a_period_without_data_has_no_sample() -> None:
    data = [quote(1, 150_000, 150_010), quote(3 * DAY_S + 60, 150_000, 150_010)]
    assert [1, DAY_S, 3 * DAY_S + 60] == [at for at, _ in samples(play(data))]


def test_27_cash_holdings_are_worth_what_they_would_fetch() -> None:
    account = {"type": "cash", "balances": ["100_000 USD", "0 GBP"]}
    run = play(DATA, (2, send("market", BUY, 10_000)), account=account)
    # 100,000 - 15,001 + 10,000 GBP at the mid of the last quote.
    assert "100000" == samples(run)[0][1].split(".")[0]
    assert Decimal("99999.50") == Decimal(samples(run)[-1][1])


def test_27_an_unknown_rate_is_an_error_in_the_report_and_never_one() -> None:
    account = CASH | {"balances": ["1_000 USD", "1_000 JPY"]}
    run = play(DATA, account=account)
    [statistics] = run.result.statistics.values()
    assert "no rate from JPY to USD is known" in statistics["error"]
    assert run.result.is_complete


def pnl(run: Played) -> Any:
    return run.engine.portfolio.unrealized_pnl(PAIR)


def test_27_gains_are_those_of_closing_now() -> None:
    assert "-1.00 USD" == str(pnl(play(DATA, (2, send("market", BUY, 10_000)))))
    assert "-1.00 USD" == str(pnl(play(DATA, (2, send("market", SELL, 10_000)))))


def test_27_bars_price_what_has_no_quotes() -> None:
    data = [bar(60, (150_000,) * 4), bar(120, (150_100,) * 4)]
    assert "10.00 USD" == str(pnl(play(data, (60, send("market", BUY, 10_000)))))
    assert default_fx_ccy("GBP/USD").id == PAIR
