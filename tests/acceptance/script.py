"""Small markets written as numbers, and strategies written as steps at times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from argosy import (
    AggressorSide,
    BacktestEngine,
    BacktestEngineConfig,
    Bar,
    BarType,
    InstrumentId,
    Order,
    OrderEvent,
    OrderFilled,
    OrderSide,
    Price,
    Quantity,
    QuoteTick,
    Strategy,
    StrategyConfig,
    TradeId,
    TradeTick,
)
from argosy.model.instruments import Instrument
from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.kit import SECOND, T0, Event, events_of

PAIR = InstrumentId("GBP/USD.SIM")
BUY, SELL = OrderSide.BUY, OrderSide.SELL
MILLION = 1_000_000
MARGIN: dict[str, Any] = {
    "type": "margin",
    "base_currency": "USD",
    "balances": ["1_000_000 USD"],
    "leverage": 20,
}
CASH: dict[str, Any] = {"type": "cash", "balances": ["1_000_000 USD", "1_000_000 GBP"]}
"""Accounts of a simulated venue."""

Step = Callable[["Script"], object]


def ns(second: float) -> int:
    """Return the time so many seconds after T0."""
    return T0 + round(second * SECOND)


def quote(
    second: float, bid: int, ask: int, size: int = MILLION, *, key: InstrumentId = PAIR
) -> QuoteTick:
    """Return a quote; prices in units of the fifth decimal."""
    prices = Price.from_raw(bid, 5), Price.from_raw(ask, 5)
    shown = Quantity.from_int(size)
    return QuoteTick(key, *prices, shown, shown, ns(second), ns(second))


def trade(
    second: float, price: int, size: int = MILLION, side: AggressorSide = AggressorSide.BUYER
) -> TradeTick:
    """Return a trade."""
    trade_id = TradeId(f"T{second}")
    at = Price.from_raw(price, 5), Quantity.from_int(size)
    return TradeTick(PAIR, *at, side, trade_id, ns(second), ns(second))


def bar(
    second: float, prices: Sequence[int], kind: str = "1-MINUTE-LAST", volume: int = 4 * MILLION
) -> Bar:
    """Return an external bar of open, high, low and close."""
    bar_type = BarType.from_str(f"{PAIR}-{kind}-EXTERNAL")
    values = [Price.from_raw(each, 5) for each in prices]
    return Bar(bar_type, *values, Quantity.from_int(volume), ns(second), ns(second))


class Script(Strategy):
    """Do each step at its time, after the data of that time; note every event.

    Parameters
    ----------
    steps : seconds after T0, and what to do
    """

    def __init__(self, *steps: tuple[float, Step], config: StrategyConfig | None = None) -> None:
        super().__init__(config or StrategyConfig())
        self.steps = steps
        self.seen: list[Any] = []

    def on_start(self) -> None:
        for number, (second, step) in enumerate(self.steps):
            self.clock.set_time_alert_ns(f"step {number}", ns(second), lambda _, do=step: do(self))

    def on_order_event(self, event: OrderEvent) -> None:
        self.seen.append(event)

    def on_position_event(self, event: Any) -> None:
        self.seen.append(event)

    def send(self, kind: str, side: OrderSide, size: int, *prices: int, **more: Any) -> Order:
        """Submit an order; prices in units of the fifth decimal."""
        make = getattr(self.order_factory, kind)
        key = more.pop("key", PAIR)
        position_id = more.pop("position_id", None)
        at = [Price.from_raw(each, 5) for each in prices]
        order: Order = make(key, side, Quantity.from_int(size), *at, **more)
        self.submit_order(order, position_id)
        return order


def send(kind: str, side: OrderSide, size: int, *prices: int, **more: Any) -> Step:
    """Return a step that submits an order."""
    return lambda script: script.send(kind, side, size, *prices, **more)


@dataclass(frozen=True, repr=False)
class Played:
    """What came of a market and its strategies."""

    engine: BacktestEngine
    result: Any

    @property
    def orders(self) -> list[Order]:
        """All orders, as they were made."""
        return self.engine.cache.orders()

    @property
    def fills(self) -> list[tuple[float, str, int, int]]:
        """Seconds after T0, side, price and quantity of each fill."""
        return [
            (
                (each.ts_event - T0) / SECOND,
                str(each.order_side),
                each.last_px.raw,
                int(each.last_qty.as_decimal()),
            )
            for each in self.fill_events
        ]

    @property
    def fill_events(self) -> list[OrderFilled]:
        """All fills, as they happened."""
        found = [e for order in self.orders for e in order.events if isinstance(e, OrderFilled)]
        return sorted(found, key=lambda event: event.event_id)

    @property
    def log(self) -> list[Event]:
        """The event log, decoded."""
        return events_of(self.result.log)

    def names(self, number: int = 0) -> list[str]:
        """Name the events of one order."""
        return [type(event).__name__ for event in self.orders[number].events]

    def reason(self, number: int = 0) -> str:
        """Return why an order ended."""
        return str(self.orders[number].last_event.reason)


def play(
    data: Iterable[Any],
    *steps: tuple[float, Step],
    account: dict[str, Any] = MARGIN,
    instruments: Sequence[Instrument] = (),
    strategies: Sequence[Strategy] = (),
    seed: int = 0,
    run: dict[str, Any] | None = None,
    risk: dict[str, Any] | None = None,
    bars: dict[str, Any] | None = None,
    end: float | None = None,
    start: float | None = None,
    venue_name: str = "SIM",
    **venue: Any,
) -> Played:
    """Run a market at one venue, without fees unless `venue` says more."""
    config = BacktestEngineConfig(seed=seed, run=run or {}, risk=risk or {}, bars=bars or {})
    engine = BacktestEngine(config)
    fees = {"use": "maker_taker", "maker": "0", "taker": "0"}
    engine.add_venue(venue_name, account=account, **{"fees": fees, **venue})
    for each in instruments or (default_fx_ccy("GBP/USD"),):
        engine.add_instrument(each)
    engine.add_data(list(data))
    if steps:
        engine.add_strategy(Script(*steps))
    engine.add_strategies(strategies)
    return Played(
        engine,
        engine.run(
            start=None if start is None else ns(start), end=None if end is None else ns(end)
        ),
    )
