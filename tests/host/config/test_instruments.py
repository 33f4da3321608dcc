from collections.abc import Callable

import pytest

from argosy.config.plan import Plan
from argosy.model.instruments import CurrencyPair, Equity
from tests.host.config.kit import GOOD

Wrong = Callable[..., list[str]]
PAIR = """
[[instruments]]
type = "CurrencyPair"
id = "GBP/USD.SIM"
base_currency = "GBP"
quote_currency = "USD"
price_increment = "0.00001"
size_increment = 1
margin_init = 0.03
"""
SHARE = """
[[instruments]]
type = "Equity"
id = "AAPL.SIM"
quote_currency = "USD"
price_increment = 0.01
"""


def test_instruments_are_defined_in_the_file(plan_of: Callable[..., Plan]) -> None:
    pair, share = plan_of(GOOD + PAIR + SHARE).instruments
    assert (CurrencyPair, Equity) == (type(pair), type(share))
    assert ("GBP/USD.SIM", 5, "0.03") == (pair.id, pair.price_precision, str(pair.margin_init))
    assert ("AAPL.SIM", 2) == (share.id, share.price_precision)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'type = "CurrencyPair"\n',
            "",
            "s.toml:20: instruments[0].type: missing key. Add type = ... (available: Betting",
        ),
        (
            '"CurrencyPair"',
            '"Currencypairs"',
            "s.toml:21: instruments[0].type: unknown instrument type 'Currencypairs'. "
            "Did you mean 'CurrencyPair'?",
        ),
        ('"CurrencyPair"', "5", "s.toml:21: instruments[0].type: unknown instrument type 5."),
        (
            "price_increment",
            "price_incremnt",
            "s.toml:25: instruments[0].price_incremnt: unknown key. Did you mean",
        ),
        ('"0.00001"', '"x"', "s.toml:25: instruments[0].price_increment: expected a number"),
        ('"0.00001"', "nan", "s.toml:25: instruments[0].price_increment: expected a finite"),
        ('"0.00001"', '"-0.1"', "s.toml:20: instruments[0]: "),
        (
            'id = "GBP/USD.SIM"\nbase',
            'id = "GBPUSD"\nbase',
            "s.toml:22: instruments[0].id: 'GBPUSD' is no",
        ),
    ],
)
def test_a_wrong_definition_is_named(wrong: Wrong, old: str, new: str, expected: str) -> None:
    assert any(each.startswith(expected) for each in wrong(GOOD + PAIR.replace(old, new, 1)))


def test_an_instrument_is_defined_once(wrong: Wrong) -> None:
    expected = (
        "s.toml:31: instruments[1].id: instrument GBP/USD.SIM is defined twice. "
        "Remove one of the tables"
    )
    assert [expected] == wrong(GOOD + PAIR + PAIR)


def test_a_table_that_is_none_is_named(wrong: Wrong) -> None:
    assert ["s.toml:1: instruments[0]: expected a table, was a number"] == wrong(
        f"instruments = [5]\n{GOOD}"
    )
