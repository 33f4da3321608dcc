"""What the account can pay: a venue executes no more than that."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from argosy.model.events.account import AccountFlow
from argosy.model.events.order import OrderFilled
from argosy.model.identifiers import TradeId
from argosy_sim import reducing

if TYPE_CHECKING:
    from argosy.model.accounts import Account
    from argosy.model.enums import LiquiditySide
    from argosy_sim.execution import ExecutionDesk
    from argosy_sim.work import Work

_PROBE = TradeId("PROBE")


class Purse:
    """Ask a cash account how much of an execution it carries.

    Parameters
    ----------
    account : of the venue
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._unreported: deque[tuple[AccountFlow, ...]] = deque()

    def carried(
        self, desk: ExecutionDesk, work: Work, price: int, quantity: int, side: LiquiditySide
    ) -> int:
        """Return how much (raw) of a quantity the account can pay or deliver, with its fee."""
        pending = [flow for flows in self._unreported for flow in flows]

        def flows_at(raw: int) -> list[AccountFlow]:
            return [*pending, *self._flows(desk, work, price, raw, side)]

        most = quantity
        if not work.is_buy and not desk.is_delivered:
            most = min(most, max(reducing.held_by_all(desk), 0))
        if most == 0:
            return 0
        step = desk.instrument.size_increment.raw
        return self._account.largest_fill(flows_at, most, step, work.order)

    def promise(
        self, desk: ExecutionDesk, work: Work, price: int, quantity: int, side: LiquiditySide
    ) -> None:
        """Count an execution that the host has not heard of."""
        self._unreported.append(self._flows(desk, work, price, quantity, side))

    def keep(self) -> None:
        """Forget the oldest promise: the host has booked it."""
        self._unreported.popleft()

    def _flows(
        self, desk: ExecutionDesk, work: Work, price: int, quantity: int, side: LiquiditySide
    ) -> tuple[AccountFlow, ...]:
        order = work.order
        last_qty = desk.size(quantity)
        last_px = desk.price(price)
        probe = OrderFilled(
            order.trader_id,
            order.strategy_id,
            order.instrument_id,
            order.client_order_id,
            work.venue_order_id,
            self._account.id,
            _PROBE,
            None,
            order.side,
            order.order_type,
            last_qty,
            last_px,
            desk.instrument.quote_currency,
            desk.commission(work, last_qty, last_px, side),
            side,
            0,
            0,
            0,
        )
        return self._account.flows_for_fill(probe, desk.instrument)
