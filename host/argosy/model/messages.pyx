"""The layout of messages against which compiled code was built, looked at when this is imported."""

from argosy.model.commands import SubmitOrder
from argosy.model.events.account import AccountBalance, MarginBalance
from argosy.model.reports import AccountChange, Filled

from argosy.model.places cimport lies_as_built

PLACES = {
    SubmitOrder: (
        "causation_id", "command_id", "correlation_id", "ts_init", "client_order_id",
        "instrument_id", "book", "init", "position_id",
    ),
    Filled: (
        "causation_id", "correlation_id", "report_id", "ts_event", "change", "client_order_id",
        "instrument_id", "venue_order_id", "commission", "last_px", "last_qty",
        "liquidity_side", "position_id", "trade_id",
    ),
    AccountChange: ("balances", "flows", "margins"),
    AccountBalance: ("free", "locked", "total"),
    MarginBalance: ("initial", "instrument_id", "maintenance"),
}

cdef bint[5] _verdicts  # in the order of Kind
cdef int _kind
for _kind, (_message, _names) in enumerate(PLACES.items()):
    _verdicts[_kind] = lies_as_built(_message, _names)


cdef bint verdict(int kind) noexcept:
    """Tell whether a class lies as built."""
    return _verdicts[kind]
