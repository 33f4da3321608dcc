"""The names of the topics that data is published on."""

from __future__ import annotations

import re

from argosy.errors import UnknownNameError
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId, Venue

DEFINITIONS = "data.instrument.*"
"""The pattern of the definitions of all instruments."""
FAMILIES = (
    "data.bars.",
    "data.book.deltas.",
    "data.book.snapshots.",
    "data.custom.",
    "data.instrument.",
    "data.quotes.",
    "data.status.",
    "data.ticker.",
    "data.trades.",
    "data.venue_status.",
    "events.account.",
    "events.order.",
    "events.position.",
    "events.risk",
)
"""What the names of all topics begin with; who or what the topic is of follows."""


def quotes(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's quotes."""
    return _of("quotes", instrument_id)


def trades(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's trades."""
    return _of("trades", instrument_id)


def bars(bar_type: BarType) -> str:
    """Return the topic of a bar type, in its standard form."""
    return f"data.bars.{bar_type}"


def deltas(instrument_id: InstrumentId) -> str:
    """Return the topic of changes of an instrument's order book."""
    return _of("book.deltas", instrument_id)


def snapshots(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's whole order books."""
    return _of("book.snapshots", instrument_id)


def ticker(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's tickers."""
    return _of("ticker", instrument_id)


def instrument(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's definitions."""
    return _of("instrument", instrument_id)


def instruments(venue: Venue) -> str:
    """Return the pattern of the definitions of all instruments of a venue."""
    return f"data.instrument.{venue}.*"


def instrument_status(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's trading status."""
    return _of("status", instrument_id)


def instrument_statuses(venue: Venue) -> str:
    """Return the pattern of the trading status of all instruments of a venue."""
    return f"data.status.{venue}.*"


def venue_status(venue: Venue) -> str:
    """Return the topic of a venue's status."""
    return f"data.venue_status.{venue}"


def _of(kind: str, instrument_id: InstrumentId) -> str:
    return f"data.{kind}.{instrument_id.venue}.{instrument_id.symbol}"


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that no topic can match.

    Raises
    ------
    UnknownNameError : names the families of topics, or the nearest one
    """
    fixed = re.split(r"[*?]", pattern, maxsplit=1)[0]
    is_whole = fixed == pattern
    for family in FAMILIES:
        if fixed.startswith(family) or (not is_whole and family.startswith(fixed)):
            return
    raise UnknownNameError("topic", pattern, [f"{family.rstrip('.')}.*" for family in FAMILIES])
