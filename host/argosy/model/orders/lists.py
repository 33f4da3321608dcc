"""Orders that are sent together."""

from __future__ import annotations

from collections.abc import Sequence

from argosy.errors import InputError
from argosy.model.identifiers import InstrumentId, OrderListId, StrategyId
from argosy.model.orders.order import Order


class OrderList:
    """Orders of one venue that belong together, such as a bracket.

    Parameters
    ----------
    order_list_id : its name
    orders : at least one; the first stands for the list where one instrument is wanted
    """

    __slots__ = ("id", "orders")

    def __init__(self, order_list_id: OrderListId, orders: Sequence[Order]) -> None:
        place = f"order list {order_list_id}"
        if not orders:
            raise InputError("it has no orders", place=place, cure="Give at least one")
        venues = sorted({order.instrument_id.venue for order in orders})
        if len(venues) > 1:
            raise InputError(
                f"its orders are for {', '.join(venues)}", place=place, cure="Make a list per venue"
            )
        strategies = sorted({order.strategy_id for order in orders})
        if len(strategies) > 1:
            raise InputError(
                f"its orders are of {', '.join(strategies)}",
                place=place,
                cure="One strategy, one list",
            )
        self.id = order_list_id
        self.orders = tuple(orders)

    @property
    def first(self) -> Order:
        """The order that stands for the list."""
        return self.orders[0]

    @property
    def instrument_id(self) -> InstrumentId:
        """The instrument of the first order."""
        return self.first.instrument_id

    @property
    def strategy_id(self) -> StrategyId:
        """The strategy of all orders."""
        return self.first.strategy_id

    @property
    def ts_init(self) -> int:
        """When the first order was made (ns)."""
        return self.first.ts_init

    def __len__(self) -> int:
        return len(self.orders)

    def __repr__(self) -> str:
        return f"OrderList({self.id}, {len(self.orders)} orders of {self.instrument_id})"
