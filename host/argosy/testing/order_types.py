"""What every order type's trigger keeps to, checked over random prices."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from argosy.kernel.matching import MatchingCore
from argosy.kernel.timeline import NEVER
from argosy.kernel.trigger import WATCH_ASK, WATCH_BID, WATCH_LAST, WATCH_MID, Trigger
from argosy.model.enums import OrderSide, OrderType, TriggerType
from argosy.model.values import Price
from argosy.testing.fee_models import market_order
from argosy.testing.instruments import default_fx_ccy

if TYPE_CHECKING:
    from argosy.model.events.order import OrderInitialized

UPDATES = 3_000
WATCHED = WATCH_BID | WATCH_ASK | WATCH_LAST | WATCH_MID


class RecordingCore(MatchingCore):
    """A matching core that writes down what fired: raw price and time."""

    def __init__(self) -> None:
        super().__init__()
        self.fired_at: list[tuple[int, int]] = []

    def on_fired(self, trigger: Trigger, price: int, ts: int) -> bool:
        """Write it down; the trigger is done."""
        self.fired_at.append((price, ts))
        return False


def check_order_type(build: Callable[[], Trigger], *, around: int, width: int = 50) -> None:
    """Check a trigger over random prices: that it waits somewhere, fires once, and can be removed.

    An interpreted trigger is also asked at every update, whatever its levels say; it has to fire
    at the same moment: levels that are too far would make it fire late.

    Parameters
    ----------
    build : makes the trigger anew each time
    around : raw price at which the random prices begin
    width : raw; how far they go at most

    Raises
    ------
    AssertionError : says what is wrong
    """
    trigger = build()
    assert trigger.watch & WATCHED, f"{trigger!r} watches no price"
    assert trigger.above != NEVER or trigger.below != -NEVER, f"{trigger!r} waits for nothing"
    fired = 0
    for seed in range(10):
        prices = _walk(seed, around, width)
        core = _run(build(), prices)
        fired += len(core.fired_at)
        assert len(core.fired_at) <= 1, f"{trigger!r} fired {len(core.fired_at)} times"
        assert core.resting == 1 - len(core.fired_at), f"{trigger!r} rests on after it fired"
        assert _run(build(), prices).fired_at == core.fired_at, f"{trigger!r} is not deterministic"
        if type(trigger).on_touch is not Trigger.on_touch:
            _check_levels(build, prices, core)
    assert fired, f"{trigger!r} never fired within {width} of {around}: choose other prices"
    _check_removal(build, _walk(0, around, width))


def conditional_order(
    order_type: str, trigger_price: str | None, *, side: OrderSide = OrderSide.BUY, **more: Any
) -> OrderInitialized:
    """Return an order of EUR/USD.SIM as it was made, to build a trigger from.

    Parameters
    ----------
    more : further fields of `OrderInitialized`
    """
    price = None if trigger_price is None else Price.from_str(trigger_price)
    return msgspec.structs.replace(
        market_order(default_fx_ccy("EUR/USD"), side),
        order_type=OrderType(order_type),
        trigger_price=price,
        trigger_type=TriggerType.DEFAULT,
        **more,
    )


def _walk(seed: int, around: int, width: int) -> list[int]:
    """Return random prices that stay within some width."""
    generator = random.Random(seed)
    price, prices = around, []
    for _ in range(UPDATES):
        step = generator.randrange(-3, 4)
        price = min(max(price + step, around - width), around + width)
        prices.append(price)
    return prices


def _run(trigger: Trigger, prices: list[int]) -> RecordingCore:
    core = RecordingCore()
    core.add(trigger)
    _feed(core, prices)
    return core


def _feed(core: MatchingCore, prices: list[int]) -> None:
    """Quote each price with a spread of one, then trade at it."""
    for ts, price in enumerate(prices):
        core.quote(price, price + 1, 1, 1, ts)
        core.trade(price, 1, 0, ts)


def _check_levels(build: Callable[[], Trigger], prices: list[int], core: RecordingCore) -> None:
    """Compare with a trigger that is asked at each update of what it watches."""
    trigger = build()
    first = None
    for ts, price in enumerate(prices):
        shown = ((WATCH_BID, price), (WATCH_ASK, price + 1), (WATCH_MID, 2 * price + 1))
        seen = [each for source, each in (*shown, (WATCH_LAST, price)) if trigger.watch & source]
        if any(trigger.on_touch(each, ts) for each in seen):
            first = ts
            break
    found = core.fired_at[0][1] if core.fired_at else None
    assert first == found, (
        f"{trigger!r} would fire at update {first} if it were asked at each, but its levels let it"
        f" fire at {found}: they are too far"
    )


def _check_removal(build: Callable[[], Trigger], prices: list[int]) -> None:
    core, trigger = RecordingCore(), build()
    core.add(trigger)
    core.remove(trigger)
    _feed(core, prices)
    assert not core.fired_at, f"{trigger!r} fired after it was removed"
