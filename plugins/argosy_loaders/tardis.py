"""Files of Tardis: trades, quotes, incremental_book_L2 and book_snapshot_N, as CSV.

Source: https://docs.tardis.dev/downloadable-csv-files. Times are microseconds; `timestamp` is the
exchange's, `local_timestamp` that of arrival. Rows of one arrival are one message.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from argosy.errors import DataError
from argosy.parts.loader import Load, Rows, Sample
from argosy_loaders.batches import raw_of
from argosy_loaders.csv_file import CsvFile
from argosy_loaders.declared import DeclaredRows
from argosy_loaders.feed import (
    LevelColumns,
    LevelFile,
    TableFeedSettings,
    converted,
    measure,
)
from argosy_loaders.levels import BUY, SELL, Changes, LevelDeltas
from argosy_loaders.mapping import Mapping
from argosy_loaders.precision import digits_of
from argosy_loaders.times import Clock

_COMMON = ("exchange", "symbol", "timestamp", "local_timestamp")
_KINDS = {
    "trades": ("id", "side", "price", "amount"),
    "quotes": ("ask_amount", "ask_price", "bid_price", "bid_amount"),
    "incremental_book_L2": ("is_snapshot", "side", "price", "amount"),
    "book_snapshot": ("asks[0].price", "asks[0].amount", "bids[0].price", "bids[0].amount"),
}
_TIMES = {"ts_event": "timestamp", "ts_init": "local_timestamp"}
_SIDES = {"buy": "BUYER", "sell": "SELLER", "unknown": "NO_AGGRESSOR"}
_LEVELS = LevelColumns(
    ts_event="timestamp",
    ts_init="local_timestamp",
    unit="us",
    price="price",
    size="amount",
    snapshot=("is_snapshot", "true"),
    message="local_timestamp",
    sides={"bid": "BUY", "ask": "SELL"},
    venue_column="exchange",
)


def kind_of(names: list[str]) -> str | None:
    """Return which kind of file has these columns."""
    if tuple(names[:4]) != _COMMON:
        return None
    return next((kind for kind, own in _KINDS.items() if set(own) <= set(names)), None)


class TardisLoader:
    """Read files of Tardis.

    Parameters
    ----------
    settings : which instrument and precisions, where files and catalog do not say
    """

    def __init__(self, settings: TableFeedSettings) -> None:
        self.settings = settings

    def guess(self, sample: Sample) -> str | None:
        """Look at the header."""
        names = sample.lines[0].split(",") if sample.lines else []
        kind = kind_of(names)
        return None if kind is None else f"its header is that of Tardis {kind}"

    def load(self, load: Load) -> Iterator[Rows]:
        """Yield quotes, trades and deltas."""
        for path in load.files:
            file = CsvFile(path, opened=load.open)
            kind = kind_of(file.names)
            if kind in {"trades", "quotes"}:
                mapping = self._mapping(str(kind))
                table = DeclaredRows(mapping, load.instruments, told=load.tell, may_skip=True)
                yield from table.read(file)
                continue
            self.settings.refuse_to_skip(str(path))
            if kind == "incremental_book_L2":
                yield from LevelFile(file, _LEVELS, self.settings, load.instruments).read()
            elif kind == "book_snapshot":
                yield from self._snapshots(file, load)
            else:
                raise _unknown(path, file.names)

    def _mapping(self, kind: str) -> Mapping:
        settings = self.settings
        own = {"price_precision", "size_precision", "rounding", "missing"}
        given: dict[str, Any] = {name: getattr(settings, name) for name in own}
        given |= {"time_format": "us", "odd_times": "allow", "instrument": settings.instrument}
        if settings.instrument is None:
            given |= {"instrument_column": "symbol", "venue": settings.venue}
            given |= {"venue_column": None if settings.venue else "exchange"}
        if kind == "quotes":
            sizes = {"bid_size": "bid_amount", "ask_size": "ask_amount"}
            # A side without orders is empty: a row that has neither is no quote.
            given |= {"missing": "skip"}
            return Mapping(type="quote", columns={**_TIMES, **sizes}, **given)
        names = {**_TIMES, "size": "amount", "trade_id": "id", "aggressor_side": "side"}
        return Mapping(type="trade", columns=names, values={"aggressor_side": _SIDES}, **given)

    def _snapshots(self, file: CsvFile, load: Load) -> Iterator[Rows]:
        levels = 1 + max(
            int(found[1]) for name in file.names if (found := re.match(r"asks\[(\d{1,4})\]", name))
        )
        cells = [
            (code, f"{side}[{level}].price", f"{side}[{level}].amount")
            for side, code in (("bids", BUY), ("asks", SELL))
            for level in range(levels)
        ]
        for _, *names in cells:
            for name in names:
                file.require(name, "a book")
        book: LevelDeltas | None = None
        start = 0
        needed = [*_COMMON, *(name for _, *names in cells for name in names)]
        for batch in file.batches(needed):
            first = start

            def place(first: int = first) -> str:
                return file.place(first)

            symbol, venue = (batch.column(name)[0].as_py() for name in ("symbol", "exchange"))
            key = self.settings.key(symbol, venue.upper(), place)
            if book is None or book.key != key:
                book = self._book(key, file, load, cells)
            yield from book.add(self._books(file, batch, start, cells, book.digits, symbol))
            start += batch.num_rows
        if book is None:
            raise DataError("the file has no rows", place=str(file.path), cure="Leave it out")
        yield from book.finish()

    def _book(
        self, key: Any, file: CsvFile, load: Load, cells: list[tuple[int, str, str]]
    ) -> LevelDeltas:
        prices, sizes = [price for _, price, _ in cells], [size for _, _, size in cells]
        digits = digits_of(
            key,
            load.instruments,
            (self.settings.price_precision, self.settings.size_precision),
            place=str(file.path),
            measure=lambda: measure(file, prices, sizes),
        )
        return LevelDeltas(key, digits, file.place, clears=True)

    def _books(
        self,
        file: CsvFile,
        batch: Any,
        start: int,
        cells: list[tuple[int, str, str]],
        digits: tuple[int, int],
        symbol: str,
    ) -> Changes:
        """Return a batch of whole books as changes, row after row."""
        rows = start + np.arange(batch.num_rows)
        others = np.flatnonzero(np.array(batch.column("symbol").to_pylist()) != symbol)
        if len(others):
            raise DataError(
                "the file holds books of more than one symbol",
                place=file.place(start + int(others[0])),
                cure="Split it by symbol",
            )
        times = [
            converted(file, batch, name, rows, lambda t: raw_of(Clock("us").read(t)))
            for name in ("timestamp", "local_timestamp")
        ]
        parts = []
        for number, (side, price, size) in enumerate(cells):
            there = np.flatnonzero(np.array(batch.column(price).to_pylist(), object) != "")
            part = batch.take(there)
            raws = [
                converted(
                    file,
                    part,
                    name,
                    rows[there],
                    lambda text, d=decimals: self.settings.decimals(text, d),  # type: ignore[misc]
                )
                for name, decimals in zip((price, size), digits, strict=True)
            ]
            parts.append((there, np.full(len(there), number), np.full(len(there), side), *raws))
        row, cell, sides, prices, sizes = map(np.concatenate, zip(*parts, strict=True))
        if len(missing := np.setdiff1d(np.arange(batch.num_rows), row)):
            raise DataError(
                "the book is empty",
                place=file.place(start + int(missing[0])),
                cure="Leave out the row",
            )
        order = np.lexsort((cell, row))
        at = row[order]
        return Changes(
            ts_event=times[0][at],
            ts_init=times[1][at],
            side=sides[order],
            price=prices[order],
            size=sizes[order],
            sequence=np.zeros(len(at), np.uint64),
            is_snapshot=np.ones(len(at), bool),
            message=rows[at],
            row=rows[at],
        )


def _unknown(path: Path, names: list[str]) -> DataError:
    return DataError(
        f"the header {','.join(names[:6])} is that of no file of Tardis that can be loaded",
        place=str(path),
        cure=f"Give {', '.join(_KINDS)}; other tables need --loader csv with declared columns",
    )
