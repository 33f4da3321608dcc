"""What a new system trades: the first data of the catalog, else an example to be changed."""

from pathlib import Path
from typing import Any

import click

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
}
"""The words of the template where the catalog has nothing."""

TYPES = {"bars": "bar", "quotes": "quote", "trades": "trade"}
PRICES = {"quote": "BID", "trade": "LAST"}


def sample(folder: Path) -> dict[str, str]:
    """Return the words that describe the first stored data, bars before ticks."""
    try:
        with open_catalog(folder) as catalog:
            holdings = {each.kind: each for each in reversed(catalog.holdings())}
            found = next((holdings[kind] for kind in TYPES if kind in holdings), None)
            if found is not None:
                return _describe(catalog, TYPES[found.kind], found.key)
    except InputError as error:
        click.echo(f"no data to begin with: {error}", err=True)
    return EXAMPLE


def _describe(catalog: Any, data_type: str, key: str) -> dict[str, str]:
    from argosy.model.bar_type import BarType
    from argosy.model.enums import CurrencyType
    from argosy.model.identifiers import InstrumentId

    is_bar = data_type == "bar"
    instrument_id = BarType.from_str(key).instrument_id if is_bar else InstrumentId(key)
    (instrument,) = catalog.instruments([instrument_id])
    base = instrument.base_currency
    is_fiat = base is not None and base.currency_type is CurrencyType.FIAT
    return {
        "venue": str(instrument_id.venue),
        "currency": str(instrument.quote_currency.code),
        "account": "margin",
        "data_type": data_type,
        "data_key": "bar_types" if is_bar else "instruments",
        "data_name": key,
        "instrument": str(instrument_id),
        "bar_type": key if is_bar else f"{key}-1-MINUTE-{PRICES[data_type]}-INTERNAL",
        "trade_size": "10_000" if is_fiat else str(instrument.lot_size or 1),
    }
