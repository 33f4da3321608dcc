"""Accounting: the host's accounts are what venues report of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import AccountError
from argosy.model.accounts.account import Account
from argosy.model.events.account import AccountFlow, AccountState
from argosy.model.events.ids import EventIds
from argosy.model.events.order import OrderFilled
from argosy.model.grow import record
from argosy.parts.route import Route

if TYPE_CHECKING:
    from argosy.model.reports import AccountChange


class Accounting:
    """Let the accounts of a run follow what is reported, and tell their states.

    Nothing is calculated here: a report says what moved, what is held and what there is.

    Parameters
    ----------
    event_ids : numbers the states

    Attributes
    ----------
    states : all states so far, in order
    """

    def __init__(self, event_ids: EventIds) -> None:
        self._event_ids = event_ids
        self.states: list[AccountState] = []

    def believe(
        self, route: Route, change: AccountChange, ts_event: int, ts_init: int
    ) -> AccountState:
        """Take over what a report of an order says, and return the account's state."""
        event_id = self._event_ids.next()
        return self._follow(self._account(route), change, event_id, event_id, ts_event, ts_init)

    def believe_fill(self, route: Route, change: AccountChange, fill: OrderFilled) -> AccountState:
        """Take over what a fill has moved, and return the account's state."""
        account = self._account(route)
        event_id = self._event_ids.next()
        return self._follow(account, change, fill.event_id, event_id, fill.ts_event, fill.ts_init)

    def believe_account(
        self, account: Account, change: AccountChange, ts_event: int, ts_init: int
    ) -> AccountState:
        """Take over what no order has caused; the state itself is the cause of what moved."""
        event_id = self._event_ids.next()
        return self._follow(account, change, event_id, event_id, ts_event, ts_init)

    def _follow(
        self,
        account: Account,
        change: AccountChange,
        cause: int,
        event_id: int,
        ts_event: int,
        ts_init: int,
    ) -> AccountState:
        flows = change.flows
        if flows:
            flows = record([AccountFlow(flow.kind, flow.amount, cause) for flow in flows])
        state = account.state_of(change, flows, event_id, ts_event, ts_init)
        account.apply(state)
        self.states.append(state)
        return state

    def _account(self, route: Route) -> Account:
        if route.account is None:
            raise AccountError(f"venue {route.instrument_id.venue} has no account")
        return route.account
