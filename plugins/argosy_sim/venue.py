"""The simulated venue: commands go in, reports come out, in between there is an exchange."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from argosy.kernel.client import ExecutionClient
from argosy.kernel.timeline import NEVER
from argosy.model.data import InstrumentStatusUpdate, VenueStatusUpdate
from argosy.model.enums import AccountType, MarketStatusAction, OmsType
from argosy.model.identifiers import AccountId
from argosy.model.values import quantity_from_raw
from argosy_sim import changes
from argosy_sim.account import build_account, deposit
from argosy_sim.desk import OrderDesk
from argosy_sim.fees import MakerTakerFees
from argosy_sim.fill_models import DisplayedFill, FillRules
from argosy_sim.house import House
from argosy_sim.latency import Arrival, LateReports
from argosy_sim.purse import Purse
from argosy_sim.session import Close

if TYPE_CHECKING:
    from argosy.engine.simulation import SimulationContext
    from argosy.model.identifiers import InstrumentId, PositionId
    from argosy.model.instruments import Instrument
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity
    from argosy_sim.latency import LatencyModel
    from argosy_sim.matcher import InstrumentMatcher
    from argosy_sim.settings import SimSettings

# An order for a desk with its position id, or None and what to call with which arguments.
Command = tuple["OrderDesk | None", Any, Any]


class SimVenue(ExecutionClient):
    """Simulate one venue: its account, and an order desk for each of its instruments.

    Commands wait until the datum of the moment is done, or travel as the latency model says; they
    are worked off in the order in which they came.

    Parameters
    ----------
    settings : what the system file says of the venue
    context : what the host gives to a venue
    """

    def __init__(self, settings: SimSettings, context: SimulationContext) -> None:
        ExecutionClient.__init__(
            self, context.venue, AccountId(f"{context.venue}-001"), settings.oms
        )
        self.settings = settings
        self.options = settings.options()
        self.account = build_account(settings, self.options, self.account_id, context)
        self._context = context
        self._timeline = context.timeline
        self._inbox: list[Command] = []
        self._late: list[Command] = []
        latency: LatencyModel | None = (
            None if settings.latency is None else settings.latency.build()
        )
        self._latency = latency
        self.house = self._house(settings, context, 0 if latency is None else latency.report_ns)
        self._desks = self.house.desks
        if settings.account.frozen:
            context.execution.accounting.freeze(context.venue)

    def _house(self, settings: SimSettings, context: SimulationContext, report_ns: int) -> House:
        fees = MakerTakerFees() if settings.fees is None else settings.fees.build()
        fill = DisplayedFill() if settings.fill is None else settings.fill.build()
        is_cash = settings.account.type is AccountType.CASH and not settings.account.allow_borrowing
        pays = is_cash and not settings.account.frozen
        house = House(
            name=context.venue,
            tag=_tag(context.seed, context.venue),
            options=self.options,
            timeline=context.timeline,
            cache=context.cache,
            account=self.account,
            reports=context.execution,
            is_late=report_ns > 0,
            fees=fees,
            fee_is_once=getattr(fees, "charges_once", False),
            fill=FillRules(fill, context.random("fill")),
            purse=Purse(self.account) if pays else None,
            order_types=context.order_types,
            is_hedging=settings.oms is OmsType.HEDGING,
            no_short_sales=is_cash,
            send=self._send,
            data_arrived=self._data_arrived,
        )
        if report_ns:
            house.reports = LateReports(context.execution, context.timeline, report_ns, house.keep)
        return house

    def __str__(self) -> str:
        return f"simulated venue {self.venue}"

    # -- what the host asks -----------------------------------------------------------------------

    def add_instrument(self, instrument: Instrument) -> InstrumentMatcher:
        """Begin to trade an instrument; its data goes into the matcher first."""
        desk = OrderDesk(instrument, len(self._desks) + 1, self.house)
        self._desks[instrument.id] = desk
        self._close_at(desk)
        return desk.matcher

    def update_instrument(self, instrument: Instrument) -> None:
        """Trade an instrument by a new definition."""
        desk = self._desks[instrument.id]
        before_ns = desk.session.end_ns
        desk.redefine(instrument)
        if desk.session.end_ns != before_ns:
            self._close_at(desk)

    def start(self) -> None:
        """Publish the account's first state, with its deposits."""
        state = deposit(self.account, self.settings.account.balances, self._context)
        self._context.execution.publish_account(state)

    def stop(self) -> None:
        """End: what rests or is under way stays as it is."""

    def report(self) -> Mapping[str, Any]:
        """Return counters per instrument: orders, fills, quantity beyond the displayed size."""
        return {
            "profile": self.settings.profile,
            "instruments": {
                str(instrument_id): {
                    "orders": desk.orders,
                    "fills": desk.fills,
                    "quantity_beyond_displayed": str(
                        quantity_from_raw(desk.beyond_raw, desk.size_precision)
                    ),
                }
                for instrument_id, desk in self._desks.items()
            },
        }

    def on_status(self, update: VenueStatusUpdate | InstrumentStatusUpdate) -> None:
        """Halt, close or reopen the market as a status update says."""
        if isinstance(update, InstrumentStatusUpdate):
            self.change_status(update.action, update.instrument_id)
        else:
            self.change_status(update.status)

    def change_status(
        self, status: MarketStatusAction, instrument_id: InstrumentId | None = None
    ) -> None:
        """Halt, close or reopen the market of an instrument, or of all."""
        if self.options.halts == "ignore":
            return
        for desk in self._desks.values():
            if instrument_id is None or desk.instrument.id == instrument_id:
                desk.change_status(status, of_venue=instrument_id is None)

    # -- commands ---------------------------------------------------------------------------------

    def submit_order(self, order: Order, position_id: PositionId | None) -> None:
        """Send an order."""
        desk = self._desks[order.instrument_id]
        if self._latency is None:
            self._inbox.append((desk, order, position_id))
            self._timeline.mark_dirty()
        else:
            self._travel(self._latency.insert_ns, desk.receive, order, position_id)

    def modify_order(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> None:
        """Ask for another quantity or price; None keeps what the order has."""
        message = (self._desks[order.instrument_id], order, quantity, price, trigger_price)
        if self._latency is None:
            self._send(changes.change, *message)
        else:
            self._travel(self._latency.modify_ns, changes.change, *message)

    def cancel_order(self, order: Order) -> None:
        """Ask for an order to be withdrawn."""
        withdraw = self._desks[order.instrument_id].withdraw
        if self._latency is None:
            self._send(withdraw, order)
        else:
            self._travel(self._latency.cancel_ns, withdraw, order)

    def settle(self) -> int:
        """Work off the commands that have arrived; those that they cause are for the next round."""
        inbox = self._inbox
        if inbox:
            self._inbox = []
            for command in inbox:
                desk = command[0]
                if desk is not None:
                    desk.receive(command[1], command[2])
                else:
                    command[1](*command[2])
        return 0

    def _close_at(self, desk: OrderDesk) -> None:
        """End the orders of an instrument when it expires, if it does."""
        if desk.session.end_ns != NEVER:
            self._timeline.schedule(Close(desk), desk.session.end_ns)

    def _send(self, act: Callable[..., object], *message: Any) -> None:
        self._inbox.append((None, act, message))
        self._timeline.mark_dirty()

    def _travel(self, delay_ns: int, act: Callable[..., object], *message: Any) -> None:
        """Let a command arrive later; without a delay it waits for the settle like any other."""
        if delay_ns:
            arrive = self._arrive if self.options.arrivals == "exact" else self._wait_for_data
            arrival = Arrival(arrive, act, message)
            self._timeline.schedule(arrival, self._timeline.now + delay_ns)
        else:
            self._send(act, *message)

    def _arrive(self, act: Callable[..., object], message: tuple[Any, ...]) -> None:
        self._send(act, *message)

    def _wait_for_data(self, act: Callable[..., object], message: tuple[Any, ...]) -> None:
        self._late.append((None, act, message))
        for desk in self._desks.values():
            desk.matcher.set_watched(True)

    def _data_arrived(self) -> None:
        late, self._late = self._late, []
        for desk in self._desks.values():
            desk.matcher.set_watched(False)
        self._inbox.extend(late)
        self._timeline.mark_dirty()


def _tag(seed: int, venue: str) -> str:
    return hashlib.sha256(f"{seed}/{venue}/ids".encode()).hexdigest()[:8]
