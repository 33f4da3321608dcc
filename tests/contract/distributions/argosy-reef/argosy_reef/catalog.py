"""Quotes of one CSV file, and the runs over them."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from argosy import CatalogError, Instrument, InstrumentId, Price, Quantity, QuoteTick
from argosy.config.settings import PathField, Settings
from argosy.kernel.stream import MemoryStream, Stream
from argosy.parts.catalog import Catalog
from argosy.serialization.arrow import to_batch


class AtollSettings(Settings):
    """Where the file and the runs lie."""

    path: PathField


class Atoll(Catalog):
    """Read quotes.csv of a folder; write a file for each run.

    Parameters
    ----------
    path : the folder
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def snapshot(self) -> int:
        """Return the only one there is: nobody changes the file."""
        return 0

    def instruments(self) -> Sequence[Instrument]:
        """Return nothing: systems define what they trade."""
        return []

    def streams(
        self,
        data_type: type,
        identifiers: Sequence[Any],
        start: int | None = None,
        end: int | None = None,
        *,
        snapshot: int,
        batch_rows: int,
    ) -> Sequence[Stream]:
        """Return the quotes of each instrument."""
        if data_type is not QuoteTick:
            raise CatalogError(f"an atoll holds quotes, no {data_type.__name__}")
        return [self._stream(InstrumentId(str(each)), batch_rows) for each in identifiers]

    def write_run(
        self, run: Mapping[str, Any], tables: Mapping[str, Any], events: Iterable[Any] = ()
    ) -> None:
        """Keep what the run came to, and its fills."""
        fills = tables["fills"].select(["side", "order_type"]).to_pylist()
        orders = tables["orders"].num_rows
        times = tables["fills"].column("ts_event").cast("int64").to_pylist()
        kept = {"run_id": run["run_id"], "fills": fills, "times": times, "orders": orders}
        (self.path / "run.json").write_text(json.dumps(kept))

    def close(self) -> None:
        """Do nothing: no file stays open."""

    def _stream(self, key: InstrumentId, batch_rows: int) -> Stream:
        with (self.path / "quotes.csv").open(newline="") as file:
            quotes = [_quote(key, row) for row in csv.DictReader(file)]
        return MemoryStream(QuoteTick, key, 5, 0, [to_batch(quotes)], batch_rows)


def _quote(key: InstrumentId, row: dict[str, str]) -> QuoteTick:
    ts = int(row["ts_event"])
    prices = Price.from_str(row["bid_price"]), Price.from_str(row["ask_price"])
    sizes = Quantity.from_str(row["bid_size"]), Quantity.from_str(row["ask_size"])
    return QuoteTick(key, *prices, *sizes, ts, ts)
