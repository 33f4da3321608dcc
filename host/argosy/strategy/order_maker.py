"""What every order of a strategy has in common: whose it is, its id and its first event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Unpack

from argosy.errors import ValueRangeError
from argosy.kernel.clock import to_ns
from argosy.model.enums import (
    ContingencyType,
    OrderType,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from argosy.model.events.ids import EventIds
from argosy.model.events.order import OrderInitialized
from argosy.model.identifiers import ClientOrderId, OrderListId
from argosy.model.orders import Order, OrderList
from argosy.model.orders.types import BUILT_IN, OrderClasses
from argosy.strategy.order_ids import OrderIds
from argosy.strategy.order_options import ANY, given

if TYPE_CHECKING:
    from argosy.kernel.clock import Clock
    from argosy.model.enums import OrderSide
    from argosy.model.identifiers import ExecAlgorithmId, InstrumentId, StrategyId, TraderId
    from argosy.model.values import Price, Quantity
    from argosy.strategy.order_options import AnyOptions

_MARKET = OrderType.MARKET
_NO_TRIGGER = TriggerType.NO_TRIGGER
_NO_CONTINGENCY = ContingencyType.NO_CONTINGENCY
_NO_TRAILING_OFFSET = TrailingOffsetType.NO_TRAILING_OFFSET


class OrderMaker:
    """Name orders and make their first events.

    Parameters
    ----------
    trader_id, strategy_id : who orders
    clock : tells the time of the run
    event_ids : numbers the events
    order_classes : of which class the orders of each type are
    use_hyphens_in_client_order_ids : some venues refuse them
    """

    trader_id: TraderId
    strategy_id: StrategyId

    def __init__(
        self,
        trader_id: TraderId,
        strategy_id: StrategyId,
        clock: Clock,
        event_ids: EventIds,
        *,
        order_classes: OrderClasses = BUILT_IN,
        use_hyphens_in_client_order_ids: bool = True,
    ) -> None:
        self.trader_id = trader_id
        self.strategy_id = strategy_id
        self._timeline = clock.timeline
        self._event_ids = event_ids
        self._classes = order_classes
        self._ids = OrderIds(trader_id, strategy_id, hyphens=use_hyphens_in_client_order_ids)

    def reset(self) -> None:
        """Count ids from the beginning again."""
        self.set_client_order_id_count(0)
        self.set_order_list_id_count(0)

    def get_client_order_id_count(self) -> int:
        """Return how many order ids were given."""
        return self._ids.orders

    def get_order_list_id_count(self) -> int:
        """Return how many list ids were given."""
        return self._ids.lists

    def set_client_order_id_count(self, count: int) -> None:
        """Go on counting from a number, after a restart."""
        self._ids.orders = count

    def set_order_list_id_count(self, count: int) -> None:
        """Go on counting lists from a number, after a restart."""
        self._ids.lists = count

    def generate_client_order_id(self) -> ClientOrderId:
        """Return the next order id."""
        return self._ids.next_order_id(self._timeline.stamp())

    def generate_order_list_id(self) -> OrderListId:
        """Return the next list id."""
        return self._ids.next_list_id(self._timeline.stamp())

    def create_list(self, orders: Sequence[Order]) -> OrderList:
        """Return a list of orders that are sent together; the first stands for it."""
        return OrderList(self.generate_order_list_id(), orders)

    def create(
        self,
        order_type: OrderType,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        *,
        time_in_force: TimeInForce = TimeInForce.GTC,
        **options: Unpack[AnyOptions],
    ) -> Order:
        """Return an order of any type: the only way to make those that plugins bring.

        Raises
        ------
        UnknownNameError : an order has no such field
        """
        what = instrument_id, order_side, quantity, time_in_force
        return self._classes.order(self._init(order_type, what, given("create", ANY, (), options)))

    def _init(
        self,
        order_type: OrderType,
        what: tuple[InstrumentId, OrderSide, Quantity, TimeInForce],
        options: dict[str, Any],
    ) -> OrderInitialized:
        """Return the first event of an order.

        Parameters
        ----------
        options : its LimitOptions, and the fields of the event that its type wants; used up here
        """
        expire_time_ns = expiry_ns(options.pop("expire_time", None))
        now = self._timeline.stamp()
        instrument_id, order_side, quantity, time_in_force = what
        order_id = options.pop("client_order_id", None)
        if order_id is None:
            order_id = self._ids.next_order_id(now)
        if options.get("exec_algorithm_id") is not None:
            options["exec_spawn_id"] = order_id
        return OrderInitialized(
            self.trader_id,
            self.strategy_id,
            instrument_id,
            order_id,
            order_side,
            order_type,
            quantity,
            time_in_force,
            options.pop("post_only", False),
            options.pop("reduce_only", False),
            options.pop("quote_quantity", False),
            self._event_ids.next(),
            now,
            now,
            expire_time_ns=expire_time_ns,
            tags=tuple(options.pop("tags", None) or ()),
            **options,
        )

    def _market_init(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        time_in_force: TimeInForce,
        reduce_only: bool,  # noqa: FBT001
        quote_quantity: bool,  # noqa: FBT001
        exec_algorithm_id: ExecAlgorithmId | None,
        exec_algorithm_params: Mapping[str, Any] | None,
        tags: Sequence[str] | None,
        client_order_id: ClientOrderId | None,
    ) -> OrderInitialized:
        """Do what `_init` does; giving every field by place takes a third of the time."""
        now = self._timeline.stamp()
        order_id = client_order_id
        if order_id is None:
            order_id = self._ids.next_order_id(self._timeline.now)
        return OrderInitialized(
            self.trader_id,
            self.strategy_id,
            instrument_id,
            order_id,
            order_side,
            _MARKET,
            quantity,
            time_in_force,
            False,  # noqa: FBT003 (fields by place)
            reduce_only,
            quote_quantity,
            self._event_ids.next(),
            now,
            now,
            False,  # noqa: FBT003 (fields by place)
            None,
            None,
            _NO_TRIGGER,
            None,
            None,
            None,
            _NO_TRAILING_OFFSET,
            0,
            None,
            _NO_TRIGGER,
            None,
            _NO_CONTINGENCY,
            None,
            (),
            None,
            exec_algorithm_id,
            exec_algorithm_params,
            None if exec_algorithm_id is None else order_id,
            () if tags is None else tuple(tags),
            None,
        )


def conditions(
    trigger_price: Price | None,
    trigger_type: TriggerType,
    offset: Decimal | None = None,
    offset_type: TrailingOffsetType = TrailingOffsetType.PRICE,
    activation_price: Price | None = None,
) -> dict[str, Any]:
    """Return the fields of what triggers an order and trails, none where nothing does."""
    terms: dict[str, Any] = {}
    if trigger_price is not None or offset is not None:
        terms["trigger_price"] = trigger_price
        terms["trigger_type"] = trigger_type
    if offset is not None:
        terms["trailing_offset"] = exact(offset, "trailing_offset")
        terms["trailing_offset_type"] = offset_type
        terms["activation_price"] = activation_price
    return terms


def expiry_ns(expire_time: datetime | int | None) -> int:
    """Return a time as ns since the epoch, 0 for none."""
    if expire_time is None:
        return 0
    return expire_time if isinstance(expire_time, int) else to_ns(expire_time)


def exact(offset: Decimal | int | str | None, name: str) -> Decimal | None:
    """Return an offset as a decimal; a float is refused."""
    if isinstance(offset, float):
        raise ValueRangeError(f"{name} is a float, {offset!r}: give a Decimal, an int or a str")
    return None if offset is None else Decimal(offset)
