"""What an order needs must be free on its account: fails closed where anything is not known."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from argosy.errors import AccountError
from argosy.model.enums import AccountType, OrderStatus
from argosy.model.money import Money, money_from_raw
from argosy.model.terms import terms_of
from argosy.parts.risk_rule import RiskContext, RiskRule
from argosy_risk.worth import worth_raw

if TYPE_CHECKING:
    from argosy.model.accounts.account import Account
    from argosy.model.currency import Currency
    from argosy.model.identifiers import PositionId, Venue
    from argosy.model.instruments import Instrument
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity

_CASH = AccountType.CASH
_MARGIN = AccountType.MARGIN
_SUBMITTED = OrderStatus.SUBMITTED
_CODES = {
    AccountType.CASH: "NOTIONAL_EXCEEDS_FREE_BALANCE",
    AccountType.MARGIN: "MARGIN_EXCEEDS_FREE_BALANCE",
    AccountType.BETTING: "LIABILITY_EXCEEDS_FREE_BALANCE",
}
"""Account type -> the code for an order that needs more than is free."""
_CUMULATIVE_CODES = {
    AccountType.CASH: "CUM_NOTIONAL_EXCEEDS_FREE_BALANCE",
    AccountType.MARGIN: "CUM_MARGIN_EXCEEDS_FREE_BALANCE",
    AccountType.BETTING: "CUM_LIABILITY_EXCEEDS_FREE_BALANCE",
}
"""The same for an order together with those under way."""


class Needs:
    """What the orders under way to a venue need, by currency, as far as they were counted.

    Parameters
    ----------
    now : the time (ns) at whose prices they were
    answered : how many answers of venues had come by then
    """

    now: int
    answered: int
    counted: int
    of: dict[Currency, Money]

    def __init__(self, now: int, answered: int) -> None:
        self.now = now
        self.answered = answered
        self.counted = 0
        self.of = {}

    def add(self, need: Money | None) -> int:
        """Count one more order, None: it needs nothing."""
        if need is not None:
            before = self.of.get(need.currency)
            self.of[need.currency] = need if before is None else before + need
        self.counted += 1
        return 0


class BalanceRule(RiskRule):
    """The free balance carries an order: its notional, its initial margin, or its liability.

    An order is asked for what it needs, and for what it needs together with those that the account
    does not hold yet: they are on their way to the venue, or come before it in its list.
    Reduce-only orders need nothing.
    """

    def __init__(self, context: RiskContext) -> None:
        RiskRule.__init__(self, context)
        self.needs: dict[Venue, Needs] = {}
        self._judged: Order | None = None
        self._judged_need: Money | None = None
        self._judged_at = 0

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why the account cannot carry an order."""
        account = self.context.account_of(order)
        if account is None:
            return f"ACCOUNT_NOT_FOUND: venue={order.instrument_id.venue}"
        if order.is_reduce_only or _lends(account):
            return None
        price = self.context.price_of(order)
        if price is None:
            return f"PRICE_UNAVAILABLE: instrument_id={order.instrument_id}"
        try:
            return self._judge(order, account, price)
        except AccountError:
            return _rate_reason(order, account, self.context.instrument_of(order))

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return why the account cannot carry what a change would need in addition."""
        account = self.context.account_of(order)
        instrument = self.context.instrument_of(order)
        before = self.context.price_of(order)
        if account is None or instrument is None or before is None:
            return self.check(order, None)
        if order.is_reduce_only or _lends(account) or not order.leaves_raw:
            return None
        after = trigger_price if order.price is None else price
        try:
            need = self._need(order, instrument, account, before if after is None else after)
            held = self._need(order, instrument, account, before)
        except AccountError:
            return _rate_reason(order, account, instrument)
        if need is None or held is None:
            return None
        more = _share(need, order, quantity) - held
        return self._verdict(order, account, more)

    def _judge(self, order: Order, account: Account, price: Price) -> str | None:
        instrument = self.context.instrument_of(order)
        if instrument is None:
            return f"INSTRUMENT_NOT_FOUND: instrument_id={order.instrument_id}"
        need = self._need(order, instrument, account, price)
        self._judged = order
        self._judged_need = need
        self._judged_at = self.context.timeline.now
        return None if need is None else self._verdict(order, account, need)

    def _verdict(self, order: Order, account: Account, need: Money) -> str | None:
        """Return why the free balance does not carry a need, alone or with what is under way."""
        if need.raw <= 0:
            return None
        free = account.free(need.currency)
        if need.raw > free.raw:
            return f"{_CODES[account.account_type]}: free={free}, need={need}"
        others = self._under_way(order, account, need.currency)
        if others is None or need.raw + others.raw <= free.raw:
            return None
        total = need + others
        return f"{_CUMULATIVE_CODES[account.account_type]}: free={free}, need={total}"

    def _need(
        self, order: Order, instrument: Instrument, account: Account, price: Price
    ) -> Money | None:
        """Return what must be free for what is left of an order, None for nothing."""
        kind = account.account_type
        if kind is _MARGIN and order.sign * price.raw > 0:  # below zero the seller pays
            route = self.context.route_of(order)
            if route.terms is not None and route.terms.is_premium:
                return self._worth(order, instrument, account, price)
        need = self.context.need_of(order, price)
        if need is None and kind is _CASH and order.sign < 0:
            return self._short(order, instrument, account, price)
        return need

    def _short(
        self, order: Order, instrument: Instrument, account: Account, price: Price
    ) -> Money | None:
        """Return what the part of a sale must be worth that no long position covers."""
        worth = self._worth(order, instrument, account, price)
        if worth <= account.free(worth.currency):
            return None
        held = self.context.portfolio.net_position(order.instrument_id)
        covered = held - _open_sales(self.context.cache, order)
        quantity = order.leaves_qty
        if order.is_quote_quantity:
            quantity = instrument.calculate_base_quantity(quantity, price)
        sold = quantity.as_decimal()
        if covered <= 0 or not sold:
            return worth
        return _rounded_up(worth, max(sold - covered, Decimal(0)) / sold)

    def _worth(self, order: Order, instrument: Instrument, account: Account, price: Price) -> Money:
        """Return the notional of what is left of an order, in the account's currency."""
        terms = terms_of(instrument)
        raw = worth_raw(terms, order.leaves_qty, price, order.is_quote_quantity)
        worth = money_from_raw(raw, terms.cost)
        base = account.base_currency
        if base is None or base == terms.cost:
            return worth
        converted: Money = self.context.portfolio.converted(instrument.venue, [worth], base)
        return converted

    def _under_way(self, order: Order, account: Account, currency: Currency) -> Money | None:
        """Return what those need that the account does not hold yet and that go before an order."""
        total = None
        if self.context.cache.inflight_count:  # mostly there are none
            total = self._needs_of(order.instrument_id.venue, account).of.get(currency)
        if order.init.order_list_id is not None:
            order_list = self.context.cache.order_list(order.init.order_list_id)
            if order_list is not None:
                for other in takewhile(lambda each: each is not order, order_list.orders):
                    need = self._need_now(other, account)
                    if need is not None and need.currency == currency:
                        total = need if total is None else total + need
        return total

    def _needs_of(self, venue: Venue, account: Account) -> Needs:
        """Return what the orders under way to a venue need.

        Of thousands that are sent at one moment each is counted once, and not anew for each that
        follows; after an answer, or at another time, all are.
        """
        cache = self.context.cache
        now = self.context.timeline.now
        needs = self.needs.get(venue)
        if needs is None or needs.now != now or needs.answered != cache.answered:
            needs = self.needs[venue] = Needs(now, cache.answered)
        for other in cache.inflight_since(needs.counted):
            is_ours = other.status is _SUBMITTED and other.instrument_id.venue == venue
            if not is_ours:
                needs.add(None)
            elif other is self._judged and self._judged_at == now:
                needs.add(self._judged_need)
            else:
                needs.add(self._need_now(other, account))
        return needs

    def _need_now(self, order: Order, account: Account) -> Money | None:
        """Return what an order needs at the price of now; None where it needs or knows nothing."""
        instrument = self.context.instrument_of(order)
        price = self.context.price_of(order)
        if order.is_reduce_only or instrument is None or price is None:
            return None
        return self._need(order, instrument, account, price)


def _lends(account: Account) -> bool:
    """Tell whether an account may owe what it does not have; margin has a limit of its own."""
    return account.may_borrow and account.account_type is not _MARGIN


def _open_sales(cache: Any, order: Order) -> Decimal:
    """Return what is left of the other sales of an order's instrument; reduce-only ones give way.

    Of the order's own list those that come after it do not count: they are judged later.
    """
    total = Decimal(0)
    is_before = True
    for other in cache.working_in(order.instrument_id):
        if other is order:
            is_before = False
        elif (
            other.sign < 0
            and not other.is_reduce_only
            and (is_before or other.is_open or other.is_inflight)
        ):
            total += other.leaves_qty.as_decimal()
    return total


def _share(need: Money, order: Order, quantity: Quantity | None) -> Money:
    """Return what a need for what is left of an order comes to with another quantity."""
    if quantity is None:
        return need
    leaves = order.leaves_qty.as_decimal()
    left = quantity.as_decimal() - order.filled_qty.as_decimal()
    return _rounded_up(need, left / leaves)


def _rounded_up(amount: Money, part: Decimal) -> Money:
    raw = (Decimal(amount.raw) * part).to_integral_value(ROUND_CEILING)
    return money_from_raw(int(raw), amount.currency)


def _rate_reason(order: Order, account: Account, instrument: Instrument | None) -> str:
    reason = f"RATE_UNAVAILABLE: instrument_id={order.instrument_id}"
    if instrument is None or account.base_currency is None:
        return reason
    return f"{reason}, pair={instrument.cost_currency}/{account.base_currency}"
