import copy
import pickle

import pytest

from argosy.errors import DuplicateNameError, PrecisionError, UnknownNameError, ValueRangeError
from argosy.model import currency as module
from argosy.model.currency import BTC, JPY, USD, Currency, register_currency
from argosy.model.enums import CurrencyType


@pytest.fixture
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REGISTRY", dict(module._REGISTRY))


def test_a_code_gives_the_one_registered_object() -> None:
    assert Currency.from_str("USD") is USD
    assert (USD.code, USD.precision, USD.iso4217, USD.name) == ("USD", 2, 840, "US dollar")
    assert USD.currency_type is CurrencyType.FIAT
    assert (JPY.precision, BTC.precision) == (0, 8)
    assert BTC.currency_type is CurrencyType.CRYPTO
    assert Currency.from_str("XAU").currency_type is CurrencyType.COMMODITY_BACKED


def test_an_unknown_code_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown currency 'USDD'. Did you mean 'USD"):
        Currency.from_str("USDD")


@pytest.mark.usefixtures("_registry")
def test_a_registered_currency_is_found() -> None:
    points = Currency("PTS", 0, name="Points", currency_type=CurrencyType.CRYPTO)
    register_currency(points)
    assert Currency.from_str("PTS") is points


@pytest.mark.usefixtures("_registry")
def test_registering_the_same_again_changes_nothing() -> None:
    register_currency(Currency("USD", 2, 840, "US dollar"))
    assert Currency.from_str("USD") is USD


@pytest.mark.usefixtures("_registry")
def test_another_definition_needs_overwrite() -> None:
    finer = Currency("USD", 4, 840, "US dollar")
    with pytest.raises(DuplicateNameError, match=r"USD is registered .*overwrite=True"):
        register_currency(finer)
    assert Currency.from_str("USD") is USD
    register_currency(finer, overwrite=True)
    assert Currency.from_str("USD") is finer


def test_currencies_are_equal_by_definition() -> None:
    assert Currency("USD", 2, 840, "US dollar") == USD
    assert Currency("USD", 4, 840, "US dollar") != USD
    assert hash(Currency("USD", 2, 840, "US dollar")) == hash(USD)
    assert USD != "USD"


def test_a_copy_of_a_registered_currency_is_itself() -> None:
    assert pickle.loads(pickle.dumps(USD)) is USD
    assert copy.deepcopy(USD) is USD


def test_an_unregistered_currency_survives_pickle() -> None:
    odd = Currency("USD", 4, 840, "US dollar")
    assert pickle.loads(pickle.dumps(odd)) == odd


def test_a_currency_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="a Currency cannot be changed: precision"):
        USD.precision = 3
    with pytest.raises(AttributeError, match="a Currency cannot be changed: code"):
        del USD.code


@pytest.mark.parametrize("precision", [-1, 19, 2.0, True, None])
def test_a_currency_has_0_to_18_decimals(precision: int) -> None:
    with pytest.raises(PrecisionError, match="precision is 0 to 18"):
        Currency("ODD", precision)


@pytest.mark.parametrize("code", ["", "A B", "É"])
def test_a_code_is_printable_ascii(code: str) -> None:
    with pytest.raises(ValueRangeError, match="printable ASCII"):
        Currency(code, 2)


def test_a_currency_prints_as_its_code() -> None:
    assert str(USD) == "USD"
    assert repr(USD) == "Currency('USD', precision=2)"
