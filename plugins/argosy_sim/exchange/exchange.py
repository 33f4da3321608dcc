"""The exchange: an account, a desk for each instrument, and a queue of commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from argosy.kernel.timeline import NEVER
from argosy.model.commands import (
    CancelAllOrders,
    CancelOrder,
    CancelOrders,
    Command,
    ModifyOrder,
    QueryAccount,
    QueryOrder,
    SubmitOrder,
    SubmitOrderList,
)
from argosy.model.enums import MarketStatusAction
from argosy.model.events.account import DEPOSIT
from argosy.model.values import quantity_from_raw
from argosy_sim.exchange.clearing import Clearing
from argosy_sim.exchange.desk import OrderDesk
from argosy_sim.exchange.models import ExchangeModels
from argosy_sim.exchange.reporting import Reporting, Take
from argosy_sim.exchange.session import Close

if TYPE_CHECKING:
    from argosy.kernel.timeline import Timeline
    from argosy.model.accounts import Account
    from argosy.model.events.order import OrderInitialized
    from argosy.model.identifiers import InstrumentId
    from argosy.model.instruments import Instrument
    from argosy.model.money import Money
    from argosy.model.reports import AccountReport
    from argosy_sim.exchange.conditional import Market
    from argosy_sim.exchange.matcher import InstrumentMatcher


class Exchange:
    """Match orders against market data; it knows nothing of who sends them.

    Commands wait until `settle` and are worked off in the order in which they came. Market data go
    into the books (`list_instrument`) first; what they reach is reported at once.

    Parameters
    ----------
    timeline : tells the time, and when orders expire
    models : rules and models
    account : empty, and nobody else's
    is_frozen : nothing changes its balances
    pays : executions are cut to what the account can pay
    take : called with each report
    """

    def __init__(
        self,
        timeline: Timeline,
        models: ExchangeModels,
        account: Account,
        take: Take,
        *,
        is_frozen: bool = False,
        pays: bool = False,
    ) -> None:
        self.models = models
        self.clearing = Clearing(account, is_frozen=is_frozen, pays=pays)
        self.reporting = Reporting(timeline, self.clearing, take)
        self.desks: dict[InstrumentId, OrderDesk] = {}
        self.inbox: list[Command | OrderInitialized] = []
        self._timeline = timeline
        self._late: list[Command] = []

    # -- instruments ------------------------------------------------------------------------------

    def list_instrument(self, instrument: Instrument) -> InstrumentMatcher:
        """Begin to trade an instrument; its data go into the book that is returned."""
        index = len(self.desks) + 1
        desk = OrderDesk(instrument, index, self.models, self.reporting, self._timeline, self)
        self.desks[instrument.id] = desk
        self._close_at(desk)
        return desk.matcher

    def redefine(self, instrument: Instrument) -> None:
        """Trade an instrument by a new definition."""
        desk = self.desks[instrument.id]
        before_ns = desk.session.end_ns
        desk.redefine(instrument)
        if desk.session.end_ns != before_ns:
            self._close_at(desk)

    def change_status(
        self, status: MarketStatusAction, instrument_id: InstrumentId | None = None
    ) -> None:
        """Halt, close or reopen the market of an instrument, or of all."""
        if self.models.options.halts == "ignore":
            return
        for desk in self.desks.values():
            if instrument_id is None or desk.listing.instrument.id == instrument_id:
                desk.change_status(status, of_venue=instrument_id is None)

    def _close_at(self, desk: OrderDesk) -> None:
        """End the orders of an instrument when it expires, if it does."""
        end_ns = desk.session.end_ns
        if end_ns != NEVER:
            self._timeline.schedule(Close(desk.session, desk.expire_instrument), end_ns)

    # -- money ------------------------------------------------------------------------------------

    def deposit(self, amounts: Sequence[Money]) -> AccountReport:
        """Put money into the account; return the report of it, for whoever opens the account."""
        account = self.clearing.account
        flows = tuple(account.flow(DEPOSIT, amount, 0) for amount in amounts)
        account.apply_flows(flows)
        return self.reporting.account_report(flows)

    # -- commands ---------------------------------------------------------------------------------

    def send(self, command: Command) -> None:
        """Queue a command for the next settle."""
        self.inbox.append(command)
        self._timeline.wake()

    def send_with_data(self, command: Command) -> None:
        """Queue a command that is worked off after the next row of data."""
        self._late.append(command)
        for desk in self.desks.values():
            desk.matcher.set_watched(True)

    def settle(self) -> int:
        """Work off the commands that have come; those that they cause are for the next round."""
        inbox = self.inbox
        if inbox:
            self.inbox = []
            for command in inbox:
                self.work_off(command)
        return 0

    def work_off(self, command: Command | OrderInitialized) -> int:
        """Do what a command asks for; what it is reported by names it as the cause."""
        if isinstance(command, SubmitOrder):
            return self._submit(command)
        if isinstance(command, Command):
            self.reporting.answer(command.command_id)
            self._do(command)
        else:  # an order whose trigger fired in the book of another instrument
            self.desks[command.instrument_id].release(command)
        return self.reporting.answer(0)

    def _submit(self, command: SubmitOrder) -> int:
        self.reporting.answer(command.command_id)
        desk = self.desks[command.instrument_id]
        desk.submit(command)
        return self.reporting.answer(0)

    def _do(self, command: Command) -> None:
        match command:
            case CancelOrder():
                self.desks[command.instrument_id].cancel(command)
            case ModifyOrder():
                self.desks[command.instrument_id].modify(command)
            case SubmitOrderList() | CancelOrders():
                for each in command.orders:
                    self.work_off(each)
            case CancelAllOrders():
                self.desks[command.instrument_id].cancel_all(command)
            case QueryOrder():
                self.desks[command.instrument_id].query(command)
            case QueryAccount():
                self.reporting.account(command)
                for desk in self.desks.values():
                    self.reporting.positions(command, desk.listing)

    # -- what desks find beside themselves --------------------------------------------------------

    def market_of(self, instrument_id: InstrumentId) -> Market | None:
        """Return listing and book of an instrument, None where it is not listed."""
        desk = self.desks.get(instrument_id)
        return None if desk is None else (desk.listing, desk.matcher)

    def release(self, init: OrderInitialized) -> None:
        """Release an order whose trigger fired in another book, in the same settle."""
        self.inbox.append(init)
        self._timeline.wake()

    def data_arrived(self) -> None:
        """Queue what waited for data."""
        late, self._late = self._late, []
        for desk in self.desks.values():
            desk.matcher.set_watched(False)
        self.inbox.extend(late)
        self._timeline.wake()

    # -- counters ---------------------------------------------------------------------------------

    def counters(self) -> Mapping[str, Any]:
        """Return, per instrument: orders, fills, quantity beyond the displayed size."""
        return {
            str(instrument_id): {
                "orders": desk.orders,
                "fills": desk.fills.count,
                "quantity_beyond_displayed": str(
                    quantity_from_raw(desk.fills.beyond_raw, desk.listing.size_precision)
                ),
            }
            for instrument_id, desk in self.desks.items()
        }

    def holdings(self) -> Iterator[tuple[InstrumentId, str, Decimal]]:
        """Yield what is held: instrument, holding key, signed quantity."""
        for instrument_id, desk in self.desks.items():
            for key, holding in desk.listing.holdings.items():
                yield instrument_id, key, holding.signed_qty
