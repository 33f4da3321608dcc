"""Tide tables: an instrument in the first line, then a time, a bid and an ask a line."""

from collections.abc import Iterator
from typing import Any

from argosy import DataError, InputError, InstrumentId, Price, Quantity, QuoteTick
from argosy.parts.loader import Load, Sample

HEAD = "TIDE "


class TideLoader:
    """Read tide tables."""

    def guess(self, sample: Sample) -> str | None:
        """Say why a file seems to be a tide table."""
        is_table = bool(sample.lines) and sample.lines[0].startswith(HEAD)
        return "its first line" if is_table else None

    def load(self, load: Load) -> Iterator[Any]:
        """Yield quotes."""
        for path in load.files:
            with load.open(path) as file:
                try:
                    name, *rows = file.read().decode().splitlines() or [""]
                    key = InstrumentId(name.removeprefix(HEAD))
                    yield from [_quote(key, *row.split()) for row in rows]
                except (ValueError, TypeError, InputError) as error:
                    raise DataError(f"no tide table: {error}", place=str(path)) from error


def _quote(key: InstrumentId, time: str, bid: str, ask: str) -> QuoteTick:
    prices = Price.from_str(bid), Price.from_str(ask)
    return QuoteTick(key, *prices, Quantity(1), Quantity(1), int(time), int(time))
