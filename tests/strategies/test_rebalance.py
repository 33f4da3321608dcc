from decimal import Decimal
from typing import Any

import pytest

from argosy import Bar, BarType, InstrumentId, Price, Quantity
from argosy.testing.instruments import equity
from strategies.rebalance import Rebalance, RebalanceConfig
from tests.acceptance.script import Played, ns, play

A, B = InstrumentId("A.SIM"), InstrumentId("B.SIM")
DAY_S = 86_400
ACCOUNT = {"type": "cash", "base_currency": "USD", "balances": ["100_000 USD"]}


def daily(key: InstrumentId) -> BarType:
    return BarType.from_str(f"{key}-1-DAY-LAST-EXTERNAL")


def bars(key: InstrumentId, closes: list[int]) -> list[Bar]:
    """Return one bar a day; prices in dollars."""
    found = []
    for day, close in enumerate(closes, 1):
        prices = [Price(close, 2)] * 4
        at = ns(day * DAY_S)
        found.append(Bar(daily(key), *prices, Quantity.from_int(1_000_000), at, at))
    return found


def run(a: list[int], b: list[int], **more: Any) -> Played:
    usual = {
        "weights": {A: Decimal("0.5"), B: Decimal("0.4")},
        "bar_types": [daily(A), daily(B)],
        "every_days": 2,
    }
    return play(
        [*bars(A, a), *bars(B, b)],
        account=ACCOUNT,
        instruments=[equity("A", "SIM"), equity("B", "SIM")],
        strategies=[Rebalance(RebalanceConfig(**{**usual, **more}))],
        start=0,
    )


def trades(played: Played) -> list[tuple[float, str, str, int]]:
    """Return day, instrument, side and size of each fill."""
    return [
        (at / DAY_S, str(event.instrument_id.symbol), side, size)
        for (at, side, _, size), event in zip(played.fills, played.fill_events, strict=True)
    ]


def test_it_buys_to_the_weights() -> None:
    played = run([100, 100], [50, 50])
    assert [(2, "A", "BUY", 500), (2, "B", "BUY", 800)] == trades(played)


def test_it_sells_what_has_grown_before_it_buys_what_has_fallen() -> None:
    played = run([100, 100, 60, 60], [50, 50, 70, 70])
    # Worth 10,000 + 500 x 60 + 800 x 70 = 96,000 dollars: 800 and 548 are wanted.
    assert [(4, "B", "SELL", 251), (4, "A", "BUY", 300)] == trades(played)[2:]


def test_it_leaves_alone_what_is_off_by_little() -> None:
    played = run([100, 100, 101, 101], [50, 50, 50, 50])
    assert 2 == len(played.fills)
    assert 2 < len(run([100, 100, 101, 101], [50, 50, 50, 50], tolerance=Decimal(0)).fills)


def test_it_waits_for_prices() -> None:
    played = run([100, 100, 100, 100], [])
    assert {"A"} == {symbol for _, symbol, _, _ in trades(played)}


def test_weights_above_one_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to more than 1"):
        run([100], [50], weights={A: Decimal("0.6"), B: Decimal("0.5")})
