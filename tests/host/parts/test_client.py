"""An execution client takes commands as values, and says what it offers."""

from __future__ import annotations

from typing import Any

import pytest

from argosy.errors import RunError
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
from argosy.model.enums import OrderSide
from argosy.model.identifiers import ClientOrderId, InstrumentId, OrderListId
from argosy.model.reports import Expired
from argosy.parts.client import ALL_COMMANDS, ExecutionClient
from tests.host.engine.kit import ACCOUNT, BUY, NETTING, SIM, Desk

EURUSD = InstrumentId("EUR/USD.SIM")
ORDER = ClientOrderId("O-1")


class Deaf(ExecutionClient):
    """Offers cancels only."""

    def on_cancel(self, command: CancelOrder) -> None:
        """Take it."""


class Noting(ExecutionClient):
    """Notes which method a command reached."""

    def __init__(self) -> None:
        super().__init__(SIM, ACCOUNT, NETTING)
        self.reached: list[tuple[str, Command]] = []

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("on_") and name != "on_settle":
            return lambda command: self.reached.append((name, command))
        return super().__getattribute__(name)


def commands() -> list[Command]:
    desk = Desk()
    head = (1, 1, 0, 0)
    submit = SubmitOrder(*head, EURUSD, ORDER, desk.buy(1000).init, None, None)
    cancel = CancelOrder(*head, EURUSD, ORDER, None)
    return [
        submit,
        SubmitOrderList(*head, OrderListId("OL-1"), (submit,)),
        ModifyOrder(*head, EURUSD, ORDER, None, None, None, None),
        cancel,
        CancelOrders(*head, (cancel,)),
        CancelAllOrders(*head, EURUSD, None, OrderSide.NO_ORDER_SIDE),
        QueryOrder(*head, EURUSD, ORDER, None),
        QueryAccount(*head, ACCOUNT),
    ]


def test_a_client_knows_its_venue_its_account_and_how_positions_are_kept() -> None:
    client = ExecutionClient(SIM, ACCOUNT, NETTING)
    assert (SIM, ACCOUNT, NETTING) == (client.venue, client.account_id, client.oms_type)


def test_it_offers_the_commands_whose_methods_it_has() -> None:
    assert frozenset() == ExecutionClient(SIM, ACCOUNT, NETTING).offers
    assert {CancelOrder} == Deaf(SIM, ACCOUNT, NETTING).offers
    assert not Deaf(SIM, ACCOUNT, NETTING).takes_orders


def test_it_offers_what_it_says_where_it_says_so() -> None:
    client = ExecutionClient(SIM, ACCOUNT, NETTING, ALL_COMMANDS)
    assert set(ALL_COMMANDS) == client.offers
    assert client.takes_orders


def test_each_command_reaches_its_method() -> None:
    client = Noting()
    sent = commands()
    assert {type(command) for command in sent} == set(ALL_COMMANDS)
    for command in sent:
        client.send(command)
    names = ["submit", "submit_list", "modify", "cancel"]
    names += ["cancel_orders", "cancel_all", "query_order", "query_account"]
    assert [(f"on_{name}", command) for name, command in zip(names, sent, strict=True)] == (
        client.reached
    )


def test_what_a_venue_does_not_offer_is_refused_here_and_never_sent() -> None:
    desk = Desk()
    desk.execution.add_client(Deaf(SIM, ACCOUNT, NETTING))
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    assert "UNSUPPORTED_COMMAND: command=SubmitOrder, venue=SIM" == order.last_event.reason


def test_a_report_before_anybody_takes_it_is_an_error_with_its_cure() -> None:
    client = ExecutionClient(SIM, ACCOUNT, NETTING)
    with pytest.raises(RunError, match="of SIM reports before it was connected"):
        client.tell(Expired(1, 1, 0, 0, EURUSD, ORDER, None, None))


def test_reports_reach_whoever_it_was_connected_with() -> None:
    client, taken = ExecutionClient(SIM, ACCOUNT, NETTING), []
    client.connect(taken.append)
    report = Expired(1, 1, 0, 0, EURUSD, ORDER, None, None)
    client.tell(report)
    assert [report] == taken
