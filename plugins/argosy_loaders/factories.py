"""What builds each loader, and its settings; imported with the first one: pyarrow is heavy."""

from collections.abc import Callable, Mapping
from typing import Any

from argosy.parts.loader import Loader
from argosy_loaders.bar_ticks import BarTickLoader, BarTickSettings
from argosy_loaders.betfair import BetfairLoader
from argosy_loaders.betfair_settings import BetfairSettings
from argosy_loaders.binance import BinanceLoader
from argosy_loaders.bybit import BybitLoader
from argosy_loaders.databento import DatabentoLoader
from argosy_loaders.databento_settings import DatabentoSettings
from argosy_loaders.feed import FeedSettings, TableFeedSettings
from argosy_loaders.mapping import CsvMapping
from argosy_loaders.mapping import Mapping as Columns
from argosy_loaders.tables import CsvLoader, ParquetLoader
from argosy_loaders.tardis import TardisLoader

FACTORIES: Mapping[str, Callable[[Any], Loader]] = {
    "csv": CsvLoader,
    "parquet": ParquetLoader,
    "bar_ticks": BarTickLoader,
    "databento": DatabentoLoader,
    "betfair": BetfairLoader,
    "tardis": TardisLoader,
    "binance": BinanceLoader,
    "bybit": BybitLoader,
}
SETTINGS: Mapping[str, type] = {
    "csv": CsvMapping,
    "parquet": Columns,
    "bar_ticks": BarTickSettings,
    "databento": DatabentoSettings,
    "betfair": BetfairSettings,
    "tardis": TableFeedSettings,
    "binance": TableFeedSettings,
    "bybit": FeedSettings,
}
