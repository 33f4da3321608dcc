"""The coded reasons with which the simulated venue refuses, changes and ends orders."""

from argosy.model.reasons import (
    EXPIRE_TIME_IN_PAST,
    REDUCE_ONLY_WOULD_INCREASE_POSITION,
    TRIGGER_INSTRUMENT_NOT_FOUND,
    TRIGGER_PRICE_PRECISION,
    Reason,
)

_ARRIVAL = (
    Reason(
        "UNSUPPORTED_TIME_IN_FORCE",
        "AT_THE_OPEN and AT_THE_CLOSE need a calendar, and the venue has none.",
        "Take another time_in_force, and a timer of your own.",
    ),
    EXPIRE_TIME_IN_PAST,
    Reason(
        "UNSUPPORTED_CONTINGENCY",
        "The venue does not link orders (OTO, OCO, OUO).",
        "Send the exits as reduce-only orders, which end with the position.",
    ),
    Reason(
        "UNSUPPORTED_ORDER_TYPE",
        "No plugin that is installed and enabled brings the order type.",
        "Ask argosy plugins which order_types there are.",
    ),
    Reason(
        "INSTRUMENT_NOT_ACTIVE",
        "The instrument is not traded yet.",
        "Order from its activation on.",
    ),
    Reason(
        "INSTRUMENT_EXPIRED",
        "The instrument has expired; orders that rest end with it.",
        "Roll over into the next contract before its expiration.",
    ),
    Reason(
        "MARKET_CLOSED",
        "The market, or the whole venue, is halted or closed.",
        "Wait for the status TRADING, or let orders rest with halts = 'rest'.",
    ),
    Reason(
        "QUANTITY_PRECISION",
        "The quantity has more decimals than the instrument.",
        "Round it with make_qty of the instrument.",
    ),
    Reason(
        "PRICE_PRECISION",
        "The price has more decimals than the instrument.",
        "Round it with make_price of the instrument.",
    ),
    TRIGGER_PRICE_PRECISION,
    Reason(
        "NO_MARKET",
        "A market order met a side on which nothing is offered.",
        "Order after the first data of the instrument, and not while it is halted.",
    ),
    Reason(
        "POST_ONLY_WOULD_TAKE",
        "A post-only order would have taken liquidity at once.",
        "Give it a price behind the market.",
    ),
    Reason(
        "QUANTITY_NOT_CONVERTIBLE",
        "An amount of the quote currency cannot be turned into a quantity at this price.",
        "Give the quantity in the base currency.",
    ),
    Reason(
        "QUANTITY_TOO_SMALL",
        "An amount of the quote currency buys less than one size increment.",
        "Order for more.",
    ),
    REDUCE_ONLY_WOULD_INCREASE_POSITION,
    Reason(
        "SHORT_SELLING_NOT_PERMITTED",
        "A cash account sells no more than it holds.",
        "Sell less, or trade on a margin account.",
    ),
)
_CONDITIONAL = (
    TRIGGER_INSTRUMENT_NOT_FOUND,
    Reason(
        "TRIGGER_PRICE_UNKNOWN",
        "The order watches last prices, and nothing was traded yet.",
        "Order after the first trade, or watch bid and ask.",
    ),
    Reason(
        "TRIGGER_IN_THE_MARKET",
        "The trigger price is met already.",
        "Give one beyond the market, or release it at once with reject_stop_orders = false.",
    ),
)
_CHANGES = (
    Reason(
        "ORDER_NOT_FOUND",
        "The venue has no such order any more, or does not have it yet.",
        "Wait for OrderAccepted, and for what becomes of the order.",
    ),
    Reason(
        "QUANTITY_FILLED",
        "The new quantity is what was filled already, so the order ends.",
        "None needed: it is as good as filled.",
    ),
    Reason(
        "PRICE_NOT_MODIFIABLE",
        "An order of this type has no price.",
        "Leave price out.",
    ),
    Reason(
        "TRIGGER_PRICE_NOT_MODIFIABLE",
        "An order of this type has no trigger price.",
        "Leave trigger_price out.",
    ),
    Reason(
        "ORDER_TRIGGERED",
        "The order was triggered, so its trigger price is of the past.",
        "Change its price.",
    ),
    Reason(
        "QUANTITY_NOT_MODIFIABLE",
        "An amount of the quote currency is not changed before it is converted.",
        "Cancel the order and send another.",
    ),
    Reason(
        "QUANTITY_BELOW_FILLED",
        "The new quantity is less than what was filled.",
        "Cancel the order to end it as it is.",
    ),
)
_ENDS = (
    Reason(
        "FILL_OR_KILL",
        "The market does not show all of what a FOK order wants.",
        "Order at most what is shown, or let it be IOC.",
    ),
    Reason(
        "IMMEDIATE_OR_CANCEL",
        "What an IOC order could not get at once is canceled.",
        "Take GTC to let the rest wait.",
    ),
    Reason(
        "LIQUIDITY_EXHAUSTED",
        "A market order took all that l1_excess and price_protection_points let it have.",
        "Order less, or set l1_excess = 'next_quote'.",
    ),
    Reason(
        "INSUFFICIENT_BALANCE",
        "A cash account could not pay, or deliver, the rest of the order.",
        "Order less, or keep some of the balance free for fees.",
    ),
    Reason(
        "REDUCE_ONLY_NO_POSITION",
        "The position that a reduce-only order would reduce is closed.",
        "None needed: the order has done its work.",
    ),
    Reason(
        "PRICE_OFF_TICK",
        "A new definition of the instrument has a tick that the order's price is off.",
        "Send it again at a price of the new tick.",
    ),
)
REASONS = (*_ARRIVAL, *_CONDITIONAL, *_CHANGES, *_ENDS)
"""In the order of an order's life."""
