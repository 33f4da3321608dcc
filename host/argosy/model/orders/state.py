"""The state machine of orders: one literal table, and what compiled code makes of it.

An event leads to the status of its name: OrderAccepted to ACCEPTED, OrderFilled to
PARTIALLY_FILLED or FILLED. Three events have no status of their own:

- OrderUpdated ends a PENDING_UPDATE, OrderModifyRejected too, OrderCancelRejected ends a
  PENDING_CANCEL: the order is again what it was before it was pending;
- in any other status they leave it as it is. A closed order cannot be updated; an answer to a
  change or a cancel may well come when the order is closed already.

The status before a pending one is kept while pendings nest.
"""

from argosy.model.enums import OrderStatus

INITIALIZED = OrderStatus.INITIALIZED
DENIED = OrderStatus.DENIED
EMULATED = OrderStatus.EMULATED
RELEASED = OrderStatus.RELEASED
SUBMITTED = OrderStatus.SUBMITTED
ACCEPTED = OrderStatus.ACCEPTED
REJECTED = OrderStatus.REJECTED
CANCELED = OrderStatus.CANCELED
EXPIRED = OrderStatus.EXPIRED
TRIGGERED = OrderStatus.TRIGGERED
PENDING_UPDATE = OrderStatus.PENDING_UPDATE
PENDING_CANCEL = OrderStatus.PENDING_CANCEL
PARTIALLY_FILLED = OrderStatus.PARTIALLY_FILLED
FILLED = OrderStatus.FILLED

TRANSITIONS: dict[OrderStatus, tuple[OrderStatus, ...]] = {
    INITIALIZED: (
        DENIED,
        EMULATED,
        RELEASED,
        SUBMITTED,
        # The next five are for orders that came to be outside this system.
        REJECTED,
        ACCEPTED,
        CANCELED,
        EXPIRED,
        TRIGGERED,
    ),
    EMULATED: (CANCELED, EXPIRED, RELEASED),
    RELEASED: (DENIED, SUBMITTED, CANCELED),
    SUBMITTED: (
        PENDING_UPDATE,
        PENDING_CANCEL,
        REJECTED,
        CANCELED,
        ACCEPTED,
        PARTIALLY_FILLED,
        FILLED,
    ),
    ACCEPTED: (
        REJECTED,
        PENDING_UPDATE,
        PENDING_CANCEL,
        CANCELED,
        TRIGGERED,
        EXPIRED,
        PARTIALLY_FILLED,
        FILLED,
    ),
    CANCELED: (PARTIALLY_FILLED, FILLED),  # late fills really happen
    PENDING_UPDATE: (
        REJECTED,
        ACCEPTED,
        CANCELED,
        EXPIRED,
        TRIGGERED,
        SUBMITTED,  # stays PENDING_UPDATE
        PENDING_UPDATE,
        PENDING_CANCEL,
        PARTIALLY_FILLED,
        FILLED,
    ),
    PENDING_CANCEL: (
        REJECTED,
        PENDING_CANCEL,
        CANCELED,
        EXPIRED,
        ACCEPTED,
        PARTIALLY_FILLED,
        FILLED,
    ),
    TRIGGERED: (
        REJECTED,
        PENDING_UPDATE,
        PENDING_CANCEL,
        CANCELED,
        EXPIRED,
        PARTIALLY_FILLED,
        FILLED,
    ),
    PARTIALLY_FILLED: (
        PENDING_UPDATE,
        PENDING_CANCEL,
        CANCELED,
        EXPIRED,
        PARTIALLY_FILLED,
        FILLED,
    ),
    DENIED: (),
    REJECTED: (),
    EXPIRED: (),
    FILLED: (),
}
STAYS = {(PENDING_UPDATE, SUBMITTED)}

ACTIVE_LOCAL = frozenset({INITIALIZED, EMULATED, RELEASED})
INFLIGHT = frozenset({SUBMITTED, PENDING_UPDATE, PENDING_CANCEL})
OPEN = frozenset({ACCEPTED, TRIGGERED, PENDING_UPDATE, PENDING_CANCEL, PARTIALLY_FILLED})
CLOSED = frozenset({DENIED, REJECTED, CANCELED, EXPIRED, FILLED})

ILLEGAL = 255


def _next(status: OrderStatus, target: OrderStatus) -> int:
    if target not in TRANSITIONS[status]:
        return ILLEGAL
    return (status if (status, target) in STAYS else target).code


def _table() -> bytes:
    table = bytearray([ILLEGAL] * 256)
    for status in OrderStatus:
        for target in OrderStatus:
            table[status.code * 16 + target.code] = _next(status, target)
    return bytes(table)


NEXT = _table()


def next_status(status: int, target: int) -> int:
    """Return the code of the status that follows, `ILLEGAL` where the table has none."""
    return NEXT[status * 16 + target]
