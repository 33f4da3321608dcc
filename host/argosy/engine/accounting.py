"""Accounting: what orders, fills and positions do to the accounts they trade on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.engine.cache import Cache
from argosy.errors import AccountError
from argosy.kernel.timeline import Timeline
from argosy.model.accounts.account import Account
from argosy.model.events.account import AccountFlow, AccountState
from argosy.model.events.ids import EventIds
from argosy.model.events.order import OrderFilled
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.orders.order import Order
from argosy.model.position import Position
from argosy.model.terms import Terms, terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argosy.model.currency import Currency


class Book:
    """The account and the contract terms that go with one instrument."""

    def __init__(self, account: Account, terms: Terms) -> None:
        self.account = account
        self.terms = terms


class Accounting:
    """Keep the accounts of a run up to date, and tell their states.

    Parameters
    ----------
    event_ids : numbers the states

    Attributes
    ----------
    states : all states so far, in order
    """

    def __init__(self, cache: Cache, event_ids: EventIds, timeline: Timeline) -> None:
        self._cache = cache
        self._event_ids = event_ids
        self._timeline = timeline
        self._books: dict[InstrumentId, Book] = {}
        self._newest_id: InstrumentId | None = None
        self._newest: Book | None = None
        self._frozen: set[Venue] = set()
        self.states: list[AccountState] = []

    def freeze(self, venue: Venue) -> None:
        """Leave the balances of a venue's account as they are, whatever happens."""
        self._frozen.add(venue)
        self._books.clear()
        self._newest_id = None

    def forget(self, instrument_id: InstrumentId) -> None:
        """Look an instrument's terms up again: its definition was replaced."""
        self._books.pop(instrument_id, None)
        self._newest_id = None

    def quote_currency(self, instrument_id: InstrumentId) -> Currency:
        """Return the currency of an instrument's prices."""
        book = self._book(instrument_id)
        if book is None:
            return self._cache.require_instrument(instrument_id).quote_currency
        currency: Currency = book.terms.quote
        return currency

    def flows(self, fill: OrderFilled, position: Position | None) -> tuple[AccountFlow, ...]:
        """Return what a fill moves, given the position before it."""
        book = self._book(fill.instrument_id)
        return () if book is None else book.account.flows(fill, book.terms, position)

    def settle(
        self,
        order: Order,
        fill: OrderFilled,
        flows: tuple[AccountFlow, ...],
        positions: Sequence[Position],
    ) -> AccountState | None:
        """Book a fill that order and positions have taken, and return the account's state."""
        book = self._book(fill.instrument_id)
        if book is None:
            return None
        account = book.account
        account.book(fill, book.terms, flows)
        account.order_changed(order, book.terms)
        for position in positions:
            account.position_changed(position)
        state = account.state(self._event_ids.take(), fill.ts_event, fill.ts_init, flows)
        self.states.append(state)
        return state

    def order_changed(self, order: Order, ts_event: int) -> AccountState | None:
        """Hold what an order holds now; return the account's state where that changed."""
        book = self._book(order.instrument_id)
        if book is None or not book.account.order_changed(order, book.terms):
            return None
        state = book.account.state(self._event_ids.take(), ts_event, self._timeline.stamp())
        self.states.append(state)
        return state

    def note(self, state: AccountState) -> None:
        """Remember a state that something else than an order caused."""
        self.states.append(state)

    def _book(self, instrument_id: InstrumentId) -> Book | None:
        """Return account and terms of an instrument; None where the account is frozen."""
        if instrument_id is not self._newest_id:  # mostly it is that of the event before
            self._newest = self._found_book(instrument_id)
            self._newest_id = instrument_id
        return self._newest

    def _found_book(self, instrument_id: InstrumentId) -> Book | None:
        book = self._books.get(instrument_id)
        if book is None and instrument_id.venue not in self._frozen:
            account = self._cache.account_for_venue(instrument_id.venue)
            if account is None:
                raise AccountError(f"venue {instrument_id.venue} has no account")
            book = Book(account, terms_of(self._cache.require_instrument(instrument_id)))
            self._books[instrument_id] = book
        return book
