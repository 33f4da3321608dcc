"""Which handler of a component hears each kind of data."""

from __future__ import annotations

from argosy.model.data_kind import Column
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

HANDLERS: Column[str] = Column(
    "handlers of components",
    {
        BAR: "on_bar",
        BOOK_DELTAS: "on_order_book_deltas",
        BOOK_SNAPSHOT: "on_order_book",
        DEFINITION: "on_instrument",
        INSTRUMENT_STATUS: "on_instrument_status",
        QUOTE: "on_quote_tick",
        TICKER: "on_ticker",
        TRADE: "on_trade_tick",
        VENUE_STATUS: "on_venue_status",
    },
    without={DELTA: "heard in groups, as book_deltas"},
)
"""Kind -> the method that takes it; `on_data` takes those of plugins."""
