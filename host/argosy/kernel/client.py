"""What an execution client is: the way to one venue, simulated or live."""

from __future__ import annotations

from typing import Any

from argosy.errors import RunError
from argosy.kernel.timeline import Settler
from argosy.model.enums import OmsType
from argosy.model.identifiers import AccountId, PositionId, Venue
from argosy.model.orders.lists import OrderList
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity


class ExecutionClient(Settler):
    """Take orders to one venue, and tell the execution engine what became of them.

    A client reports through the engine's methods `accepted`, `rejected`, `canceled`, `expired`,
    `triggered`, `updated`, `modify_rejected`, `cancel_rejected` and `filled`. Commands arrive from
    inside handlers, so a client queues them until it is settled; it never reports from inside a
    command.

    Parameters
    ----------
    venue : the venue that orders are routed by
    account_id : the account that they trade on
    oms_type : how the venue keeps positions: NETTING or HEDGING
    """

    def __init__(self, venue: Venue, account_id: AccountId, oms_type: OmsType) -> None:
        self.venue = venue
        self.account_id = account_id
        self.oms_type = oms_type

    def submit_order(self, order: Order, position_id: PositionId | None) -> None:
        """Send an order."""
        raise self._unsupported("submit_order")

    def submit_order_list(self, order_list: OrderList, position_id: PositionId | None) -> None:
        """Send the orders of a list together."""
        for order in order_list.orders:
            self.submit_order(order, position_id)

    def modify_order(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> None:
        """Ask for another quantity or price; None keeps what the order has."""
        raise self._unsupported("modify_order")

    def cancel_order(self, order: Order) -> None:
        """Ask for an order to be withdrawn."""
        raise self._unsupported("cancel_order")

    def _unsupported(self, name: str) -> Any:
        return RunError(f"the execution client of {self.venue} does not offer {name}")
