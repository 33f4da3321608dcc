"""The order factory of a strategy: one method for each order type, and brackets.

The arguments stand in the order that users of the field know, booleans included. What types have in
common beyond `time_in_force` are their options; those too can be given by place.
"""

# ruff: noqa: FBT001, FBT002

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Unpack

from argosy.model.enums import (
    ContingencyType,
    OrderSide,
    OrderType,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from argosy.model.orders import (
    LimitIfTouchedOrder,
    LimitOrder,
    MarketIfTouchedOrder,
    MarketToLimitOrder,
    OrderList,
    StopLimitOrder,
    StopMarketOrder,
    TrailingStopLimitOrder,
    TrailingStopMarketOrder,
)
from argosy.model.orders.types import MarketOrder
from argosy.strategy.order_maker import OrderMaker, conditions, exact
from argosy.strategy.order_options import LIMIT, SHOWN, WATCHED, given

if TYPE_CHECKING:
    from argosy.model.events.order import OrderInitialized
    from argosy.model.identifiers import ClientOrderId, ExecAlgorithmId, InstrumentId
    from argosy.model.values import Price, Quantity
    from argosy.strategy.order_options import LimitOptions, ShownOptions, WatchedOptions

_NO_TRIGGER = TriggerType.NO_TRIGGER
ENTRY = ("ENTRY",)
STOP_LOSS = ("STOP_LOSS",)
TAKE_PROFIT = ("TAKE_PROFIT",)


class OrderFactory(OrderMaker):
    """Make orders; ids are ``O-{YYYYMMDD}-{HHMMSS}-{trader tag}-{strategy tag}-{count}``."""

    def market(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        time_in_force: TimeInForce = TimeInForce.GTC,
        reduce_only: bool = False,
        quote_quantity: bool = False,
        exec_algorithm_id: ExecAlgorithmId | None = None,
        exec_algorithm_params: Mapping[str, Any] | None = None,
        tags: Sequence[str] | None = None,
        client_order_id: ClientOrderId | None = None,
    ) -> MarketOrder:
        """Return an order that executes at once, at whatever the market offers."""
        return self._market(
            self._market_init(
                instrument_id,
                order_side,
                quantity,
                time_in_force,
                reduce_only,
                quote_quantity,
                exec_algorithm_id,
                exec_algorithm_params,
                tags,
                client_order_id,
            )
        )

    def _market(self, init: OrderInitialized) -> MarketOrder:
        """Return the order of an event without the detour over its constructor."""
        order = MarketOrder.__new__(MarketOrder)
        order.begin(init)
        return order

    def limit(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        price: Price,
        time_in_force: TimeInForce = TimeInForce.GTC,
        *by_place: Any,
        **options: Unpack[LimitOptions],
    ) -> LimitOrder:
        """Return an order that executes at its price or better."""
        fields = given("limit", LIMIT, by_place, options)
        fields["price"] = price
        what = instrument_id, order_side, quantity, time_in_force
        return LimitOrder(self._init(OrderType.LIMIT, what, fields))

    def stop_market(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        trigger_price: Price,
        trigger_type: TriggerType = TriggerType.DEFAULT,
        time_in_force: TimeInForce = TimeInForce.GTC,
        *by_place: Any,
        **options: Unpack[WatchedOptions],
    ) -> StopMarketOrder:
        """Return an order that becomes a market order at a worse price than the market's."""
        fields = given("stop_market", WATCHED, by_place, options)
        fields |= {"trigger_price": trigger_price, "trigger_type": trigger_type}
        what = instrument_id, order_side, quantity, time_in_force
        return StopMarketOrder(self._init(OrderType.STOP_MARKET, what, fields))

    def stop_limit(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        price: Price,
        trigger_price: Price,
        trigger_type: TriggerType = TriggerType.DEFAULT,
        time_in_force: TimeInForce = TimeInForce.GTC,
        *by_place: Any,
        **options: Unpack[LimitOptions],
    ) -> StopLimitOrder:
        """Return an order that becomes a limit order at a worse price than the market's."""
        fields = given("stop_limit", LIMIT, by_place, options)
        fields |= {"price": price, "trigger_price": trigger_price, "trigger_type": trigger_type}
        what = instrument_id, order_side, quantity, time_in_force
        return StopLimitOrder(self._init(OrderType.STOP_LIMIT, what, fields))

    def market_to_limit(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        time_in_force: TimeInForce = TimeInForce.GTC,
        *by_place: Any,
        **options: Unpack[ShownOptions],
    ) -> MarketToLimitOrder:
        """Return a market order whose rest stays at the price of its first fill."""
        fields = given("market_to_limit", SHOWN, by_place, options)
        what = instrument_id, order_side, quantity, time_in_force
        return MarketToLimitOrder(self._init(OrderType.MARKET_TO_LIMIT, what, fields))

    def market_if_touched(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        trigger_price: Price,
        trigger_type: TriggerType = TriggerType.DEFAULT,
        time_in_force: TimeInForce = TimeInForce.GTC,
        *by_place: Any,
        **options: Unpack[WatchedOptions],
    ) -> MarketIfTouchedOrder:
        """Return an order that becomes a market order at a better price than the market's."""
        fields = given("market_if_touched", WATCHED, by_place, options)
        fields |= {"trigger_price": trigger_price, "trigger_type": trigger_type}
        what = instrument_id, order_side, quantity, time_in_force
        return MarketIfTouchedOrder(self._init(OrderType.MARKET_IF_TOUCHED, what, fields))

    def limit_if_touched(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        price: Price,
        trigger_price: Price,
        trigger_type: TriggerType = TriggerType.DEFAULT,
        time_in_force: TimeInForce = TimeInForce.GTC,
        *by_place: Any,
        **options: Unpack[LimitOptions],
    ) -> LimitIfTouchedOrder:
        """Return an order that becomes a limit order at a better price than the market's."""
        fields = given("limit_if_touched", LIMIT, by_place, options)
        fields |= {"price": price, "trigger_price": trigger_price, "trigger_type": trigger_type}
        what = instrument_id, order_side, quantity, time_in_force
        return LimitIfTouchedOrder(self._init(OrderType.LIMIT_IF_TOUCHED, what, fields))

    def trailing_stop_market(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        trailing_offset: Decimal,
        activation_price: Price | None = None,
        trigger_price: Price | None = None,
        trigger_type: TriggerType = TriggerType.DEFAULT,
        trailing_offset_type: TrailingOffsetType = TrailingOffsetType.PRICE,
        time_in_force: TimeInForce = TimeInForce.GTC,
        *by_place: Any,
        **options: Unpack[WatchedOptions],
    ) -> TrailingStopMarketOrder:
        """Return a stop market order whose trigger price follows the market."""
        fields = given("trailing_stop_market", WATCHED, by_place, options)
        fields |= {
            "trailing_offset": exact(trailing_offset, "trailing_offset"),
            "activation_price": activation_price,
            "trigger_price": trigger_price,
            "trigger_type": trigger_type,
            "trailing_offset_type": trailing_offset_type,
        }
        what = instrument_id, order_side, quantity, time_in_force
        return TrailingStopMarketOrder(self._init(OrderType.TRAILING_STOP_MARKET, what, fields))

    def trailing_stop_limit(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        limit_offset: Decimal,
        trailing_offset: Decimal,
        price: Price | None = None,
        activation_price: Price | None = None,
        trigger_price: Price | None = None,
        trigger_type: TriggerType = TriggerType.DEFAULT,
        trailing_offset_type: TrailingOffsetType = TrailingOffsetType.PRICE,
        time_in_force: TimeInForce = TimeInForce.GTC,
        *by_place: Any,
        **options: Unpack[LimitOptions],
    ) -> TrailingStopLimitOrder:
        """Return a stop limit order whose prices follow the market."""
        fields = given("trailing_stop_limit", LIMIT, by_place, options)
        fields |= {
            "limit_offset": exact(limit_offset, "limit_offset"),
            "trailing_offset": exact(trailing_offset, "trailing_offset"),
            "price": price,
            "activation_price": activation_price,
            "trigger_price": trigger_price,
            "trigger_type": trigger_type,
            "trailing_offset_type": trailing_offset_type,
        }
        what = instrument_id, order_side, quantity, time_in_force
        return TrailingStopLimitOrder(self._init(OrderType.TRAILING_STOP_LIMIT, what, fields))

    def bracket(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide,
        quantity: Quantity,
        quote_quantity: bool = False,
        emulation_trigger: TriggerType = _NO_TRIGGER,
        trigger_instrument_id: InstrumentId | None = None,
        contingency_type: ContingencyType = ContingencyType.OUO,
        entry_order_type: OrderType = OrderType.MARKET,
        entry_price: Price | None = None,
        entry_trigger_price: Price | None = None,
        expire_time: datetime | int | None = None,
        time_in_force: TimeInForce = TimeInForce.GTC,
        entry_post_only: bool = False,
        entry_exec_algorithm_id: ExecAlgorithmId | None = None,
        entry_exec_algorithm_params: Mapping[str, Any] | None = None,
        entry_tags: Sequence[str] | None = None,
        entry_client_order_id: ClientOrderId | None = None,
        tp_order_type: OrderType = OrderType.LIMIT,
        tp_price: Price | None = None,
        tp_trigger_price: Price | None = None,
        tp_trigger_type: TriggerType = TriggerType.DEFAULT,
        tp_activation_price: Price | None = None,
        tp_trailing_offset: Decimal | None = None,
        tp_trailing_offset_type: TrailingOffsetType = TrailingOffsetType.PRICE,
        tp_limit_offset: Decimal | None = None,
        tp_time_in_force: TimeInForce = TimeInForce.GTC,
        tp_post_only: bool = True,
        tp_exec_algorithm_id: ExecAlgorithmId | None = None,
        tp_exec_algorithm_params: Mapping[str, Any] | None = None,
        tp_tags: Sequence[str] | None = None,
        tp_client_order_id: ClientOrderId | None = None,
        sl_order_type: OrderType = OrderType.STOP_MARKET,
        sl_trigger_price: Price | None = None,
        sl_trigger_type: TriggerType = TriggerType.DEFAULT,
        sl_activation_price: Price | None = None,
        sl_trailing_offset: Decimal | None = None,
        sl_trailing_offset_type: TrailingOffsetType = TrailingOffsetType.PRICE,
        sl_time_in_force: TimeInForce = TimeInForce.GTC,
        sl_exec_algorithm_id: ExecAlgorithmId | None = None,
        sl_exec_algorithm_params: Mapping[str, Any] | None = None,
        sl_tags: Sequence[str] | None = None,
        sl_client_order_id: ClientOrderId | None = None,
    ) -> OrderList:
        """Return an entry with the two orders that end it: stop loss (sl) and take profit (tp).

        The entry releases both as it fills. They only reduce, and are linked as `contingency_type`
        says: what fills one makes the other smaller (OUO) or cancels it (OCO). The list has the
        stop loss before the take profit, so that it is looked at first.
        """
        list_id = self.generate_order_list_id()
        entry_id = entry_client_order_id or self.generate_client_order_id()
        sl_id = sl_client_order_id or self.generate_client_order_id()
        tp_id = tp_client_order_id or self.generate_client_order_id()
        watch: dict[str, Any] = {
            "emulation_trigger": emulation_trigger,
            "trigger_instrument_id": trigger_instrument_id,
        }
        exits: dict[str, Any] = {
            **watch,
            "reduce_only": True,
            "quote_quantity": quote_quantity,
            "order_list_id": list_id,
            "contingency_type": contingency_type,
            "parent_order_id": entry_id,
        }
        exit_side = OrderSide.SELL if order_side is OrderSide.BUY else OrderSide.BUY
        entry = self._init(
            entry_order_type,
            (instrument_id, order_side, quantity, time_in_force),
            {
                "client_order_id": entry_id,
                "exec_algorithm_id": entry_exec_algorithm_id,
                "exec_algorithm_params": entry_exec_algorithm_params,
                "tags": entry_tags or ENTRY,
                "post_only": entry_post_only,
                "quote_quantity": quote_quantity,
                "price": entry_price,
                "expire_time": expire_time,
                "contingency_type": ContingencyType.OTO,
                "order_list_id": list_id,
                "linked_order_ids": (sl_id, tp_id),
                **conditions(entry_trigger_price, TriggerType.DEFAULT),
                **({} if entry_order_type is OrderType.MARKET else watch),
            },
        )
        stop = self._init(
            sl_order_type,
            (instrument_id, exit_side, quantity, sl_time_in_force),
            {
                "client_order_id": sl_id,
                "exec_algorithm_id": sl_exec_algorithm_id,
                "exec_algorithm_params": sl_exec_algorithm_params,
                "tags": sl_tags or STOP_LOSS,
                "linked_order_ids": (tp_id,),
                **conditions(
                    sl_trigger_price,
                    sl_trigger_type,
                    sl_trailing_offset,
                    sl_trailing_offset_type,
                    sl_activation_price,
                ),
                **exits,
            },
        )
        profit = self._init(
            tp_order_type,
            (instrument_id, exit_side, quantity, tp_time_in_force),
            {
                "client_order_id": tp_id,
                "exec_algorithm_id": tp_exec_algorithm_id,
                "exec_algorithm_params": tp_exec_algorithm_params,
                "tags": tp_tags or TAKE_PROFIT,
                "post_only": tp_post_only and tp_price is not None,
                "price": tp_price,
                "limit_offset": exact(tp_limit_offset, "tp_limit_offset"),
                "linked_order_ids": (sl_id,),
                **conditions(
                    tp_trigger_price,
                    tp_trigger_type,
                    tp_trailing_offset,
                    tp_trailing_offset_type,
                    tp_activation_price,
                ),
                **exits,
            },
        )
        return OrderList(list_id, [self._classes.order(init) for init in (entry, stop, profit)])
