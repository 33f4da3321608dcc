"""Exchange rates: from what a venue, and those that it may ask, quote of currencies now.

Spot pairs come first. Where no chain of them connects two currencies, perpetuals and CFDs stand in,
whose price follows it. What is dated trades at a basis, and after its end at no price at all; a
premium is the price of a right: neither says what a currency is worth.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal

from argosy.kernel.market import MarketState
from argosy.kernel.prices import latest_close, latest_price, quoted_pair
from argosy.model.currency import Currency
from argosy.model.enums import InstrumentClass, PriceType
from argosy.model.identifiers import Venue
from argosy.model.instruments import ExpiringInstrument, Instrument
from argosy.model.values import Price

# The same digits whatever context a strategy has set.
EXACT = Context(prec=76, rounding=ROUND_HALF_EVEN)
_RATES = Context(prec=28, rounding=ROUND_HALF_EVEN)
_ONE = Decimal(1)
_BID, _ASK, _LAST = PriceType.BID, PriceType.ASK, PriceType.LAST
_STAND_INS = (InstrumentClass.SWAP, InstrumentClass.CFD)

Pairs = dict[Currency, list[MarketState]]
"""Currency -> the markets that price it, or price others in it."""


class ExchangeRates:
    """Tell what one unit of a currency costs in another, over as few pairs as possible.

    A pair may be crossed both ways: forward at its price, back at the inverse. Pairs are taken in
    the order in which they came, those of the venue itself first, so the path does not depend on
    anything else. Rates have 28 digits.
    """

    def __init__(self) -> None:
        self._spot: dict[Venue, Pairs] = {}
        self._stand_ins: dict[Venue, Pairs] = {}
        self._sources: dict[Venue, tuple[Venue, ...]] = {}

    def add(self, market: MarketState) -> None:
        """Add a market, if its price is one of a currency."""
        instrument = market.instrument
        base = instrument.base_currency
        book = self._book(instrument)
        if book is None or base is None:
            return
        pairs = book.setdefault(instrument.id.venue, {})
        for currency in (base, instrument.quote_currency):
            pairs.setdefault(currency, []).append(market)

    def allow(self, venue: Venue, others: Sequence[Venue]) -> None:
        """Let a venue without a rate of its own use those of others, in this order."""
        self._sources[venue] = tuple(others)

    def rate(
        self,
        venue: Venue,
        from_currency: Currency,
        to_currency: Currency,
        price_type: PriceType = PriceType.MID,
    ) -> Decimal | None:
        """Return the rate at a venue now, None where no chain of priced pairs connects the two."""
        if from_currency == to_currency:
            return _ONE
        known: list[Pairs] = []
        for pairs in self._groups(venue):
            known.append(pairs)
            found = _search(known, from_currency, to_currency, price_type)
            if found is not None:
                return found
        return None

    def missing(
        self, venue: Venue, from_currency: Currency, to_currency: Currency
    ) -> list[MarketState]:
        """Return the pairs without a price on the shortest way between two currencies.

        The rate is known once they have one, if not before over another way; none where there is
        no way at all.
        """
        groups = list(self._groups(venue))
        unpriced: list[MarketState] = []
        for one, other in _way(groups, from_currency, to_currency):
            between = [each for each in _markets(groups, one) if _other(each, one) == other]
            unpriced += [each for each in between if not _price(each, PriceType.MID)]
        return unpriced

    def _book(self, instrument: Instrument) -> dict[Venue, Pairs] | None:
        if isinstance(instrument, ExpiringInstrument) or not instrument.is_tradable:
            return None
        if instrument.instrument_class is InstrumentClass.SPOT:
            return self._spot
        return self._stand_ins if instrument.instrument_class in _STAND_INS else None

    def _groups(self, venue: Venue) -> Iterator[Pairs]:
        """Yield the pairs of a venue and of those that it may ask, the best first."""
        venues = (venue, *self._sources.get(venue, ()))
        for book in (self._spot, self._stand_ins):
            for each in venues:
                if each in book:
                    yield book[each]


def _markets(groups: Iterable[Pairs], currency: Currency) -> Iterator[MarketState]:
    """Yield the pairs of a currency."""
    for pairs in groups:
        yield from pairs.get(currency, ())


def _way(
    groups: Sequence[Pairs], start: Currency, goal: Currency
) -> list[tuple[Currency, Currency]]:
    """Return the steps of the shortest way over pairs, priced or not; none where there is none."""
    came_from = {start: start}
    waiting = deque([start])
    while waiting and goal not in came_from:
        currency = waiting.popleft()
        for market in _markets(groups, currency):
            neighbor = _other(market, currency)
            if neighbor not in came_from:
                came_from[neighbor] = currency
                waiting.append(neighbor)
    steps = []
    while goal != came_from.get(goal, goal):
        steps.append((came_from[goal], goal))
        goal = came_from[goal]
    return steps


def _search(
    groups: Sequence[Pairs],
    start: Currency,
    goal: Currency,
    price_type: PriceType,
) -> Decimal | None:
    rates = {start: _ONE}
    waiting = deque([start])
    while waiting and goal not in rates:
        currency = waiting.popleft()
        for market in _markets(groups, currency):
            neighbor, price = _crossed(market, currency, price_type)
            if price is not None and neighbor not in rates:
                rates[neighbor] = _RATES.multiply(rates[currency], price)
                waiting.append(neighbor)
    return rates.get(goal)


def _crossed(
    market: MarketState, currency: Currency, price_type: PriceType
) -> tuple[Currency, Decimal | None]:
    """Return the other currency of a pair, and what one unit of a currency costs in it."""
    other = _other(market, currency)
    price = _price(market, price_type)
    if price is None or price <= 0:
        return other, None
    is_base = other == market.instrument.quote_currency
    return other, price if is_base else _RATES.divide(_ONE, price)


def _other(market: MarketState, currency: Currency) -> Currency:
    """Return the other currency of a pair."""
    instrument = market.instrument
    base = instrument.base_currency
    return instrument.quote_currency if base is None or base == currency else base


def _price(market: MarketState, price_type: PriceType) -> Decimal | None:
    """Return the price of a pair: of its quotes, else of its trades, else of its bars."""
    if market.ts_quote:
        if price_type is _BID or price_type is _ASK:
            return _decimal(latest_price(market, price_type))
        pair = quoted_pair(market)
        if pair is not None:
            return _mean(*pair)
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
