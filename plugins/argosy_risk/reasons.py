"""The coded reasons of the rules: what each code means, and what helps."""

from collections.abc import Mapping

from argosy.model.reasons import (
    EXPIRE_TIME_IN_PAST,
    REDUCE_ONLY_WOULD_INCREASE_POSITION,
    TRIGGER_INSTRUMENT_NOT_FOUND,
    Reason,
)

INSTRUMENT_NOT_FOUND = Reason(
    "INSTRUMENT_NOT_FOUND",
    "The run has no definition of the instrument.",
    "Give it in [[instruments]], or load it into the catalog.",
)
PRICE_UNAVAILABLE = Reason(
    "PRICE_UNAVAILABLE",
    "The order has no price, and the market has not shown one yet, so it cannot be judged.",
    "Order after the first data of the instrument, or give the order a price.",
)
RATE_LIMIT_EXCEEDED = Reason(
    "RATE_LIMIT_EXCEEDED",
    "More commands were sent in the interval than the limit allows.",
    "Send fewer, or raise the limit: [risk.submit_rate] and [risk.modify_rate].",
)
_DECIMALS = "Round it with make_price of the instrument."
_SIZES = "Round it with make_qty of the instrument."
_RATE = "Give data of an instrument that quotes the one currency in the other."
_LESS = "Order less, or deposit more."
_CUMULATIVE = "Order less, or wait until the orders before it are answered."

REASONS: Mapping[str, tuple[Reason, ...]] = {
    "trading_state": (
        Reason(
            "TRADING_HALTED",
            "The trading state is HALTED: nothing but cancels passes.",
            "Set it back to ACTIVE, or start with [risk] trading_state = 'active'.",
        ),
        Reason(
            "TRADING_REDUCING",
            "The trading state is REDUCING, and the order adds to the net position.",
            "Order the side that reduces, or set the trading state to ACTIVE.",
        ),
    ),
    "instrument": (
        INSTRUMENT_NOT_FOUND,
        Reason(
            "INSTRUMENT_NOT_TRADABLE",
            "The instrument is there to be looked at only, such as an index.",
            "Trade another that follows it.",
        ),
    ),
    "order_type": (
        Reason(
            "UNSUPPORTED_TRIGGER_TYPE",
            "No data show the price that the trigger_type names.",
            "Watch bid and ask, last, or mid.",
        ),
        TRIGGER_INSTRUMENT_NOT_FOUND,
        Reason(
            "TRIGGER_SOURCE_MISSING",
            "The order watches last prices, and the run has neither trades nor bars of them.",
            "Add trades to [[data]], or watch bid and ask.",
        ),
    ),
    "price": (
        INSTRUMENT_NOT_FOUND,
        Reason(
            "PRICE_PRECISION_EXCEEDED",
            "The price has more decimals than the instrument.",
            _DECIMALS,
        ),
        Reason(
            "PRICE_NOT_POSITIVE",
            "The price is zero or less, and the instrument has no such prices.",
            "Give a price above zero, or the instrument a min_price below zero.",
        ),
        Reason(
            "PRICE_EXCEEDS_MAXIMUM",
            "The price is above max_price of the instrument.",
            "Give a lower one.",
        ),
        Reason(
            "PRICE_BELOW_MINIMUM",
            "The price is below min_price of the instrument.",
            "Give a higher one.",
        ),
        Reason(
            "TRIGGER_PRICE_PRECISION_EXCEEDED",
            "The trigger price has more decimals than the instrument.",
            _DECIMALS,
        ),
        Reason(
            "TRIGGER_PRICE_NOT_POSITIVE",
            "The trigger price is zero or less, and the instrument has no such prices.",
            "Give a trigger price above zero, or the instrument a min_price below zero.",
        ),
        Reason(
            "TRIGGER_PRICE_EXCEEDS_MAXIMUM",
            "The trigger price is above max_price of the instrument.",
            "Give a lower one.",
        ),
        Reason(
            "TRIGGER_PRICE_BELOW_MINIMUM",
            "The trigger price is below min_price of the instrument.",
            "Give a higher one.",
        ),
    ),
    "quantity": (
        INSTRUMENT_NOT_FOUND,
        Reason(
            "QUANTITY_NOT_POSITIVE",
            "The quantity is zero.",
            "Give a quantity above zero.",
        ),
        Reason(
            "QUANTITY_PRECISION_EXCEEDED",
            "The quantity has more decimals than the instrument.",
            _SIZES,
        ),
        Reason(
            "QUANTITY_EXCEEDS_MAXIMUM",
            "The quantity is above max_quantity of the instrument.",
            "Order less, or in several orders.",
        ),
        Reason(
            "QUANTITY_BELOW_MINIMUM",
            "The quantity is below min_quantity of the instrument.",
            "Order more, or not at all.",
        ),
    ),
    "expiry": (EXPIRE_TIME_IN_PAST,),
    "reduce_only": (
        Reason(
            "REDUCE_ONLY_WITHOUT_POSITION",
            "A reduce-only order names a position that is not open.",
            "Ask is_open of the position before you order.",
        ),
        REDUCE_ONLY_WOULD_INCREASE_POSITION,
    ),
    "notional": (
        PRICE_UNAVAILABLE,
        INSTRUMENT_NOT_FOUND,
        Reason(
            "NOTIONAL_EXCEEDS_MAX_PER_ORDER",
            "The order is worth more than your own limit for the instrument.",
            "Order less, or raise max_per_order of [risk.notional].",
        ),
        Reason(
            "NOTIONAL_EXCEEDS_MAXIMUM",
            "The order is worth more than max_notional of the instrument.",
            "Order less, or in several orders.",
        ),
        Reason(
            "NOTIONAL_BELOW_MINIMUM",
            "The order is worth less than min_notional of the instrument.",
            "Order more, or not at all.",
        ),
    ),
    "balance": (
        Reason(
            "ACCOUNT_NOT_FOUND",
            "The venue of the order has no account, so nothing can be said to be free.",
            "Give the venue an account in the system file.",
        ),
        PRICE_UNAVAILABLE,
        INSTRUMENT_NOT_FOUND,
        Reason(
            "RATE_UNAVAILABLE",
            "What the order needs cannot be converted into the currency of the account.",
            _RATE,
        ),
        Reason(
            "NOTIONAL_EXCEEDS_FREE_BALANCE",
            "A cash account has less free than the order is worth.",
            _LESS,
        ),
        Reason(
            "MARGIN_EXCEEDS_FREE_BALANCE",
            "A margin account has less free than the initial margin of the order.",
            _LESS,
        ),
        Reason(
            "LIABILITY_EXCEEDS_FREE_BALANCE",
            "A betting account has less free than the bet can lose.",
            _LESS,
        ),
        Reason(
            "CUM_NOTIONAL_EXCEEDS_FREE_BALANCE",
            "A cash account has less free than the order and those under way are worth.",
            _CUMULATIVE,
        ),
        Reason(
            "CUM_MARGIN_EXCEEDS_FREE_BALANCE",
            "A margin account has less free than the margin of the order and of those under way.",
            _CUMULATIVE,
        ),
        Reason(
            "CUM_LIABILITY_EXCEEDS_FREE_BALANCE",
            "A betting account has less free than the bet and those under way can lose.",
            _CUMULATIVE,
        ),
    ),
    "submit_rate": (RATE_LIMIT_EXCEEDED,),
    "modify_rate": (RATE_LIMIT_EXCEEDED,),
}
"""Rule -> the reasons that it gives, in the order in which it looks."""
