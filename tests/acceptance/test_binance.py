"""BTCUSDT trades of Binance: limits and stops set at tick bars, each outcome computed again."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from argosy import (
    AggressorSide,
    BacktestEngine,
    Bar,
    BarType,
    InstrumentId,
    Order,
    OrderFilled,
    OrderSide,
    Price,
    Quantity,
    Strategy,
    TradeId,
    TradeTick,
)
from argosy.testing.instruments import btcusdt_spot
from tests.acceptance.kit import Project

BTCUSDT = InstrumentId("BTCUSDT.BINANCE")
EVERY = 40
BARS = BarType.from_str(f"{BTCUSDT}-{EVERY}-TICK-LAST-INTERNAL")
SIZE = Decimal("0.010000")
NEAR, FAR = Decimal(3), Decimal(8)
TICK = Decimal("0.01")
FEE = Decimal("0.001")

Fill = tuple[int, str, str, Decimal, Decimal, Decimal, str]
"""Time (ns), order type, side, price, quantity, commission, liquidity side."""


class LimitAndStop(Strategy):
    """At each bar: a limit on the near side, a stop on the far side; a fill ends the other."""

    def on_start(self) -> None:
        self.subscribe_bars(BARS)

    def on_bar(self, bar: Bar) -> None:
        self.cancel_all_orders(BTCUSDT)
        close = bar.close.as_decimal()
        net = self.portfolio.net_position(BTCUSDT)
        if net == 0:
            self.submit(OrderSide.BUY, SIZE, close - NEAR, close + FAR)
        else:
            self.submit(OrderSide.SELL, net, close + NEAR, close - FAR)

    def on_order_filled(self, event: OrderFilled) -> None:
        for order in self.cache.orders_open(instrument_id=BTCUSDT):
            if order.client_order_id != event.client_order_id:
                self.cancel_order(order)

    def submit(self, side: OrderSide, size: Decimal, limit: Decimal, stop: Decimal) -> None:
        quantity = Quantity(size, 6)
        self.submit_order(self.order_factory.limit(BTCUSDT, side, quantity, Price(limit, 2)))
        self.submit_order(self.order_factory.stop_market(BTCUSDT, side, quantity, Price(stop, 2)))


@dataclass
class Twin:
    """The same by hand: at most one limit and one stop on one side."""

    limit: tuple[Decimal, Decimal] | None = None
    stop: tuple[Decimal, Decimal] | None = None
    side: int = 0
    net: Decimal = Decimal(0)
    usdt: Decimal = Decimal("10_000")
    fills: list[Fill] = field(default_factory=list)

    def trade(self, ts: int, price: Decimal, size: Decimal) -> None:
        """Let one trade meet what rests."""
        if self.limit is not None:
            limit, left = self.limit
            if self.side * (price - limit) <= 0:
                # A trade through the limit met all of it; one at the limit met its own size.
                done = left if price != limit else min(left, size)
                self.fill(ts, "LIMIT", limit, done)
                self.limit = (limit, left - done) if done < left else None
                self.stop = None
        if self.stop is not None:
            trigger, left = self.stop
            if self.side * (price - trigger) >= 0:
                at_best = min(left, size)
                self.fill(ts, "STOP_MARKET", price, at_best)
                if at_best < left:
                    self.fill(ts, "STOP_MARKET", price + self.side * TICK, left - at_best)
                self.stop = self.limit = None

    def fill(self, ts: int, order_type: str, price: Decimal, size: Decimal) -> None:
        """Book a fill; fees are paid in USDT, rounded to its 8 decimals."""
        fee = (price * size * FEE).quantize(Decimal("1e-8"), ROUND_HALF_UP)
        maker = "MAKER" if order_type == "LIMIT" else "TAKER"
        side = "BUY" if self.side > 0 else "SELL"
        self.fills.append((ts, order_type, side, price, size, fee, maker))
        self.net += self.side * size
        self.usdt -= self.side * price * size + fee

    def bar(self, close: Decimal) -> None:
        """Replace what rests."""
        self.side = 1 if self.net == 0 else -1
        size = SIZE if self.net == 0 else self.net
        self.limit = (close - self.side * NEAR, size)
        self.stop = (close + self.side * FAR, size)


def trades(folder: Path) -> list[TradeTick]:
    """Read the floats as the decimals that were meant: prices with 2, sizes with 6."""
    rows = pq.read_table(folder / "binance_btcusdt_trades_20210108.parquet").to_pylist()
    return [trade(each) for each in rows]


def trade(row: dict[str, Any]) -> TradeTick:
    ts = int(row["timestamp"].timestamp() * 1000 + 0.5) * 1_000_000
    return TradeTick(
        BTCUSDT,
        Price(row["price"], 2),
        Quantity(row["quantity"], 6),
        AggressorSide.SELLER if row["buyer_maker"] == "True" else AggressorSide.BUYER,
        TradeId(str(row["trade_id"])),
        ts,
        ts,
    )


def fill(order: Order, event: OrderFilled) -> Fill:
    return (
        event.ts_event,
        str(order.order_type),
        str(event.order_side),
        event.last_px.as_decimal(),
        event.last_qty.as_decimal(),
        event.commission.as_decimal(),
        str(event.liquidity_side),
    )


def test_limits_and_stops_are_filled_by_the_trades_that_would_have_met_them(
    scratch: Project, real_data: Path
) -> None:
    scratch.load(btcusdt_spot(), trades(real_data))
    engine = BacktestEngine()
    balances = ["10_000 USDT", "1 BTC"]
    engine.add_venue("BINANCE", account={"type": "cash", "balances": balances})
    engine.add_instrument(btcusdt_spot())
    with scratch.catalog() as catalog:
        ticks = catalog.trade_ticks(BTCUSDT)
    assert trades(real_data) == ticks
    engine.add_data(ticks)
    engine.add_strategy(LimitAndStop())
    result = engine.run()

    twin = Twin()
    for number, tick in enumerate(ticks, 1):
        twin.trade(tick.ts_init, tick.price.as_decimal(), tick.size.as_decimal())
        if number % EVERY == 0:
            twin.bar(tick.price.as_decimal())
    orders = engine.cache.orders()
    found = [
        (event.event_id, fill(order, event))
        for order in orders
        for event in order.events
        if isinstance(event, OrderFilled)
    ]
    assert twin.fills == [each for _, each in sorted(found)]
    assert {"LIMIT", "STOP_MARKET"} == {each[1] for each in twin.fills}
    assert 2 * (len(ticks) // EVERY) == len(orders)
    total = {"USDT": f"{twin.usdt:.8f}", "BTC": f"{1 + twin.net:.8f}"}
    assert {"BINANCE": total} == result.balances
