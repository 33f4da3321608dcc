"""Risk: decision 28 of the semantics: each rule has a code, states and throttles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from argosy import InstrumentId, OrderStatus, Price, Quantity, TradingState
from tests.acceptance.script import BUY, CASH, MARGIN, PAIR, SELL, Script, Step, play, quote, send

DATA = [quote(second, 150_000, 150_010) for second in range(1, 9)]


def fine(kind: str, *values: Any) -> Step:
    """Return a step that sends an order of exactly these values."""

    def step(script: Script) -> None:
        make = getattr(script.order_factory, kind)
        script.submit_order(make(PAIR, BUY, *values))

    return step


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (
            fine("limit", Quantity("1000"), Price("1.400001")),
            "PRICE_PRECISION_EXCEEDED: price=1.400001, price_precision=5",
        ),
        (
            fine("limit", Quantity("1000.5"), Price("1.40000")),
            "QUANTITY_PRECISION_EXCEEDED: quantity=1000.5, size_precision=0",
        ),
        (
            fine("limit", Quantity("1000"), Price("-1.40000")),
            "PRICE_NOT_POSITIVE: price=-1.40000",
        ),
        (
            fine("limit", Quantity("10_000_001"), Price("1.40000")),
            "QUANTITY_EXCEEDS_MAXIMUM: quantity=10000001, max_quantity=10000000",
        ),
        (
            fine("limit", Quantity("999"), Price("1.40000")),
            "QUANTITY_BELOW_MINIMUM: quantity=999, min_quantity=1000",
        ),
        (
            send("limit", BUY, 1_000, 90_000),
            "NOTIONAL_BELOW_MINIMUM: notional=900.00 USD, min_notional=1000.00 USD",
        ),
        (
            send("market", BUY, 1_000, key=InstrumentId("EUR/USD.SIM")),
            "INSTRUMENT_NOT_FOUND: instrument_id=EUR/USD.SIM",
        ),
    ],
)
def test_28_an_order_that_breaks_a_rule_is_denied_with_its_code(step: Step, reason: str) -> None:
    run = play(DATA, (2, step))
    assert (["OrderInitialized", "OrderDenied"], reason) == (run.names(), run.reason())


@pytest.mark.parametrize("latency", [None, {"use": "fixed", "base": "500ms"}])
@pytest.mark.parametrize("account", [{**MARGIN, "balances": ["10_000 USD"]}, CASH])
def test_24_orders_that_are_under_way_at_once_need_their_sum(
    account: dict[str, Any], latency: dict[str, Any] | None
) -> None:
    def both(script: Script) -> None:
        for _ in range(2):
            send("limit", BUY, 400_000 if account is CASH else 3_000_000, 149_000)(script)

    more = {} if latency is None else {"latency": latency}
    run = play(DATA, (2, both), account=account, **more)
    statuses = [order.status for order in run.orders]
    assert [OrderStatus.ACCEPTED, OrderStatus.DENIED] == statuses
    what = "NOTIONAL" if account is CASH else "MARGIN"
    assert f"CUM_{what}_EXCEEDS_FREE_BALANCE" in run.reason(1)


def test_28_the_traders_own_limit_of_an_order() -> None:
    risk = {"notional": {"max_per_order": {"GBP/USD.SIM": "2_000"}}}
    run = play(DATA, (2, send("market", BUY, 1_000)), (3, send("market", BUY, 2_000)), risk=risk)
    assert [(2, "BUY", 150_010, 1_000)] == run.fills
    assert run.reason(1).startswith("NOTIONAL_EXCEEDS_MAX_PER_ORDER: notional=3000.20 USD")


def test_28_a_rule_may_be_left_out() -> None:
    step = (2, send("limit", BUY, 1_000, 90_000))
    assert OrderStatus.ACCEPTED == play(DATA, step, risk={"disable": ["notional"]}).orders[0].status


def test_28_halted_lets_nothing_pass_but_cancels() -> None:
    def halt(script: Script) -> None:
        script.floor.execution.risk.set_trading_state(TradingState.HALTED)

    def cancel(script: Script) -> None:
        script.cancel_all_orders(PAIR)

    steps = [
        (2, send("limit", BUY, 1_000, 140_000)),
        (3, halt),
        (4, send("market", BUY, 1_000)),
        (5, cancel),
    ]
    run = play(DATA, *steps)
    assert "TRADING_HALTED: state=HALTED" == run.reason(1)
    assert OrderStatus.CANCELED == run.orders[0].status


def test_28_reducing_lets_pass_only_what_reduces() -> None:
    def reduce(script: Script) -> None:
        script.floor.execution.risk.set_trading_state(TradingState.REDUCING)

    steps = [
        (2, send("market", BUY, 5_000)),
        (3, reduce),
        (4, send("market", BUY, 1_000)),
        (5, send("market", SELL, 2_000)),
    ]
    run = play(DATA, *steps)
    assert [(2, "BUY", 150_010, 5_000), (5, "SELL", 150_000, 2_000)] == run.fills
    assert run.reason(1).startswith("TRADING_REDUCING: ")
    assert Decimal(3_000) == run.engine.portfolio.net_position(PAIR)


def test_28_the_window_of_a_throttle_slides() -> None:
    """Two in any second: the third of three is denied, one second after the first it passes."""
    times = [2.0, 2.6, 2.9, 3.0, 3.5, 3.6]
    risk = {"submit_rate": {"limit": 2, "interval": "1s"}}
    run = play(DATA, *((at, send("market", BUY, 1_000)) for at in times), risk=risk)
    assert [2.0, 2.6, 3.0, 3.6] == [at for at, _, _, _ in run.fills]
    assert "RATE_LIMIT_EXCEEDED: command=submit, limit=2, interval_ns=1000000000" == run.reason(2)


def test_28_changes_are_throttled_apart() -> None:
    def change(script: Script) -> None:
        [order] = script.cache.orders_open()
        script.modify_order(order, price=Price.from_raw(order.price.raw + 1, 5))

    steps = [(2, send("limit", BUY, 1_000, 140_000)), *((at, change) for at in (3, 3.1, 3.2))]
    run = play(DATA, *steps, risk={"modify_rate": {"limit": 2, "interval": "1s"}})
    assert ["OrderUpdated", "OrderUpdated", "OrderModifyRejected"] == [
        name for name in run.names() if name in {"OrderUpdated", "OrderModifyRejected"}
    ]
    assert 140_002 == run.orders[0].price.raw
