from collections.abc import Sequence

import pytest

from argosy.errors import InputError
from argosy.model.identifiers import OrderListId, StrategyId
from argosy.model.orders import Order, OrderList
from argosy.testing.instruments import equity
from tests.host.model.trades import GBPUSD, STRATEGY, an_order

ID = OrderListId("OL-1")


def test_the_first_order_stands_for_the_list() -> None:
    orders = [an_order(), an_order()]
    made = OrderList(ID, orders)
    assert orders[0] is made.first
    assert GBPUSD.id == made.instrument_id
    assert STRATEGY == made.strategy_id
    assert orders[0].ts_init == made.ts_init
    assert len(made) == 2
    assert "OrderList(OL-1, 2 orders of GBP/USD.SIM)" == repr(made)


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ([], "it has no orders"),
        ([an_order(), an_order(instrument=equity())], "its orders are for SIM, XNAS"),
        ([an_order(), an_order(strategy_id=StrategyId("S-2"))], "its orders are of"),
    ],
)
def test_a_list_that_cannot_be_sent_is_refused(orders: Sequence[Order], message: str) -> None:
    with pytest.raises(InputError, match=f"order list OL-1: {message}"):
        OrderList(ID, orders)
