"""Daily bars of many stocks: one strategy over all or one each, with and without orders.

A variant is FORM-ORDERS-STOCKS: `one` or `each`, `quiet` or `orders` (at each tenth bar), and how
many stocks; the baseline of an order is `one-orders-1`. `merge` has no strategy at all.
"""

from __future__ import annotations

from typing import Any

from tests.bench.workload import Sample

ROWS = 500_000
COUNTED_ROWS = 30_000
VARIANTS = (
    "one-orders-1",
    "one-quiet-1",
    "one-orders-1000",
    "one-quiet-1000",
    "one-orders-3000",
    "one-quiet-3000",
    "each-orders-3000",
    "each-quiet-3000",
    "merge-quiet-1",
    "merge-quiet-1000",
)
_MOST_DAYS = 20_000  # of one stock


def prepare(variant: str, rows: int) -> dict[str, Any]:
    """Trade each tenth bar at its close, without the project."""
    from tests.bench.reference import rotate

    form, stocks, days, every = _read(variant, rows)
    if form == "merge":
        return {"bars": 0, "orders": 0, "fills": 0, "balance": "1000000000"}
    from tests.bench import broad

    series = [broad.closes(number, days).tolist() for number in range(stocks)]
    return rotate(series, every, has_one_each=form == "each")


def run(variant: str, rows: int) -> Sample:
    """Trade each tenth bar."""
    from tests.bench import broad, market

    form, stocks, days, every = _read(variant, rows)
    engine = broad.engine(stocks, days)
    traders = []
    if form != "merge":
        traders = broad.strategies(stocks, every, has_one_each=form == "each")
    setup = broad.setup(engine, traders)
    seconds = market.timed(engine)
    account = engine.cache.account_for_venue(broad.VENUE)
    return Sample(
        seconds=seconds,
        rows=stocks * days,
        outcome={
            "bars": sum(each.bars for each in traders),
            "orders": sum(each.orders for each in traders),
            "fills": sum(each.fills for each in traders),
            "balance": f"{account.balance_total(broad.USD).as_decimal().normalize():f}",
        },
        notes={"setup_seconds": round(setup, 3), "days": days},
    )


def _read(variant: str, rows: int) -> tuple[str, int, int, int]:
    form, orders, stocks = variant.split("-")
    days = max(2, min(rows // int(stocks), _MOST_DAYS))
    return form, int(stocks), days, 10 if orders == "orders" else 0
