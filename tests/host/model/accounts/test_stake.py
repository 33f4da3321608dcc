from argosy.model.accounts import MarginAccount
from argosy.model.accounts.stake import Stake
from argosy.model.currency import USD
from argosy.model.identifiers import AccountId
from argosy.model.terms import Terms, terms_of
from argosy.testing.instruments import default_fx_ccy

PAIR = default_fx_ccy("GBP/USD")


def test_a_stake_goes_by_the_newest_definition() -> None:
    stake = Stake(terms_of(PAIR))
    newer = Terms(PAIR)
    stake.define(newer)
    assert newer is stake.terms


def test_an_account_keeps_one_for_each_instrument() -> None:
    account = MarginAccount(AccountId("SIM-001"), USD)
    stake = account.stake(terms_of(PAIR))
    newer = Terms(PAIR)
    assert stake is account.stake(terms_of(PAIR))
    assert stake is account.stake(newer)
    assert newer is stake.terms
    assert [] == account.currencies()
