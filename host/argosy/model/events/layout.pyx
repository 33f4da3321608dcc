"""The layout of events against which compiled code was built, looked at when this is imported."""

from argosy.model.events.account import AccountFlow
from argosy.model.events.order import OrderAccepted, OrderFilled, OrderInitialized, OrderSubmitted

from argosy.model.places cimport lies_as_built

PLACES = {
    OrderInitialized: (
        "client_order_id", "instrument_id", "strategy_id", "trader_id", "activation_price",
        "contingency_type", "display_qty", "emulation_trigger", "event_id", "exec_algorithm_id",
        "exec_algorithm_params", "exec_spawn_id", "expire_time_ns", "limit_offset",
        "linked_order_ids", "options", "order_list_id", "order_side", "order_type",
        "parent_order_id", "post_only", "price", "quantity", "quote_quantity", "reconciliation",
        "reduce_only", "tags", "time_in_force", "trailing_offset", "trailing_offset_type",
        "trigger_instrument_id", "trigger_price", "trigger_type", "ts_event", "ts_init",
    ),
    OrderSubmitted: (
        "client_order_id", "instrument_id", "strategy_id", "trader_id", "account_id",
        "event_id", "reconciliation", "ts_event", "ts_init",
    ),
    OrderAccepted: (
        "client_order_id", "instrument_id", "strategy_id", "trader_id", "account_id",
        "event_id", "reconciliation", "ts_event", "ts_init", "venue_order_id",
    ),
    OrderFilled: (
        "client_order_id", "instrument_id", "strategy_id", "trader_id", "account_id",
        "commission", "currency", "event_id", "info", "last_px", "last_qty", "liquidity_side",
        "order_side", "order_type", "position_id", "reconciliation", "trade_id", "ts_event",
        "ts_init", "venue_order_id",
    ),
    AccountFlow: (
        "amount", "cause", "kind",
    ),
}

cdef bint[5] _verdicts  # in the order of Kind
cdef int _kind
for _kind, (_event, _names) in enumerate(PLACES.items()):
    _verdicts[_kind] = lies_as_built(_event, _names)


cdef bint verdict(int kind) noexcept:
    """Tell whether a class lies as built."""
    return _verdicts[kind]
