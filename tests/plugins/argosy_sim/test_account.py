from decimal import Decimal

import pytest

from argosy.model.accounts import (
    BettingAccount,
    CashAccount,
    MarginAccount,
    StandardMarginModel,
)
from argosy.model.currency import AUD, USD
from argosy.model.identifiers import AccountId
from tests.plugins.argosy_sim.kit import AUDUSD, BUY, Exchange, chosen

USD_ONLY = {"base_currency": "USD", "balances": ["1_000 USD"]}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("cash", CashAccount), ("margin", MarginAccount), ("betting", BettingAccount)],
)
def test_the_type_decides_the_account(kind: str, expected: type) -> None:
    account = Exchange(account={"type": kind, "balances": ["1 USD", "2 AUD"]}).venue.account
    assert expected is type(account)
    assert (AccountId("SIM-001"), None) == (account.id, account.base_currency)
    assert [USD, AUD] == account.currencies()


def test_leverage_is_by_instrument_or_for_all() -> None:
    settings = {**USD_ONLY, "leverage": 20, "leverages": {"AUD/USD.SIM": 30}}
    account = Exchange(account=settings).venue.account
    assert isinstance(account, MarginAccount)
    assert Decimal(30) == account.leverage(AUDUSD.id)
    assert Decimal(20) == account.default_leverage


def test_a_margin_model_can_be_chosen() -> None:
    model = chosen("margin_models", StandardMarginModel())
    account = Exchange(account={**USD_ONLY, "margin_model": model}).venue.account
    assert isinstance(account, MarginAccount)
    assert isinstance(account.margin_model, StandardMarginModel)


def test_options_reach_the_account() -> None:
    cash = Exchange(account={**USD_ONLY, "type": "cash"}, lock_fees=True).venue.account
    margin = Exchange(account=USD_ONLY, margin_netting="worst_side").venue.account
    assert isinstance(cash, CashAccount)
    assert cash.locks_fees
    assert isinstance(margin, MarginAccount)
    assert margin.nets_worst_side


def test_a_working_order_holds_its_margin() -> None:
    exchange = Exchange(account={**USD_ONLY, "leverage": 10})
    exchange.quote("1.00000", "1.00010")
    order = exchange.limit(BUY, 10_000, "0.90000")
    # 10,000 x 0.9 / 10 x 3%
    assert "27.00 USD" == str(exchange.venue.account.balance_locked(USD))
    exchange.cancel(order)
    assert "0.00 USD" == str(exchange.venue.account.balance_locked(USD))
