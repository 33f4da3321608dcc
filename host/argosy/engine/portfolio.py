"""The portfolio: what is held, what it gained, what it is worth."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from argosy.engine.cache import Cache
from argosy.engine.rates import EXACT
from argosy.errors import AccountError
from argosy.kernel.prices import offered_price
from argosy.model.accounts import Account
from argosy.model.currency import Currency
from argosy.model.enums import AccountType
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.money import Money
from argosy.model.position import Position
from argosy.model.values import Price

ZERO = Decimal(0)


class Portfolio:
    """Answer questions about positions and accounts; everything is computed when asked."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    # -- accounts -------------------------------------------------------------------------------

    def account(self, venue: Venue) -> Account | None:
        """Return the account that orders of a venue trade on."""
        return self._cache.account_for_venue(venue)

    def balances_locked(self, venue: Venue) -> dict[Currency, Money]:
        """Return what working orders and margins hold back, per currency."""
        return self._require(venue).balances_locked()

    # -- net positions --------------------------------------------------------------------------

    def net_position(self, instrument_id: InstrumentId) -> Decimal:
        """Return the sum of all open positions in an instrument, negative when short."""
        open_ = self._cache.positions_open(instrument_id=instrument_id)
        return sum((position.signed_qty for position in open_), ZERO)

    def is_net_long(self, instrument_id: InstrumentId) -> bool:
        """Return whether the net position is above zero."""
        return self.net_position(instrument_id) > 0

    def is_net_short(self, instrument_id: InstrumentId) -> bool:
        """Return whether the net position is below zero."""
        return self.net_position(instrument_id) < 0

    def is_flat(self, instrument_id: InstrumentId) -> bool:
        """Return whether the net position is zero."""
        return self.net_position(instrument_id) == 0

    def is_completely_flat(self) -> bool:
        """Return whether nothing is held anywhere."""
        return all(self.is_flat(each) for each in self._cache.instrument_ids())

    # -- gains ----------------------------------------------------------------------------------

    def realized_pnl(self, instrument_id: InstrumentId) -> Money | None:
        """Return what was realised in an instrument, after commissions; None if never traded."""
        positions = self._cache.positions(instrument_id=instrument_id)
        return _total(position.total_realized_pnl for position in positions)

    def realized_pnls(self, venue: Venue) -> dict[Currency, Money]:
        """Return what was realised on a venue, per settlement currency."""
        positions = self._cache.positions(venue=venue)
        return _by_currency(position.total_realized_pnl for position in positions)

    def unrealized_pnl(
        self, instrument_id: InstrumentId, price: Price | None = None
    ) -> Money | None:
        """Return what open positions would gain at `price`, else at the market; None if unknown."""
        gains = []
        for position in self._cache.positions_open(instrument_id=instrument_id):
            at = price if price is not None else self.mark_price(position)
            if at is None:
                return None
            gains.append(position.unrealized_pnl(at))
        if gains:
            return _total(gains)
        held = self._cache.positions(instrument_id=instrument_id)
        return Money.zero(held[0].terms.settlement) if held else None

    def unrealized_pnls(self, venue: Venue) -> dict[Currency, Money]:
        """Return what open positions of a venue would gain, per currency; unpriced ones are out."""
        gains = []
        for position in self._cache.positions_open(venue=venue):
            at = self.mark_price(position)
            if at is not None:
                gains.append(position.unrealized_pnl(at))
        return _by_currency(gains)

    def total_pnl(self, instrument_id: InstrumentId, price: Price | None = None) -> Money | None:
        """Return realised and unrealised gains of an instrument together."""
        realized = self.realized_pnl(instrument_id)
        unrealized = self.unrealized_pnl(instrument_id, price)
        if realized is None or unrealized is None:
            return None
        return realized + unrealized

    def net_exposure(self, instrument_id: InstrumentId, price: Price | None = None) -> Money | None:
        """Return the notional value of what is open, whatever its side or the sign of its price."""
        values = []
        for position in self._cache.positions_open(instrument_id=instrument_id):
            at = price if price is not None else self.mark_price(position)
            if at is None:
                return None
            values.append(abs(position.notional_value(at)))
        return _total(values)

    # -- worth ----------------------------------------------------------------------------------

    def mark_price(self, position: Position) -> Price | None:
        """Return what a position would be closed at, as `offered_price` says it."""
        market = self._cache.market(position.instrument_id)
        if market is None:
            return None
        return offered_price(market, -1 if position.signed_raw > 0 else 1)

    def equity(self, venue: Venue) -> dict[Currency, Money]:
        """Return what an account is worth, per currency.

        Cash accounts: the balances, and what holdings that are no balance would fetch. Margin
        accounts: the balances, and what open positions would gain. Betting accounts: the balances,
        since a bet is worth what its outcome pays, and nothing before. Positions without a price
        are left out; `missing_price_instruments` names them.
        """
        account = self._require(venue)
        amounts = [account.balance_total(currency) for currency in account.currencies()]
        worth = _by_currency(amount for amount in amounts if amount is not None)
        for position in self._cache.positions_open(venue=venue):
            at = self.mark_price(position)
            if at is None:
                continue
            value = self._value(account, position, at)
            if value is not None:
                held = worth.get(value.currency)
                worth[value.currency] = value if held is None else held + value
        return worth

    def missing_price_instruments(self, venue: Venue) -> list[InstrumentId]:
        """Return the instruments held on a venue that have no price."""
        held = self._cache.positions_open(venue=venue)
        missing = (each.instrument_id for each in held if self.mark_price(each) is None)
        return list(dict.fromkeys(missing))

    def converted(self, venue: Venue, amounts: Iterable[Money], currency: Currency) -> Money:
        """Return the sum of amounts in one currency, at the venue's mid rates.

        Raises
        ------
        AccountError : a rate is unknown
        """
        total = ZERO
        for amount in amounts:
            if amount.raw == 0:
                continue
            rate = self._cache.get_xrate(venue, amount.currency, currency)
            if rate is None:
                raise AccountError(
                    f"venue {venue}: no rate from {amount.currency} to {currency} is known;"
                    f" load quotes or bars of a pair that connects them"
                )
            total = EXACT.add(total, EXACT.multiply(amount.as_decimal(), rate))
        return Money(total, currency)

    def _value(self, account: Account, position: Position, price: Price) -> Money | None:
        if account.account_type is not AccountType.CASH and not position.terms.is_premium:
            return self._settled(account, position, position.unrealized_pnl(price))
        if position.terms.base is not None and account.base_currency is None:
            return None  # what was bought is a balance of its own
        value = position.notional_value(price)
        signed = value if position.signed_raw > 0 else -value
        return self._settled(account, position, signed)

    def _settled(self, account: Account, position: Position, value: Money) -> Money:
        if account.base_currency is None or account.base_currency == value.currency:
            return value
        return self.converted(position.instrument_id.venue, [value], account.base_currency)

    def _require(self, venue: Venue) -> Account:
        account = self._cache.account_for_venue(venue)
        if account is None:
            raise AccountError(f"venue {venue} has no account")
        return account


def _total(amounts: Iterable[Money]) -> Money | None:
    total: Money | None = None
    for amount in amounts:
        total = amount if total is None else total + amount
    return total


def _by_currency(amounts: Iterable[Money]) -> dict[Currency, Money]:
    sums: dict[Currency, Money] = {}
    for amount in amounts:
        held = sums.get(amount.currency)
        sums[amount.currency] = amount if held is None else held + amount
    return sums
