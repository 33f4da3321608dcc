from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from argosy.model.enums import AccountType, OmsType
from argosy_sim.profiles import OPTIONS, PROFILES, Options
from argosy_sim.settings import AccountSettings, SimSettings

ACCOUNT: dict[str, Any] = {"balances": ["10 USD"]}


def settings(**given: Any) -> SimSettings:
    return SimSettings.model_validate({"account": ACCOUNT, **given})


def test_an_account_is_all_that_has_to_be_said() -> None:
    made = settings()
    assert (OmsType.NETTING, AccountType.MARGIN) == (made.oms, made.account.type)
    assert Options() == made.options()


def test_names_are_written_as_one_likes() -> None:
    made = settings(oms="hedging", account={**ACCOUNT, "type": "CASH"})
    assert (OmsType.HEDGING, AccountType.CASH) == (made.oms, made.account.type)


def test_every_option_is_a_setting() -> None:
    own = {"profile", "oms", "account", "fees", "fill", "latency"}
    assert OPTIONS.keys() == SimSettings.model_fields.keys() - own
    assert list(OPTIONS) == [field.name for field in fields(Options)]


def test_an_option_that_is_given_beats_its_profile() -> None:
    made = settings(profile="nautilus-1.221", trade_execution=True)
    assert (True, "trigger") == (made.options().trade_execution, made.options().gap_fill)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_is_a_valid_choice_of_settings(profile: str) -> None:
    column = PROFILES.index(profile)
    chosen = {name: values[column] for name, values in OPTIONS.items()}
    assert settings(**chosen).options() == settings(profile=profile).options()


def test_an_account_has_one_balance_a_currency() -> None:
    with pytest.raises(ValidationError, match="balances has USD twice"):
        AccountSettings(balances=["10 USD", "11 USD"])


def test_an_account_of_one_currency_starts_with_that_currency() -> None:
    with pytest.raises(ValidationError, match="balances has EUR, but base_currency is USD"):
        AccountSettings(base_currency="USD", balances=["10 EUR"])


def test_an_account_starts_with_something() -> None:
    with pytest.raises(ValidationError, match="balances"):
        AccountSettings(balances=[])


def test_leverages_are_by_instrument() -> None:
    made = AccountSettings(balances=["1 USD"], leverage=20, leverages={"AUD/USD.SIM": 30})
    assert (Decimal(20), {"AUD/USD.SIM": Decimal(30)}) == (made.leverage, made.leverages)


@pytest.mark.parametrize("leverage", [0, "0.5", -1])
def test_a_leverage_is_at_least_one(leverage: Any) -> None:
    with pytest.raises(ValidationError, match="expected a leverage of at least 1"):
        AccountSettings(balances=["1 USD"], leverage=leverage)
    with pytest.raises(ValidationError, match="expected a leverage of at least 1"):
        AccountSettings(balances=["1 USD"], leverages={"AUD/USD.SIM": leverage})


@pytest.mark.parametrize("more", [{}, {"type": "cash"}, {"type": "betting"}])
def test_an_account_does_not_start_with_a_debt(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"balances has -5\.00 USD: expected at least 0"):
        AccountSettings(balances=["1 EUR", "-5 USD"], **more)


def test_an_account_that_may_borrow_starts_with_what_it_owes() -> None:
    made = AccountSettings(type="cash", balances=["-5 USD", "0 EUR"], allow_borrowing=True)
    assert ["-5.00 USD", "0.00 EUR"] == list(map(str, made.balances))


@pytest.mark.parametrize("balances", [["much"], ["5 USDX"]])
def test_a_wrong_balance_is_one_problem(balances: list[str]) -> None:
    with pytest.raises(ValidationError) as raised:
        AccountSettings(balances=balances)
    assert 1 == raised.value.error_count()


@pytest.mark.parametrize("kind", ["cash", "betting"])
@pytest.mark.parametrize("more", [{"leverage": 20}, {"leverages": {"AUD/USD.SIM": 2}}])
def test_only_margin_accounts_have_leverage(kind: str, more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=f"only margin accounts have .* type is {kind}: lea"):
        AccountSettings(type=kind, balances=["1 USD"], **more)
    assert AccountSettings(type=kind, balances=["1 USD"], leverage=1, leverages={}).leverage == 1
