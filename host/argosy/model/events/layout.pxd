"""The memory of the events that compiled code reads most: a field costs a nanosecond, not twenty.

A struct of msgspec keeps the fields of its base first, each class its own in alphabetical order.
An event whose size differs is refused when the reader is imported; tests compare each place.
Add a field to an event, and add it here.
"""

cdef extern from *:
    """
    typedef struct {
        PyObject_HEAD
        PyObject *client_order_id, *instrument_id, *strategy_id, *trader_id;
        PyObject *activation_price, *contingency_type, *display_qty, *emulation_trigger,
            *event_id, *exec_algorithm_id, *exec_algorithm_params, *exec_spawn_id,
            *expire_time_ns, *limit_offset, *linked_order_ids, *options, *order_list_id,
            *order_side, *order_type, *parent_order_id, *post_only, *price, *quantity,
            *quote_quantity, *reconciliation, *reduce_only, *tags, *time_in_force,
            *trailing_offset, *trailing_offset_type, *trigger_instrument_id, *trigger_price,
            *trigger_type, *ts_event, *ts_init;
    } argosy_OrderInitialized;
    typedef struct {
        PyObject_HEAD
        PyObject *client_order_id, *instrument_id, *strategy_id, *trader_id;
        PyObject *account_id, *event_id, *reconciliation, *ts_event, *ts_init;
    } argosy_OrderSubmitted;
    typedef struct {
        PyObject_HEAD
        PyObject *client_order_id, *instrument_id, *strategy_id, *trader_id;
        PyObject *account_id, *event_id, *reconciliation, *ts_event, *ts_init, *venue_order_id;
    } argosy_OrderAccepted;
    typedef struct {
        PyObject_HEAD
        PyObject *client_order_id, *instrument_id, *strategy_id, *trader_id;
        PyObject *account_id, *commission, *currency, *event_id, *info, *last_px, *last_qty,
            *liquidity_side, *order_side, *order_type, *position_id, *reconciliation, *trade_id,
            *ts_event, *ts_init, *venue_order_id;
    } argosy_OrderFilled;
    typedef struct {
        PyObject_HEAD
        PyObject *amount, *cause, *kind;
    } argosy_AccountFlow;
    """


cdef extern class argosy.model.events.order.OrderInitialized [object argosy_OrderInitialized, check_size error]:
    cdef readonly object client_order_id
    cdef readonly object instrument_id
    cdef readonly object strategy_id
    cdef readonly object trader_id
    cdef readonly object activation_price
    cdef readonly object contingency_type
    cdef readonly object display_qty
    cdef readonly object emulation_trigger
    cdef readonly object event_id
    cdef readonly object exec_algorithm_id
    cdef readonly object exec_algorithm_params
    cdef readonly object exec_spawn_id
    cdef readonly object expire_time_ns
    cdef readonly object limit_offset
    cdef readonly object linked_order_ids
    cdef readonly object options
    cdef readonly object order_list_id
    cdef readonly object order_side
    cdef readonly object order_type
    cdef readonly object parent_order_id
    cdef readonly object post_only
    cdef readonly object price
    cdef readonly object quantity
    cdef readonly object quote_quantity
    cdef readonly object reconciliation
    cdef readonly object reduce_only
    cdef readonly object tags
    cdef readonly object time_in_force
    cdef readonly object trailing_offset
    cdef readonly object trailing_offset_type
    cdef readonly object trigger_instrument_id
    cdef readonly object trigger_price
    cdef readonly object trigger_type
    cdef readonly object ts_event
    cdef readonly object ts_init


cdef extern class argosy.model.events.order.OrderSubmitted [object argosy_OrderSubmitted, check_size error]:
    cdef readonly object client_order_id
    cdef readonly object instrument_id
    cdef readonly object strategy_id
    cdef readonly object trader_id
    cdef readonly object account_id
    cdef readonly object event_id
    cdef readonly object reconciliation
    cdef readonly object ts_event
    cdef readonly object ts_init


cdef extern class argosy.model.events.order.OrderAccepted [object argosy_OrderAccepted, check_size error]:
    cdef readonly object client_order_id
    cdef readonly object instrument_id
    cdef readonly object strategy_id
    cdef readonly object trader_id
    cdef readonly object account_id
    cdef readonly object event_id
    cdef readonly object reconciliation
    cdef readonly object ts_event
    cdef readonly object ts_init
    cdef readonly object venue_order_id


cdef extern class argosy.model.events.order.OrderFilled [object argosy_OrderFilled, check_size error]:
    cdef readonly object client_order_id
    cdef readonly object instrument_id
    cdef readonly object strategy_id
    cdef readonly object trader_id
    cdef readonly object account_id
    cdef readonly object commission
    cdef readonly object currency
    cdef readonly object event_id
    cdef readonly object info
    cdef readonly object last_px
    cdef readonly object last_qty
    cdef readonly object liquidity_side
    cdef readonly object order_side
    cdef readonly object order_type
    cdef readonly object position_id
    cdef readonly object reconciliation
    cdef readonly object trade_id
    cdef readonly object ts_event
    cdef readonly object ts_init
    cdef readonly object venue_order_id


cdef extern class argosy.model.events.account.AccountFlow [object argosy_AccountFlow, check_size error]:
    cdef readonly object amount
    cdef readonly object cause
    cdef readonly object kind
