"""What happens to orders, counted."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from argosy.config.settings import PathField, Settings
from argosy.parts.sink import Sink


class LogbookSettings(Settings):
    """Where the counts are written."""

    path: PathField


class Logbook(Sink):
    """Count the events of orders by their class.

    Parameters
    ----------
    path : of the file that is written at the end
    """

    topics = ("events.order.*",)

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()

    def tell(self, topic: str, message: Any) -> None:
        """Count an event."""
        self.counts[type(message).__name__] += 1

    def end(self, error: BaseException | None) -> None:
        """Write the counts."""
        self.path.write_text(json.dumps(self.counts))
