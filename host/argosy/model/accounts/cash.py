"""Cash accounts: everything is paid and delivered in full."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from argosy.model.accounts.account import Account, Rate
from argosy.model.accounts.balance import Lock, lock_of
from argosy.model.accounts.stake import Stake
from argosy.model.enums import AccountType
from argosy.model.events.account import TRADE_LEG, AccountFlow
from argosy.model.powers import ten_to
from argosy.model.terms import Terms, rounded, scaled

if TYPE_CHECKING:
    from argosy.model.currency import Currency
    from argosy.model.identifiers import AccountId
    from argosy.model.orders.working import WorkingOrder
    from argosy.model.values import Price, Quantity

_TRADE_LEG = TRADE_LEG


class CashAccount(Account):
    """Pays the whole notional of what it buys.

    A buy order holds the notional of what is left of it. A sell order holds what it will deliver,
    where that is a currency and the account has several; in an account of one currency what is sold
    is a position, and nothing is held. At a price below zero the sale is what pays.

    Parameters
    ----------
    account_id : issuer and number
    base_currency : the one currency that it is kept in; None for several
    xrate : (from, to) -> what one unit of `from` is worth, None where nobody knows
    may_borrow : whether a balance may fall below zero
    locks_fees : whether a buy order also holds the worst fee of its instrument
    """

    locks_fees: bool

    def __init__(
        self,
        account_id: AccountId,
        base_currency: Currency | None = None,
        *,
        xrate: Rate | None = None,
        may_borrow: bool = False,
        locks_fees: bool = False,
    ) -> None:
        super().__init__(
            account_id, AccountType.CASH, base_currency, xrate=xrate, may_borrow=may_borrow
        )
        self.locks_fees = locks_fees

    def _add_legs(
        self,
        out: list[AccountFlow],
        sign: int,
        quantity: Quantity,
        price: Price,
        gain: int,
        stake: Stake,
        cause: int,
    ) -> int:
        terms = stake.terms
        if terms.base is not None and terms.delivers and self.base_currency is None:
            raw = scaled(quantity.raw, terms.base_decimals - quantity.precision)
            self._add_flow(out, _TRADE_LEG, raw * sign, terms.base, cause)
        paid = terms.notional_raw(price.raw, price.precision, quantity.raw, quantity.precision)
        self._add_flow(out, _TRADE_LEG, paid * -sign, terms.cost, cause)
        return 0

    def _lock(self, order: WorkingOrder, stake: Stake, price: Price | None) -> Lock | None:
        if price is None or order.is_reduce_only:
            return None
        terms = stake.terms
        if order.sign > 0 or price.raw < 0:
            raw = self._worth(order, terms, price)
            currency = terms.cost
        elif terms.base is not None and terms.delivers and self.base_currency is None:
            raw = self._base_raw(order, terms, price)
            currency = terms.base
        else:
            return None
        if self.base_currency is not None:
            raw = self._in_base(raw, currency)
            currency = self.base_currency
        return lock_of(currency, raw, 0, order.sign)

    def _worth(self, order: WorkingOrder, terms: Terms, price: Price) -> int:
        """Return what the rest of an order pays, in units of the cost currency.

        Below zero it is the seller who pays, and a buyer has at most a fee to.
        """
        if order.is_quote_quantity:
            raw = scaled(order.leaves_raw, terms.cost_decimals - order.size_precision)
        else:
            raw = terms.notional_raw(
                price.raw, price.precision, order.leaves_raw, order.size_precision
            )
        fee = self._worst_fee(abs(raw), terms) if self.locks_fees else 0
        return max(raw * order.sign, 0) + fee

    def _base_raw(self, order: WorkingOrder, terms: Terms, price: Price) -> int:
        """Return what the rest of a sell order delivers, in units of the base currency."""
        digits = terms.base_decimals - order.size_precision
        if not order.is_quote_quantity:
            return scaled(order.leaves_raw, digits)
        return rounded(
            order.leaves_raw * ten_to(price.precision + max(digits, 0)),
            price.raw * ten_to(max(-digits, 0)),
        )

    def _worst_fee(self, raw: int, terms: Terms) -> int:
        worst = max(terms.instrument.maker_fee, terms.instrument.taker_fee, Decimal(0))
        numerator, denominator = worst.as_integer_ratio()
        return rounded(raw * numerator, denominator)
