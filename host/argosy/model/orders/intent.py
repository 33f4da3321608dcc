"""What the maker of an order said: the part of an order that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from argosy.model.enums import ContingencyType, OrderSide, OrderType

if TYPE_CHECKING:
    from argosy.model.enums import (
        TimeInForce,
        TrailingOffsetType,
        TriggerType,
    )
    from argosy.model.events.order import OrderInitialized
    from argosy.model.identifiers import (
        ClientOrderId,
        ExecAlgorithmId,
        InstrumentId,
        OrderListId,
        StrategyId,
        TraderId,
    )
    from argosy.model.values import Price, Quantity

_BUY = OrderSide.BUY


class OrderIntent:
    """What an order was made to do, read from its first event; what is read often is a field."""

    init: OrderInitialized
    strategy_id: StrategyId
    instrument_id: InstrumentId
    client_order_id: ClientOrderId
    side: OrderSide
    order_type: OrderType
    time_in_force: TimeInForce
    sign: int
    is_post_only: bool
    is_reduce_only: bool
    ts_init: int

    def intend(self, init: OrderInitialized) -> int:
        """Set the fields; compiled callers skip the constructor."""
        self.init = init
        self.strategy_id = init.strategy_id
        self.instrument_id = init.instrument_id
        self.client_order_id = init.client_order_id
        self.side = init.order_side
        self.order_type = init.order_type
        self.time_in_force = init.time_in_force
        self.sign = 1 if self.side is _BUY else -1
        self.is_post_only = init.post_only
        self.is_reduce_only = init.reduce_only
        self.ts_init = init.ts_init
        return 0

    @property
    def is_buy(self) -> bool:
        """Whether it buys."""
        return self.sign > 0

    @property
    def is_sell(self) -> bool:
        """Whether it sells."""
        return self.sign < 0

    @property
    def is_aggressive(self) -> bool:
        """Whether it is to execute at once, at whatever the market offers."""
        return self.order_type is OrderType.MARKET

    @property
    def is_passive(self) -> bool:
        """Whether it may rest."""
        return self.order_type is not OrderType.MARKET

    @property
    def trader_id(self) -> TraderId:
        """Who trades."""
        return self.init.trader_id

    @property
    def trigger_type(self) -> TriggerType:
        """Which price triggers it."""
        return self.init.trigger_type

    @property
    def activation_price(self) -> Price | None:
        """The price from which a trailing order trails; None: at once."""
        return self.init.activation_price

    @property
    def limit_offset(self) -> Decimal | None:
        """How far the limit of a trailing order stays from the market."""
        return self.init.limit_offset

    @property
    def trailing_offset(self) -> Decimal | None:
        """How far the trigger of a trailing order stays from the market."""
        return self.init.trailing_offset

    @property
    def trailing_offset_type(self) -> TrailingOffsetType:
        """The unit of both offsets."""
        return self.init.trailing_offset_type

    @property
    def expire_time_ns(self) -> int:
        """When a GTD order ends, 0 for others."""
        return self.init.expire_time_ns

    @property
    def display_qty(self) -> Quantity | None:
        """How much of it a book shows; None: all."""
        return self.init.display_qty

    @property
    def emulation_trigger(self) -> TriggerType:
        """Which price the host watches for it, NO_TRIGGER where the venue does."""
        return self.init.emulation_trigger

    @property
    def trigger_instrument_id(self) -> InstrumentId | None:
        """The instrument whose price triggers it; None: its own."""
        return self.init.trigger_instrument_id

    @property
    def contingency_type(self) -> ContingencyType:
        """How it acts on the orders linked to it."""
        return self.init.contingency_type

    @property
    def is_contingency(self) -> bool:
        """Whether it acts on other orders."""
        return self.init.contingency_type is not ContingencyType.NO_CONTINGENCY

    @property
    def is_parent_order(self) -> bool:
        """Whether it releases other orders as it fills."""
        return self.init.contingency_type is ContingencyType.OTO

    @property
    def is_child_order(self) -> bool:
        """Whether another order releases it."""
        return self.init.parent_order_id is not None

    @property
    def order_list_id(self) -> OrderListId | None:
        """The list that it is part of."""
        return self.init.order_list_id

    @property
    def linked_order_ids(self) -> tuple[ClientOrderId, ...]:
        """The orders that it acts on."""
        return self.init.linked_order_ids

    @property
    def parent_order_id(self) -> ClientOrderId | None:
        """The order that releases it."""
        return self.init.parent_order_id

    @property
    def exec_algorithm_id(self) -> ExecAlgorithmId | None:
        """The execution algorithm that works it."""
        return self.init.exec_algorithm_id

    @property
    def exec_algorithm_params(self) -> Mapping[str, Any] | None:
        """What its algorithm was told."""
        return self.init.exec_algorithm_params

    @property
    def exec_spawn_id(self) -> ClientOrderId | None:
        """The order that an algorithm cut it out of."""
        return self.init.exec_spawn_id

    @property
    def is_primary(self) -> bool:
        """Whether an algorithm works it, as the order that it was given."""
        return self.init.exec_spawn_id is not None and not self.is_spawned

    @property
    def is_spawned(self) -> bool:
        """Whether an algorithm cut it out of another order."""
        given = self.init.exec_spawn_id
        return given is not None and given != self.client_order_id

    @property
    def tags(self) -> tuple[str, ...]:
        """What its maker wrote on it."""
        return self.init.tags

    @property
    def options(self) -> Mapping[str, Any] | None:
        """What a plugin's order type was told."""
        return self.init.options
