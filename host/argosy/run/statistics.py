"""What the registered statistics are computed from: one account's curve and trades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from argosy.engine.cache import Cache
from argosy.engine.equity import Curve
from argosy.model.identifiers import Venue


@dataclass(frozen=True, eq=False)
class AccountResults:
    """One account's part of a run, in one currency.

    Parameters
    ----------
    currency : of every amount
    times : UTC ns, ascending
    equity : marked to market, one amount a time
    realized_pnls : of each closed position that settles in the currency, commissions included
    positions : the closed positions, in the order in which they were closed
    orders : all orders of the venue
    """

    currency: str
    times: Sequence[int]
    equity: Sequence[Decimal]
    realized_pnls: Sequence[Decimal]
    positions: Sequence[Any]
    orders: Sequence[Any]


def account_results(cache: Cache, venue: Venue, curve: Curve) -> AccountResults:
    """Return the results of the account of a venue."""
    closed = [
        position
        for position in [*cache.position_snapshots(), *cache.positions(venue=venue)]
        if position.is_closed
        and position.instrument_id.venue == venue
        and position.terms.settlement == curve.currency
    ]
    closed.sort(key=lambda position: (position.ts_closed, position.last_event.event_id))
    return AccountResults(
        curve.currency.code,
        curve.times,
        curve.amounts,
        [position.realized_pnl.as_decimal() for position in closed],
        closed,
        cache.orders(venue=venue),
    )
