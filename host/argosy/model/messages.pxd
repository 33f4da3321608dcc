"""The messages that compiled code reads most, as `argosy.model.events.layout` has events.

Add a field to a message, and add it here.
"""

from argosy.model.places cimport argosy_at

cdef extern from *:
    """
    typedef PyObject argosy_SubmitOrder, argosy_Filled, argosy_AccountChange;
    typedef PyObject argosy_AccountBalance, argosy_MarginBalance;
    static signed char argosy_messages[5];  /* of each class: 0 not asked yet, 1 as built, -1 not */
    """
    signed char argosy_messages[5]

cdef enum Kind:
    SUBMIT_ORDER
    FILLED
    ACCOUNT_CHANGE
    ACCOUNT_BALANCE
    MARGIN_BALANCE


cdef bint verdict(int kind) noexcept


cdef inline bint as_built(int kind) noexcept:
    """Tell whether a class is read by places; each module asks once."""
    if argosy_messages[kind] > 0:
        return True
    if argosy_messages[kind] == 0:
        argosy_messages[kind] = 1 if verdict(kind) else -1
    return argosy_messages[kind] > 0


cdef extern class argosy.model.commands.SubmitOrder [object argosy_SubmitOrder, check_size ignore]:
    @property
    cdef inline object causation_id(self):
        return <object>argosy_at(self, 0) if as_built(SUBMIT_ORDER) else (<object>self).causation_id
    @property
    cdef inline object command_id(self):
        return <object>argosy_at(self, 1) if as_built(SUBMIT_ORDER) else (<object>self).command_id
    @property
    cdef inline object correlation_id(self):
        return <object>argosy_at(self, 2) if as_built(SUBMIT_ORDER) else (<object>self).correlation_id
    @property
    cdef inline object ts_init(self):
        return <object>argosy_at(self, 3) if as_built(SUBMIT_ORDER) else (<object>self).ts_init
    @property
    cdef inline object client_order_id(self):
        return <object>argosy_at(self, 4) if as_built(SUBMIT_ORDER) else (<object>self).client_order_id
    @property
    cdef inline object instrument_id(self):
        return <object>argosy_at(self, 5) if as_built(SUBMIT_ORDER) else (<object>self).instrument_id
    @property
    cdef inline object book(self):
        return <object>argosy_at(self, 6) if as_built(SUBMIT_ORDER) else (<object>self).book
    @property
    cdef inline object init(self):
        return <object>argosy_at(self, 7) if as_built(SUBMIT_ORDER) else (<object>self).init
    @property
    cdef inline object position_id(self):
        return <object>argosy_at(self, 8) if as_built(SUBMIT_ORDER) else (<object>self).position_id


cdef extern class argosy.model.reports.Filled [object argosy_Filled, check_size ignore]:
    @property
    cdef inline object causation_id(self):
        return <object>argosy_at(self, 0) if as_built(FILLED) else (<object>self).causation_id
    @property
    cdef inline object correlation_id(self):
        return <object>argosy_at(self, 1) if as_built(FILLED) else (<object>self).correlation_id
    @property
    cdef inline object report_id(self):
        return <object>argosy_at(self, 2) if as_built(FILLED) else (<object>self).report_id
    @property
    cdef inline object ts_event(self):
        return <object>argosy_at(self, 3) if as_built(FILLED) else (<object>self).ts_event
    @property
    cdef inline object change(self):
        return <object>argosy_at(self, 4) if as_built(FILLED) else (<object>self).change
    @property
    cdef inline object client_order_id(self):
        return <object>argosy_at(self, 5) if as_built(FILLED) else (<object>self).client_order_id
    @property
    cdef inline object instrument_id(self):
        return <object>argosy_at(self, 6) if as_built(FILLED) else (<object>self).instrument_id
    @property
    cdef inline object venue_order_id(self):
        return <object>argosy_at(self, 7) if as_built(FILLED) else (<object>self).venue_order_id
    @property
    cdef inline object commission(self):
        return <object>argosy_at(self, 8) if as_built(FILLED) else (<object>self).commission
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
    cdef inline object position_id(self):
        return <object>argosy_at(self, 12) if as_built(FILLED) else (<object>self).position_id
    @property
    cdef inline object trade_id(self):
        return <object>argosy_at(self, 13) if as_built(FILLED) else (<object>self).trade_id


cdef extern class argosy.model.reports.AccountChange [object argosy_AccountChange, check_size ignore]:
    @property
    cdef inline object balances(self):
        return <object>argosy_at(self, 0) if as_built(ACCOUNT_CHANGE) else (<object>self).balances
    @property
    cdef inline object flows(self):
        return <object>argosy_at(self, 1) if as_built(ACCOUNT_CHANGE) else (<object>self).flows
    @property
    cdef inline object margins(self):
        return <object>argosy_at(self, 2) if as_built(ACCOUNT_CHANGE) else (<object>self).margins


cdef extern class argosy.model.events.account.AccountBalance [object argosy_AccountBalance, check_size ignore]:
    @property
    cdef inline object free(self):
        return <object>argosy_at(self, 0) if as_built(ACCOUNT_BALANCE) else (<object>self).free
    @property
    cdef inline object locked(self):
        return <object>argosy_at(self, 1) if as_built(ACCOUNT_BALANCE) else (<object>self).locked
    @property
    cdef inline object total(self):
        return <object>argosy_at(self, 2) if as_built(ACCOUNT_BALANCE) else (<object>self).total


cdef extern class argosy.model.events.account.MarginBalance [object argosy_MarginBalance, check_size ignore]:
    @property
    cdef inline object initial(self):
        return <object>argosy_at(self, 0) if as_built(MARGIN_BALANCE) else (<object>self).initial
    @property
    cdef inline object instrument_id(self):
        return <object>argosy_at(self, 1) if as_built(MARGIN_BALANCE) else (<object>self).instrument_id
    @property
    cdef inline object maintenance(self):
        return <object>argosy_at(self, 2) if as_built(MARGIN_BALANCE) else (<object>self).maintenance
