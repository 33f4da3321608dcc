"""What the host gives to a simulated venue, and what it asks of one."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from argosy.engine.cache import Cache
from argosy.engine.execution import ExecutionEngine
from argosy.engine.portfolio import Portfolio
from argosy.kernel.matching import MatchingCore
from argosy.kernel.timeline import Timeline
from argosy.model.accounts import Account
from argosy.model.data import InstrumentStatusUpdate, VenueStatusUpdate
from argosy.model.identifiers import Venue
from argosy.model.instruments import Instrument


@dataclass(frozen=True, slots=True)
class SimulationContext:
    """What a simulated venue is built from, besides its settings.

    Parameters
    ----------
    venue : its name
    timeline : tells the time, and carries commands that take time
    cache : orders, positions and accounts as the host knows them
    execution : where the venue reports
    portfolio : rates between currencies
    order_types : name -> chosen order type; its factory makes the trigger of an order
    seed : of the system
    """

    venue: Venue
    timeline: Timeline
    cache: Cache
    execution: ExecutionEngine
    portfolio: Portfolio
    order_types: Mapping[str, Any]
    seed: int

    def random(self, component: str) -> random.Random:
        """Return the generator of one component; others do not disturb it."""
        return seeded_random(self.seed, f"{self.venue}/{component}")


def seeded_random(seed: int, name: str) -> random.Random:
    """Return a generator that depends on the seed and a name only."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return random.Random(int.from_bytes(digest, "big"))


class SimulatedVenue(Protocol):
    """What the host asks of a simulated venue; it is an ExecutionClient and a Settler too."""

    account: Account

    def add_instrument(self, instrument: Instrument) -> MatchingCore:
        """Begin to trade an instrument; the core sees every row of its data first."""
        ...

    def update_instrument(self, instrument: Instrument) -> None:
        """Go by the new definition of an instrument from now on."""
        ...

    def on_status(self, update: VenueStatusUpdate | InstrumentStatusUpdate) -> None:
        """Halt, close or reopen the market as a status update says."""
        ...

    def start(self) -> None:
        """Publish the account's first state, with its deposits."""
        ...

    def stop(self) -> None:
        """End: whatever still rests or is under way stays as it is."""
        ...

    def report(self) -> Mapping[str, Any]:
        """Return what the run's report should say of the simulation, as plain values."""
        ...
