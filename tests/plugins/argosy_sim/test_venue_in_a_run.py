"""The venue as a system describes it, in a whole run."""

from __future__ import annotations

from typing import Any

import pytest

from argosy import BacktestEngine, BacktestEngineConfig
from argosy.errors import InputError
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, QuoteTick
from argosy.model.enums import OrderSide
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.strategy.strategy import Strategy
from tests.plugins.argosy_sim.kit import AUDUSD, fills, told

MINUTE = 60_000_000_000
ACCOUNT = {"type": "margin", "base_currency": "USD", "balances": ["1_000_000 USD"]}
BID = BarType.from_str("AUD/USD.SIM-1-MINUTE-BID-EXTERNAL")
ASK = BarType.from_str("AUD/USD.SIM-1-MINUTE-ASK-EXTERNAL")


class Trader(Strategy):
    """Buy at the first bar with a stop behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[Order] = []

    def on_start(self) -> None:
        self.subscribe_bars(ASK)
        self.subscribe_quote_ticks(AUDUSD.id)

    def on_bar(self, bar: Bar) -> None:
        self.trade()

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.trade()

    def trade(self) -> None:
        if self.orders:
            return
        size = Quantity.from_int(1_000)
        entry = self.order_factory.market(AUDUSD.id, OrderSide.BUY, size)
        stop = self.order_factory.stop_market(
            AUDUSD.id, OrderSide.SELL, size, Price.from_str("1.04000"), reduce_only=True
        )
        self.orders = [entry, stop]
        for order in self.orders:
            self.submit_order(order)


def bar(bar_type: BarType, minute: int, *prices: str) -> Bar:
    at = minute * MINUTE
    made = [Price.from_str(price) for price in prices]
    return Bar(bar_type, *made, Quantity.from_int(8_000), at, at)


def quote(second: int, bid: str, ask: str) -> QuoteTick:
    size = Quantity.from_int(1_000_000)
    at = second * 1_000_000_000
    return QuoteTick(AUDUSD.id, Price.from_str(bid), Price.from_str(ask), size, size, at, at)


def run(*data: list[Any], seed: int = 0, **settings: Any) -> tuple[Trader, Any]:
    engine = BacktestEngine(BacktestEngineConfig(seed=seed))
    engine.add_venue("SIM", **{"account": ACCOUNT, **settings})
    engine.add_instrument(AUDUSD)
    for each in data:
        engine.add_data(each)
    trader = Trader()
    engine.add_strategy(trader)
    return trader, engine.run()


FLAT = [
    bar(BID, 1, *("1.05000",) * 4),
    bar(BID, 2, "1.05000", "1.05500", "1.03000", "1.04500"),
]
FLAT_ASK = [
    bar(ASK, 1, *("1.05010",) * 4),
    bar(ASK, 2, "1.05010", "1.05510", "1.03010", "1.04510"),
]


def test_bars_of_both_sides_execute_together() -> None:
    trader, result = run(FLAT, FLAT_ASK)
    entry, stop = trader.orders
    assert (["1000@1.05010"], ["1000@1.04000"]) == (fills(entry), fills(stop))
    assert {"orders": 2, "fills": 2, "quantity_beyond_displayed": "0"} == (
        result.simulation["SIM"]["instruments"]["AUD/USD.SIM"]
    )


def test_parts_are_chosen_by_name() -> None:
    trader, _ = run(
        [
            quote(1, "1.05000", "1.05010"),
            quote(2, "1.04500", "1.04510"),
            quote(3, "1.03000", "1.04000"),
        ],
        fees={"use": "fixed", "commission": "2 USD"},
        latency={"use": "fixed", "insert": "500ms"},
        fill={"use": "probabilistic", "prob_slippage": 1},
    )
    entry, stop = trader.orders
    assert ["Filled 1000@1.05011 TAKER"] == told(entry)
    assert 1_500_000_000 == entry.ts_last
    assert ["2.00 USD"] == [str(fee) for fee in entry.commissions().values()]
    assert ["Accepted", "Filled 1000@1.02999 TAKER"] == told(stop)


@pytest.mark.parametrize(
    "settings",
    [
        {"fees": "maker_taker", "fill": "best_price"},
        {"fees": {"use": "per_contract", "commission": "0.1 USD"}, "fill": "displayed"},
        {"account": {**ACCOUNT, "margin_model": "standard", "leverage": 20}},
        {"account": {**ACCOUNT, "margin_model": "leveraged"}, "oms": "hedging"},
        {"profile": "nautilus-1.221"},
    ],
    ids=str,
)
def test_every_part_can_be_built(settings: dict[str, Any]) -> None:
    trader, _ = run(FLAT, FLAT_ASK, **settings)
    assert ["1000@1.05010"] == fills(trader.orders[0])


def test_ids_and_so_the_log_carry_the_seed() -> None:
    hashes = [run(FLAT, FLAT_ASK, seed=seed)[1].event_log_hash for seed in (0, 0, 1)]
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_wrong_setting_is_named() -> None:
    with pytest.raises(InputError, match="l1_exces"):
        run(FLAT, l1_exces="cancel")
    with pytest.raises(InputError, match="one_tick"):
        run(FLAT, l1_excess="two_ticks")
