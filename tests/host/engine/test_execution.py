"""The engine of orders takes no order for none."""

import pytest

from argosy.model.enums import OrderStatus
from argosy.model.identifiers import (
    VenueOrderId,
)
from tests.host.engine.kit import (
    BUY,
    NOW,
    Desk,
)


def test_no_order_is_an_error_and_no_crash() -> None:
    desk = Desk()
    with pytest.raises(TypeError, match=r"submit_order\(\) takes an order, was None"):
        desk.execution.submit(None)  # type: ignore[arg-type]


def test_a_client_that_is_added_is_connected_and_routed_to() -> None:
    desk = Desk()
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    desk.venue.accepted(order, VenueOrderId("V-1"), NOW)
    assert OrderStatus.ACCEPTED is order.status
