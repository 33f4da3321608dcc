"""The latest prices of a market, from quotes, trades or else the closes of external bars."""

from __future__ import annotations

from argosy.kernel.market import BarFeed, MarketState
from argosy.model.enums import PriceType
from argosy.model.values import Price, price_from_raw

_BID = PriceType.BID.code
_ASK = PriceType.ASK.code
_LAST = PriceType.LAST.code


def latest_price(market: MarketState, price_type: PriceType) -> Price | None:
    """Return the latest price of a type that a market has seen, or None.

    Bars stand in for what the market has no ticks of: those of the type, else of LAST.
    """
    code = price_type.code
    if code == _LAST:
        if market.ts_trade:
            return price_from_raw(market.last, market.price_precision)
    elif market.ts_quote:
        if code == _BID:
            return price_from_raw(market.bid, market.price_precision)
        if code == _ASK:
            return price_from_raw(market.ask, market.price_precision)
        quote = market.quote()
        return None if quote is None else quote.extract_price(price_type)
    found = latest_close(market, code)
    return found if found is not None or code == _LAST else latest_close(market, _LAST)


def offered_price(market: MarketState, sign: int) -> Price | None:
    """Return what an order would trade at now, or None where nobody has seen a price.

    That is the ask for one that buys (sign +1) and the bid for one that sells (-1), else the last
    trade, else the close of the newest bar: of that side, of LAST, or of any type.
    """
    if market.ts_quote:
        return price_from_raw(market.ask if sign > 0 else market.bid, market.price_precision)
    if market.ts_trade:
        return price_from_raw(market.last, market.price_precision)
    if market.last_bar is None:
        return None
    found = latest_close(market, _ASK if sign > 0 else _BID)
    if found is None:
        found = latest_close(market, _LAST)
    return _close(market.last_bar) if found is None else found


def latest_close(market: MarketState, code: int) -> Price | None:
    """Return the close of the newest external bar of a price type (its code), or None."""
    newest = None
    at = 0
    for feed in market.bar_feeds.values():
        if feed.aggregator is None and feed.price_type == code and len(feed.ring):
            ts_init = feed.ring[0][6]
            if newest is None or ts_init > at:
                newest = feed
                at = ts_init
    return None if newest is None else _close(newest)


def _close(feed: BarFeed) -> Price:
    return price_from_raw(feed.ring[0][3], feed.price_precision)
