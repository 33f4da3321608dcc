"""The memory of the messages that compiled code reads most, as `argosy.model.events.layout` has events.

A struct of msgspec keeps the fields of its base first, each class its own in alphabetical order.
"""

cdef extern from *:
    """
    typedef struct {
        PyObject_HEAD
        PyObject *causation_id, *command_id, *correlation_id, *ts_init;
        PyObject *client_order_id, *instrument_id;
        PyObject *book, *init, *position_id;
    } argosy_SubmitOrder;
    typedef struct {
        PyObject_HEAD
        PyObject *causation_id, *correlation_id, *report_id, *ts_event;
        PyObject *change, *client_order_id, *instrument_id, *venue_order_id;
        PyObject *commission, *last_px, *last_qty, *liquidity_side, *position_id, *trade_id;
    } argosy_Filled;
    """


cdef extern class argosy.model.commands.SubmitOrder [object argosy_SubmitOrder, check_size error]:
    cdef readonly object causation_id
    cdef readonly object command_id
    cdef readonly object correlation_id
    cdef readonly object ts_init
    cdef readonly object client_order_id
    cdef readonly object instrument_id
    cdef readonly object book
    cdef readonly object init
    cdef readonly object position_id


cdef extern class argosy.model.reports.Filled [object argosy_Filled, check_size error]:
    cdef readonly object causation_id
    cdef readonly object correlation_id
    cdef readonly object report_id
    cdef readonly object ts_event
    cdef readonly object change
    cdef readonly object client_order_id
    cdef readonly object instrument_id
    cdef readonly object venue_order_id
    cdef readonly object commission
    cdef readonly object last_px
    cdef readonly object last_qty
    cdef readonly object liquidity_side
    cdef readonly object position_id
    cdef readonly object trade_id
