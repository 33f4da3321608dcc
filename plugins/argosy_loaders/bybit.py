"""Order book files of Bybit (ob200, ob500): JSON lines of snapshots and deltas, zipped or not.

Source: https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook and
https://www.bybit.com/derivatives/en/history-data. Built from that description: no file of Bybit
was at hand to try it on. `ts` is when Bybit sent a message, `cts` when its engine made it, both in
milliseconds; `u` is the number of the message; a level of size 0 is gone.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
import pyarrow as pa

from argosy.errors import DataError
from argosy.model.identifiers import InstrumentId, Venue
from argosy.parts.loader import Load, Rows, Sample
from argosy_loaders import columns
from argosy_loaders.columns import BadValue
from argosy_loaders.feed import FeedSettings
from argosy_loaders.json_lines import read_lines
from argosy_loaders.levels import BUY, SELL, Changes, LevelDeltas
from argosy_loaders.precision import digits_of

VENUE = Venue("BYBIT")
CHUNK_ROWS = 65_536
LAST_MS = 9_223_372_036_854
"""The last moment that nanoseconds reach."""

Levels = list[tuple[str, str]]


class _Book(msgspec.Struct):
    s: str
    b: Levels = []
    a: Levels = []
    u: int = 0


class _Message(msgspec.Struct):
    topic: str
    type: Literal["snapshot", "delta"]
    ts: int
    data: _Book
    cts: int | None = None


class BybitLoader:
    """Read order book files of Bybit.

    Parameters
    ----------
    settings : which instrument and precisions, where files and catalog do not say
    """

    def __init__(self, settings: FeedSettings) -> None:
        self.settings = settings

    def guess(self, sample: Sample) -> str | None:
        """Look at the topic of the first line."""
        if sample.lines and '"orderbook.' in sample.lines[0] and sample.lines[0].startswith("{"):
            return "its first line is a message about an orderbook topic of Bybit"
        return None

    def load(self, load: Load) -> Iterator[Rows]:
        """Yield deltas."""
        for path in load.files:
            yield from _BookFile(path, self.settings, load).read()


class _BookFile:
    """One file: its messages become rows of levels, a few thousand at a time."""

    def __init__(self, path: Path, settings: FeedSettings, load: Load) -> None:
        self.path = path
        self.settings = settings
        self.load = load
        self._books: dict[InstrumentId, LevelDeltas] = {}

    def read(self) -> Iterator[Rows]:
        rows: dict[str, list[tuple[int, _Message]]] = {}
        count = 0
        for line, message in read_lines(self.load.open(self.path), self.path, _Message):
            if not message.topic.startswith("orderbook."):
                continue
            self._check(message, line)
            rows.setdefault(message.data.s, []).append((line, message))
            count += len(message.data.a) + len(message.data.b)
            if count >= CHUNK_ROWS:
                yield from self._flush(rows)
                rows, count = {}, 0
        yield from self._flush(rows)
        if not self._books:
            raise DataError(
                "the file has no message about a book", place=str(self.path), cure="Leave it out"
            )
        for book in self._books.values():
            yield from book.finish()

    def _flush(self, rows: dict[str, list[tuple[int, _Message]]]) -> Iterator[Rows]:
        for symbol, messages in rows.items():
            key = self.settings.key(symbol, VENUE, partial(self._place, messages[0][0]))
            changes = self._changes(key, messages)
            yield from self._books[key].add(changes)

    def _book(self, key: InstrumentId, prices: pa.Array, sizes: pa.Array) -> LevelDeltas:
        if key not in self._books:
            declared = (self.settings.price_precision, self.settings.size_precision)
            most = (columns.most_decimals(prices), columns.most_decimals(sizes))
            digits = digits_of(
                key,
                self.load.instruments,
                declared,
                place=str(self.path),
                measure=lambda: most,
            )
            self._books[key] = LevelDeltas(key, digits, self._place, clears=True)
        return self._books[key]

    def _changes(self, key: InstrumentId, messages: list[tuple[int, _Message]]) -> Changes:
        levels = [
            (line, message, side, *level)
            for line, message in messages
            for side, part in ((BUY, message.data.b), (SELL, message.data.a))
            for level in part
        ]
        lines = np.array([each[0] for each in levels], np.int64)
        prices, sizes = (pa.array([each[i] for each in levels], pa.string()) for i in (3, 4))
        book = self._book(key, prices, sizes)
        raws = []
        for text, digits in zip((prices, sizes), book.digits, strict=True):
            try:
                raws.append(self.settings.decimals(text, digits))
            except BadValue as bad:
                place = self._place(int(lines[bad.row]))
                raise DataError(bad.message, place=place, cure=bad.cure) from None
        times = np.array([(_event_ms(m), m.ts) for _, m, *_ in levels], np.int64).reshape(-1, 2)
        sequence = np.array([m.data.u for _, m, *_ in levels], np.uint64)
        return Changes(
            ts_event=times[:, 0] * 1_000_000,
            ts_init=times[:, 1] * 1_000_000,
            side=np.array([each[2] for each in levels], np.int8),
            price=raws[0],
            size=raws[1],
            sequence=sequence,
            is_snapshot=np.array([m.type == "snapshot" for _, m, *_ in levels], bool),
            message=lines,
            row=lines,
        )

    def _check(self, message: _Message, line: int) -> None:
        numbers = (message.ts, _event_ms(message))
        if not all(0 <= number <= LAST_MS for number in numbers):
            raise DataError(
                "a time is not within the years 1970 to 2262",
                place=self._place(line),
                cure="Leave out the message",
            )
        if not 0 <= message.data.u < 2**64:
            raise DataError(
                f"there is no message number {message.data.u}",
                place=self._place(line),
                cure="Leave out the message",
            )

    def _place(self, line: int) -> str:
        return f"{self.path}:{line}"


def _event_ms(message: _Message) -> int:
    return message.ts if message.cts is None else message.cts
