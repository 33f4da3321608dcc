"""The coded reasons that the host itself gives; those of parts stand in their registrations."""

from argosy.model.reasons import Reason

REASONS = (
    Reason(
        "VENUE_NOT_FOUND",
        "Nobody takes orders to the venue of the instrument.",
        "Give the system file a [venues] table for it, or name an instrument of a venue it has.",
    ),
    Reason(
        "CLIENT_NOT_FOUND",
        "The client_id is not the one of the order's venue.",
        "Leave client_id out, or give it the name of the venue.",
    ),
    Reason(
        "UNSUPPORTED_EMULATION",
        "The order has an emulation_trigger, and the host does not emulate orders yet.",
        "Leave emulation_trigger out where the venue knows the order type.",
    ),
    Reason(
        "EXEC_ALGORITHM_NOT_FOUND",
        "The order has an exec_algorithm_id, and no such algorithm runs.",
        "Leave exec_algorithm_id out.",
    ),
    Reason(
        "POSITION_ID_NOT_NETTING",
        "A strategy that nets has one position an instrument, and the order names another.",
        "Leave position_id out, or let the strategy hedge: oms_type = 'hedging'.",
    ),
    Reason(
        "ORDER_LIST_DENIED",
        "Another order of the list was denied, so none of them is sent.",
        "Mend the one whose reason stands behind the code.",
    ),
    Reason(
        "UNSUPPORTED_COMMAND",
        "The client of the venue does not offer what was asked of it.",
        "See what the client offers; a change, say, is a cancel and a new order, too.",
    ),
    Reason(
        "ORDER_CLOSED",
        "The order has ended, and cannot be changed or canceled any more.",
        "Ask is_closed before you change or cancel an order.",
    ),
    Reason(
        "ORDER_NOT_AT_VENUE",
        "The order was never sent, so there is nothing to change or cancel.",
        "Submit it first.",
    ),
    Reason(
        "ORDER_PENDING_CANCEL",
        "A cancel of the order is under way, so it cannot be changed.",
        "Wait for OrderCanceled or OrderCancelRejected.",
    ),
)
"""In the order in which an order meets them."""
