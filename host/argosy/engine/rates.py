"""Exchange rates from the currency pairs that a venue quotes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from decimal import Decimal

from argosy.kernel.market import MarketState
from argosy.model.currency import Currency
from argosy.model.data import Bar, QuoteTick
from argosy.model.enums import PriceType


def exchange_rate(
    markets: Iterable[MarketState],
    from_currency: Currency,
    to_currency: Currency,
    price_type: PriceType = PriceType.MID,
) -> Decimal | None:
    """Return what one unit of a currency costs in another, over as few pairs as possible.

    A pair may be crossed both ways: forward at its price, back at the inverse. Pairs are taken in
    the order given, so the path does not depend on anything else.

    Returns
    -------
    the rate, or None where no chain of priced pairs connects the two
    """
    edges: dict[Currency, list[tuple[Currency, Decimal]]] = {}
    for market in markets:
        base = getattr(market.instrument, "base_currency", None)
        quote = market.instrument.quote_currency
        price = _price(market, price_type)
        if base is None or not price:
            continue
        edges.setdefault(base, []).append((quote, price))
        edges.setdefault(quote, []).append((base, 1 / price))
    return _search(edges, from_currency, to_currency)


def _search(
    edges: dict[Currency, list[tuple[Currency, Decimal]]], start: Currency, goal: Currency
) -> Decimal | None:
    rates = {start: Decimal(1)}
    waiting = deque([start])
    while waiting:
        currency = waiting.popleft()
        for neighbor, price in edges.get(currency, ()):
            if neighbor in rates:
                continue
            rates[neighbor] = rates[currency] * price
            if neighbor == goal:
                return rates[neighbor]
            waiting.append(neighbor)
    return rates.get(goal)


def _price(market: MarketState, price_type: PriceType) -> Decimal | None:
    quote = market.quote()
    if quote is not None:
        return _quoted(quote, price_type)
    if market.ts_trade:
        return Decimal(market.last).scaleb(-market.price_precision)
    return _closed(market, price_type)


def _quoted(quote: QuoteTick, price_type: PriceType) -> Decimal:
    if price_type is PriceType.BID:
        return quote.bid_price.as_decimal()
    if price_type is PriceType.ASK:
        return quote.ask_price.as_decimal()
    return (quote.bid_price.as_decimal() + quote.ask_price.as_decimal()) / 2


def _closed(market: MarketState, price_type: PriceType) -> Decimal | None:
    """Return the price from external bars: their own side, else the mean of bid and ask."""
    closes: dict[int, Bar] = {}
    for feed in market.bar_feeds.values():
        bar = feed.bar() if feed.aggregator is None else None
        if bar is not None:
            closes[feed.price_type] = bar
    exact = closes.get(price_type.code) or closes.get(PriceType.LAST.code)
    if exact is not None:
        return exact.close.as_decimal()
    bid, ask = closes.get(PriceType.BID.code), closes.get(PriceType.ASK.code)
    if bid is not None and ask is not None:
        return (bid.close.as_decimal() + ask.close.as_decimal()) / 2
    one_sided = bid or ask
    return None if one_sided is None else one_sided.close.as_decimal()
