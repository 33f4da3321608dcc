"""Execution clients: the way to one venue, simulated or live."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from argosy.errors import RunError
from argosy.kernel.timeline import Settler
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
from argosy.model.enums import OmsType
from argosy.model.identifiers import AccountId, Venue

if TYPE_CHECKING:
    from argosy.model.reports import Report

ALL_COMMANDS: tuple[type[Command], ...] = (
    SubmitOrder,
    SubmitOrderList,
    ModifyOrder,
    CancelOrder,
    CancelOrders,
    CancelAllOrders,
    QueryOrder,
    QueryAccount,
)
"""The commands that there are; the place of each is its code."""


class ExecutionClient(Settler):
    """Take commands to one venue, and tell what it says.

    The execution engine calls `send` with each command that the venue offers, from inside handlers
    too: a client queues it (`Timeline.wake` has `settle` called) or sends it, and never reports
    from inside a command. What the venue says goes to `tell`, one report after the other, in the
    order in which it was said; the engine believes it. A client raises for what ends the run only;
    what a venue refuses is a report.

    A subclass overrides the `on_*` methods of the commands that it offers, or `send` as a whole.

    Parameters
    ----------
    venue : the venue that orders are routed by
    account_id : the account that they trade on
    oms_type : how the venue keeps positions: NETTING or HEDGING
    offers : the commands that the venue takes; by default those whose `on_*` is overridden. The
        engine refuses the others by itself
    """

    def __init__(
        self,
        venue: Venue,
        account_id: AccountId,
        oms_type: OmsType,
        offers: Collection[type[Command]] | None = None,
    ) -> None:
        self.venue = venue
        self.account_id = account_id
        self.oms_type = oms_type
        self.offers = frozenset(_overridden(type(self)) if offers is None else offers)
        self.takes_orders = SubmitOrder in self.offers
        self._take: Callable[[Report], object] | None = None

    def connect(self, take: Callable[[Report], object]) -> None:
        """Have reports taken from now on; the engine calls this once, before any command."""
        self._take = take

    def tell(self, report: Report) -> None:
        """Hand on what the venue says.

        Raises
        ------
        RunError : nobody takes reports yet
        """
        if self._take is None:
            raise RunError(
                f"the execution client of {self.venue} reports before it was connected: add it to"
                " an execution engine first"
            )
        self._take(report)

    def send(self, command: Command) -> None:
        """Do what a command asks for: each kind has a method of its own."""
        if command.code < len(_METHODS):
            getattr(self, _METHODS[command.code])(command)

    def on_submit(self, command: SubmitOrder) -> None:
        """Take an order to the venue."""

    def on_submit_list(self, command: SubmitOrderList) -> None:
        """Take orders to the venue, together."""

    def on_modify(self, command: ModifyOrder) -> None:
        """Ask for another quantity or price."""

    def on_cancel(self, command: CancelOrder) -> None:
        """Ask for an order to be withdrawn."""

    def on_cancel_orders(self, command: CancelOrders) -> None:
        """Ask for orders to be withdrawn."""

    def on_cancel_all(self, command: CancelAllOrders) -> None:
        """Ask for all orders of an instrument to be withdrawn."""

    def on_query_order(self, command: QueryOrder) -> None:
        """Ask how an order stands."""

    def on_query_account(self, command: QueryAccount) -> None:
        """Ask what the account has."""


_METHODS = (
    "on_submit",
    "on_submit_list",
    "on_modify",
    "on_cancel",
    "on_cancel_orders",
    "on_cancel_all",
    "on_query_order",
    "on_query_account",
)
"""The method of each command, by its code."""


def _overridden(kind: Any) -> list[type[Command]]:
    """Return the commands whose methods a class has for itself."""
    return [
        command
        for command, name in zip(ALL_COMMANDS, _METHODS, strict=True)
        if getattr(kind, name) is not getattr(ExecutionClient, name)
    ]
