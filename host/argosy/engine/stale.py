"""Stale marks: samples in which a position was worth a price that nobody stood for any more."""

from __future__ import annotations

from collections import Counter

from argosy.engine.cache import Cache
from argosy.kernel.prices import is_stale
from argosy.model.identifiers import InstrumentId, Venue


class StaleMarks:
    """Count the stale marks of each instrument, once a sample.

    Attributes
    ----------
    counts : instrument -> samples in which what is held of it was marked at a stale price
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._latest: dict[Venue, tuple[int, list[InstrumentId]]] = {}
        self.counts: Counter[InstrumentId] = Counter()

    def note(self, venue: Venue, now: int) -> None:
        """Count a sample of a venue's account; a second one of a time takes the place of the first.

        Parameters
        ----------
        now : ns
        """
        at, before = self._latest.get(venue, (None, []))
        if at == now:
            self.counts.subtract(before)
        found = self._stale(venue)
        self.counts.update(found)
        self._latest[venue] = now, found

    def _stale(self, venue: Venue) -> list[InstrumentId]:
        found: dict[InstrumentId, None] = {}
        for position in self._cache.positions_open(venue=venue):
            market = self._cache.market(position.instrument_id)
            if market is not None and is_stale(market, -1 if position.signed_raw > 0 else 1):
                found[position.instrument_id] = None
        return list(found)
