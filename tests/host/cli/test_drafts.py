"""Definitions guessed from data."""

import tomllib

import pytest

from argosy.cli.drafts import currencies, draft, step
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import CurrencyPair, Equity, instrument_from_dict


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("EUR/USD", ("EUR", "USD")),
        ("BTC-USDT", ("BTC", "USDT")),
        ("GBPJPY", ("GBP", "JPY")),
        ("AAPL", None),
        ("EUR", None),
        ("X", None),
    ],
)
def test_a_pair_is_known_by_its_symbol(symbol: str, expected: tuple[str, str] | None) -> None:
    assert expected == currencies(symbol)


@pytest.mark.parametrize(("precision", "text"), [(0, "1"), (1, "0.1"), (5, "0.00001")])
def test_a_step_has_the_decimals_of_the_data(precision: int, text: str) -> None:
    assert text == step(precision)


@pytest.mark.parametrize(
    ("name", "kind", "quote"), [("GBP/JPY.SIM", CurrencyPair, "JPY"), ("AAPL.XNAS", Equity, "USD")]
)
def test_the_table_says_what_the_instrument_is(name: str, kind: type, quote: str) -> None:
    made, text = draft(InstrumentId(name), 3, 1)
    assert (kind, name, quote) == (type(made), str(made.id), str(made.quote_currency))
    assert (3, 1) == (made.price_precision, made.size_precision)
    (table,) = tomllib.loads(text)["instruments"]
    assert made == instrument_from_dict(table)
    assert f"The catalog has no definition of {name}" in text
