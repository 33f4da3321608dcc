from argosy.model.enums import OrderStatus
from argosy.model.orders.state import (
    ACTIVE_LOCAL,
    CLOSED,
    ILLEGAL,
    INFLIGHT,
    OPEN,
    TRANSITIONS,
    next_status,
)

# Once more, in words, so that a slip of the pen in either place shows.
EXPECTED = {
    "INITIALIZED": (
        "DENIED EMULATED RELEASED SUBMITTED REJECTED ACCEPTED CANCELED EXPIRED TRIGGERED"
    ),
    "EMULATED": "CANCELED EXPIRED RELEASED",
    "RELEASED": "DENIED SUBMITTED CANCELED",
    "SUBMITTED": (
        "PENDING_UPDATE PENDING_CANCEL REJECTED CANCELED ACCEPTED PARTIALLY_FILLED FILLED"
    ),
    "ACCEPTED": (
        "REJECTED PENDING_UPDATE PENDING_CANCEL CANCELED TRIGGERED EXPIRED PARTIALLY_FILLED FILLED"
    ),
    "CANCELED": "PARTIALLY_FILLED FILLED",
    "PENDING_UPDATE": (
        "REJECTED ACCEPTED CANCELED EXPIRED TRIGGERED SUBMITTED PENDING_UPDATE PENDING_CANCEL"
        " PARTIALLY_FILLED FILLED"
    ),
    "PENDING_CANCEL": ("REJECTED PENDING_CANCEL CANCELED EXPIRED ACCEPTED PARTIALLY_FILLED FILLED"),
    "TRIGGERED": (
        "REJECTED PENDING_UPDATE PENDING_CANCEL CANCELED EXPIRED PARTIALLY_FILLED FILLED"
    ),
    "PARTIALLY_FILLED": "PENDING_UPDATE PENDING_CANCEL CANCELED EXPIRED PARTIALLY_FILLED FILLED",
    "DENIED": "",
    "REJECTED": "",
    "EXPIRED": "",
    "FILLED": "",
}


def test_the_table_allows_exactly_what_it_should() -> None:
    allowed = {
        status.value: {target.value for target in TRANSITIONS[status]} for status in OrderStatus
    }
    assert {name: set(targets.split()) for name, targets in EXPECTED.items()} == allowed


def test_the_compiled_table_says_what_the_literal_one_says() -> None:
    for status in OrderStatus:
        for target in OrderStatus:
            following = next_status(status.code, target.code)
            if target not in TRANSITIONS[status]:
                assert following == ILLEGAL
            elif (status, target) == (OrderStatus.PENDING_UPDATE, OrderStatus.SUBMITTED):
                assert following == OrderStatus.PENDING_UPDATE.code
            else:
                assert following == target.code


def test_every_status_is_local_at_the_venue_or_closed() -> None:
    at_venue = OPEN | INFLIGHT
    assert set(OrderStatus) == ACTIVE_LOCAL | at_venue | CLOSED
    assert not ACTIVE_LOCAL & at_venue
    assert not at_venue & CLOSED
