import tomllib
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from argosy.cli import samples
from argosy.cli.samples import EXAMPLE, sample
from argosy.errors import CatalogError
from argosy.model.currency import Currency
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import CurrencyPair, Equity, Instrument
from argosy.model.values import Price, Quantity

PAIR = CurrencyPair(
    id=InstrumentId("EUR/GBP.SIM"),
    base_currency=Currency.from_str("EUR"),
    quote_currency=Currency.from_str("GBP"),
    price_increment=Price.from_str("0.00001"),
    size_increment=Quantity.from_int(1),
    margin_init=Decimal("0.03"),
)
SHARE = Equity(
    id=InstrumentId("AAPL.XNAS"),
    quote_currency=Currency.from_str("USD"),
    price_increment=Price.from_str("0.01"),
    lot_size=Quantity.from_int(100),
)


class Shelf:
    """A catalog with one instrument and some data."""

    def __init__(self, instrument: Instrument, *holdings: tuple[str, str]) -> None:
        self.instrument = instrument
        self.kept = [
            SimpleNamespace(kind=kind, key=key, price_precision=digits, size_precision=digits - 2)
            for digits, (kind, key) in enumerate(holdings, 2)
        ]

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def holdings(self) -> list[Any]:
        return self.kept

    def instruments(self) -> list[Instrument]:
        return [self.instrument]


def words(monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> dict[str, str]:
    monkeypatch.setattr(samples, "open_catalog", lambda folder: shelf)
    return sample(Path())


def test_bars_come_before_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    bars = "AAPL.XNAS-1-DAY-LAST-EXTERNAL"
    shelf = Shelf(
        SHARE, ("trades", "AAPL.XNAS"), ("bars", bars), ("bars", "B.X-1-DAY-LAST-EXTERNAL")
    )
    found = words(monkeypatch, shelf)
    assert ("bar", "bar_types", bars, bars) == tuple(
        found[key] for key in ("data_type", "data_key", "data_name", "bar_type")
    )
    assert ("XNAS", "USD", "100") == tuple(
        found[key] for key in ("venue", "currency", "trade_size")
    )


@pytest.mark.parametrize(("kind", "price"), [("quotes", "BID"), ("trades", "LAST")])
def test_ticks_are_made_into_bars(monkeypatch: pytest.MonkeyPatch, kind: str, price: str) -> None:
    found = words(monkeypatch, Shelf(PAIR, (kind, "EUR/GBP.SIM")))
    assert f"EUR/GBP.SIM-1-MINUTE-{price}-INTERNAL" == found["bar_type"]
    assert ("instruments", "EUR/GBP.SIM", "GBP", "10_000") == tuple(
        found[key] for key in ("data_key", "data_name", "currency", "trade_size")
    )


def test_what_is_defined_comes_before_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    found = words(monkeypatch, Shelf(PAIR, ("quotes", "A.B"), ("trades", "EUR/GBP.SIM")))
    assert ("trade", "EUR/GBP.SIM", "") == tuple(
        found[key] for key in ("data_type", "data_name", "definition")
    )


def test_a_definition_that_nobody_gave_is_guessed_and_said_to_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf = Shelf(SHARE, ("quotes", "EUR/JPY.SIM"), ("quotes", "EUR/JPY.SIM"), ("trades", "A.B"))
    found = words(monkeypatch, shelf)
    assert ("JPY", "10_000") == (found["currency"], found["trade_size"])
    (table,) = tomllib.loads(found["definition"])["instruments"]
    assert ("0.001", "0.1") == (table["price_increment"], table["size_increment"])  # the finest
    assert (
        "EUR/JPY.SIM has no definition in the catalog; what is written under [[instruments]] is a"
        " guess: see to it\n" == capsys.readouterr().err
    )


def test_an_empty_catalog_gives_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    assert EXAMPLE == words(monkeypatch, Shelf(PAIR))


def test_no_catalog_gives_an_example_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(folder: Path) -> Shelf:
        raise CatalogError("no catalog here", place="data/catalog")

    monkeypatch.setattr(samples, "open_catalog", missing)
    assert EXAMPLE == sample(Path())
    assert "no data to begin with: data/catalog: no catalog here\n" == capsys.readouterr().err


def test_every_sample_fills_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    found = words(monkeypatch, Shelf(PAIR, ("quotes", "EUR/GBP.SIM")))
    assert EXAMPLE.keys() == found.keys()
