"""Loaders: file formats that ``argosy catalog ingest`` reads."""

from functools import partial
from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy.hookspecs import Register
    from argosy.parts.loader import Loader

_DECLARED = {"columns"}
"""Capability: the loader reads what columns were declared for, and is guessed only then."""

_LOADERS = {
    "csv": "CSV with declared columns.",
    "parquet": "Parquet with declared columns.",
    "bar_ticks": "Quotes made from CSV bars of bids and of asks.",
    "databento": "DBN files of Databento: definition, mbo, mbp-1, bbo, trades, ohlcv, status.",
    "betfair": "Historical streams of Betfair.",
    "tardis": "CSV of Tardis: trades, quotes, incremental_book_L2, book_snapshot.",
    "binance": "Public files of Binance: klines, trades, aggTrades, bookTicker, depth.",
    "bybit": "Order book files of Bybit, as published; untried on a real one.",
}
"""Name -> what it reads."""


@hookimpl
def register_loaders(register: "Register[Loader]") -> None:
    """Offer every loader."""
    for name, doc in _LOADERS.items():
        register(
            name,
            partial(_loader, name),
            settings=partial(_settings, name),
            capabilities=_DECLARED if name in {"csv", "parquet"} else (),
            doc=doc,
        )


def _loader(name: str, settings: Any) -> "Loader":
    from argosy_loaders.factories import FACTORIES

    return FACTORIES[name](settings)


def _settings(name: str) -> type:
    from argosy_loaders.factories import SETTINGS

    return SETTINGS[name]
