"""GBP/USD one-minute bars of FXCM: an EMA cross, every fill and the balance computed again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.acceptance.conftest import new_project
from tests.acceptance.kit import SECOND, Project

MAPPING = """\
type = "bar"
price_precision = 5
size_precision = 0
columns = { ts_event = "timestamp" }
constants = { volume = "4000000" }
"""

SYSTEM = """\
name = "fxcm"
seed = 11

[catalog]
path = "data/catalog"

[venues.FXCM.simulate]
use = "sim"
account = { type = "margin", base_currency = "USD", balances = ["1_000_000 USD"], leverage = 20 }
fees = { use = "maker_taker" }

[[instruments]]
type = "CurrencyPair"
id = "GBP/USD.FXCM"
base_currency = "GBP"
quote_currency = "USD"
price_increment = "0.00001"
size_increment = "1"
margin_init = "0.03"
margin_maint = "0.03"
maker_fee = "0.00002"
taker_fee = "0.00002"

[[data]]
type = "bar"
bar_types = ["GBP/USD.FXCM-1-MINUTE-BID-EXTERNAL", "GBP/USD.FXCM-1-MINUTE-ASK-EXTERNAL"]

[[strategies]]
use = "ema_cross"
instrument = "GBP/USD.FXCM"
bar_type = "GBP/USD.FXCM-1-MINUTE-BID-EXTERNAL"
fast = 10
slow = 20
trade_size = "{size}"
short = true
"""

TICK = Decimal("0.00001")
CENT = Decimal("0.01")
FEE = Decimal("0.00002")
SHOWN = Decimal(1_000_000)
"""What a bar shows at its close: a quarter of its volume."""

Fill = tuple[int, str, Decimal, Decimal, Decimal]
"""Time (ns), side, price, quantity, commission."""


@dataclass
class Book:
    """What a margin account in US dollars comes to, told fill by fill in exact fractions."""

    net: Decimal = Decimal(0)
    cost: Fraction = Fraction(0)
    balance: Decimal = Decimal(1_000_000)
    fills: list[Fill] = field(default_factory=list)

    def trade(self, ts: int, change: Decimal, price: Decimal) -> None:
        """Buy (> 0) or sell: what is displayed at the price, the rest one tick worse."""
        at_best = min(abs(change), SHOWN)
        sign = 1 if change > 0 else -1
        self._fill(ts, sign * at_best, price)
        if abs(change) > at_best:
            self._fill(ts, change - sign * at_best, price + sign * TICK)

    def _fill(self, ts: int, change: Decimal, price: Decimal) -> None:
        fee = cents(abs(change) * price * FEE)
        side = "BUY" if change > 0 else "SELL"
        self.fills.append((ts, side, price, abs(change), fee))
        self.balance -= fee
        opened = change
        if self.net * change < 0:
            closed = min(abs(change), abs(self.net))
            part = self.cost * Fraction(closed) / Fraction(abs(self.net))
            sign = 1 if self.net > 0 else -1
            self.balance += cents(sign * (Fraction(closed * price) - part))
            self.cost -= part
            opened = change + sign * closed
        self.cost += Fraction(abs(opened) * price)
        self.net += change


def cents(amount: Decimal | Fraction) -> Decimal:
    """Round to cents, half away from zero."""
    exact = amount if isinstance(amount, Decimal) else quotient(amount)
    return exact.quantize(CENT, ROUND_HALF_UP)


def quotient(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)


def rows(path: Path) -> list[tuple[int, Decimal]]:
    """Return the time and the close of each bar."""
    with path.open(newline="") as lines:
        return [
            (
                int(datetime.fromisoformat(row["timestamp"]).timestamp()) * SECOND,
                Decimal(row["close"]),
            )
            for row in csv.DictReader(lines)
        ]


def expected(folder: Path, size: Decimal) -> Book:
    """Trade the crosses of the averages of the bid's closes, at the closes of the other side."""
    book = Book()
    bids = rows(folder / "fxcm_gbpusd_m1_bid_2012.csv")
    asks = rows(folder / "fxcm_gbpusd_m1_ask_2012.csv")
    fast = slow = float(bids[0][1])
    was_above: bool | None = None
    for number, ((ts, bid), (ask_ts, ask)) in enumerate(zip(bids, asks, strict=True), 1):
        assert ts == ask_ts
        if number > 1:
            fast = 2.0 / 11.0 * float(bid) + (1.0 - 2.0 / 11.0) * fast
            slow = 2.0 / 21.0 * float(bid) + (1.0 - 2.0 / 21.0) * slow
        if number < 20 or (fast > slow) is was_above:
            continue
        was_above = fast > slow
        target = size if was_above else -size
        book.trade(ts, target - book.net, ask if was_above else bid)
    ts, bid = bids[-1]
    book.trade(ts, -book.net, bid if book.net > 0 else asks[-1][1])
    return book


def ingest(scratch: Project, folder: Path) -> None:
    scratch.write("bars.toml", MAPPING)
    for side in ("bid", "ask"):
        file = folder / f"fxcm_gbpusd_m1_{side}_2012.csv"
        bar_type = f"GBP/USD.FXCM-1-MINUTE-{side.upper()}-EXTERNAL"
        words = ["catalog", "ingest", str(file), "--map", "bars.toml", "--bar-type", bar_type]
        result = scratch.line(*words)
        assert (0, f"{bar_type}: 30,117 bars from ") == (
            result.exit_code,
            result.output[: len(bar_type) + 19],
        )


@pytest.fixture(scope="module")
def loaded(
    project: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """A project with the bars; it is the current folder."""
    made = new_project(tmp_path_factory.mktemp("fxcm"), project)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made.folder)
        ingest(made, real_data)
        yield made


@pytest.mark.parametrize("size", [pytest.param("100_000", marks=pytest.mark.slow), "1_500_000"])
def test_every_fill_and_the_balance_are_those_of_a_separate_calculation(
    loaded: Project, real_data: Path, size: str
) -> None:
    loaded.write("config/fxcm.toml", SYSTEM.replace("{size}", size))
    result = loaded.json("run", "config/fxcm.toml")
    book = expected(real_data, Decimal(size))
    run = f"run_id = '{result['run_id']}'"
    found = loaded.sql(
        "SELECT epoch_ns(ts_event) AS ts, side, last_px, last_qty, commission, currency,"
        " commission_currency, liquidity_side FROM fills"
        f" WHERE {run} ORDER BY event_id"
    )
    assert len(book.fills) == result["fills"]
    assert book.fills == [
        (row["ts"], row["side"], row["last_px"], row["last_qty"], row["commission"])
        for row in found
    ]
    assert {("USD", "USD", "TAKER")} == {
        (row["currency"], row["commission_currency"], row["liquidity_side"]) for row in found
    }
    assert book.net == 0
    assert {"FXCM": {"USD": str(book.balance)}} == result["balances"]
    balance = f"SELECT total, locked FROM accounts WHERE {run} ORDER BY event_id DESC LIMIT 1"
    assert [{"total": book.balance, "locked": Decimal(0)}] == loaded.sql(balance)
