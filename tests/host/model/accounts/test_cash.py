from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argosy.errors import AccountError
from argosy.model.accounts import CashAccount
from argosy.model.currency import BTC, GBP, USD, USDT
from argosy.model.enums import OrderSide, OrderType
from argosy.model.events.account import FEE, TRADE_LEG, AccountFlow
from argosy.model.events.order import OrderCanceled, OrderUpdated
from argosy.model.money import Money
from argosy.model.orders import Order
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import btcusdt_spot, crude_oil, equity
from tests.host.model.accounts.books import assert_balanced, funded
from tests.host.model.trades import (
    ACCOUNT,
    BUY,
    GBPUSD,
    SELL,
    a_fill,
    an_order,
    event,
    fill_of,
    limit_order,
    working,
)

AAPL = equity()
BTCUSDT = btcusdt_spot()


def cash(*amounts: str, **options: bool) -> CashAccount:
    account = CashAccount(ACCOUNT, **options)
    funded(account, *amounts)
    return account


def legs(account: CashAccount, *args: str, **fields: object) -> list[tuple[str, str]]:
    fill = a_fill(*args, **fields)  # type: ignore[arg-type]
    instrument = fields.get("instrument", GBPUSD)
    flows = account.flows_for_fill(fill, instrument)  # type: ignore[arg-type]
    assert all(flow.cause == fill.event_id for flow in flows)
    return [(flow.kind, str(flow.amount)) for flow in flows]


# -- flows --------------------------------------------------------------------------------------


def test_a_purchase_brings_the_base_and_costs_the_quote_currency() -> None:
    account = cash()
    assert [
        (TRADE_LEG, "0.50000000 BTC"),
        (TRADE_LEG, "-25000.00000000 USDT"),
        (FEE, "-0.00050000 BTC"),
    ] == legs(account, BUY, "0.5", "50000.00", "0.00050000 BTC", instrument=BTCUSDT)


def test_a_sale_is_the_reverse() -> None:
    assert [
        (TRADE_LEG, "-1000.00 GBP"),
        (TRADE_LEG, "1250.00 USD"),
        (FEE, "0.02 USD"),
    ] == legs(cash(), SELL, "1000", "1.25000", "-0.02 USD")


def test_shares_are_no_currency() -> None:
    assert [(TRADE_LEG, "-1500.00 USD")] == legs(cash(), BUY, "10", "150.00", instrument=AAPL)


def test_an_account_of_one_currency_sees_only_the_quote_leg() -> None:
    account = CashAccount(ACCOUNT, GBP, xrate=lambda *_: Decimal("0.8"))
    assert [(TRADE_LEG, "-1000.00 GBP"), (FEE, "-1.60 GBP")] == legs(
        account, BUY, "1000", "1.25000", "2.00 USD"
    )


def test_a_leg_is_rounded_half_away_from_zero() -> None:
    assert (TRADE_LEG, "-0.13 USD") == legs(cash(), BUY, "0.1", "1.25000")[1]
    assert (TRADE_LEG, "0.13 USD") == legs(cash(), SELL, "0.1", "1.25000")[1]


# -- locks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("side", "expected"), [(BUY, Money(1250, USD)), (SELL, Money(1000, GBP))])
def test_an_order_holds_what_it_will_pay_or_deliver(side: object, expected: Money) -> None:
    order = limit_order(side, "1000", "1.25000")  # type: ignore[arg-type]
    assert expected == cash().lock_for(order, GBPUSD) == cash().need_for(order, GBPUSD)


def test_a_stop_holds_at_its_trigger_price() -> None:
    order = an_order(OrderType.STOP_MARKET, quantity="1000", trigger_price="1.30000")
    assert Money(1300, USD) == cash().lock_for(order, GBPUSD)


def test_a_market_order_holds_nothing_but_needs_what_it_costs() -> None:
    order = an_order(quantity="1000")
    assert cash().lock_for(order, GBPUSD) is None
    assert Money(1250, USD) == cash().need_for(order, GBPUSD, Price("1.25000"))


def test_a_reduce_only_order_holds_nothing() -> None:
    order = limit_order(BUY, "1000", "1.25000", reduce_only=True)
    assert cash().lock_for(order, GBPUSD) is None


def test_a_sale_of_shares_holds_no_money() -> None:
    order = limit_order(SELL, "10", "150.00", instrument=AAPL)
    assert cash().lock_for(order, AAPL) is None


def test_below_zero_a_sale_holds_what_it_pays_and_a_purchase_holds_a_fee_at_most() -> None:
    sale = limit_order(SELL, "10", "-20.00", instrument=crude_oil())
    purchase = limit_order(BUY, "10", "-20.00", instrument=crude_oil())
    assert Money(200, USD) == cash().lock_for(sale, crude_oil())
    assert Money(0, USD) == cash().lock_for(purchase, crude_oil())
    dear = replace(crude_oil(), taker_fee=Decimal("0.001"))
    assert Money("0.20", USD) == cash(locks_fees=True).lock_for(purchase, dear)
    assert [(TRADE_LEG, "200.00 USD")] == legs(cash(), BUY, "10", "-20.00", instrument=dear)


def test_a_sale_holds_nothing_in_an_account_of_one_currency() -> None:
    account = CashAccount(ACCOUNT, USD)
    assert account.lock_for(limit_order(SELL, "1000", "1.25000"), GBPUSD) is None
    assert Money(1250, USD) == account.lock_for(limit_order(BUY, "1000", "1.25000"), GBPUSD)


def test_a_purchase_is_held_in_the_base_currency_of_the_account() -> None:
    account = CashAccount(ACCOUNT, GBP, xrate=lambda *_: Decimal("0.8"))
    assert Money(1000, GBP) == account.lock_for(limit_order(BUY, "1000", "1.25000"), GBPUSD)


def test_the_worst_fee_is_held_where_that_is_declared() -> None:
    order = limit_order(BUY, "100_000", "1.25000")
    assert Money("125002.50", USD) == cash(locks_fees=True).lock_for(order, GBPUSD)


@pytest.mark.parametrize(("side", "expected"), [(BUY, Money(1000, USD)), (SELL, Money(800, GBP))])
def test_a_quantity_in_the_quote_currency_is_understood(side: object, expected: Money) -> None:
    order = limit_order(side, "1000", "1.25000", quote_quantity=True)  # type: ignore[arg-type]
    assert expected == cash().lock_for(order, GBPUSD)


def test_what_is_held_follows_the_order() -> None:
    account = cash("2000.00 USD")
    order = limit_order(BUY, "1000", "1.25000")
    assert not account.update_order(order, GBPUSD)
    working(order)
    assert account.update_order(order, GBPUSD)
    assert Money(1250, USD) == account.balance_locked(USD)
    assert not account.update_order(order, GBPUSD)

    order.apply(event(OrderUpdated, order, quantity=Quantity(800)))
    assert account.update_order(order, GBPUSD)
    assert Money(1000, USD) == account.balance_locked(USD)

    order.apply(fill_of(order, "300", "1.25000"))
    assert account.update_order(order, GBPUSD)
    assert Money(625, USD) == account.balance_locked(USD)
    assert Money(1375, USD) == account.balance_free(USD)

    order.apply(event(OrderCanceled, order))
    assert account.update_order(order, GBPUSD)
    assert Money(0, USD) == account.balance_locked(USD)
    assert not account.update_order(order, GBPUSD)


def test_no_more_is_locked_than_there_is() -> None:
    account = cash("1000.00 USD")
    account.update_order(working(limit_order(BUY, "1000", "1.25000")), GBPUSD)
    assert Money(1000, USD) == account.balance_locked(USD)
    assert Money(0, USD) == account.balance_free(USD)


# -- whole days of trading ----------------------------------------------------------------------

actions = st.lists(
    st.tuples(
        st.sampled_from(["order", "fill", "cancel"]),
        st.booleans(),
        st.integers(1, 40),
        st.integers(9_000, 11_000),
        st.integers(-5, 20),
    ),
    max_size=30,
)


def placed(account: CashAccount, side: OrderSide, quantity: int, price: Price) -> Order:
    order = working(limit_order(side, str(quantity), str(price), instrument=BTCUSDT))
    account.update_order(order, BTCUSDT)
    return order


def filled(
    account: CashAccount, order: Order, quantity: int, price: Price, fee: int
) -> tuple[AccountFlow, ...]:
    paid = f"{fee} USDT"
    fill = fill_of(order, str(quantity), str(price), commission=paid, instrument=BTCUSDT)
    flows = account.flows_for_fill(fill, BTCUSDT)
    if not account.carries(flows, order):
        return ()
    order.apply(fill)
    account.book_fill(fill, BTCUSDT, flows)
    return flows


@given(actions)
def test_money_is_conserved_and_never_below_zero(
    steps: list[tuple[str, bool, int, int, int]],
) -> None:
    account = CashAccount(ACCOUNT)
    states = [funded(account, "1000000.00 USDT", "20.00000000 BTC")]
    orders: list[Order] = []
    for number, (action, is_buy, quantity, cents, fee) in enumerate(steps, 2):
        price = Price.from_raw(cents, 0)
        flows: tuple[AccountFlow, ...] = ()
        if action == "order":
            orders.append(placed(account, BUY if is_buy else SELL, quantity, price))
        elif orders:
            order = orders.pop(quantity % len(orders))
            if action == "cancel":
                order.apply(event(OrderCanceled, order))
            else:
                flows = filled(account, order, min(quantity, order.leaves_raw), price, fee)
                if order.is_open:
                    orders.append(order)
            account.update_order(order, BTCUSDT)
        states.append(account.state(number, number, number, flows))
        fresh = CashAccount(ACCOUNT)
        fresh.apply(states[-1])
        fresh.recompute_locks(orders, [], lambda _: BTCUSDT)
        assert account.balances() == fresh.balances()
        assert all(each.total.raw >= 0 for each in states[-1].balances)
    assert_balanced(states)


def test_an_unpaid_fill_is_refused() -> None:
    account = cash("100.00 USDT")
    fill = a_fill(BUY, "1", "50000.00", "0 BTC", instrument=BTCUSDT)
    with pytest.raises(AccountError, match="TRADE_LEG"):
        account.book_fill(fill, BTCUSDT, account.flows_for_fill(fill, BTCUSDT))
    assert Money(100, USDT) == account.balance_total(USDT)
    assert Money(0, BTC) == account.free(BTC)
