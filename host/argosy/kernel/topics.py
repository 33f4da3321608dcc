"""The names of the topics that data is published on."""

from __future__ import annotations

import re
from typing import Any

from argosy.errors import UnknownNameError
from argosy.model.bar_type import BarType
from argosy.model.data_kind import Column, DataKind
from argosy.model.identifiers import InstrumentId, Venue
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

DEFINITIONS = "data.instrument.*"
"""The pattern of the definitions of all instruments."""
CUSTOM = "data.custom."
"""What the topics begin with of kinds that plugins bring, and of objects of no kind."""
TOPICS: Column[str] = Column(
    "topics of the bus",
    {
        BAR: "data.bars.",
        BOOK_DELTAS: "data.book.deltas.",
        BOOK_SNAPSHOT: "data.book.snapshots.",
        DEFINITION: "data.instrument.",
        INSTRUMENT_STATUS: "data.status.",
        QUOTE: "data.quotes.",
        TICKER: "data.ticker.",
        TRADE: "data.trades.",
        VENUE_STATUS: "data.venue_status.",
    },
    without={DELTA: "published in groups, as book_deltas"},
)
"""What the topics of a kind begin with; whose data it is follows."""
FAMILIES = (
    *sorted((*TOPICS.entries.values(), CUSTOM)),
    "events.account.",
    "events.order.",
    "events.position.",
    "events.risk",
    "messages.commands",
    "messages.reports",
)
"""What the names of all topics begin with; who or what the topic is of follows."""
COMMANDS = "messages.commands"
"""Every command, before it is sent."""
REPORTS = "messages.reports"
"""Every report, before it is believed."""


def of(kind: DataKind, key: Any) -> str:
    """Return the topic of a kind of data of an instrument, a bar type or a venue."""
    return topic(TOPICS[kind], key)


def topic(family: str, key: Any) -> str:
    """Return the topic that begins with an entry of `TOPICS`, of whose data the key says."""
    if isinstance(key, InstrumentId):
        return f"{family}{key.venue}.{key.symbol}"
    return f"{family}{key}"


def quotes(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's quotes."""
    return of(QUOTE, instrument_id)


def trades(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's trades."""
    return of(TRADE, instrument_id)


def bars(bar_type: BarType) -> str:
    """Return the topic of a bar type, in its standard form."""
    return of(BAR, bar_type)


def deltas(instrument_id: InstrumentId) -> str:
    """Return the topic of changes of an instrument's order book."""
    return of(BOOK_DELTAS, instrument_id)


def snapshots(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's whole order books."""
    return of(BOOK_SNAPSHOT, instrument_id)


def ticker(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's tickers."""
    return of(TICKER, instrument_id)


def instrument(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's definitions."""
    return of(DEFINITION, instrument_id)


def instruments(venue: Venue) -> str:
    """Return the pattern of the definitions of all instruments of a venue."""
    return f"{TOPICS[DEFINITION]}{venue}.*"


def instrument_status(instrument_id: InstrumentId) -> str:
    """Return the topic of an instrument's trading status."""
    return of(INSTRUMENT_STATUS, instrument_id)


def instrument_statuses(venue: Venue) -> str:
    """Return the pattern of the trading status of all instruments of a venue."""
    return f"{TOPICS[INSTRUMENT_STATUS]}{venue}.*"


def venue_status(venue: Venue) -> str:
    """Return the topic of a venue's status."""
    return of(VENUE_STATUS, venue)


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
