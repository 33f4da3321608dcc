"""What every account does: keep balances, hold back what orders and positions need, list flows.

An account is a state with functions. Those that ask (`lock_for`, `need_for`, `flows_for_fill`,
`carries`) change nothing; those that change it are called by its owner, once for each event:

1. `flows_for_fill` with the position as it was before the fill, then `book_fill`;
2. `update_order` after each event of an order, `update_position` after each change of a position;
3. `state` to make the event that tells it all.

Nothing here looks at more than one order, position or instrument at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from argosy.errors import AccountError
from argosy.model.accounts.balance import Balance, Lock
from argosy.model.enums import AccountType, OrderSide
from argosy.model.events.account import (
    FEE,
    AccountBalance,
    AccountFlow,
    AccountState,
    MarginBalance,
)
from argosy.model.grow import record
from argosy.model.money import Money, money_from_raw
from argosy.model.powers import ten_to
from argosy.model.terms import Terms, rounded, terms_of

if TYPE_CHECKING:
    from decimal import Decimal

    from argosy.model.currency import Currency
    from argosy.model.events.order import OrderFilled
    from argosy.model.identifiers import AccountId, ClientOrderId, InstrumentId
    from argosy.model.instruments import Instrument
    from argosy.model.orders.order import Order
    from argosy.model.position import Position
    from argosy.model.values import Price

_BUY = OrderSide.BUY
_FEE = FEE
Rate = Callable[["Currency", "Currency"], "Decimal | None"]


class Account:
    """The balances of a trader at a venue.

    Parameters
    ----------
    account_id : issuer and number
    base_currency : the one currency that it is kept in; None for several
    xrate : (from, to) -> what one unit of `from` is worth, None where nobody knows
    may_borrow : whether a balance may fall below zero
    """

    id: AccountId
    account_type: AccountType
    base_currency: Currency | None
    xrate: Rate | None
    may_borrow: bool
    last_event: AccountState | None
    event_count: int
    _balances: dict[str, Balance]
    _newest: Balance | None
    _locks: dict[ClientOrderId, Lock]
    _starting: tuple[AccountBalance, ...]

    def __init__(
        self,
        account_id: AccountId,
        account_type: AccountType,
        base_currency: Currency | None = None,
        *,
        xrate: Rate | None = None,
        may_borrow: bool = False,
    ) -> None:
        self.id = account_id
        self.account_type = account_type
        self.base_currency = base_currency
        self.xrate = xrate
        self.may_borrow = may_borrow
        self.last_event = None
        self.event_count = 0
        self._balances = {}
        self._newest = None
        self._locks = {}
        self._starting = ()

    # -- what it has --------------------------------------------------------------------------

    def currencies(self) -> list[Currency]:
        """Return the currencies that it has a balance of, in the order of their coming."""
        return [balance.currency for balance in self._balances.values()]

    def balance(self, currency: Currency | None = None) -> AccountBalance | None:
        """Return the balance of a currency, or None; without one: of the base currency."""
        wanted = self.base_currency if currency is None else currency
        if wanted is None:
            raise AccountError(f"account {self.id} has several currencies: name one")
        balance = self._known_balance(wanted)
        return None if balance is None else balance.snapshot()

    def balances(self) -> dict[Currency, AccountBalance]:
        """Return all balances."""
        return {balance.currency: balance.snapshot() for balance in self._balances.values()}

    def balance_total(self, currency: Currency | None = None) -> Money | None:
        """Return everything that it has of a currency, None where it never had any."""
        balance = self.balance(currency)
        return None if balance is None else balance.total

    def balance_locked(self, currency: Currency | None = None) -> Money | None:
        """Return what orders and positions hold of a currency."""
        balance = self.balance(currency)
        return None if balance is None else balance.locked

    def balance_free(self, currency: Currency | None = None) -> Money | None:
        """Return what can be used of a currency."""
        balance = self.balance(currency)
        return None if balance is None else balance.free

    def balances_total(self) -> dict[Currency, Money]:
        """Return the totals of all currencies."""
        return {currency: balance.total for currency, balance in self.balances().items()}

    def balances_locked(self) -> dict[Currency, Money]:
        """Return what is locked of each currency."""
        return {currency: balance.locked for currency, balance in self.balances().items()}

    def balances_free(self) -> dict[Currency, Money]:
        """Return what is free of each currency."""
        return {currency: balance.free for currency, balance in self.balances().items()}

    def starting_balances(self) -> dict[Currency, Money]:
        """Return the totals of its first state."""
        return {balance.currency: balance.total for balance in self._starting}

    def free(self, currency: Currency) -> Money:
        """Return what can be used of a currency, nothing where it has none."""
        balance = self._known_balance(currency)
        raw = 0 if balance is None else balance.total_raw - balance.locked_raw
        return money_from_raw(raw, currency)

    @property
    def is_cash_account(self) -> bool:
        """Whether everything is paid in full."""
        return self.account_type is AccountType.CASH

    @property
    def is_margin_account(self) -> bool:
        """Whether positions are carried on margin."""
        return self.account_type is AccountType.MARGIN

    # -- what would happen ----------------------------------------------------------------------

    def lock_for(
        self, order: Order, instrument: Instrument, price: Price | None = None
    ) -> Money | None:
        """Return what the rest of an order holds back while it works; None: nothing.

        Parameters
        ----------
        price : for an order that has none; by default its limit, else its trigger price
        """
        lock = self._lock(order, terms_of(instrument), price or order.price or order.trigger_price)
        return None if lock is None else money_from_raw(lock.raw, lock.currency)

    def need_for(
        self, order: Order, instrument: Instrument, price: Price | None = None
    ) -> Money | None:
        """Return what must be free for an order to be sent; None: nothing."""
        return self.lock_for(order, instrument, price)

    def flows_for_fill(
        self, fill: OrderFilled, instrument: Instrument, position: Position | None = None
    ) -> tuple[AccountFlow, ...]:
        """Return what a fill moves.

        Parameters
        ----------
        position : that it belongs to, as it is before the fill; None where it opens one
        """
        return self.flows(fill, terms_of(instrument), position)

    def flow(self, kind: str, amount: Money, cause: int) -> AccountFlow:
        """Return a flow, in the base currency where there is one.

        Parameters
        ----------
        cause : the id of the event that moves the money
        """
        out: list[AccountFlow] = []
        self._add_flow(out, kind, amount.raw, amount.currency, cause)
        return out[0] if out else AccountFlow(kind, self._zero(amount.currency), cause)

    def carries(self, flows: Sequence[AccountFlow], order: Order | None = None) -> bool:
        """Tell whether flows can be booked without touching what others hold.

        Parameters
        ----------
        order : what it holds itself may be used
        """
        changes: dict[str, int] = {}
        for flow in flows:
            code = flow.amount.currency.code
            changes[code] = changes.get(code, 0) + flow.amount.raw
        own = None if order is None else self._locks.get(order.client_order_id)
        for code, change in changes.items():
            balance = self._balances.get(code)
            held = own.raw if own is not None and own.currency.code == code else 0
            # All orders together may hold more than there is.
            usable = 0 if balance is None else min(balance.free_raw + held, balance.total_raw)
            if change < 0 and usable + change < 0:
                return False
        return True

    def largest_fill(
        self,
        flows_at: Callable[[int], Sequence[AccountFlow]],
        raw: int,
        step: int,
        order: Order | None = None,
    ) -> int:
        """Return the largest quantity whose flows the account carries.

        Parameters
        ----------
        flows_at : raw quantity -> what a fill of it moves
        raw : the quantity wanted
        step : the size increment, raw
        """
        if self.may_borrow or self.carries(flows_at(raw), order):
            return raw
        low, high = 0, raw // step  # low steps are carried, high + 1 are not
        while low < high:
            middle = (low + high + 1) // 2
            if self.carries(flows_at(middle * step), order):
                low = middle
            else:
                high = middle - 1
        return low * step

    # -- what happens -----------------------------------------------------------------------------

    def book_fill(
        self, fill: OrderFilled, instrument: Instrument, flows: tuple[AccountFlow, ...]
    ) -> None:
        """Book what `flows_for_fill` said.

        Raises
        ------
        AccountError : a balance would fall below zero and may not; nothing was changed
        """
        self.book(fill, terms_of(instrument), flows)

    def apply_flows(self, flows: Iterable[AccountFlow]) -> None:
        """Book flows that no fill caused.

        Raises
        ------
        AccountError : a balance would fall below zero and may not; nothing was changed
        """
        self.apply_tuple(tuple(flows))

    def update_order(self, order: Order, instrument: Instrument) -> bool:
        """Hold what the order holds now; tell whether that changed."""
        return self.order_changed(order, terms_of(instrument))

    def update_position(self, position: Position) -> bool:
        """Hold what the position holds now; tell whether that changed."""
        return self.position_changed(position)

    def recompute_locks(
        self,
        orders: Iterable[Order],
        positions: Iterable[Position],
        instrument_of: Callable[[InstrumentId], Instrument],
    ) -> None:
        """Hold what these orders and positions hold, and nothing else; for starts and checks."""
        self._clear_locks()
        for order in orders:
            self.order_changed(order, terms_of(instrument_of(order.instrument_id)))
        for position in positions:
            self.position_changed(position)

    def state(
        self, event_id: int, ts_event: int, ts_init: int, flows: tuple[AccountFlow, ...] = ()
    ) -> AccountState:
        """Return the event that tells how the account is now, and what moved since the last one."""
        event = AccountState(
            self.id,
            self.account_type,
            self.base_currency,
            record([balance.snapshot() for balance in self._balances.values()]),
            self._changed_margins(),
            flows,
            False,  # noqa: FBT003 (fields by place)
            event_id,
            ts_event,
            ts_init,
        )
        return self._note(event)

    def apply(self, event: AccountState) -> None:
        """Take over a state: one that the venue reported, or one out of an event log.

        Balances and, in a reported state, margins are replaced. What orders hold is then as the
        event says; call `recompute_locks` where this account is to go on calculating.
        """
        if event.account_id != self.id:
            raise AccountError(f"account {self.id}: the state is of account {event.account_id}")
        balances = {}
        for each in event.balances:
            balance = balances[each.currency.code] = Balance(each.currency)
            balance.put(each.total.raw, each.locked.raw)
        self._balances = balances
        self._newest = None
        self._locks = {}
        self._note(event)

    def _note(self, event: AccountState) -> AccountState:
        if self.event_count == 0:
            self._starting = event.balances
        self.event_count += 1
        self.last_event = event
        return event

    # -- the way of a fill ------------------------------------------------------------------------

    def flows(
        self, fill: OrderFilled, terms: Terms, position: Position | None
    ) -> tuple[AccountFlow, ...]:
        """Do what `flows_for_fill` does, for compiled callers."""
        if fill is None:
            raise AccountError(f"account {self.id}: flows are those of an OrderFilled, was None")
        out: list[AccountFlow] = []
        self._add_legs(out, fill, terms, position)
        commission = fill.commission
        if commission.raw:
            self._add_flow(out, _FEE, -commission.raw, commission.currency, fill.event_id)
        return record(out)

    def _add_legs(
        self, out: list[AccountFlow], fill: OrderFilled, terms: Terms, position: Position | None
    ) -> int:
        """Add what a fill moves besides its commission; each kind of account has its own."""
        return 0

    def _add_flow(
        self, out: list[AccountFlow], kind: str, raw: int, currency: Currency, cause: int
    ) -> int:
        """Add a flow, in the base currency where there is one; nothing is no flow."""
        base = self.base_currency
        if base is not None and base is not currency:
            raw = self._in_base(raw, currency)
            currency = base
        if raw:
            out.append(AccountFlow(kind, money_from_raw(raw, currency), cause))
        return 0

    def book(self, fill: OrderFilled, terms: Terms, flows: tuple[AccountFlow, ...]) -> int:
        """Do what `book_fill` does, for compiled callers."""
        return self.apply_tuple(flows)

    def apply_tuple(self, flows: tuple[AccountFlow, ...]) -> int:
        """Do what `apply_flows` does, for compiled callers."""
        for flow in flows:
            amount = flow.amount
            balance = self._balance(amount.currency)
            balance.add(amount.raw)
        return 0 if self.may_borrow else self._check_totals(flows)

    def _check_totals(self, flows: tuple[AccountFlow, ...]) -> int:
        """Undo flows that take more than there is."""
        for flow in flows:
            amount = flow.amount
            balance = self._balance(amount.currency)
            if balance.total_raw < 0 and amount.raw < 0:
                short = money_from_raw(balance.total_raw, amount.currency)
                for each in flows:
                    self._balance(each.amount.currency).add(-each.amount.raw)
                raise AccountError(
                    f"account {self.id}: {flow.kind} of {amount} leaves {short}. Trade less,"
                    " deposit more, or let the account borrow"
                )
        return 0

    # -- what is held -----------------------------------------------------------------------------

    def order_changed(self, order: Order, terms: Terms) -> bool:
        """Do what `update_order` does, for compiled callers."""
        old = self._locks.get(order.client_order_id) if self._locks else None
        new = None
        if order.is_open and not order.is_reduce_only:
            price = order.price if order.price is not None else order.trigger_price
            new = None if price is None else self._lock(order, terms, price)
        if old is None and new is None:
            return False
        if old is not None and new is not None and new.equals(old):
            return False
        self._swap(old, new, terms)
        if new is None:
            del self._locks[order.client_order_id]
        else:
            self._locks[order.client_order_id] = new
        return True

    def position_changed(self, position: Position) -> bool:
        """Do what `update_position` does, for compiled callers."""
        return False

    def _lock(self, order: Order, terms: Terms, price: Price | None) -> Lock | None:
        """Return what the rest of an order holds; each kind of account has its own."""
        return None

    def _swap(self, old: Lock | None, new: Lock | None, terms: Terms) -> int:
        """Hold the one instead of the other."""
        if old is not None:
            self._balance(old.currency).hold(-old.raw)
        if new is not None:
            self._balance(new.currency).hold(new.raw)
        return 0

    def _clear_locks(self) -> int:
        self._locks = {}
        for balance in self._balances.values():
            balance.put(balance.total_raw, 0)
        return self._clear_stakes()

    def _clear_stakes(self) -> int:
        """Forget what orders and positions hold; no balance holds anything any more."""
        return 0

    def _changed_margins(self) -> tuple[MarginBalance, ...]:
        return ()

    def _balance(self, currency: Currency) -> Balance:
        balance = self._known_balance(currency)
        if balance is None:
            balance = self._balances[currency.code] = Balance(currency)
        return balance

    def _known_balance(self, currency: Currency) -> Balance | None:
        """Return the balance of a currency, mostly that of the one asked for before, or None."""
        newest = self._newest
        if newest is None or newest.currency is not currency:
            newest = self._balances.get(currency.code)
            if newest is not None:
                self._newest = newest
        return newest

    def _zero(self, currency: Currency) -> Money:
        return money_from_raw(0, self.base_currency or currency)

    def _in_base(self, raw: int, currency: Currency) -> int:
        """Return an amount in units of the base currency; a missing rate is an error, never 1."""
        base = self.base_currency
        assert base is not None
        if base is currency or base == currency:
            return raw
        rate = None if self.xrate is None else self.xrate(currency, base)
        if rate is None:
            raise AccountError(
                f"account {self.id}: no exchange rate from {currency} to {base}. Give data of an"
                " instrument between them, or an account without a base currency"
            )
        numerator, denominator = rate.as_integer_ratio()
        digits = base.precision - currency.precision
        if digits >= 0:
            return rounded(raw * numerator * ten_to(digits), denominator)
        return rounded(raw * numerator, denominator * ten_to(-digits))

    def __repr__(self) -> str:
        balances = ", ".join(str(balance) for balance in self.balances_total().values())
        return f"{type(self).__name__}({self.id}, {balances or 'empty'})"
