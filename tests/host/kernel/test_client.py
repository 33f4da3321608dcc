"""An execution client says what it offers; what it does not offer fails by name."""

import pytest

from argosy.errors import RunError
from argosy.kernel.client import ExecutionClient
from argosy.model.values import Quantity
from tests.host.engine.kit import ACCOUNT, BUY, NETTING, SIM, Desk, ScriptedClient, order_list


def test_a_client_knows_its_venue_its_account_and_how_positions_are_kept() -> None:
    client = ExecutionClient(SIM, ACCOUNT, NETTING)
    assert (SIM, ACCOUNT, NETTING) == (client.venue, client.account_id, client.oms_type)


def test_what_a_client_does_not_offer_is_an_error_that_names_it() -> None:
    client, desk = ExecutionClient(SIM, ACCOUNT, NETTING), Desk()
    order = desk.limit(BUY, 1000, "1.1")
    with pytest.raises(RunError, match="client of SIM does not offer submit_order"):
        client.submit_order(order, None)
    with pytest.raises(RunError, match="client of SIM does not offer modify_order"):
        client.modify_order(order, Quantity("2000"), None, None)
    with pytest.raises(RunError, match="client of SIM does not offer cancel_order"):
        client.cancel_order(order)


def test_a_list_is_sent_one_by_one_unless_the_client_knows_better() -> None:
    client, desk = ScriptedClient(), Desk()
    orders = [desk.buy(1000), desk.sell(1000)]
    client.submit_order_list(order_list("OL-1", orders), None)
    assert [("submit", order.client_order_id, None) for order in orders] == client.commands
