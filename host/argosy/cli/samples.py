"""What a new system trades: the first data of the catalog, else an example to be changed."""

from pathlib import Path
from typing import Any

import click

from argosy.cli.drafts import draft
from argosy.cli.stored import open_catalog
from argosy.errors import InputError

EXAMPLE = {
    "venue": "SIM",
    "currency": "USD",
    "account": "margin",
    "data_type": "quote",
    "data_key": "instruments",
    "data_name": "EUR/USD.SIM",
    "instrument": "EUR/USD.SIM",
    "bar_type": "EUR/USD.SIM-1-MINUTE-BID-INTERNAL",
    "trade_size": "10_000",
    "definition": "",
}
"""The words of the template where the catalog has nothing."""

TYPES = {"bars": "bar", "quotes": "quote", "trades": "trade"}
PRICES = {"quote": "BID", "trade": "LAST"}


def sample(folder: Path) -> dict[str, str]:
    """Return the words that describe the first stored data, bars before ticks.

    Data whose instrument is defined goes first; where there is none, a definition is guessed.
    """
    try:
        with open_catalog(folder) as catalog:
            found = _first(catalog)
            if found is not None:
                return _describe(*found)
    except InputError as error:
        click.echo(f"no data to begin with: {error}", err=True)
    return EXAMPLE


def _first(catalog: Any) -> tuple[str, str, Any, str] | None:
    """Return type and name of the first data, its instrument, and what has to define it."""
    holdings = catalog.holdings()
    stored = [each for kind in TYPES for each in holdings if each.kind == kind]
    if not stored:
        return None
    known = {str(each.id): each for each in catalog.instruments()}
    for each in stored:
        name = _instrument_id(each)
        if str(name) in known:
            return TYPES[each.kind], each.key, known[str(name)], ""
    first = stored[0]
    same = [each for each in stored if _instrument_id(each) == _instrument_id(first)]
    instrument, text = draft(
        _instrument_id(first),
        max(each.price_precision for each in same),
        max(each.size_precision for each in same),
    )
    click.echo(
        f"{instrument.id} has no definition in the catalog; what is written under [[instruments]]"
        " is a guess: see to it",
        err=True,
    )
    return TYPES[first.kind], first.key, instrument, text


def _instrument_id(holding: Any) -> Any:
    from argosy.model.bar_type import BarType
    from argosy.model.identifiers import InstrumentId

    if holding.kind == "bars":
        return BarType.from_str(holding.key).instrument_id
    return InstrumentId(holding.key)


def _describe(data_type: str, key: str, instrument: Any, definition: str) -> dict[str, str]:
    from argosy.model.enums import CurrencyType

    is_bar = data_type == "bar"
    base = instrument.base_currency
    is_fiat = base is not None and base.currency_type is CurrencyType.FIAT
    return {
        "venue": str(instrument.id.venue),
        "currency": str(instrument.quote_currency.code),
        "account": "margin",
        "data_type": data_type,
        "data_key": "bar_types" if is_bar else "instruments",
        "data_name": key,
        "instrument": str(instrument.id),
        "bar_type": key if is_bar else f"{key}-1-MINUTE-{PRICES[data_type]}-INTERNAL",
        "trade_size": "10_000" if is_fiat else str(instrument.lot_size or 1),
        "definition": definition,
    }
