"""The latest prices of a market, from quotes, trades or else the closes of external bars."""

from __future__ import annotations

from argosy.kernel.bar_feed import BarFeed
from argosy.kernel.market import MarketState
from argosy.kernel.matching import UNSET
from argosy.model.data.quote import middle_of
from argosy.model.enums import PriceType
from argosy.model.values import Price, price_from_raw

_BID = PriceType.BID.code
_ASK = PriceType.ASK.code
_LAST = PriceType.LAST.code
_UNSET = UNSET
# Columns of a feed's ring: open high low close volume ts_event ts_init is_revision.
_CLOSE = 3
_TS_INIT = 6


def latest_price(market: MarketState, price_type: PriceType) -> Price | None:
    """Return the latest price of a type that a market has seen, or None.

    Bars stand in for what the market has no ticks of: those of the type, else of LAST.
    """
    code = price_type.code
    if code == _LAST:
        if market.ts_trade:
            return price_from_raw(market.last, market.price_precision)
    elif market.ts_quote and (quoted := quoted_price(market, code)) is not None:
        return quoted
    found = latest_close(market, code)
    return found if found is not None or code == _LAST else latest_close(market, _LAST)


def quoted_price(market: MarketState, code: int) -> Price | None:
    """Return the last price of a type (its code) that somebody quoted; None before any.

    MID is that of the latest quote that had both sides.
    """
    if code == _BID:
        return _price_or_none(market.bid, market.price_precision)
    if code == _ASK:
        return _price_or_none(market.ask, market.price_precision)
    pair = quoted_pair(market)
    if pair is None:
        return None
    return price_from_raw(*middle_of(pair[0].raw, pair[1].raw, market.price_precision))


def quoted_pair(market: MarketState) -> tuple[Price, Price] | None:
    """Return bid and ask of the latest quote that had both; None before any."""
    is_paired = market.bid_size > 0 and market.ask_size > 0
    bid = market.bid if is_paired else market.pair_bid
    ask = market.ask if is_paired else market.pair_ask
    if bid == _UNSET:
        return None
    return price_from_raw(bid, market.price_precision), price_from_raw(ask, market.price_precision)


def offered_price(market: MarketState, sign: int) -> Price | None:
    """Return what an order would trade at now, or None where nobody has seen a price.

    That is the ask for one that buys (sign +1) and the bid for one that sells (-1), else the last
    trade, else the close of the newest bar: of that side, of LAST, or of any type.
    """
    quoted = market.ask if sign > 0 else market.bid
    if quoted != _UNSET:
        return price_from_raw(quoted, market.price_precision)
    if market.ts_trade:
        return price_from_raw(market.last, market.price_precision)
    newest = market.last_bar
    if newest is None:
        return None
    side = _ASK if sign > 0 else _BID
    if newest.price_type != side and len(market.bar_feeds) > 1:
        found = latest_close(market, side)
        if found is None and newest.price_type != _LAST:
            found = latest_close(market, _LAST)
        if found is not None:
            return found
    return _close(newest)


def is_stale(market: MarketState, sign: int) -> bool:
    """Tell whether what `offered_price` returns was quoted by somebody who is gone."""
    if sign > 0:
        return market.ask != _UNSET and market.ask_size == 0
    return market.bid != _UNSET and market.bid_size == 0


def latest_close(market: MarketState, code: int) -> Price | None:
    """Return the close of the newest external bar of a price type (its code), or None."""
    newest = None
    at = 0
    for feed in market.bar_feeds.values():
        if feed.aggregator is None and feed.price_type == code and len(feed.ring):
            ts_init = feed.ring.value(0, _TS_INIT)
            if newest is None or ts_init > at:
                newest = feed
                at = ts_init
    return None if newest is None else _close(newest)


def _price_or_none(raw: int, precision: int) -> Price | None:
    return None if raw == _UNSET else price_from_raw(raw, precision)


def _close(feed: BarFeed) -> Price:
    return price_from_raw(feed.ring.value(0, _CLOSE), feed.price_precision)
