from argosy.model.accounts import MarginAccount
from argosy.model.currency import USD
from argosy.model.identifiers import AccountId
from argosy.parts.margin_model import LeveragedMarginModel, StandardMarginModel


def test_the_models_named_here_are_those_that_accounts_take() -> None:
    usual = MarginAccount(AccountId("SIM-001"), USD, xrate=lambda *_: None).margin_model
    assert LeveragedMarginModel is type(usual)
    assert issubclass(StandardMarginModel, LeveragedMarginModel)
