"""The events that compiled code reads most, with the place of each of their fields.

A struct of msgspec keeps the fields of its base first, each class its own in alphabetical order. That
is looked at when `argosy.model.events.layout` is imported; a class that lies otherwise, in another
msgspec, is read by name from then on. Add a field to an event, and add it here.
"""

from argosy.model.places cimport argosy_at

cdef extern from *:
    """
    typedef PyObject argosy_OrderInitialized, argosy_OrderSubmitted, argosy_OrderAccepted,
        argosy_OrderFilled, argosy_AccountFlow;
    static signed char argosy_events[5];  /* of each class: 0 not asked yet, 1 as built, -1 not */
    """
    signed char argosy_events[5]

cdef enum Kind:
    INITIALIZED
    SUBMITTED
    ACCEPTED
    FILLED
    FLOW


cdef bint verdict(int kind) noexcept


cdef inline bint as_built(int kind) noexcept:
    """Tell whether a class is read by places; each module asks once."""
    if argosy_events[kind] > 0:
        return True
    if argosy_events[kind] == 0:
        argosy_events[kind] = 1 if verdict(kind) else -1
    return argosy_events[kind] > 0


cdef extern class argosy.model.events.order.OrderInitialized [object argosy_OrderInitialized, check_size ignore]:
    @property
    cdef inline object client_order_id(self):
        return <object>argosy_at(self, 0) if as_built(INITIALIZED) else (<object>self).client_order_id
    @property
    cdef inline object instrument_id(self):
        return <object>argosy_at(self, 1) if as_built(INITIALIZED) else (<object>self).instrument_id
    @property
    cdef inline object strategy_id(self):
        return <object>argosy_at(self, 2) if as_built(INITIALIZED) else (<object>self).strategy_id
    @property
    cdef inline object trader_id(self):
        return <object>argosy_at(self, 3) if as_built(INITIALIZED) else (<object>self).trader_id
    @property
    cdef inline object activation_price(self):
        return <object>argosy_at(self, 4) if as_built(INITIALIZED) else (<object>self).activation_price
    @property
    cdef inline object contingency_type(self):
        return <object>argosy_at(self, 5) if as_built(INITIALIZED) else (<object>self).contingency_type
    @property
    cdef inline object display_qty(self):
        return <object>argosy_at(self, 6) if as_built(INITIALIZED) else (<object>self).display_qty
    @property
    cdef inline object emulation_trigger(self):
        return <object>argosy_at(self, 7) if as_built(INITIALIZED) else (<object>self).emulation_trigger
    @property
    cdef inline object event_id(self):
        return <object>argosy_at(self, 8) if as_built(INITIALIZED) else (<object>self).event_id
    @property
    cdef inline object exec_algorithm_id(self):
        return <object>argosy_at(self, 9) if as_built(INITIALIZED) else (<object>self).exec_algorithm_id
    @property
    cdef inline object exec_algorithm_params(self):
        return <object>argosy_at(self, 10) if as_built(INITIALIZED) else (<object>self).exec_algorithm_params
    @property
    cdef inline object exec_spawn_id(self):
        return <object>argosy_at(self, 11) if as_built(INITIALIZED) else (<object>self).exec_spawn_id
    @property
    cdef inline object expire_time_ns(self):
        return <object>argosy_at(self, 12) if as_built(INITIALIZED) else (<object>self).expire_time_ns
    @property
    cdef inline object limit_offset(self):
        return <object>argosy_at(self, 13) if as_built(INITIALIZED) else (<object>self).limit_offset
    @property
    cdef inline object linked_order_ids(self):
        return <object>argosy_at(self, 14) if as_built(INITIALIZED) else (<object>self).linked_order_ids
    @property
    cdef inline object options(self):
        return <object>argosy_at(self, 15) if as_built(INITIALIZED) else (<object>self).options
    @property
    cdef inline object order_list_id(self):
        return <object>argosy_at(self, 16) if as_built(INITIALIZED) else (<object>self).order_list_id
    @property
    cdef inline object order_side(self):
        return <object>argosy_at(self, 17) if as_built(INITIALIZED) else (<object>self).order_side
    @property
    cdef inline object order_type(self):
        return <object>argosy_at(self, 18) if as_built(INITIALIZED) else (<object>self).order_type
    @property
    cdef inline object parent_order_id(self):
        return <object>argosy_at(self, 19) if as_built(INITIALIZED) else (<object>self).parent_order_id
    @property
    cdef inline object post_only(self):
        return <object>argosy_at(self, 20) if as_built(INITIALIZED) else (<object>self).post_only
    @property
    cdef inline object price(self):
        return <object>argosy_at(self, 21) if as_built(INITIALIZED) else (<object>self).price
    @property
    cdef inline object quantity(self):
        return <object>argosy_at(self, 22) if as_built(INITIALIZED) else (<object>self).quantity
    @property
    cdef inline object quote_quantity(self):
        return <object>argosy_at(self, 23) if as_built(INITIALIZED) else (<object>self).quote_quantity
    @property
    cdef inline object reconciliation(self):
        return <object>argosy_at(self, 24) if as_built(INITIALIZED) else (<object>self).reconciliation
    @property
    cdef inline object reduce_only(self):
        return <object>argosy_at(self, 25) if as_built(INITIALIZED) else (<object>self).reduce_only
    @property
    cdef inline object tags(self):
        return <object>argosy_at(self, 26) if as_built(INITIALIZED) else (<object>self).tags
    @property
    cdef inline object time_in_force(self):
        return <object>argosy_at(self, 27) if as_built(INITIALIZED) else (<object>self).time_in_force
    @property
    cdef inline object trailing_offset(self):
        return <object>argosy_at(self, 28) if as_built(INITIALIZED) else (<object>self).trailing_offset
    @property
    cdef inline object trailing_offset_type(self):
        return <object>argosy_at(self, 29) if as_built(INITIALIZED) else (<object>self).trailing_offset_type
    @property
    cdef inline object trigger_instrument_id(self):
        return <object>argosy_at(self, 30) if as_built(INITIALIZED) else (<object>self).trigger_instrument_id
    @property
    cdef inline object trigger_price(self):
        return <object>argosy_at(self, 31) if as_built(INITIALIZED) else (<object>self).trigger_price
    @property
    cdef inline object trigger_type(self):
        return <object>argosy_at(self, 32) if as_built(INITIALIZED) else (<object>self).trigger_type
    @property
    cdef inline object ts_event(self):
        return <object>argosy_at(self, 33) if as_built(INITIALIZED) else (<object>self).ts_event
    @property
    cdef inline object ts_init(self):
        return <object>argosy_at(self, 34) if as_built(INITIALIZED) else (<object>self).ts_init


cdef extern class argosy.model.events.order.OrderSubmitted [object argosy_OrderSubmitted, check_size ignore]:
    @property
    cdef inline object client_order_id(self):
        return <object>argosy_at(self, 0) if as_built(SUBMITTED) else (<object>self).client_order_id
    @property
    cdef inline object instrument_id(self):
        return <object>argosy_at(self, 1) if as_built(SUBMITTED) else (<object>self).instrument_id
    @property
    cdef inline object strategy_id(self):
        return <object>argosy_at(self, 2) if as_built(SUBMITTED) else (<object>self).strategy_id
    @property
    cdef inline object trader_id(self):
        return <object>argosy_at(self, 3) if as_built(SUBMITTED) else (<object>self).trader_id
    @property
    cdef inline object account_id(self):
        return <object>argosy_at(self, 4) if as_built(SUBMITTED) else (<object>self).account_id
    @property
    cdef inline object event_id(self):
        return <object>argosy_at(self, 5) if as_built(SUBMITTED) else (<object>self).event_id
    @property
    cdef inline object reconciliation(self):
        return <object>argosy_at(self, 6) if as_built(SUBMITTED) else (<object>self).reconciliation
    @property
    cdef inline object ts_event(self):
        return <object>argosy_at(self, 7) if as_built(SUBMITTED) else (<object>self).ts_event
    @property
    cdef inline object ts_init(self):
        return <object>argosy_at(self, 8) if as_built(SUBMITTED) else (<object>self).ts_init


cdef extern class argosy.model.events.order.OrderAccepted [object argosy_OrderAccepted, check_size ignore]:
    @property
    cdef inline object client_order_id(self):
        return <object>argosy_at(self, 0) if as_built(ACCEPTED) else (<object>self).client_order_id
    @property
    cdef inline object instrument_id(self):
        return <object>argosy_at(self, 1) if as_built(ACCEPTED) else (<object>self).instrument_id
    @property
    cdef inline object strategy_id(self):
        return <object>argosy_at(self, 2) if as_built(ACCEPTED) else (<object>self).strategy_id
    @property
    cdef inline object trader_id(self):
        return <object>argosy_at(self, 3) if as_built(ACCEPTED) else (<object>self).trader_id
    @property
    cdef inline object account_id(self):
        return <object>argosy_at(self, 4) if as_built(ACCEPTED) else (<object>self).account_id
    @property
    cdef inline object event_id(self):
        return <object>argosy_at(self, 5) if as_built(ACCEPTED) else (<object>self).event_id
    @property
    cdef inline object reconciliation(self):
        return <object>argosy_at(self, 6) if as_built(ACCEPTED) else (<object>self).reconciliation
    @property
    cdef inline object ts_event(self):
        return <object>argosy_at(self, 7) if as_built(ACCEPTED) else (<object>self).ts_event
    @property
    cdef inline object ts_init(self):
        return <object>argosy_at(self, 8) if as_built(ACCEPTED) else (<object>self).ts_init
    @property
    cdef inline object venue_order_id(self):
        return <object>argosy_at(self, 9) if as_built(ACCEPTED) else (<object>self).venue_order_id


cdef extern class argosy.model.events.order.OrderFilled [object argosy_OrderFilled, check_size ignore]:
    @property
    cdef inline object client_order_id(self):
        return <object>argosy_at(self, 0) if as_built(FILLED) else (<object>self).client_order_id
    @property
    cdef inline object instrument_id(self):
        return <object>argosy_at(self, 1) if as_built(FILLED) else (<object>self).instrument_id
    @property
    cdef inline object strategy_id(self):
        return <object>argosy_at(self, 2) if as_built(FILLED) else (<object>self).strategy_id
    @property
    cdef inline object trader_id(self):
        return <object>argosy_at(self, 3) if as_built(FILLED) else (<object>self).trader_id
    @property
    cdef inline object account_id(self):
        return <object>argosy_at(self, 4) if as_built(FILLED) else (<object>self).account_id
    @property
    cdef inline object commission(self):
        return <object>argosy_at(self, 5) if as_built(FILLED) else (<object>self).commission
    @property
    cdef inline object currency(self):
        return <object>argosy_at(self, 6) if as_built(FILLED) else (<object>self).currency
    @property
    cdef inline object event_id(self):
        return <object>argosy_at(self, 7) if as_built(FILLED) else (<object>self).event_id
    @property
    cdef inline object info(self):
        return <object>argosy_at(self, 8) if as_built(FILLED) else (<object>self).info
    @property
    cdef inline object last_px(self):
        return <object>argosy_at(self, 9) if as_built(FILLED) else (<object>self).last_px
    @property
    cdef inline object last_qty(self):
        return <object>argosy_at(self, 10) if as_built(FILLED) else (<object>self).last_qty
    @property
    cdef inline object liquidity_side(self):
        return <object>argosy_at(self, 11) if as_built(FILLED) else (<object>self).liquidity_side
    @property
    cdef inline object order_side(self):
        return <object>argosy_at(self, 12) if as_built(FILLED) else (<object>self).order_side
    @property
    cdef inline object order_type(self):
        return <object>argosy_at(self, 13) if as_built(FILLED) else (<object>self).order_type
    @property
    cdef inline object position_id(self):
        return <object>argosy_at(self, 14) if as_built(FILLED) else (<object>self).position_id
    @property
    cdef inline object reconciliation(self):
        return <object>argosy_at(self, 15) if as_built(FILLED) else (<object>self).reconciliation
    @property
    cdef inline object trade_id(self):
        return <object>argosy_at(self, 16) if as_built(FILLED) else (<object>self).trade_id
    @property
    cdef inline object ts_event(self):
        return <object>argosy_at(self, 17) if as_built(FILLED) else (<object>self).ts_event
    @property
    cdef inline object ts_init(self):
        return <object>argosy_at(self, 18) if as_built(FILLED) else (<object>self).ts_init
    @property
    cdef inline object venue_order_id(self):
        return <object>argosy_at(self, 19) if as_built(FILLED) else (<object>self).venue_order_id


cdef extern class argosy.model.events.account.AccountFlow [object argosy_AccountFlow, check_size ignore]:
    @property
    cdef inline object amount(self):
        return <object>argosy_at(self, 0) if as_built(FLOW) else (<object>self).amount
    @property
    cdef inline object cause(self):
        return <object>argosy_at(self, 1) if as_built(FLOW) else (<object>self).cause
    @property
    cdef inline object kind(self):
        return <object>argosy_at(self, 2) if as_built(FLOW) else (<object>self).kind
