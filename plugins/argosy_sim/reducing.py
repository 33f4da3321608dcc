"""Reduce-only orders: they follow the position and never open or flip one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argosy.model.position import Position
    from argosy_sim.execution import ExecutionDesk
    from argosy_sim.work import Work


def held(desk: ExecutionDesk, work: Work) -> int:
    """Return the position that an order could reduce: signed, raw, in whole increments.

    Where the venue hedges it is the position that the order was sent for; else what its strategy
    holds of the instrument.
    """
    house = desk.house
    strategy_id = work.order.strategy_id
    if house.is_hedging or work.position_id is not None:
        if work.position_id is None:
            return 0
        position = house.cache.open_position(work.position_id)
        positions: Iterable[Position] = () if position is None else (position,)
    else:
        positions = house.cache.positions_open(
            instrument_id=desk.instrument.id, strategy_id=strategy_id
        )
    key = (desk.instrument.id, strategy_id, work.position_id)
    return _whole(desk, positions, house.unreported.get(key, 0))


def held_by_all(desk: ExecutionDesk) -> int:
    """Return what all strategies together hold of the instrument: signed, raw."""
    house = desk.house
    instrument_id = desk.instrument.id
    pending = sum(raw for key, raw in house.unreported.items() if key[0] == instrument_id)
    return _whole(desk, house.cache.positions_open(instrument_id=instrument_id), pending)


def reducible(desk: ExecutionDesk, work: Work) -> int:
    """Return how much (raw) of the position an order may close; 0 if it would enlarge it."""
    signed = held(desk, work)
    return max(-signed if work.is_buy else signed, 0)


def follow(desk: ExecutionDesk, executed: Work) -> None:
    """Fit the resting reduce-only orders of a position that an execution has changed.

    They shrink with it and end with it; they never grow.
    """
    for work in list(desk.reducing.values()):
        if work.is_done or work.order.strategy_id != executed.order.strategy_id:
            continue
        if work.in_quote:
            continue  # its quantity is not known before it is triggered
        most = reducible(desk, work)
        if most == 0:
            desk.cancel(work, "REDUCE_ONLY_NO_POSITION")
        elif work.left > most:
            work.quantity = work.filled + most
            desk.tell_quantity(work)


def _whole(desk: ExecutionDesk, positions: Iterable[Position], pending: int) -> int:
    total = pending
    for position in positions:
        finer = position.size_precision - desk.size_precision
        size = abs(position.signed_raw) // 10**finer
        total += size if position.signed_raw > 0 else -size
    step = desk.instrument.size_increment.raw
    return total // step * step if total >= 0 else -(-total // step * step)
