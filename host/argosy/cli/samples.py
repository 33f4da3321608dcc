"""What a new system trades: the first data of the catalog, else an example to be changed."""

from pathlib import Path
from typing import Any

import click

from argosy.cli.drafts import draft
from argosy.cli.stored import open_catalog
from argosy.config.data_kinds import NAMES
from argosy.errors import InputError
from argosy.model.bar_type import BarType
from argosy.model.data_kind import Column, DataKind
from argosy.model.kinds import (
    BAR,
    BOOK_DELTAS,
    BOOK_SNAPSHOT,
    DEFINITION,
    DELTA,
    INSTRUMENT_STATUS,
    QUOTE,
    TICKER,
    TRADE,
    VENUE_STATUS,
)

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

BARS_OF: Column[str] = Column(
    "first data of a new system",
    {BAR: "", QUOTE: "BID", TRADE: "LAST"},
    without=dict.fromkeys(
        (
            *(DELTA, BOOK_DELTAS, BOOK_SNAPSHOT, TICKER),
            *(DEFINITION, INSTRUMENT_STATUS, VENUE_STATUS),
        ),
        "no bars are built from it",
    ),
)
"""The kinds that a new system may begin with, the best first; the price type of bars built from it.
"""
KINDS_BY_VIEW = {kind.plural: kind for kind in BARS_OF}


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


def _first(catalog: Any) -> tuple[DataKind, str, Any, str] | None:
    """Return kind and name of the first data, its instrument, and what has to define it."""
    holdings = catalog.holdings()
    stored = [each for view in KINDS_BY_VIEW for each in holdings if each.kind == view]
    if not stored:
        return None
    known = {str(each.id): each for each in catalog.instruments()}
    for each in stored:
        name = _instrument_id(each)
        if str(name) in known:
            return KINDS_BY_VIEW[each.kind], each.key, known[str(name)], ""
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
    return KINDS_BY_VIEW[first.kind], first.key, instrument, text


def _instrument_id(holding: Any) -> Any:
    key = KINDS_BY_VIEW[holding.kind].key.parse(holding.key)
    return key.instrument_id if isinstance(key, BarType) else key


def _describe(kind: DataKind, key: str, instrument: Any, definition: str) -> dict[str, str]:
    from argosy.model.enums import CurrencyType

    base = instrument.base_currency
    is_fiat = base is not None and base.currency_type is CurrencyType.FIAT
    return {
        "venue": str(instrument.id.venue),
        "currency": str(instrument.quote_currency.code),
        "account": "margin",
        "data_type": kind.name,
        "data_key": NAMES[kind.key],
        "data_name": key,
        "instrument": str(instrument.id),
        "bar_type": key if kind is BAR else f"{key}-1-MINUTE-{BARS_OF[kind]}-INTERNAL",
        "trade_size": "10_000" if is_fiat else str(instrument.lot_size or 1),
        "definition": definition,
    }
