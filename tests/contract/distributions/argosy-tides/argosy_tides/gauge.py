"""An actor that writes down each tide, and how many quotes came before it."""

import json
from pathlib import Path

from argosy import Actor, ActorConfig, DataType, InstrumentId, QuoteTick
from argosy_tides.tide import Tide


class GaugeConfig(ActorConfig, frozen=True, kw_only=True):
    """Whose tides are noted, and where."""

    instrument: InstrumentId
    diary: str


class Gauge(Actor):
    """Note tides and quotes."""

    def __init__(self, config: GaugeConfig) -> None:
        super().__init__(config)
        self.quotes = 0
        self.lines: list[list[str | int | bool | None]] = []

    def on_start(self) -> None:
        """Ask for both."""
        self.subscribe_quote_ticks(self.config.instrument)
        self.subscribe_data(DataType(Tide, {"instrument_id": self.config.instrument}))

    def on_quote_tick(self, tick: QuoteTick) -> None:
        """Count."""
        self.quotes += 1

    def on_data(self, data: Tide) -> None:
        """Note a tide."""
        line = [str(data.height), data.side.value, data.station, data.is_rising, data.ts_init]
        self.lines.append([self.quotes, *line])

    def on_stop(self) -> None:
        """Write the diary."""
        Path(self.config.diary).write_text(json.dumps(self.lines))
