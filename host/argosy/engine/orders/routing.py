"""Routing: which venue takes the orders of an instrument, and what goes with it here."""

from __future__ import annotations

from argosy.engine.cache import Cache
from argosy.kernel.bus import MessageBus
from argosy.model.identifiers import ClientId, InstrumentId, Venue
from argosy.model.terms import terms_of
from argosy.parts.client import ExecutionClient
from argosy.parts.route import Route


class Routes:
    """One route for each instrument, kept once it is complete.

    Parameters
    ----------
    cache, bus : where a route finds what goes with its instrument
    """

    def __init__(self, cache: Cache, bus: MessageBus) -> None:
        self._cache = cache
        self._bus = bus
        self._clients: dict[Venue, ExecutionClient] = {}
        self._routes: dict[InstrumentId, Route] = {}

    def add_client(self, client: ExecutionClient) -> None:
        """Route the orders of the client's venue to it."""
        self._clients[client.venue] = client
        self._routes.clear()

    def of(self, instrument_id: InstrumentId) -> Route:
        """Return the route of an instrument; what nobody has is None in it."""
        route = self._routes.get(instrument_id)
        if route is None:
            route = self._find(instrument_id)
            if route.is_complete:
                self._routes[instrument_id] = route
        return route

    def forget(self, instrument_id: InstrumentId) -> None:
        """Look again at the next order: the definition of the instrument was replaced."""
        self._routes.pop(instrument_id, None)

    def _find(self, instrument_id: InstrumentId) -> Route:
        cache = self._cache
        instrument = cache.instrument(instrument_id)
        account = cache.account_for_venue(instrument_id.venue)
        return Route(
            instrument_id,
            self._clients.get(instrument_id.venue),
            cache.market(instrument_id),
            instrument,
            None if instrument is None else terms_of(instrument),
            account,
            None if account is None else self._bus.topic(f"events.account.{account.id}"),
        )


def client_refusal(instrument_id: InstrumentId, client_id: ClientId | None) -> str | None:
    """Return why a client cannot have an order; each venue has one, of the venue's name."""
    venue = instrument_id.venue
    if client_id is None or str(client_id) == str(venue):
        return None
    return f"CLIENT_NOT_FOUND: client_id={client_id}, venue={venue}"
