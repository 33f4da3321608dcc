"""Simulators: what stands in for a venue in a backtest or a sandbox.

.. code-block:: python

    class DarkPool(ExecutionClient):
        def __init__(self, settings: PoolSettings, context: SimulationContext) -> None:
            super().__init__(context.venue, AccountId("POOL-001"), OmsType.NETTING)
            self.account = MarginAccount(self.account_id, USD, xrate=context.rates)

        def on_submit(self, command: SubmitOrder) -> None:
            self.inbox.append(command)  # answered by `tell` once the moment settles

    @hookimpl
    def register_simulators(
        register: Register[SimulatedVenue, [PoolSettings, SimulationContext]]
    ) -> None:
        register("pool", DarkPool, settings=PoolSettings, doc="Match at the mid price.")

and in a system file ``simulate = { use = "pool" }``; `argosy new plugin --part simulator` writes a
whole one. `argosy.testing.simulators.check_simulator` checks one.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from argosy.kernel.timeline import Timeline
from argosy.model.identifiers import AccountId, Venue

if TYPE_CHECKING:
    from argosy.kernel.matching import MatchingCore
    from argosy.model.accounts import Account
    from argosy.model.commands import Command
    from argosy.model.currency import Currency
    from argosy.model.data import InstrumentStatusUpdate, VenueStatusUpdate
    from argosy.model.enums import OmsType
    from argosy.model.instruments import Instrument
    from argosy.model.reports import Report

Rates = Callable[["Currency", "Currency"], "Decimal | None"]


@dataclass(frozen=True, slots=True)
class SimulationContext:
    """What a simulated venue is built from, besides its settings: nothing of what the host knows.

    Parameters
    ----------
    venue : its name
    timeline : tells the time, and carries messages that take time
    rates : (from, to) -> what one unit of a currency is worth in another, None where nobody knows
    order_types : name -> chosen order type; its factory makes the trigger of an order
    seed : of the system
    """

    venue: Venue
    timeline: Timeline
    rates: Rates
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
    """What the host asks of a simulated venue, which is an `ExecutionClient`.

    Before the run the host adds the client, then the instruments, then calls `start`; during it,
    the books that `add_instrument` returned see every row first, and `settle` comes after each row
    in which somebody woke the timeline; at the end `stop`, then `report`. An error that one of them
    raises ends the run.

    Attributes
    ----------
    account : the host's own: empty, nobody else's; the host lets reports change it, the venue never
    """

    venue: Venue
    account_id: AccountId
    oms_type: OmsType
    account: Account

    def connect(self, take: Callable[[Report], object]) -> None:
        """Have reports taken from now on."""
        ...

    def send(self, command: Command) -> None:
        """Take a command; the answer comes as a report, later."""
        ...

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
        """Tell the account's first state, with its deposits, as an `AccountReport`."""
        ...

    def stop(self) -> None:
        """End: whatever still rests or is under way stays as it is."""
        ...

    def report(self) -> Mapping[str, Any]:
        """Return what the run's report should say of the simulation, as plain values."""
        ...
