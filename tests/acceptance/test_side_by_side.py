"""Two systems in one process, whose plugins mean different things by one name, do not meet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from argosy import (
    BacktestEngine,
    Bar,
    BarType,
    Order,
    OrderFilled,
    OrderSide,
    OrderType,
    Price,
    Quantity,
    Strategy,
)
from argosy.config.resolve import resolve
from argosy.config.system_file import SystemFile
from argosy.plugins.find import Found, find_plugins
from argosy.plugins.host import PluginHost
from tests.bench import market

BAR_TYPE = BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL")
PATIENT = OrderType("PATIENT")
PLUGIN = """
from argosy.errors import ValueRangeError
from argosy.hookspecs import hookimpl
from argosy.kernel.trigger import WATCH_ASK, PriceTrigger
from argosy.model.orders import Order

class {name}Order(Order):
    def validate(self):
        if "{field}" not in (self.options or {{}}):
            raise ValueRangeError("{field} is missing")
        return 0

def trigger(order, instrument):
    level = instrument.make_price(order.trigger_price).raw
    return PriceTrigger(order, is_buy=True, watch=WATCH_ASK, level=level, upward={upward})

@hookimpl
def register_order_types(register):
    register(
        "PATIENT", trigger, capabilities={{"releases=MARKET"}}, order_class=lambda: {name}Order
    )
"""


class Outcome(NamedTuple):
    """What a run came to."""

    log: str
    classes: set[str]
    fills: list[str]
    balance: str


class Patient(Strategy):
    """Wait for the price once, at the first bar, and sell at the last."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field
        self.bars = 0
        self.fills: list[str] = []

    def on_start(self) -> None:
        self.subscribe_bars(BAR_TYPE)

    def on_bar(self, bar: Bar) -> None:
        self.bars += 1
        if self.bars % 20 == 1:
            self.submit_order(
                self.order_factory.create(
                    PATIENT,
                    market.EURUSD,
                    OrderSide.BUY,
                    Quantity.from_int(1_000),
                    trigger_price=Price.from_str("1.00010"),
                    options={self.field: 1},
                )
            )
        if self.bars == 59:
            self.close_all_positions(market.EURUSD)

    def on_order_filled(self, event: OrderFilled) -> None:
        self.fills.append(f"{event.last_px} at {event.ts_event}")


class System(NamedTuple):
    """One of the two: what its plugin calls a patient order, and how much a unit is."""

    plugin: Found
    field: str
    multiplier: int

    def engine(self) -> BacktestEngine:
        """Wire the system anew."""
        file = SystemFile.from_dict({"name": "patience", "seed": 1})
        host = PluginHost([*find_plugins(), self.plugin])
        made = BacktestEngine(resolve(file, host, is_whole=False))
        account = {"type": "margin", "base_currency": "USD", "balances": ["1_000_000 USD"]}
        made.add_venue("SIM", oms="netting", account=account)
        units = Quantity.from_int(self.multiplier)
        made.add_instrument(replace(market.instrument(), multiplier=units))
        made.add_data(bars())
        made.add_strategy(Patient(self.field))
        return made


def bars() -> list[Bar]:
    """Return an hour that goes up, down and up again."""
    closes = [100_000 + (i % 30 if i // 30 % 2 else -(i % 30)) for i in range(1, 60)]
    return [
        Bar(
            BAR_TYPE,
            *(Price.from_raw(close + step, 5) for step in (0, 2, -2, 0)),
            Quantity.from_int(100),
            60_000_000_000 * i,
            60_000_000_000 * i,
        )
        for i, close in enumerate(closes, 1)
    ]


def outcome(made: BacktestEngine) -> Outcome:
    """Run a system."""
    result = made.run()
    orders: list[Order] = made.cache.orders()
    account: Any = made.cache.account_for_venue(market.VENUE)
    return Outcome(
        result.event_log_hash,
        {type(order).__name__ for order in orders},
        made.trader.strategies()[0].fills,  # type: ignore[attr-defined]
        str(account.balance_total(market.USD)),
    )


@pytest.fixture
def systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[System, System]]:
    """Write two plugins that both bring PATIENT orders."""
    monkeypatch.syspath_prepend(tmp_path)
    made = []
    for name, field, upward, multiplier in (
        ("Rising", "patience", True, 1),
        ("Falling", "calm", False, 7),
    ):
        text = PLUGIN.format(name=name, field=field, upward=upward)
        (tmp_path / f"made_{field}.py").write_text(text)
        found = Found(name.lower(), f"made_{field}", f"argosy-{name.lower()}", "1.0")
        made.append(System(found, field, multiplier))
    yield made[0], made[1]
    for field in ("patience", "calm"):
        sys.modules.pop(f"made_{field}", None)


def test_the_two_systems_differ(systems: tuple[System, System]) -> None:
    rising, falling = (outcome(each.engine()) for each in systems)
    assert {"RisingOrder", "MarketOrder"} == rising.classes
    assert {"FallingOrder", "MarketOrder"} == falling.classes
    assert rising.fills
    assert falling.fills
    assert rising.log != falling.log
    assert rising.balance != falling.balance


def test_systems_wired_side_by_side_run_as_if_alone(systems: tuple[System, System]) -> None:
    alone = [outcome(each.engine()) for each in systems]
    first, second, again = (systems[i].engine() for i in (0, 1, 0))
    assert alone[1] == outcome(second)
    assert alone[0] == outcome(first)
    assert alone[0] == outcome(again)


def test_systems_in_two_threads_run_as_if_alone(systems: tuple[System, System]) -> None:
    alone = [outcome(each.engine()) for each in systems]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(2) as pool:
            running = [
                pool.submit(lambda made: outcome(made.engine()), each) for each in systems * 5
            ]
            together = [each.result() for each in running]
    finally:
        sys.setswitchinterval(before)
    assert alone * 5 == together
