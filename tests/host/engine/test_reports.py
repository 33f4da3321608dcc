"""What a run leaves, as Arrow tables with exact numbers."""

from decimal import Decimal, localcontext
from typing import Any

import pytest

from argosy.engine.equity import Curve
from argosy.engine.reports import (
    accounts_table,
    equity_table,
    fills_table,
    orders_table,
    positions_table,
)
from argosy.errors import ValueRangeError
from argosy.model.currency import USD
from argosy.model.events.account import AccountState
from argosy.testing.instruments import token_spot_18_digits
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    GBPUSD,
    NOW,
    SECOND,
    SELL,
    Desk,
    order_list,
)


@pytest.fixture
def desk() -> Desk:
    return Desk(EURUSD, GBPUSD)


def row(table: Any, index: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = table.slice(index, 1).to_pylist()[0]
    return found


def kinds(table: Any) -> dict[str, str]:
    return {field.name: str(field.type) for field in table.schema}


# -- orders ---------------------------------------------------------------------------------------


def test_an_order_is_one_row_with_what_became_of_it(desk: Desk) -> None:
    order = desk.limit(BUY, 3000, "1.1", tags=["ENTRY", "TEST"], post_only=True)
    desk.execution.submit(order)
    desk.accept(order)
    desk.fill(order, 1000, "1.1")
    desk.fill(order, 1000, "1.09999")
    found = row(orders_table(desk.cache))
    wanted = {
        "client_order_id": order.client_order_id,
        "venue_order_id": f"V-{order.client_order_id}",
        "strategy_id": "Cross-000",
        "instrument_id": "EUR/USD.SIM",
        "account_id": "SIM-001",
        "position_id": "EUR/USD.SIM-Cross-000",
        "order_list_id": None,
        "side": "BUY",
        "order_type": "LIMIT",
        "time_in_force": "GTC",
        "status": "PARTIALLY_FILLED",
        "reason": None,
        "tags": "ENTRY,TEST",
        "currency": "USD",
        "quantity": Decimal(3000),
        "filled_qty": Decimal(2000),
        "price": Decimal("1.1"),
        "trigger_price": None,
        "avg_px": Decimal("1.099995"),
        "is_reduce_only": False,
        "is_post_only": True,
        "price_precision": 5,
        "size_precision": 0,
    }
    assert wanted == {name: found[name] for name in wanted}
    assert NOW == orders_table(desk.cache)["ts_init"].cast("int64")[0].as_py()


def test_an_order_that_was_never_sent_has_empty_cells(desk: Desk) -> None:
    desk.deny(desk.buy(1000), "NO: x=1")
    found = row(orders_table(desk.cache))
    assert ("DENIED", "NO: x=1") == (found["status"], found["reason"])
    assert {None} == {found[name] for name in ("account_id", "price", "avg_px", "position_id")}


@pytest.mark.parametrize(
    ("end", "status", "reason"),
    [
        (lambda desk, order: desk.venue.rejected(order, "NO", 1), "REJECTED", "NO"),
        (lambda desk, order: desk.venue.canceled(order, 1, "OFF"), "CANCELED", "OFF"),
        (lambda desk, order: desk.venue.canceled(order, 1), "CANCELED", None),
        (lambda desk, order: desk.venue.expired(desk.accept(order), 1), "EXPIRED", None),
        (lambda desk, order: desk.fill(order), "FILLED", None),
    ],
)
def test_the_reason_is_that_of_the_end(
    desk: Desk, end: Any, status: str, reason: str | None
) -> None:
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    end(desk, order)
    desk.execution.cancel(order)  # too late: refused with a reason of its own
    found = row(orders_table(desk.cache))
    assert (status, reason) == (found["status"], found["reason"])


def test_orders_of_a_bracket_name_their_list_and_parent(desk: Desk) -> None:
    from argosy.model.values import Price, Quantity

    bracket = desk.factory.bracket(
        EURUSD.id, BUY, Quantity("1000"), sl_trigger_price=Price("1.0"), tp_price=Price("1.2")
    )
    desk.execution.submit_list(bracket)
    found = orders_table(desk.cache).to_pylist()
    assert {str(bracket.id)} == {each["order_list_id"] for each in found}
    parent = str(bracket.first.client_order_id)
    assert [None, parent, parent] == [each["parent_order_id"] for each in found]
    assert [None, Decimal("1.0"), None] == [each["trigger_price"] for each in found]


# -- fills, positions ---------------------------------------------------------------------------


def test_fills_come_in_the_order_in_which_they_happened(desk: Desk) -> None:
    first, second = desk.limit(BUY, 2000, "1.1"), desk.buy(1000, instrument_id=GBPUSD.id)
    for order in (first, second):
        desk.execution.submit(order)
    desk.fill(first, 1000, "1.1", fee="0.02 USD")
    desk.fill(second, 1000, "1.25")
    desk.fill(first, 1000, "1.1")
    table = fills_table(desk.cache)
    assert ["T-1", "T-2", "T-3"] == table["trade_id"].to_pylist()
    assert sorted(table["event_id"].to_pylist()) == table["event_id"].to_pylist()
    found = row(table)
    assert (Decimal("1.1"), Decimal(1000), Decimal("0.02"), "USD", "TAKER") == (
        found["last_px"],
        found["last_qty"],
        found["commission"],
        found["commission_currency"],
        found["liquidity_side"],
    )


def test_each_cycle_of_a_netting_position_is_one_row(desk: Desk) -> None:
    for second, (side, price) in enumerate([(BUY, "1.1"), (SELL, "1.2"), (BUY, "1.3")]):
        desk.timeline.advance(NOW + second * SECOND)
        desk.trade_at(side, 1000, price)
    table = positions_table(desk.cache)
    assert [Decimal(100), Decimal(0)] == table["realized_pnl"].to_pylist()
    assert ["FLAT", "LONG"] == table["side"].to_pylist()
    assert [Decimal("1.2"), None] == table["avg_px_close"].to_pylist()
    assert [NOW + SECOND, None] == table["ts_closed"].cast("int64").to_pylist()
    assert [NOW, NOW + 2 * SECOND] == table["ts_opened"].cast("int64").to_pylist()


# -- accounts, equity -----------------------------------------------------------------------------


def test_each_balance_of_a_state_is_one_row(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    desk.accept(order)
    table = accounts_table(desk.of(AccountState))
    found = row(table)
    assert ("SIM-001", "MARGIN", "USD") == (
        found["account_id"],
        found["account_type"],
        found["currency"],
    )
    assert (Decimal(1_000_000), Decimal(33), Decimal(999_967)) == (
        found["total"],
        found["locked"],
        found["free"],
    )


def test_each_sample_of_a_curve_is_one_row() -> None:
    curve = Curve(USD, [NOW, NOW + 1], [Decimal("10.01"), Decimal("-0.02")])
    table = equity_table({ACCOUNT: curve})
    assert [Decimal("10.01"), Decimal("-0.02")] == table["equity"].to_pylist()
    assert [NOW, NOW + 1] == table["ts"].cast("int64").to_pylist()
    assert {"USD"} == set(table["currency"].to_pylist())


# -- numbers --------------------------------------------------------------------------------------


def test_an_empty_run_has_empty_tables_of_the_same_columns(desk: Desk) -> None:
    empty = [orders_table, fills_table, positions_table]
    before = [kinds(table(desk.cache)) for table in empty]
    assert [0, 0, 0] == [table(desk.cache).num_rows for table in empty]
    desk.trade_at(BUY, 1000, "1.1")
    assert before == [kinds(table(desk.cache)) for table in empty]
    assert kinds(accounts_table([])) == kinds(accounts_table(desk.of(AccountState)))
    assert "decimal128(38, 18)" == kinds(equity_table({}))["equity"]


def test_numbers_with_eighteen_decimals_stay_exact() -> None:
    desk = Desk(token_spot_18_digits(), account=None)
    order = desk.limit(BUY, "123456789012345.678", "0.123456789012345678")
    desk.cache.add_order(order)
    found = row(orders_table(desk.cache))
    assert Decimal("123456789012345.678") == found["quantity"]
    assert Decimal("0.123456789012345678") == found["price"]


def test_tables_do_not_depend_on_the_decimal_context(desk: Desk) -> None:
    desk.trade_at(BUY, 1000, "1.12345")
    desk.cache.add_order(desk.limit(SELL, 1000, "1.12345"))
    curve = Curve(USD, [NOW], [Decimal("123456789.01")])
    expected = orders_table(desk.cache), equity_table({ACCOUNT: curve})
    with localcontext(prec=3):
        assert expected == (orders_table(desk.cache), equity_table({ACCOUNT: curve}))


def test_a_number_that_does_not_fit_is_named() -> None:
    curve = Curve(USD, [NOW], [Decimal(10) ** 21])
    with pytest.raises(ValueRangeError, match=r"does not fit DECIMAL\(38, 18\)"):
        equity_table({ACCOUNT: curve})


def test_a_list_is_no_order(desk: Desk) -> None:
    desk.execution.submit_list(order_list("OL-1", [desk.buy(1000), desk.sell(1000)]))
    assert 2 == orders_table(desk.cache).num_rows
