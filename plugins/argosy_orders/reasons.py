"""The coded reasons with which a conditional order is refused before it is watched."""

from argosy.model.reasons import TRIGGER_PRICE_PRECISION, Reason

REASONS = (
    Reason(
        "TRIGGER_TYPE_WITHOUT_SOURCE",
        "Nothing quotes the price that the trigger_type names.",
        "Give a trigger_type that data can show: bid and ask, last, or mid.",
    ),
    Reason(
        "TRIGGER_PRICE_MISSING",
        "A conditional order has no trigger_price.",
        "Give it one.",
    ),
    TRIGGER_PRICE_PRECISION,
)
