from decimal import Decimal

import msgspec
import pytest

from argosy.model.currency import BTC, USDT
from argosy.model.enums import OrderSide
from argosy.testing.instruments import crypto_pair, default_fx_ccy, equity
from tests.plugins.argosy_sim.kit import (
    BUY,
    SELL,
    Exchange,
    fills,
    fixed_fee,
    latency,
    maker_taker,
    told,
)

CASH = {"type": "cash", "balances": ["10_000 USD"]}
FX = default_fx_ccy("AUD/USD")


def shown(**settings: object) -> Exchange:
    exchange = Exchange(FX, account=CASH, **settings)
    exchange.quote("1.00000", "1.00000")
    return exchange


def test_an_execution_is_cut_to_what_the_balance_pays() -> None:
    exchange = shown()
    order = exchange.market(BUY, 15_000)
    expected = ["Filled 10000@1.00000 TAKER", "Canceled INSUFFICIENT_BALANCE: left=5000"]
    assert expected == told(order, reasons=True)
    assert "0.00 USD" == str(exchange.total())
    assert "10000.00 AUD" == str(exchange.total("AUD"))


def test_the_fee_has_to_be_paid_too() -> None:
    exchange = shown(fees=maker_taker(taker="0.01"))
    order = exchange.market(BUY, 10_000)
    assert ["9900@1.00000"] == fills(order)
    assert "1.00 USD" == str(exchange.total())


def test_an_empty_account_gets_nothing() -> None:
    exchange = shown()
    exchange.market(BUY, 10_000)
    order = exchange.market(BUY, 1_000)
    assert ["Canceled INSUFFICIENT_BALANCE"] == told(order)


def test_what_other_orders_hold_is_not_to_be_had() -> None:
    exchange = shown()
    exchange.limit(BUY, 8_000, "0.90000")
    assert ["2800@1.00000"] == fills(exchange.market(BUY, 5_000))


def test_an_order_may_use_what_it_holds_itself() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 10_000, "0.99000")
    exchange.quote("0.98000", "0.98000")
    assert ["10000@0.99000"] == fills(order)
    assert "100.00 USD" == str(exchange.total())


def test_a_sale_is_cut_to_what_there_is() -> None:
    exchange = shown()
    exchange.market(BUY, 4_000)
    order = exchange.market(SELL, 6_000)
    assert ["Filled 4000@1.00000 TAKER", "Canceled INSUFFICIENT_BALANCE"] == told(order)
    assert "10000.00 USD" == str(exchange.total())


def test_whole_increments_are_bought() -> None:
    pair = crypto_pair("BTC/USDT", "SIM", "0.01", "0.001", (BTC, USDT))
    exchange = Exchange(pair, account={"type": "cash", "balances": ["100 USDT"]})
    exchange.quote("30000.00", "30000.00")
    assert ["0.003@30000.00"] == fills(exchange.market(BUY, "1"))


def test_who_may_borrow_is_not_cut() -> None:
    exchange = Exchange(FX, account={**CASH, "allow_borrowing": True})
    exchange.quote("1.00000", "1.00000")
    assert ["15000@1.00000"] == fills(exchange.market(BUY, 15_000))
    assert "-5000.00 USD" == str(exchange.total())


def test_a_frozen_account_pays_for_everything() -> None:
    exchange = Exchange(FX, account={**CASH, "frozen": True})
    exchange.quote("1.00000", "1.00000")
    assert ["50000@1.00000"] == fills(exchange.market(BUY, 50_000))
    assert "10000.00 USD" == str(exchange.total())


def test_a_fee_for_the_order_is_paid_once() -> None:
    fees = fixed_fee(commission="5 USD")
    exchange = Exchange(FX, account=CASH, fees=fees)
    exchange.quote("1.00000", "1.00000", 1_000, 1_000)
    exchange.market(BUY, 3_000)
    # 1,000 at 1.00000 and 2,000 a tick worse, and one fee
    assert "6994.98 USD" == str(exchange.total())


def test_what_the_host_has_not_heard_of_is_spent_all_the_same() -> None:
    exchange = shown(latency=latency(report="1s"))
    first, second = exchange.make(BUY, 8_000), exchange.make(BUY, 8_000)
    exchange.send(first, second)
    exchange.wait(2_000_000_000)
    assert (["8000@1.00000"], ["2000@1.00000"]) == (fills(first), fills(second))
    third = exchange.market(SELL, 20_000)
    exchange.wait(2_000_000_000)
    assert ["10000@1.00000"] == fills(third)


def test_one_currency_pays_for_shares() -> None:
    exchange = Exchange(equity(), account={**CASH, "base_currency": "USD"})
    exchange.quote("30.00", "30.00", 1_000, 1_000)
    assert ["333@30.00"] == fills(exchange.market(BUY, 400))
    assert "10.00 USD" == str(exchange.total())


@pytest.mark.parametrize("side", [BUY, SELL])
def test_margin_accounts_are_not_cut(side: OrderSide) -> None:
    exchange = Exchange()
    exchange.quote("1.00000", "1.00000", 10**9, 10**9)
    assert [f"{10**8}@1.00000"] == fills(exchange.market(side, 10**8))
    assert Decimal(1_000_000) == exchange.total().as_decimal()  # type: ignore[union-attr]


def test_a_new_definition_counts_from_the_next_order_on() -> None:
    exchange = Exchange()
    exchange.quote("1.05000", "1.05010")
    pair = exchange.instrument
    for margin, held in (("0.03", "30.00 USD"), ("0.5", "530.00 USD")):
        exchange.venue.update_instrument(msgspec.structs.replace(pair, margin_init=Decimal(margin)))
        exchange.limit(BUY, 1_000, "1.00000")
        account = exchange.venue.account
        assert held == str(account.total_margin_init(account.base_currency))
