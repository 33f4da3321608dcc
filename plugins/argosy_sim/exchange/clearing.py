"""Clearing: what fills and orders do to the exchange's account and to what is held there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from argosy_sim.exchange.holding import Holding

if TYPE_CHECKING:
    from argosy.model.accounts.account import Account
    from argosy.model.events.account import AccountFlow
    from argosy.model.money import Money
    from argosy.model.reports import AccountChange
    from argosy.model.values import Price, Quantity
    from argosy_sim.exchange.listing import Listing
    from argosy_sim.exchange.order import VenueOrder

NOTHING = 0


class Clearing:
    """Keep the account of an exchange, and say of each report what it changed there.

    Parameters
    ----------
    account : the exchange's own
    is_frozen : nothing changes the balances
    pays : executions are cut to what the account can pay
    """

    def __init__(self, account: Account, *, is_frozen: bool, pays: bool) -> None:
        self.account = account
        self.is_frozen = is_frozen
        self.pays = pays

    def settle(
        self,
        order: VenueOrder,
        listing: Listing,
        quantity: Quantity,
        price: Price,
        commission: Money,
    ) -> AccountChange | None:
        """Book a fill that its order has taken; return what it changed."""
        sign = order.sign
        holding = self._holding(order, listing)
        if self.is_frozen:
            holding.trade(sign, quantity, price, commission)
            return self._keep(order, listing, holding, None)
        account = self.account
        stake = listing.stake
        gain = holding.gain_of(sign, quantity, price)
        flows = account.moves(sign, quantity, price, commission, gain, stake, NOTHING)
        account.book(sign, quantity, price, stake, flows)
        account.order_changed(order, stake)
        was_open = holding.signed_raw != 0
        rest = holding.close(sign, quantity, price)
        if rest and was_open and not holding.signed_raw:  # a flip is two changes
            account.position_changed(holding, stake)
        holding.open(sign, rest, price, commission)
        account.position_changed(holding, stake)
        return self._keep(order, listing, holding, account.change(flows))

    def order_changed(self, order: VenueOrder, listing: Listing) -> AccountChange | None:
        """Hold what an order holds now; return the change, None where there is none."""
        if self.is_frozen or not self.account.order_changed(order, listing.stake):
            return None
        return self.account.change()

    def carried(
        self,
        order: VenueOrder,
        listing: Listing,
        quantity: int,
        price: Price,
        fee_of: Callable[[Quantity], Money],
    ) -> int:
        """Return how much (raw) of a quantity the account can pay or deliver, with its fee.

        Parameters
        ----------
        fee_of : what a fill of so much costs
        """
        most = quantity
        if order.sign < 0 and not listing.is_delivered:
            most = min(most, max(listing.held_by_all(), 0))
        if most == 0:
            return 0

        def flows_at(raw: int) -> tuple[AccountFlow, ...]:
            size = listing.size(raw)
            return self.account.moves(
                order.sign, size, price, fee_of(size), NOTHING, listing.stake, NOTHING
            )

        return self.account.largest_fill(flows_at, most, listing.size_step, order)

    def _holding(self, order: VenueOrder, listing: Listing) -> Holding:
        book = order.book
        key = order.strategy_id if book is None else book
        holding = listing.holdings.get(key)
        if holding is None or (not holding.signed_raw and holding.terms is not listing.terms):
            holding = listing.holdings[key] = Holding(listing.terms)
        return holding

    def _keep(
        self,
        order: VenueOrder,
        listing: Listing,
        holding: Holding,
        change: AccountChange | None,
    ) -> AccountChange | None:
        """Forget a book that is closed: no other order opens it again."""
        if order.book is not None and not holding.signed_raw:
            del listing.holdings[order.book]
        return change
