"""What a simulated venue may do one way or another, and how NautilusTrader does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PROFILES = ("argosy", "nautilus-1.221", "nautilus-1.231")

OPTIONS: Mapping[str, tuple[Any, Any, Any]] = {
    "arrivals": ("exact", "with_data", "with_data"),
    "bar_adaptive_high_low_ordering": (False, False, False),
    "bar_execution": (True, True, True),
    "bar_orders": ("now", "now", "now"),
    "expire_day_orders": (True, False, False),
    "gap_fill": ("open", "trigger", "open"),
    "halts": ("refuse", "ignore", "ignore"),
    "l1_excess": ("one_tick", "one_tick", "one_tick"),
    "liquidity_consumption": (False, False, False),
    "lock_fees": (False, False, False),
    "margin_netting": ("none", "none", "none"),
    "price_protection_points": (0, 0, 0),
    "prob_fill_on_stop": (True, True, False),
    "reject_stop_orders": (True, True, True),
    "support_gtd_orders": (True, True, True),
    "trade_book": ("reach", "set", "set"),
    "trade_execution": (True, False, True),
    "use_market_order_acks": (False, False, False),
    "use_position_ids": (True, True, True),
    "use_reduce_only": (True, True, True),
}
"""Option -> its value in each of `PROFILES`."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one venue; README.md says what each does."""

    arrivals: str = "exact"
    bar_adaptive_high_low_ordering: bool = False
    bar_execution: bool = True
    bar_orders: str = "now"
    expire_day_orders: bool = True
    gap_fill: str = "open"
    halts: str = "refuse"
    l1_excess: str = "one_tick"
    liquidity_consumption: bool = False
    lock_fees: bool = False
    margin_netting: str = "none"
    price_protection_points: int = 0
    prob_fill_on_stop: bool = True
    reject_stop_orders: bool = True
    support_gtd_orders: bool = True
    trade_book: str = "reach"
    trade_execution: bool = True
    use_market_order_acks: bool = False
    use_position_ids: bool = True
    use_reduce_only: bool = True


def options_of(profile: str, chosen: Mapping[str, Any]) -> Options:
    """Return the options of a profile, changed as chosen."""
    column = PROFILES.index(profile)
    return Options(**{name: values[column] for name, values in OPTIONS.items()} | dict(chosen))
