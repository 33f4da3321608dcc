"""Linear, positive and one currency are special cases: decisions 21, 26, 27 and 34."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from argosy import BacktestEngine, InstrumentId, Money, OrderSide, Price, Quantity, QuoteTick, Venue
from argosy.model.currency import Currency
from argosy.model.instruments import Instrument
from argosy.testing.instruments import (
    btcusdt_future,
    btcusdt_spot,
    crude_oil,
    default_fx_ccy,
    equity,
    es_future,
    xbtusd_bitmex,
)
from tests.acceptance.contracts import path, positions, round_trip, shown, trade
from tests.acceptance.kit import T0
from tests.acceptance.script import BUY, SELL, Played, Script, Step, ns, play

# -- prices below zero ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("side", "rate", "fee", "balance"),
    [
        (BUY, "0.001", "2.00 USD", "11998.00"),
        (BUY, "-0.001", "-2.00 USD", "12002.00"),
    ],
    ids=["fee", "rebate"],
)
def test_21_a_fee_at_a_price_below_zero_is_paid_and_a_rebate_earned(
    side: OrderSide, rate: str, fee: str, balance: str
) -> None:
    oil = crude_oil()
    run = play(
        path(oil, ["50.00", "-20.00", "-20.00"]),
        (1.5, trade(oil, side, "100")),
        account={"type": "cash", "base_currency": "USD", "balances": ["10_000 USD"]},
        instruments=[oil],
        fees={"use": "maker_taker", "maker": rate, "taker": rate},
    )
    assert [Money.from_str(fee)] == [fill.commission for fill in run.fill_events]
    assert balance == run.result.balances["SIM"]["USD"]


def test_22_a_sale_below_zero_takes_no_more_than_there_is() -> None:
    oil = crude_oil()
    run = play(
        path(oil, ["5.00", "-20.00", "-20.00"]),
        *round_trip(oil, "100", 0, 1),
        (1.7, trade(oil, SELL, "50")),
        account={"type": "cash", "base_currency": "USD", "balances": ["1_500 USD"]},
        instruments=[oil],
    )
    need = "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1000.00 USD, need=2000.00 USD"
    assert need == run.reason(1)
    assert "0.00" == run.result.balances["SIM"]["USD"]


def resting(instrument: Instrument, kind: str, side: OrderSide, at: str) -> Step:
    def step(script: Script) -> None:
        make: Any = getattr(script.order_factory, kind)
        script.submit_order(make(instrument.id, side, Quantity.from_int(1), Price(at)))

    return step


@pytest.mark.parametrize(("kind", "at"), [("limit", "-20.00"), ("stop_market", "-30.00")])
@pytest.mark.parametrize("least", [None, "-1000.00"])
def test_a_future_takes_orders_below_zero_if_its_least_price_is_below(
    kind: str, at: str, least: str | None
) -> None:
    least_price = None if least is None else Price(least)
    future = replace(es_future(expiration_ns=2 * T0), min_price=least_price)
    run = play(
        path(future, ["5.00", "-25.00", "-40.00", "-5.00"]),
        (1.5, resting(future, kind, SELL, at)),
        instruments=[future],
        venue_name="GLBX",
    )
    if least is None:
        assert "PRICE_NOT_POSITIVE" in run.reason()
    else:
        assert ["1"] == [str(fill.last_qty) for fill in run.fill_events]


# -- 26: what positions cost ----------------------------------------------------------------------


@pytest.mark.parametrize("multiplier", ["1", "100", "0.01"])
@pytest.mark.parametrize(("side", "sign"), [(BUY, 1), (SELL, -1)])
@pytest.mark.parametrize("oms", ["netting", "hedging"])
def test_26_an_inverse_contract_costs_contracts_over_price(
    multiplier: str, side: OrderSide, sign: int, oms: str
) -> None:
    swap = replace(xbtusd_bitmex(), multiplier=Quantity(multiplier))
    other = SELL if side is BUY else BUY
    data = path(swap, ["10000.0", "20000.0", "15000.0", "15000.0", "15000.0"])

    def flatten(script: Script) -> None:
        script.close_all_positions(swap.id)

    steps = [(0.5, trade(swap, side, "100000")), (1.5, trade(swap, side, "100000"))]
    closing = (2.5, flatten if oms == "hedging" else trade(swap, other, "200000"))
    run = play(
        data,
        *steps,
        closing,
        account={"type": "margin", "balances": ["10_000 BTC"], "leverage": 100},
        instruments=[swap],
        venue_name="BITMEX",
        oms=oms,
    )
    paid = Fraction(100_000, 10_000) + Fraction(100_000, 20_000)
    exact = sign * (paid - Fraction(200_000, 15_000)) * Fraction(multiplier)
    gain = Decimal(run.result.balances["BITMEX"]["BTC"]) - 10_000
    closes = 2 if oms == "hedging" else 1
    assert abs(Fraction(gain) - exact) <= Fraction(closes, 2 * 10**8)
    assert {"BTC": str(gain)} == run.result.pnl
    if oms == "netting":
        (position,) = positions(run)
        assert Decimal("13333.3333333333") == position.avg_px_open


def test_26_an_order_of_an_inverse_contract_averages_what_it_paid() -> None:
    swap = xbtusd_bitmex()
    size = Quantity.from_int(100_000)
    quotes = [
        QuoteTick(swap.id, Price(at), Price(at), size, size, ns(second), ns(second))
        for second, at in enumerate(["10000.0", "20000.0", "20000.0"])
    ]
    account = {"type": "margin", "balances": ["10_000 BTC"]}
    options = {"account": account, "venue_name": "BITMEX", "l1_excess": "next_quote"}
    run = play(quotes, (0.5, trade(swap, BUY, "200000")), instruments=[swap], **options)
    assert 2 == len(run.fills)
    assert Decimal("13333.3333333333") == run.orders[0].avg_px


def test_26_an_average_has_the_instruments_decimals_and_four_more() -> None:
    increment = Price("0.00000000000001")
    tiny = replace(btcusdt_spot(), price_increment=increment, price_precision=14)
    tiny = replace(tiny, size_increment=Quantity("1"), size_precision=0, min_quantity=None)
    tiny = replace(tiny, max_quantity=None, min_notional=None, min_price=None, max_price=None)
    run = play(
        path(tiny, ["0.00000000001234", "0.00000000004321", "0.00000000004321"]),
        *round_trip(tiny, "1000000", 0, 1),
        account={"type": "margin", "balances": ["1_000_000 USDT"]},
        instruments=[tiny],
        venue_name="BINANCE",
    )
    (position,) = positions(run)
    assert Decimal("1.234E-11") == position.avg_px_open
    assert Decimal("2.5016207455") == position.realized_return
    (closed,) = [event for event in run.log if event.name == "PositionClosed"]
    assert [12_340_000, 18] == closed["avg_px_open"]
    assert [43_210_000, 18] == closed["avg_px_close"]
    tables = run.result.tables()
    assert [Decimal("1.234E-11")] == tables["positions"]["avg_px_open"].to_pylist()
    assert Decimal("1.234E-11") == tables["orders"]["avg_px"].to_pylist()[0]


# -- 27: where a curve begins ---------------------------------------------------------------------

HOUR = 3_600


def test_27_a_curve_begins_with_the_first_rates_at_the_balances_of_the_start() -> None:
    pair = btcusdt_spot()
    prices = ["40000" if hour < 2 else "39000" for hour in range(60)]
    run = play(
        [shown(pair, hour * HOUR, price) for hour, price in enumerate(prices, 12)],
        (12.5 * HOUR, trade(pair, BUY, "1")),
        (14.5 * HOUR, trade(pair, SELL, "1")),
        account={"type": "cash", "balances": ["100_000 USDT", "1 BTC"]},
        instruments=[pair],
        venue_name="BINANCE",
    )
    curve = run.result.curves[Venue("BINANCE")]
    assert (ns(12 * HOUR), Decimal(140_000)) == (curve.times[0], curve.amounts[0])
    found = run.result.statistics["BINANCE"]
    assert Decimal(-2_000) == found["pnl"]
    assert -2_000 / 140_000 == pytest.approx(found["max_drawdown"])


def test_27_what_was_gained_before_a_rate_was_known_counts() -> None:
    """A second currency is priced three hours after the first was traded at a gain."""
    pair, euro = btcusdt_spot(), replace(btcusdt_spot(), id=InstrumentId("EURUSDT.BINANCE"))
    euro = replace(euro, base_currency=Currency.from_str("EUR"))
    data = [shown(pair, hour * HOUR, "40000" if hour < 2 else "41000") for hour in range(60)]
    data += [shown(euro, hour * HOUR, "1.10") for hour in range(5, 60)]
    run = play(
        sorted(data, key=lambda each: each.ts_init),
        (0.5 * HOUR, trade(pair, BUY, "1")),
        (2.5 * HOUR, trade(pair, SELL, "1")),
        account={"type": "cash", "balances": ["100_000 USDT", "1_000 EUR"]},
        instruments=[pair, euro],
        venue_name="BINANCE",
    )
    curve = run.result.curves[Venue("BINANCE")]
    assert (ns(5 * HOUR), Decimal(101_100)) == (curve.times[0], curve.amounts[0])
    assert Decimal(1_000) == run.result.statistics["BINANCE"]["pnl"]


# -- 34: what is a rate ---------------------------------------------------------------------------


def equity_at_the_end(*instruments: Instrument, data: Sequence[Any]) -> str:
    account = {"type": "cash", "balances": ["0 USDT", "1 BTC"]}
    run = play(data, account=account, instruments=instruments, venue_name="BINANCE")
    worth: str = run.result.to_dict()["equity"]["BINANCE"]["end"]
    return worth


def test_34_an_expired_future_is_no_rate_whatever_the_order_of_instruments() -> None:
    future, spot = btcusdt_future(expiration_ns=ns(2)), btcusdt_spot()
    data = [shown(future, 0, "50000"), *path(spot, ["40000"] * 60)]
    for order in ((future, spot), (spot, future)):
        assert "40000.00000000" == equity_at_the_end(*order, data=data)


@pytest.mark.parametrize("rates_from", [[], ["SIM"]])
def test_34_another_venues_pair_counts_where_it_is_named(rates_from: list[str]) -> None:
    share, euro = equity(), default_fx_ccy("EUR/USD")
    engine = BacktestEngine()
    account = {"type": "cash", "base_currency": "EUR", "balances": ["10_000 EUR"]}
    engine.add_venue("XNAS", account=account, rates_from=rates_from)
    engine.add_venue("SIM", account={"type": "cash", "balances": ["1 USD"]})
    for instrument in (share, euro):
        engine.add_instrument(instrument)
    engine.add_data(path(euro, ["1.25000"] * 9))
    engine.add_data(path(share, ["100.00"] * 9))
    engine.add_strategy(Script((1.5, trade(share, BUY, "10"))))
    run = Played(engine, engine.run())
    if rates_from:
        assert {"EUR": "9200.00"} == run.result.balances["XNAS"]
        assert Decimal(10_000) == run.result.curves[Venue("XNAS")].amounts[-1]
    else:
        assert "RATE_UNAVAILABLE: instrument_id=AAPL.XNAS, pair=USD/EUR" == run.reason()
