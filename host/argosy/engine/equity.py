"""The equity curve: what each account is worth, marked to market at fixed times.

It begins with what the account started with, as soon as every rate for that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from argosy.engine.cache import Cache
from argosy.engine.data import BEFORE_HANDLERS
from argosy.engine.portfolio import Portfolio
from argosy.engine.stale import StaleMarks
from argosy.errors import AccountError
from argosy.kernel import topics
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.timeline import TIMER, Alarm, Timeline
from argosy.model.accounts import Account
from argosy.model.currency import Currency
from argosy.model.identifiers import Venue

# After every other timer of its time: the bars that end there have been seen.
_LAST_RANK = 1_000_000


@dataclass(slots=True)
class Curve:
    """The equity of one account.

    Parameters
    ----------
    currency : what it is expressed in: the base currency, else that of the first balance
    times : UTC ns, ascending
    amounts : one a time
    error : why it could not be computed to the end, None where it could
    """

    currency: Currency
    times: list[int] = field(default_factory=list)
    amounts: list[Decimal] = field(default_factory=list)
    error: str | None = None

    def take(self, ts: int, amount: Decimal) -> None:
        """Add a sample."""
        self.times.append(ts)
        self.amounts.append(amount)


class EquitySampler(Alarm):
    """Sample the equity of every account at multiples of an interval since the epoch.

    An interval in which no data came has no sample: the curve has the periods of its market. The
    first sample is what the account started with, at the first rates that are known: at once, or
    with the row of data that tells the last of them. The curve ends for good where a rate is not
    known any more.

    Parameters
    ----------
    bus : tells the first prices of pairs whose rates are missing
    interval_ns : > 0
    last_data : returns the time (ns) of the latest datum

    Attributes
    ----------
    curves : by venue
    stale : counts the samples that rest on a price of nobody
    """

    def __init__(
        self,
        timeline: Timeline,
        bus: MessageBus,
        cache: Cache,
        portfolio: Portfolio,
        interval_ns: int,
        last_data: Callable[[], int],
    ) -> None:
        super().__init__(TIMER, _LAST_RANK)
        self._timeline = timeline
        self._bus = bus
        self._cache = cache
        self._portfolio = portfolio
        self._interval_ns = interval_ns
        self._last_data = last_data
        self._sampled_at = 0
        self._watched: dict[str, None] = {}
        self.curves: dict[Venue, Curve] = {}
        self.stale = StaleMarks(cache)

    def start(self, venues: list[Venue]) -> None:
        """Take the first sample now, and go on from the next multiple of the interval."""
        for venue in venues:
            account = self._cache.account_for_venue(venue)
            if account is not None:
                self.curves[venue] = Curve(report_currency(account))
        self.sample()
        now = self._timeline.now
        self._sampled_at = now - 1  # the data of this moment come after it
        self._timeline.schedule(self, now - now % self._interval_ns + self._interval_ns)

    def on_fire(self, now: int) -> None:
        """Sample where data came since the sample before, and come again."""
        if self._last_data() > self._sampled_at:
            self.sample()
        self._timeline.schedule(self, now + self._interval_ns)

    def sample(self) -> None:
        """Take a sample now; a second one at the same time replaces any but the start."""
        self._sampled_at = self._timeline.now
        self._begin()
        for venue, curve in self.curves.items():
            if curve.error is None:
                self._add(venue, curve)

    def _add(self, venue: Venue, curve: Curve) -> None:
        try:
            amount = self._worth(venue, curve.currency)
        except AccountError as error:
            curve.error = str(error)
            return
        now = self._timeline.now
        self.stale.note(venue, now)
        if curve.times[-1] != now:
            curve.take(now, amount)
        elif len(curve.times) > 1:
            curve.amounts[-1] = amount
        elif curve.amounts[0] != amount:
            curve.take(now, amount)  # the start stays what it was

    # -- the start --------------------------------------------------------------------------------

    def _begin(self, _: object = None) -> None:
        """Begin the curves whose rates are known by now; look out for those that are not."""
        wanted: dict[str, None] = {}
        for venue, curve in self.curves.items():
            if curve.times:
                continue
            try:
                curve.take(self._timeline.now, self._worth_at_start(venue, curve.currency))
                curve.error = None
            except AccountError as error:
                curve.error = str(error)
                wanted |= dict.fromkeys(self._news_of(venue, curve.currency))
        for topic in self._watched.keys() - wanted.keys():
            self._bus.unsubscribe(topic, self._begin)
        for topic in wanted:
            self._bus.subscribe(topic, self._begin, BEFORE_HANDLERS)
        self._watched = wanted

    def _worth_at_start(self, venue: Venue, currency: Currency) -> Decimal:
        amounts = self._account(venue).starting_balances().values()
        return self._portfolio.converted(venue, amounts, currency).as_decimal()

    def _news_of(self, venue: Venue, currency: Currency) -> Iterator[str]:
        """Yield the topics on which the prices will come that the start waits for."""
        for held, amount in self._account(venue).starting_balances().items():
            if amount.raw:
                for market in self._cache.rates.missing(venue, held, currency):
                    yield from _topics(market)

    def _account(self, venue: Venue) -> Account:
        account = self._cache.account_for_venue(venue)
        assert account is not None
        return account

    def _worth(self, venue: Venue, currency: Currency) -> Decimal:
        worth = self._portfolio.equity(venue)
        if len(worth) == 1 and currency in worth:
            return worth[currency].as_decimal()
        return self._portfolio.converted(venue, worth.values(), currency).as_decimal()


def _topics(market: MarketState) -> list[str]:
    """Return the topics on which a market tells prices."""
    bars = [
        topics.bars(bar_type)
        for bar_type, feed in market.bar_feeds.items()
        if feed.aggregator is None
    ]
    return [topics.quotes(market.instrument_id), topics.trades(market.instrument_id), *bars]


def report_currency(account: Account) -> Currency:
    """Return the currency that an account's worth is expressed in.

    Raises
    ------
    AccountError : it has no base currency, and no balance either
    """
    if account.base_currency is not None:
        return account.base_currency
    held = account.currencies()
    if not held:
        raise AccountError(
            f"account {account.id} has no balance and no base currency: give it a starting balance"
        )
    return held[0]
