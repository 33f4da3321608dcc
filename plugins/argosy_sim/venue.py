"""The simulated venue of a run: an exchange, and the way of messages between it and the host."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from argosy.model.data import InstrumentStatusUpdate, VenueStatusUpdate
from argosy.model.enums import AccountType, OmsType
from argosy.model.identifiers import AccountId
from argosy.parts.client import ALL_COMMANDS, ExecutionClient
from argosy_sim.account import build_account
from argosy_sim.exchange.exchange import Exchange
from argosy_sim.exchange.models import ExchangeModels
from argosy_sim.fees import MakerTakerFees
from argosy_sim.fill_models import DisplayedFill, FillRules
from argosy_sim.transit import Transit

if TYPE_CHECKING:
    from argosy.model.commands import Command
    from argosy.model.instruments import Instrument
    from argosy.model.reports import Report
    from argosy.parts.simulator import SimulationContext
    from argosy_sim.exchange.matcher import InstrumentMatcher
    from argosy_sim.settings import SimSettings


class SimVenue(ExecutionClient):
    """Host an exchange in a run.

    Commands wait until the datum of the moment is done, or travel as the latency model says;
    reports come at once, or travel likewise.

    Parameters
    ----------
    settings : what the system file says of the venue
    context : what the host gives to a venue

    Attributes
    ----------
    account : the host's own, which hears of everything by reports; the exchange has another
    """

    def __init__(self, settings: SimSettings, context: SimulationContext) -> None:
        account_id = AccountId(f"{context.venue}-001")
        ExecutionClient.__init__(self, context.venue, account_id, settings.oms, ALL_COMMANDS)
        options = settings.options()
        self.settings = settings
        self.account = build_account(settings, options, account_id, context.rates)
        latency = None if settings.latency is None else settings.latency.build()
        self._transit = None if latency is None else Transit(latency, context.timeline)
        self._is_late = self._transit is not None and self._transit.delays_reports
        self._sends_with_data = options.arrivals == "with_data"
        chosen = settings.account
        is_cash = chosen.type is AccountType.CASH and not chosen.allow_borrowing
        self.exchange = Exchange(
            context.timeline,
            _models(settings, context, sells_held=is_cash),
            build_account(settings, options, account_id, context.rates),
            self._report_late if self._is_late else self.tell,
            is_frozen=chosen.frozen,
            pays=is_cash and not chosen.frozen,
        )

    def __str__(self) -> str:
        return f"simulated venue {self.venue}"

    # -- what the host asks -----------------------------------------------------------------------

    def add_instrument(self, instrument: Instrument) -> InstrumentMatcher:
        """Begin to trade an instrument; its data goes into the matcher first."""
        return self.exchange.list_instrument(instrument)

    def update_instrument(self, instrument: Instrument) -> None:
        """Trade an instrument by a new definition."""
        self.exchange.redefine(instrument)

    def start(self) -> None:
        """Tell the account's first state, with its deposits: that was before the run."""
        self.tell(self.exchange.deposit(self.settings.account.balances))

    def stop(self) -> None:
        """End: what rests or is under way stays as it is."""

    def report(self) -> Mapping[str, Any]:
        """Return counters per instrument: orders, fills, quantity beyond the displayed size.

        Where messages travel, those that have not arrived are counted too: what they would have
        told, one side never heard of.
        """
        found = {"profile": self.settings.profile, "instruments": self.exchange.counters()}
        if self._transit is not None:
            found["under_way"] = dict(self._transit.under_way)
        return found

    def on_status(self, update: VenueStatusUpdate | InstrumentStatusUpdate) -> None:
        """Halt, close or reopen the market as a status update says."""
        if isinstance(update, InstrumentStatusUpdate):
            self.exchange.change_status(update.action, update.instrument_id)
        else:
            self.exchange.change_status(update.status)

    # -- messages ---------------------------------------------------------------------------------

    def send(self, command: Command) -> None:
        """Send a command on its way to the exchange."""
        exchange = self.exchange
        if self._transit is None:
            exchange.send(command)
        else:
            later = exchange.send_with_data if self._sends_with_data else self._queue
            self._transit.send(command, self._queue, later)

    def settle(self) -> int:
        """Let the exchange work off the commands that have arrived."""
        return self.exchange.settle()

    def connect(self, take: Callable[[Report], object]) -> None:
        """Have reports taken from now on; those that do not travel go there straight."""
        ExecutionClient.connect(self, take)
        if not self._is_late:
            self.exchange.reporting.connect(take)

    def _queue(self, command: Command) -> None:
        self.exchange.send(command)

    def _report_late(self, report: Report) -> None:
        assert self._transit is not None
        self._transit.report(report, self.tell)


def _models(
    settings: SimSettings, context: SimulationContext, *, sells_held: bool
) -> ExchangeModels:
    fees = MakerTakerFees() if settings.fees is None else settings.fees.build()
    fill = DisplayedFill() if settings.fill is None else settings.fill.build()
    return ExchangeModels(
        name=context.venue,
        tag=_tag(context.seed, context.venue),
        options=settings.options(),
        fees=fees,
        fee_is_once=fees.charges_once,
        fill=FillRules(fill, context.random("fill")),
        order_types=context.order_types,
        is_hedging=settings.oms is OmsType.HEDGING,
        sells_held=sells_held,
    )


def _tag(seed: int, venue: str) -> str:
    return hashlib.sha256(f"{seed}/{venue}/ids".encode()).hexdigest()[:8]
