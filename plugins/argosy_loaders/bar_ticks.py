"""Quotes made from two files of bars, of bids and of asks: four a bar.

The last quote of a bar is its close, at the moment at which the bar ends; the three before it come
`spacing` apart: open, high, low with the order "ohlc"; open, low, high with "olhc". With "adaptive"
the high comes first where it is nearer to the open of the bid than the low is, else the low. Both
sides take the same way, so that a quote joins the bid's high with the ask's high.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import numpy as np

from argosy.config.values import parse_duration
from argosy.errors import ConfigError, DataError
from argosy.model.bar_type import BarType
from argosy.model.data import QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Quantity
from argosy.parts.loader import Load, Rows, Sample
from argosy_loaders.batches import market_batch, raw_of
from argosy_loaders.csv_file import CsvFile
from argosy_loaders.declared import DeclaredRows
from argosy_loaders.mapping import Mapping as Columns

_PRICES = ("open", "high", "low", "close")


class BarTickSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What bars of bids and asks mean.

    Parameters
    ----------
    instrument : whose bars they are; needed, whatever its default
    bar : length of the bars, such as 1-MINUTE
    price_precision : decimals; else as the catalog's definition of the instrument
    size_precision : decimals of the size
    size : of every bid and ask, since bars of quotes have none
    order : of the prices within a bar: ohlc, olhc or adaptive
    spacing : between the quotes of a bar
    columns : field to name of column, where they differ
    time_format : iso, s, ms, us, ns, or a pattern such as %d.%m.%Y %H:%M:%S.%f
    zone : of times that name none
    stamp : whether bars are stamped at their open or at their close
    rounding : what happens to decimals beyond the precision: an error, or half_even, half_away
    missing : what happens where a file lacks a bar, or a value of it: an error, or skip; then the
        bar of the other file becomes quotes of one side, with price 0 and size 0 on the other
    """

    instrument: InstrumentId | None = None
    bar: str = "1-MINUTE"
    price_precision: int | None = None
    size_precision: int = 0
    size: Quantity = Quantity.from_int(1)
    order: Literal["ohlc", "olhc", "adaptive"] = "ohlc"
    spacing: str = "100ms"
    columns: Mapping[str, str | list[str]] = {}
    time_format: str = "iso"
    zone: str = "UTC"
    stamp: Literal["open", "close"] = "open"
    rounding: Literal["error", "half_even", "half_away"] = "error"
    missing: Literal["error", "skip"] = "error"

    def __post_init__(self) -> None:
        """Refuse quotes that would not fit into their bar."""
        length = BarType.from_str(f"A.B-{self.bar}-BID-EXTERNAL").spec.interval_ns
        if not length:
            raise ConfigError(f"bars of {self.bar} have no fixed length", cure="Give 1-MINUTE")
        if not 0 <= 3 * parse_duration(self.spacing) < length:
            raise ConfigError(f"spacing {self.spacing} does not fit three times into {self.bar}")

    def mapping(self, side: str) -> Columns:
        """Return what the columns of the bids, or of the asks, mean."""
        if self.instrument is None:
            raise ConfigError(
                "it is not said whose bars these are",
                place="instrument",
                cure="Give --instrument, such as --instrument EUR/USD.SIM",
            )
        return Columns(
            type="bar",
            bar_type=f"{self.instrument}-{self.bar}-{side}-EXTERNAL",
            price_precision=self.price_precision,
            size_precision=self.size_precision,
            columns=self.columns,
            constants={"volume": "0"},
            time_format=self.time_format,
            zone=self.zone,
            stamp=self.stamp,
            rounding=self.rounding,
            missing=self.missing,
        )


class BarTickLoader:
    """Read pairs of files: bids, then asks."""

    def __init__(self, settings: BarTickSettings) -> None:
        self.settings = settings

    def guess(self, sample: Sample) -> str | None:
        """Return None: nothing in a file says that its bars are bids or asks."""
        return None

    def load(self, load: Load) -> Iterator[Rows]:
        """Yield quotes."""
        if len(load.files) % 2:
            raise DataError(
                f"{len(load.files)} files were given",
                place=str(load.files[-1]),
                cure="Give two at a time: bars of bids, then bars of asks",
            )
        for bid, ask in zip(load.files[::2], load.files[1::2], strict=True):
            sides = [
                DeclaredRows(
                    self.settings.mapping(side), load.instruments, told=load.tell, may_skip=True
                ).read(CsvFile(path, opened=load.open))
                for side, path in (("BID", bid), ("ASK", ask))
            ]
            yield from self._quotes(_Bars(sides[0]), _Bars(sides[1]), str(ask))

    @property
    def _instrument(self) -> InstrumentId:
        assert self.settings.instrument is not None
        return self.settings.instrument

    def _quotes(self, bids: "_Bars", asks: "_Bars", place: str) -> Iterator[Rows]:
        while (count := min(bids.fill(), asks.fill())) > 0:
            first, second = bids.next(count), asks.next(count)
            equal = first.times == second.times
            whole = count if equal.all() else int(np.argmin(equal))
            if whole:
                bids.take(whole)
                asks.take(whole)
                yield self._batch(first.cut(whole), second.cut(whole))
            elif self.settings.missing == "error":
                raise _uneven("the bars of bids and asks are not of the same times", first.where(0))
            elif first.times[0] < second.times[0]:
                bids.take(1)
                yield self._batch(first.cut(1), None)
            else:
                asks.take(1)
                yield self._batch(None, second.cut(1))
        if self.settings.missing == "error" and bids.fill() != asks.fill():
            raise _uneven("the files of bids and asks have different numbers of bars", place)
        while count := bids.fill():
            yield self._batch(bids.next(count), None)
            bids.take(count)
        while count := asks.fill():
            yield self._batch(None, asks.next(count))
            asks.take(count)

    def _batch(self, bids: "_Part | None", asks: "_Part | None") -> Rows:
        """Return four quotes a bar, of one side where the other has none."""
        there = bids or asks
        assert there is not None
        count = len(there.times)
        ways = self._ways(there.prices)
        spacing = parse_duration(self.settings.spacing) * np.arange(-3, 1)
        times = (there.times[:, None] + spacing).ravel()
        columns = {"ts_event": times, "ts_init": times}
        for side, part in (("bid", bids), ("ask", asks)):
            prices = np.zeros_like(there.prices) if part is None else part.prices
            columns[f"{side}_price"] = np.take_along_axis(prices, ways, axis=1).ravel()
            columns[f"{side}_size"] = np.full(4 * count, self._size() if part else 0, np.int64)
        digits = (there.precision, self.settings.size_precision)
        batch = market_batch(QuoteTick, self._instrument, digits, columns)
        return Rows(batch, lambda row: there.where(row // 4))

    def _ways(self, prices: Any) -> Any:
        """Return the order in which the prices of each bar come."""
        opened, high, low = prices[:, 0], prices[:, 1], prices[:, 2]
        is_high_first = {
            "ohlc": np.ones(len(prices), bool),
            "olhc": np.zeros(len(prices), bool),
            "adaptive": high - opened < opened - low,
        }[self.settings.order]
        return np.where(is_high_first[:, None], [0, 1, 2, 3], [0, 2, 1, 3])

    def _size(self) -> int:
        size, precision = self.settings.size, self.settings.size_precision
        raw, rest = divmod(size.raw * 10**precision, 10**size.precision)
        if rest:
            raise ConfigError(
                f"size {size} has more decimals than size_precision, {precision}",
                cure="Give the size_precision of the size",
            )
        return int(raw)


def _uneven(message: str, place: str) -> DataError:
    return DataError(
        message,
        place=place,
        cure="Leave out bars that one of the files lacks"
        '; missing = "skip" makes quotes of one side of them',
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Bars of one side that follow each other.

    Parameters
    ----------
    times : int64[n], of their closes
    prices : int64[n, 4], open, high, low and close
    precision : of the prices
    where : says where a bar stands
    """

    times: Any
    prices: Any
    precision: int
    where: Any

    def cut(self, count: int) -> "_Part":
        """Return the first bars."""
        return _Part(self.times[:count], self.prices[:count], self.precision, self.where)


class _Bars:
    """Bars of one file, taken as many at a time as are wanted."""

    def __init__(self, rows: Iterator[Rows]) -> None:
        self._rows = rows
        self._part: _Part | None = None
        self._read = 0

    def fill(self) -> int:
        """Return how many bars wait, after reading more where none does."""
        while self._part is None or not len(self._part.times) - self._read:
            rows = next(self._rows, None)
            if rows is None:
                return 0
            self._part, self._read = _part_of(rows), 0
        return len(self._part.times) - self._read

    def next(self, count: int) -> _Part:
        """Return the bars that come next, which wait on."""
        part, first = self._part, self._read
        assert part is not None
        rows = slice(first, first + count)
        where = part.where
        return _Part(
            part.times[rows], part.prices[rows], part.precision, lambda row: where(first + row)
        )

    def take(self, count: int) -> None:
        """Take bars: they wait no more."""
        self._read += count


def _part_of(rows: Rows) -> _Part:
    """Return the bars of a batch, whose prices must be possible."""
    batch = rows.batch
    prices = np.stack([raw_of(batch.column(name)) for name in _PRICES], axis=1)
    wrong = (prices.max(axis=1) > prices[:, 1]) | (prices.min(axis=1) < prices[:, 2])
    if wrong.any():
        raise DataError(
            "high and low do not enclose open and close",
            place=rows.place(int(np.argmax(wrong))),
            cure="Correct or leave out the row, then load the data again",
        )
    precision = batch.schema.field("open").type.scale
    return _Part(raw_of(batch.column("ts_init")), prices, precision, rows.place)
