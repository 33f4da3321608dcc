"""Historical streams of Betfair: JSON lines of market changes, mostly packed with bzip2.

Source: https://docs.developer.betfair.com, "Exchange Stream API". Numbers are read as exact
decimals. What is available to back are resting lay bets, hence the BUY side of the book; what is
available to lay are resting back bets, hence its SELL side.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from argosy.errors import DataError
from argosy.parts.loader import Load, Sample
from argosy_loaders.betfair_market import Market
from argosy_loaders.betfair_messages import ChangeMessage
from argosy_loaders.betfair_settings import BetfairSettings
from argosy_loaders.json_lines import read_lines

LAST_MS = 9_223_372_036_854
"""The last moment that nanoseconds reach."""


class BetfairLoader:
    """Read historical streams.

    Parameters
    ----------
    settings : venue and currency
    """

    def __init__(self, settings: BetfairSettings) -> None:
        self.settings = settings

    def guess(self, sample: Sample) -> str | None:
        """Look at the first line."""
        first = sample.lines[0] if sample.lines else ""
        if first.startswith("{") and '"op":"mcm"' in first.replace(" ", ""):
            return "its first line is a market change message of Betfair"
        return None

    def load(self, load: Load) -> Iterator[Any]:
        """Yield betting instruments, deltas, trades and status updates."""
        for path in load.files:
            yield from self._file(path, load)

    def _file(self, path: Path, load: Load) -> Iterator[Any]:
        markets: dict[str, Market] = {}
        for line, message in read_lines(load.open(path), path, ChangeMessage):
            if not 0 <= message.pt <= LAST_MS:
                raise DataError(
                    f"the time {message.pt} is not within the years 1970 to 2262",
                    place=f"{path}:{line}",
                    cure="Get the file again",
                )
            for change in message.mc:
                market = markets.get(change.id)
                if market is None:
                    market = markets[change.id] = Market(path, change.id, self.settings)
                yield from market.take(change, message.pt * 1_000_000, line)
        for market in markets.values():
            yield from market.finish()
