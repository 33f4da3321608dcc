from decimal import Decimal

import pytest

from argosy import BarType, Quantity
from strategies.ema_cross import EMACross, EMACrossConfig
from tests.acceptance.script import PAIR, Played, bar, play

BARS = BarType.from_str(f"{PAIR}-1-MINUTE-LAST-EXTERNAL")
# Up from the fourth bar on, down from the eighth, up from the twelfth.
CLOSES = [100, 100, 100, 110, 120, 130, 140, 110, 80, 60, 50, 90, 120, 150]


def config(**more: object) -> EMACrossConfig:
    usual = {"instrument": PAIR, "bar_type": BARS, "trade_size": Quantity.from_int(10_000)}
    return EMACrossConfig(**{**usual, "fast": 2, "slow": 3, **more})


def run(**more: object) -> Played:
    data = [bar(60 * number, (150_000 + close,) * 4) for number, close in enumerate(CLOSES, 1)]
    return play(data, strategies=[EMACross(config(**more))])


def crosses() -> list[tuple[float, bool]]:
    """Return when the averages cross, and whether the fast one is above then."""
    fast = slow = float(CLOSES[0])
    found: list[tuple[float, bool]] = []
    for number, close in enumerate(CLOSES, 1):
        fast += (close - fast) * 2 / 3
        slow += (close - slow) * 2 / 4
        if number >= 3 and (not found or found[-1][1] is not (fast > slow)):
            found.append((60.0 * number, fast > slow))
    return found


def test_it_is_long_while_the_fast_average_is_above() -> None:
    (_, was_above), *later = crosses()
    assert not was_above  # flat already: nothing to do
    *fills, last = run().fills
    expected = [(at, "BUY" if is_above else "SELL") for at, is_above in later]
    assert expected == [(at, side) for at, side, _, _ in fills]
    assert {10_000} == {size for _, _, _, size in fills}
    assert (60 * len(CLOSES), "SELL") == last[:2]


def test_it_goes_short_where_it_may() -> None:
    sizes = [size for _, _, _, size in run(short=True).fills]
    assert [10_000, *[20_000] * (len(sizes) - 2), 10_000] == sizes


@pytest.mark.parametrize("short", [False, True])
def test_it_leaves_nothing_open(short: bool) -> None:  # noqa: FBT001
    played = run(short=short)
    assert [] == played.engine.cache.positions_open()
    assert Decimal(0) == played.engine.portfolio.net_position(PAIR)


def test_periods_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match=r"fast was 5; it must be below slow \(3\)"):
        EMACross(config(fast=5))
