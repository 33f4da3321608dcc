"""The equity curve: what each account is worth, marked to market at fixed times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from argosy.engine.cache import Cache
from argosy.engine.portfolio import Portfolio
from argosy.engine.stale import StaleMarks
from argosy.errors import AccountError
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


class EquitySampler(Alarm):
    """Sample the equity of every account at multiples of an interval since the epoch.

    An interval in which no data came has no sample: the curve has the periods of its market. It
    begins once every rate is known, and ends for good where one is not known any more.

    Parameters
    ----------
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
        cache: Cache,
        portfolio: Portfolio,
        interval_ns: int,
        last_data: Callable[[], int],
    ) -> None:
        super().__init__(TIMER, _LAST_RANK)
        self._timeline = timeline
        self._cache = cache
        self._portfolio = portfolio
        self._interval_ns = interval_ns
        self._last_data = last_data
        self._sampled_at = 0
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
        """Take a sample now; a second one at the same time replaces the first."""
        now = self._sampled_at = self._timeline.now
        for venue, curve in self.curves.items():
            if curve.error is not None and curve.times:
                continue
            try:
                amount = self._worth(venue, curve.currency)
            except AccountError as error:
                curve.error = str(error)
                continue
            curve.error = None  # before the first data rates are not known yet
            self.stale.note(venue, now)
            if curve.times and curve.times[-1] == now:
                curve.amounts[-1] = amount
            else:
                curve.times.append(now)
                curve.amounts.append(amount)

    def _worth(self, venue: Venue, currency: Currency) -> Decimal:
        worth = self._portfolio.equity(venue)
        if len(worth) == 1 and currency in worth:
            return worth[currency].as_decimal()
        return self._portfolio.converted(venue, worth.values(), currency).as_decimal()


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
