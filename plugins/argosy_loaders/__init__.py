"""Loaders: file formats that ``argosy catalog ingest`` reads."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy.config.parts import Register

_DECLARED = {"columns"}
"""Capability: the loader reads what columns were declared for, and is guessed only then."""

_LOADERS = {
    "csv": ("tables:CsvLoader", "mapping:CsvMapping", "CSV with declared columns."),
    "parquet": ("tables:ParquetLoader", "mapping:Mapping", "Parquet with declared columns."),
    "bar_ticks": (
        "bar_ticks:BarTickLoader",
        "bar_ticks:BarTickSettings",
        "Quotes made from CSV bars of bids and of asks.",
    ),
    "databento": (
        "databento:DatabentoLoader",
        "databento_settings:DatabentoSettings",
        "DBN files of Databento: definition, mbo, mbp-1, bbo, trades, ohlcv, status.",
    ),
    "betfair": (
        "betfair:BetfairLoader",
        "betfair:BetfairSettings",
        "Historical streams of Betfair.",
    ),
    "tardis": (
        "tardis:TardisLoader",
        "feed:FeedSettings",
        "CSV of Tardis: trades, quotes, incremental_book_L2, book_snapshot.",
    ),
    "binance": (
        "binance:BinanceLoader",
        "feed:FeedSettings",
        "Public files of Binance: klines, trades, aggTrades, bookTicker, depth.",
    ),
    "bybit": (
        "bybit:BybitLoader",
        "feed:FeedSettings",
        "Order book files of Bybit, as published; untried on a real one.",
    ),
}
"""Name -> loader, settings, what it reads."""


@hookimpl
def register_loaders(register: "Register") -> None:
    """Offer every loader."""
    for name, (loader, settings, doc) in _LOADERS.items():
        register(
            name,
            partial(_build, loader),
            settings=partial(_find, settings),
            capabilities=_DECLARED if name in {"csv", "parquet"} else (),
            doc=doc,
        )


def _build(loader: str, settings: Any) -> Any:
    return _find(loader)(settings)


def _find(place: str) -> Any:
    """Import a class when it is first used: pyarrow is heavy."""
    module, _, name = place.partition(":")
    return getattr(import_module(f"argosy_loaders.{module}"), name)
