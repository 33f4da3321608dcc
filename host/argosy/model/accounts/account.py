"""What every account does: keep balances, hold back what orders and positions need, list flows.

An account is a state with functions. Those that ask (`lock_for`, `need_for`, `flows_for_fill`,
`carries`) change nothing. Whoever keeps the account, a venue, calculates it, once for each event:

1. `flows_for_fill` with the position as it was before the fill, then `book_fill`;
2. `update_order` after each event of an order, `update_position` after each change of a position;
3. `change`, or `state`, to tell it all.

Whoever only hears of it, the host, calculates nothing: it calls `apply` with what it was told.

Nothing here looks at more than one order, position or instrument at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from argosy.errors import AccountError
from argosy.model.accounts.balance import Lock
from argosy.model.accounts.stake import Stake
from argosy.model.accounts.statement import Statement
from argosy.model.enums import AccountType, OrderSide
from argosy.model.events.account import (
    FEE,
    AccountFlow,
    AccountState,
    MarginBalance,
)
from argosy.model.grow import record
from argosy.model.money import Money, money_from_raw
from argosy.model.powers import ten_to
from argosy.model.reports import AccountChange
from argosy.model.terms import Terms, rounded, terms_of

if TYPE_CHECKING:
    from decimal import Decimal

    from argosy.model.cost import OpenCost
    from argosy.model.currency import Currency
    from argosy.model.events.order import OrderFilled
    from argosy.model.identifiers import AccountId, ClientOrderId, InstrumentId
    from argosy.model.instruments import Instrument
    from argosy.model.orders.working import WorkingOrder
    from argosy.model.position import Position
    from argosy.model.values import Price, Quantity

_BUY = OrderSide.BUY
_FEE = FEE
Rate = Callable[["Currency", "Currency"], "Decimal | None"]


class Account(Statement):
    """The balances of a trader at a venue.

    Parameters
    ----------
    account_id : issuer and number
    base_currency : the one currency that it is kept in; None for several
    xrate : (from, to) -> what one unit of `from` is worth, None where nobody knows
    may_borrow : whether a balance may fall below zero
    """

    xrate: Rate | None
    may_borrow: bool
    _stakes: dict[InstrumentId, Stake]
    _locks: dict[ClientOrderId, Lock]

    def __init__(
        self,
        account_id: AccountId,
        account_type: AccountType,
        base_currency: Currency | None = None,
        *,
        xrate: Rate | None = None,
        may_borrow: bool = False,
    ) -> None:
        Statement.__init__(self, account_id, account_type, base_currency)
        self.xrate = xrate
        self.may_borrow = may_borrow
        self._stakes = {}
        self._locks = {}

    # -- what would happen ----------------------------------------------------------------------

    def lock_for(
        self, order: WorkingOrder, instrument: Instrument, price: Price | None = None
    ) -> Money | None:
        """Return what the rest of an order holds back while it works; None: nothing.

        Parameters
        ----------
        price : for an order that has none; by default its limit, else its trigger price
        """
        stake = self.stake(terms_of(instrument))
        lock = self._lock(order, stake, price or order.price or order.trigger_price)
        return None if lock is None else money_from_raw(lock.raw, lock.currency)

    def need_for(
        self, order: WorkingOrder, instrument: Instrument, price: Price | None = None
    ) -> Money | None:
        """Return what must be free for an order to be sent; None: nothing."""
        return self.need(order, self.stake(terms_of(instrument)), price)

    def need(self, order: WorkingOrder, stake: Stake, price: Price | None) -> Money | None:
        """Do what `need_for` does, for compiled callers."""
        lock = self._lock(order, stake, price or order.price or order.trigger_price)
        return None if lock is None else money_from_raw(lock.raw, lock.currency)

    def flows_for_fill(
        self, fill: OrderFilled, instrument: Instrument, position: Position | None = None
    ) -> tuple[AccountFlow, ...]:
        """Return what a fill moves.

        Parameters
        ----------
        position : that it belongs to, as it is before the fill; None where it opens one
        """
        if fill is None:
            raise AccountError(f"account {self.id}: flows are those of an OrderFilled, was None")
        return self.moves(
            1 if fill.order_side is _BUY else -1,
            fill.last_qty,
            fill.last_px,
            fill.commission,
            0 if position is None else position.closing_raw(fill),
            self.stake(terms_of(instrument)),
            fill.event_id,
        )

    def flow(self, kind: str, amount: Money, cause: int) -> AccountFlow:
        """Return a flow, in the base currency where there is one.

        Parameters
        ----------
        cause : the id of the event that moves the money
        """
        out: list[AccountFlow] = []
        self._add_flow(out, kind, amount.raw, amount.currency, cause)
        return out[0] if out else AccountFlow(kind, self._zero(amount.currency), cause)

    def carries(self, flows: Sequence[AccountFlow], order: WorkingOrder | None = None) -> bool:
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
        order: WorkingOrder | None = None,
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
        sign = 1 if fill.order_side is _BUY else -1
        self.book(sign, fill.last_qty, fill.last_px, self.stake(terms_of(instrument)), flows)

    def apply_flows(self, flows: Iterable[AccountFlow]) -> None:
        """Book flows that no fill caused.

        Raises
        ------
        AccountError : a balance would fall below zero and may not; nothing was changed
        """
        self.apply_tuple(tuple(flows))

    def update_order(self, order: WorkingOrder, instrument: Instrument) -> bool:
        """Hold what the order holds now; tell whether that changed."""
        return self.order_changed(order, self.stake(terms_of(instrument)))

    def update_position(self, position: Position) -> bool:
        """Hold what the position holds now; tell whether that changed."""
        return self.position_changed(position, self.stake(position.terms))

    def recompute_locks(
        self,
        orders: Iterable[WorkingOrder],
        positions: Iterable[Position],
        instrument_of: Callable[[InstrumentId], Instrument],
    ) -> None:
        """Hold what these orders and positions hold, and nothing else; for starts and checks."""
        self._clear_locks()
        for order in orders:
            self.update_order(order, instrument_of(order.instrument_id))
        for position in positions:
            self.update_position(position)

    def state(
        self, event_id: int, ts_event: int, ts_init: int, flows: tuple[AccountFlow, ...] = ()
    ) -> AccountState:
        """Return the event that tells how the account is now, and what moved since the last one."""
        event = self.state_of(self.change(flows), flows, event_id, ts_event, ts_init)
        return self._note(event)

    def change(self, flows: tuple[AccountFlow, ...] = ()) -> AccountChange:
        """Return how the account is now, and what moved since somebody was told before."""
        balances = record([balance.snapshot() for balance in self._balances.values()])
        return AccountChange(balances, self._changed_margins(), flows)

    def apply(self, event: AccountState) -> None:
        """Take over a state: one that the venue reported, or one out of an event log.

        Balances and, in a reported state, margins are replaced. What orders hold is then as the
        event says; call `recompute_locks` where this account is to go on calculating.
        """
        self.follow(event)
        if self._locks:
            self._locks = {}

    # -- the way of a fill ------------------------------------------------------------------------

    def stake(self, terms: Terms) -> Stake:
        """Return the place of an instrument in this account; what is asked often keeps it."""
        stake = self._stakes.get(terms.instrument_id)
        if stake is None:
            stake = self._stakes[terms.instrument_id] = self._new_stake(terms)
        elif stake.terms is not terms:
            stake.define(terms)
        return stake

    def _new_stake(self, terms: Terms) -> Stake:
        """Return a place; each kind of account has its own."""
        return Stake(terms)

    def moves(
        self,
        sign: int,
        quantity: Quantity,
        price: Price,
        commission: Money,
        gain: int,
        stake: Stake,
        cause: int,
    ) -> tuple[AccountFlow, ...]:
        """Do what `flows_for_fill` does, for compiled callers.

        Parameters
        ----------
        sign : +1 where it was bought
        gain : what was realised, in units of the settlement currency
        cause : the id of the event that moves it; 0 where whoever hears of it knows
        """
        out: list[AccountFlow] = []
        self._add_legs(out, sign, quantity, price, gain, stake, cause)
        if commission.raw:
            self._add_flow(out, _FEE, -commission.raw, commission.currency, cause)
        return record(out)

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

    def book(
        self,
        sign: int,
        quantity: Quantity,
        price: Price,
        stake: Stake,
        flows: tuple[AccountFlow, ...],
    ) -> int:
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

    def order_changed(self, order: WorkingOrder, stake: Stake) -> bool:
        """Do what `update_order` does, for compiled callers."""
        old = self._locks.get(order.client_order_id) if self._locks else None
        new = None
        if order.is_open and not order.is_reduce_only:
            price = order.price if order.price is not None else order.trigger_price
            new = None if price is None else self._lock(order, stake, price)
        if old is None and new is None:
            return False
        if old is not None and new is not None and new.equals(old):
            return False
        self._swap(old, new, stake)
        if new is None:
            del self._locks[order.client_order_id]
        else:
            self._locks[order.client_order_id] = new
        return True

    def position_changed(self, position: OpenCost, stake: Stake) -> bool:
        """Do what `update_position` does, for compiled callers."""
        return False

    def _lock(self, order: WorkingOrder, stake: Stake, price: Price | None) -> Lock | None:
        """Return what the rest of an order holds; each kind of account has its own."""
        return None

    def _swap(self, old: Lock | None, new: Lock | None, stake: Stake) -> int:
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
