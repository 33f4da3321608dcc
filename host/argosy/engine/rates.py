"""Exchange rates from the currency pairs that a venue quotes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal

from argosy.kernel.market import MarketState
from argosy.kernel.prices import latest_close, latest_price
from argosy.model.currency import Currency
from argosy.model.enums import PriceType
from argosy.model.terms import terms_of
from argosy.model.values import Price

# The same digits whatever context a strategy has set.
EXACT = Context(prec=76, rounding=ROUND_HALF_EVEN)
_RATES = Context(prec=28, rounding=ROUND_HALF_EVEN)
_ONE = Decimal(1)
_BID, _ASK, _LAST = PriceType.BID, PriceType.ASK, PriceType.LAST

Edges = dict[Currency, list[tuple[Currency, Decimal]]]


def exchange_rate(
    markets: Iterable[MarketState],
    from_currency: Currency,
    to_currency: Currency,
    price_type: PriceType = PriceType.MID,
) -> Decimal | None:
    """Return what one unit of a currency costs in another, over as few pairs as possible.

    A pair may be crossed both ways: forward at its price, back at the inverse. Pairs are taken in
    the order given, so the path does not depend on anything else. Rates have 28 digits.

    Returns
    -------
    the rate, or None where no chain of priced pairs connects the two
    """
    edges: Edges = {}
    for market in markets:
        terms = terms_of(market.instrument)
        if terms.base is None or terms.is_premium:
            continue  # a premium is the price of a right, not of the currency
        price = _price(market, price_type)
        if price:
            edges.setdefault(terms.base, []).append((terms.quote, price))
            edges.setdefault(terms.quote, []).append((terms.base, _RATES.divide(_ONE, price)))
    return _search(edges, from_currency, to_currency)


def _search(edges: Edges, start: Currency, goal: Currency) -> Decimal | None:
    rates = {start: _ONE}
    waiting = deque([start])
    while waiting and goal not in rates:
        currency = waiting.popleft()
        for neighbor, price in edges.get(currency, ()):
            if neighbor not in rates:
                rates[neighbor] = _RATES.multiply(rates[currency], price)
                waiting.append(neighbor)
    return rates.get(goal)


def _price(market: MarketState, price_type: PriceType) -> Decimal | None:
    """Return the price of a pair: of its quotes, else of its trades, else of its bars."""
    if market.ts_quote:
        if price_type is _BID or price_type is _ASK:
            return _decimal(latest_price(market, price_type))
        return _mean(latest_price(market, _BID), latest_price(market, _ASK))
    if market.ts_trade:
        return _decimal(latest_price(market, _LAST))
    found = latest_price(market, price_type)
    if found is not None:
        return _decimal(found)
    bid, ask = latest_close(market, _BID.code), latest_close(market, _ASK.code)
    return _mean(bid if bid is not None else ask, ask if ask is not None else bid)


def _decimal(price: Price | None) -> Decimal | None:
    return None if price is None else price.as_decimal()


def _mean(one: Price | None, other: Price | None) -> Decimal | None:
    if one is None or other is None:
        return None
    return EXACT.divide(EXACT.add(one.as_decimal(), other.as_decimal()), Decimal(2))
