"""What all desks of a simulated venue share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argosy.engine.cache import Cache
    from argosy.kernel.timeline import Timeline
    from argosy.model.accounts import Account
    from argosy.model.enums import LiquiditySide
    from argosy.model.identifiers import InstrumentId, PositionId, StrategyId, Venue
    from argosy.model.orders.order import Order
    from argosy.model.values import Quantity
    from argosy_sim.desk import OrderDesk
    from argosy_sim.execution import ExecutionDesk
    from argosy_sim.fill_models import FillRules
    from argosy_sim.profiles import Options
    from argosy_sim.purse import Purse
    from argosy_sim.work import Work

PositionKey = tuple["InstrumentId", "StrategyId", "PositionId | None"]


@dataclass(slots=True)
class House:
    """The rules, models and ways of one venue.

    Parameters
    ----------
    name : of the venue
    tag : tells the runs of different seeds apart; part of every id
    reports : the engine's report methods, at once or late
    is_late : reports take time, so the host knows less than the venue
    fees, fee_is_once : the fee model, and whether an order pays once for all of its executions
    purse : what the account can pay, None where the venue need not ask
    order_types : name -> chosen conditional order type
    is_hedging : the venue keeps a position for each order that opens one
    no_short_sales : what has no balance of its own can only be sold as far as it is held
    send : takes a callable and its arguments, and calls it in the same settle
    data_arrived : called after each row of an instrument that is watched
    unreported : raw quantity of each position that the host has not heard of
    """

    name: Venue
    tag: str
    options: Options
    timeline: Timeline
    cache: Cache
    account: Account
    reports: Any
    is_late: bool
    fees: Any
    fee_is_once: bool
    fill: FillRules
    purse: Purse | None
    order_types: Mapping[str, Any]
    is_hedging: bool
    no_short_sales: bool
    send: Callable[..., None]
    data_arrived: Callable[[], None]
    desks: dict[InstrumentId, OrderDesk] = field(default_factory=dict)
    unreported: dict[PositionKey, int] = field(default_factory=dict)

    def promise(
        self, desk: ExecutionDesk, work: Work, price: int, quantity: int, side: LiquiditySide
    ) -> None:
        """Count an execution that the host has not heard of."""
        key = _key(work.order, work.position_id)
        self._count(key, quantity if work.is_buy else -quantity)
        if self.purse is not None:
            self.purse.promise(desk, work, price, quantity, side)

    def keep(self, order: Order, last_qty: Quantity, position_id: PositionId | None) -> None:
        """Count an execution no more: the host has heard of it."""
        key = _key(order, position_id)
        self._count(key, -order.sign * last_qty.raw)
        if self.purse is not None:
            self.purse.keep()

    def _count(self, key: PositionKey, signed: int) -> None:
        total = self.unreported.pop(key, 0) + signed
        if total:
            self.unreported[key] = total


def _key(order: Order, position_id: PositionId | None) -> PositionKey:
    return order.instrument_id, order.strategy_id, position_id
