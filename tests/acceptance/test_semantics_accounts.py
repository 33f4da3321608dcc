"""Accounts: decisions 2 and 21 to 24 of the semantics: conservation, locks, margins, free money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from argosy import (
    Money,
    Price,
    Quantity,
    QuoteTick,
    Strategy,
    StrategyConfig,
)
from argosy.model.currency import Currency
from argosy.model.events.account import FLOW_KINDS
from argosy.model.instruments import Instrument
from argosy.testing.instruments import default_fx_ccy, equity, xbtusd_bitmex
from tests.acceptance.kit import Event
from tests.acceptance.script import BUY, CASH, MARGIN, PAIR, SELL, Played, ns, play, quote, send

FEES = {"use": "maker_taker"}


def tick(instrument: Instrument, second: int, bid: int, spread: int, size: int) -> QuoteTick:
    """Return a quote of an instrument; prices in its smallest decimals."""
    digits = instrument.price_precision
    prices = Price.from_raw(bid, digits), Price.from_raw(bid + spread, digits)
    shown = Quantity.from_raw(size, instrument.size_precision)
    return QuoteTick(instrument.id, *prices, shown, shown, ns(second), ns(second))


def walk(instrument: Instrument, first: int, count: int, seed: int) -> list[QuoteTick]:
    """Return quotes of a random walk on whole ticks."""
    chance = Random(seed)
    step = instrument.price_increment.raw
    found = []
    for second in range(1, count + 1):
        first += step * chance.randrange(-4, 5)
        size = chance.randrange(1, 40) * 1_000 * instrument.size_increment.raw
        found.append(tick(instrument, second, first, step * chance.randrange(1, 4), size))
    return found


class Chaos(Strategy):
    """Trade at random: every kind of order, some of them canceled or changed."""

    def __init__(self, instrument: Instrument, size: int, seed: int, tag: str = "1") -> None:
        super().__init__(StrategyConfig(order_id_tag=tag))
        self.instrument = instrument
        self.size = size
        self.chance = Random(seed)

    def on_start(self) -> None:
        self.subscribe_quote_ticks(self.instrument.id)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        draw = self.chance.random()
        if draw > 0.6:
            return
        raw = self.chance.randrange(1, 9) * self.size
        size = Quantity.from_raw(raw, self.instrument.size_precision)
        side = self.chance.choice((BUY, SELL))
        sign = 1 if side is BUY else -1
        best = tick.ask_price if side is BUY else tick.bid_price
        away = self.instrument.price_increment.raw * self.chance.randrange(1, 8)
        make, key = self.order_factory, self.instrument.id
        if draw < 0.2:
            self.submit_order(make.market(key, side, size))
        elif draw < 0.4:
            price = Price.from_raw(best.raw - sign * away, best.precision)
            self.submit_order(make.limit(key, side, size, price))
        elif draw < 0.5:
            price = Price.from_raw(best.raw + sign * away, best.precision)
            self.submit_order(make.stop_market(key, side, size, price))
        elif draw < 0.55:
            self.close_all_positions(key)
        else:
            self.cancel_all_orders(key)


MARKETS: dict[str, tuple[dict[str, Any], Sequence[tuple[Instrument, int, int]]]] = {
    "cash, several currencies": (CASH, [(default_fx_ccy("GBP/USD"), 150_000, 1_000)]),
    "cash, one currency": (
        {"type": "cash", "base_currency": "USD", "balances": ["1_000_000 USD"]},
        [(equity("AAPL", "SIM"), 15_000, 1)],
    ),
    "margin, one currency": (MARGIN, [(default_fx_ccy("GBP/USD"), 150_000, 1_000)]),
    "margin, one currency, converted": (
        MARGIN,
        [(default_fx_ccy("USD/JPY"), 110_000, 1_000), (default_fx_ccy("GBP/USD"), 150_000, 1_000)],
    ),
    "margin, several currencies": (
        {"type": "margin", "balances": ["1_000_000 USD", "90_000_000 JPY"], "leverage": 10},
        [(default_fx_ccy("USD/JPY"), 110_000, 1_000), (default_fx_ccy("GBP/USD"), 150_000, 1_000)],
    ),
    "margin, inverse": (
        {"type": "margin", "balances": ["100 BTC"], "leverage": 10},
        [(xbtusd_bitmex(), 400_000, 1_000)],
    ),
}


def played(market: str, oms: str = "netting") -> Played:
    account, instruments = MARKETS[market]
    quotes = [
        each
        for seed, (instrument, first, _) in enumerate(instruments)
        for each in walk(instrument, first, 400, seed)
    ]
    chaos = [
        Chaos(instrument, size, 10 + seed, str(seed))
        for seed, (instrument, _, size) in enumerate(instruments)
    ]
    return play(
        sorted(quotes, key=lambda each: each.ts_init),
        account=account,
        instruments=[each for each, _, _ in instruments],
        strategies=chaos,
        fees=FEES,
        oms=oms,
        venue_name=str(instruments[0][0].id.venue),
    )


class Ledger:
    """The books of a run, from its event log alone."""

    def __init__(self, log: Sequence[Event]) -> None:
        self.sums: dict[str, int] = defaultdict(int)
        self.causes = {event["event_id"]: event for event in log}
        self.fees: dict[int, int] = {}
        self.states = [event for event in log if event.name == "AccountState"]
        for state in self.states:
            for flow in state["flows"]:
                self.take(*flow)
            self.compare(state)

    def take(self, kind: str, amount: tuple[int, str], cause: int) -> None:
        """Book a flow: it has a known kind, and an event that caused it."""
        raw, code = amount
        assert kind in FLOW_KINDS
        assert cause in self.causes
        self.sums[code] += int(raw)
        if kind == "FEE":
            self.fees[cause] = int(raw)

    def compare(self, state: Event) -> None:
        """Check that flows come to the totals, and totals to locked and free."""
        for (total, code), (locked, _), (free, _) in state["balances"]:
            assert self.sums[code] == int(total)
            assert int(total) == int(locked) + int(free)
            assert 0 <= int(locked)


@pytest.mark.parametrize("oms", ["netting", "hedging"])
@pytest.mark.parametrize("market", MARKETS)
def test_21_flows_come_to_the_balances_by_the_event_log_alone(market: str, oms: str) -> None:
    run = played(market, oms)
    assert 60 < len(run.fills)
    ledger = Ledger(run.log)
    account = run.engine.cache.accounts()[0]
    held = {str(each.code): account.balance_total(each) for each in account.currencies()}
    assert dict(ledger.sums) == {code: total.raw for code, total in held.items() if total}
    if "converted" not in market:
        charged = {
            event["event_id"]: -event["commission"][0]
            for event in run.log
            if event.name == "OrderFilled" and event["commission"][0]
        }
        assert charged == ledger.fees


@pytest.mark.parametrize("market", ["cash, several currencies", "cash, one currency"])
def test_22_no_fill_makes_a_cash_balance_negative(market: str) -> None:
    states = Ledger(played(market).log).states
    assert all(int(total[0]) >= 0 for state in states for total, _, _ in state["balances"])


def usd(amount: str) -> Money:
    return Money(amount, Currency.from_str("USD"))


def locked(run: Played) -> list[str]:
    """Return what was locked of each currency after each state of the account."""
    states = [event["balances"] for event in run.log if event.name == "AccountState"]
    return [
        " ".join(f"{raw / 100:.2f} {code}" for _, (raw, code), _ in balances if raw)
        for balances in states
    ]


WIDE = [quote(second, 150_000, 150_010) for second in (1, 9)]


def test_22_a_cash_account_locks_notional_for_buys_and_base_for_sales() -> None:
    def cancel(script: Any) -> None:
        script.cancel_all_orders(PAIR)

    steps = [
        (2, send("limit", BUY, 10_000, 140_000)),
        (3, send("limit", SELL, 7_000, 160_000)),
        (4, cancel),
    ]
    found = locked(play(WIDE, *steps, account=CASH, fees=FEES))
    assert ["", "14000.00 USD", "14000.00 USD 7000.00 GBP"] == found[:3]
    assert "" == found[-1]


def test_22_lock_fees_adds_the_worst_fee() -> None:
    step = (2, send("limit", BUY, 10_000, 140_000))
    assert "14000.28 USD" == locked(play(WIDE, step, account=CASH, lock_fees=True))[-1]


def test_22_a_filled_part_is_locked_no_more() -> None:
    data = [quote(1, 150_000, 150_010), quote(3, 139_990, 140_000, 4_000)]
    order = send("limit", BUY, 10_000, 140_000)
    found = locked(play(data, (2, order), account=CASH))
    assert ["", "14000.00 USD", "8400.00 USD"] == found


def test_23_margin_is_held_for_working_orders_and_for_the_net_position() -> None:
    """Margin rate 3 %, leverage 20: 0.0015 of the notional."""
    steps = [
        (2, send("limit", BUY, 100_000, 140_000)),
        (3, send("market", BUY, 20_000)),
        (4, send("market", SELL, 50_000)),
        (5, send("limit", BUY, 5_000, 140_000, reduce_only=True)),
    ]
    found = locked(play(WIDE, *steps))
    # 210.00 for the limit; 20,000 x 1.50010 x 0.0015 = 45.003; 30,000 x 1.50000 x 0.0015 = 67.50.
    assert ["", "210.00 USD", "255.00 USD", "277.50 USD"] == list(dict.fromkeys(found))


def test_23_worst_side_nets_orders_with_the_position() -> None:
    steps = [
        (2, send("market", BUY, 20_000)),
        (3, send("limit", SELL, 20_000, 160_000)),
        (4, send("limit", SELL, 30_000, 160_000)),
    ]
    every = locked(play(WIDE, *steps))
    assert ["", "45.00 USD", "93.00 USD", "165.00 USD"] == list(dict.fromkeys(every))
    netted = locked(play(WIDE, *steps, margin_netting="worst_side"))
    assert ["", "45.00 USD", "117.00 USD"] == list(dict.fromkeys(netted))


# -- 24: risk fails closed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "order", "reason"),
    [
        (
            {"type": "cash", "balances": ["1_000 USD", "1_000 GBP"]},
            send("market", BUY, 1_000),
            "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1000.00 USD, need=1500.10 USD",
        ),
        (
            {"type": "cash", "balances": ["1_000 USD", "1_000 GBP"]},
            send("limit", SELL, 1_001, 160_000),
            "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1000.00 GBP, need=1001.00 GBP",
        ),
        (
            {"type": "margin", "base_currency": "USD", "balances": ["2 USD"], "leverage": 20},
            send("market", BUY, 1_000),
            "MARGIN_EXCEEDS_FREE_BALANCE: free=2.00 USD, need=2.25 USD",
        ),
    ],
)
def test_24_what_the_free_balance_cannot_carry_is_denied(
    account: dict[str, Any], order: Any, reason: str
) -> None:
    run = play(WIDE, (2, order), account=account)
    assert (["OrderInitialized", "OrderDenied"], reason) == (run.names(), run.reason())


def test_24_an_order_without_a_known_price_is_denied() -> None:
    run = play(WIDE, (0.5, send("market", BUY, 1_000)), start=0)
    assert ["OrderInitialized", "OrderDenied"] == run.names()
    assert "PRICE_UNAVAILABLE: instrument_id=GBP/USD.SIM" == run.reason()


def test_24_an_order_without_a_known_rate_is_denied() -> None:
    pair = default_fx_ccy("EUR/GBP")
    data = [quote(second, 90_000, 90_010, key=pair.id) for second in (1, 9)]
    run = play(data, (2, send("market", BUY, 9_000, key=pair.id)), instruments=[pair])
    assert ["OrderInitialized", "OrderDenied"] == run.names()
    assert run.reason().startswith("RATE_UNAVAILABLE: instrument_id=EUR/GBP.SIM")


# -- 2: money is rounded once ---------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "expected"), [("0.000005", "0.01"), ("0.0000049", "0.00")])
def test_02_money_rounds_half_away_from_zero(rate: str, expected: str) -> None:
    """A notional of 1,000 USD."""
    data = [quote(second, 100_000, 100_000) for second in (1, 9)]
    fees = {"use": "maker_taker", "taker": rate}
    run = play(data, (2, send("market", BUY, 1_000)), fees=fees)
    assert [usd(expected)] == [fill.commission for fill in run.fill_events]


def test_02_the_parts_of_a_split_commission_add_up() -> None:
    """A flip of 1,000 into -2,000 shares 4.35 USD as 1.45 and 2.90."""
    steps = [(2, send("market", BUY, 1_000)), (3, send("market", SELL, 3_000))]
    fees = {"use": "maker_taker", "taker": "0.000967"}
    run = play(WIDE, *steps, fees=fees)
    paid = [fill.commission for fill in run.fill_events]
    assert [usd("1.45"), usd("4.35")] == paid
    positions = [*run.engine.cache.position_snapshots(), *run.engine.cache.positions()]
    split = [amount for each in positions for amount in each.commissions().values()]
    assert [usd("2.90"), usd("2.90")] == split
