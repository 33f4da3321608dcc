"""DBN files of Databento: definitions, MBO, MBP-1, BBO, trades, OHLCV and status."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from argosy.errors import ConfigError, DataError, InputError
from argosy.model.bar_type import BarType
from argosy.model.data import (
    IS_QUOTING,
    IS_SHORT_SELL_RESTRICTED,
    IS_TRADING,
    Bar,
    InstrumentStatusUpdate,
    OrderBookDelta,
    QuoteTick,
    TradeTick,
)
from argosy.model.enums import AggressorSide, MarketStatusAction
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy.parts.loader import Covered, Load, Rows, Sample
from argosy.serialization.unpacked import UnpackedFile
from argosy_loaders import dbn_file
from argosy_loaders.batches import market_batch
from argosy_loaders.databento_instruments import instrument_of
from argosy_loaders.databento_orders import OrderDeltas
from argosy_loaders.databento_settings import DatabentoSettings
from argosy_loaders.dbn_file import BBO, OHLCV, UNDEF_PRICE, DbnFile, Records, scaled
from argosy_loaders.precision import digits_of

_LENGTHS = {1: "1-SECOND", 60: "1-MINUTE", 3_600: "1-HOUR", 86_400: "1-DAY"}
_AGGRESSORS = {"B": AggressorSide.BUYER, "A": AggressorSide.SELLER, "N": AggressorSide.NO_AGGRESSOR}
_TRADE = ord("T")
_PRICES = {"price", "bid_px", "ask_px", "open", "high", "low", "close"}


class DatabentoLoader:
    """Read DBN files.

    Parameters
    ----------
    settings : venue and precisions, where files and catalog do not say
    """

    def __init__(self, settings: DatabentoSettings) -> None:
        self.settings = settings

    def guess(self, sample: Sample) -> str | None:
        """Look at the first bytes."""
        return "it begins with DBN" if sample.head.startswith(b"DBN") else None

    def load(self, load: Load) -> Iterator[Any]:
        """Yield instruments, quotes, trades, bars, deltas and status updates."""
        for path in load.files:
            with load.open(path) as stream:
                file = DbnFile(path, stream)
                file.read_metadata()
                yield from _FileRows(file, self.settings, load).read()


def decimals_of(path: Path) -> int:
    """Return the most decimals of a price in a file."""
    most = 0
    with io.BufferedReader(UnpackedFile(path)) as stream:
        file = DbnFile(path, stream)
        file.read_metadata()
        for records in file.records():
            if records.data is None:
                continue
            for name in _PRICES.intersection(records.data.dtype.names):
                raws = records.data[name]
                raws = raws[raws != UNDEF_PRICE]
                while most < 9 and (raws % 10 ** (9 - most) != 0).any():
                    most += 1
    return most


class _FileRows:
    """The rows of one file."""

    def __init__(self, file: DbnFile, settings: DatabentoSettings, load: Load) -> None:
        self.file = file
        self.settings = settings
        self.load = load
        self.venue = settings.venue or file.metadata.dataset.partition(".")[0]
        self._orders: dict[InstrumentId, OrderDeltas] = {}
        self._empty = 0
        self._first_empty: int | None = None
        self._digits: dict[InstrumentId, tuple[int, int]] = {}
        self._seen: dict[tuple[type, Any], int] = {}  # kind and key -> how long after its record

    def read(self) -> Iterator[Any]:
        count = 0
        for records in self.file.records():
            count += 1
            if records.rtype == dbn_file.DEFINITION:
                yield from self._definitions(records)
            elif records.data is not None:
                yield from self._market(records)
            elif records.rtype in {0x15, 0x16, 0x17}:
                continue  # errors, mappings and heartbeats of a live session
            else:
                raise DataError(
                    f"records of type {records.rtype} ({self.file.metadata.schema}) cannot be "
                    "loaded",
                    place=self.file.place(records.first),
                    cure="Give definition, mbo, mbp-1, bbo-1s, bbo-1m, trades, ohlcv or status",
                )
        if not count:
            raise DataError(
                "the file has no records", place=str(self.file.path), cure="Leave it out"
            )
        for orders in self._orders.values():
            yield from orders.finish()
        if self._empty:
            self.load.tell(
                f"{self.file.path}: {self._empty:,} records were left out, in which neither side"
                f" has a price; the first is {self.file.place(self._first_empty or 0)}"
            )
        yield from self._covered()

    def _covered(self) -> Iterator[Covered]:
        """Yield the time that was asked for, of what came; a limit may have cut it."""
        start, end = self.file.metadata.start, self.file.metadata.end
        if self.file.metadata.limit or end is None or not 0 <= start < end < 2**62:
            return
        for (data_type, key), later in self._seen.items():
            yield Covered(data_type, key, start + later, end - 1 + later)

    def _definitions(self, records: Records) -> Iterator[Instrument]:
        for number, definition in enumerate(self.file.decode(records.raw), records.first):
            place = self.file.place(number)
            instrument = instrument_of(definition, self.venue, self.settings, place)
            if instrument is not None:
                yield instrument

    def _market(self, records: Records) -> Iterator[Any]:
        for key, rows in self._by_instrument(records):
            data = records.data[rows]
            numbers = records.first + rows
            if records.rtype == dbn_file.STATUS:
                yield from self._statuses(key, data, numbers)
            elif records.rtype == dbn_file.MBO:
                yield from self._changes(key, data, numbers)
            elif records.rtype in OHLCV:
                yield from self._bars(key, data, numbers, OHLCV[records.rtype])
            elif records.rtype in BBO:
                yield from self._tops(key, data, numbers)
                since = data["ts_recv"] - np.uint64(BBO[records.rtype])
                fresh = (data["ts_event"] > since) & (data["ts_event"] <= data["ts_recv"])
                fresh &= data["price"] != UNDEF_PRICE
                yield from self._trades(key, data[fresh], numbers[fresh])
            elif records.rtype == dbn_file.MBP_1:
                is_trade = data["action"] == _TRADE
                yield from self._tops(key, data[~is_trade], numbers[~is_trade])
                yield from self._trades(key, data[is_trade], numbers[is_trade])
            else:
                yield from self._trades(key, data, numbers)

    def _by_instrument(self, records: Records) -> Iterator[tuple[InstrumentId, Any]]:
        """Yield each instrument with the rows that are its own."""
        data = records.data
        times = data["ts_recv" if "ts_recv" in data.dtype.names else "ts_event"]
        if (wrong := times >= 2**63).any():
            row = int(np.argmax(wrong))
            raise DataError(
                "the time is undefined",
                place=self.file.place(records.first + row),
                cure="Leave out the record",
            )
        for number in dict.fromkeys(data["instrument_id"].tolist()):
            rows = np.flatnonzero(data["instrument_id"] == number)
            parts = [rows]
            if self.file.changes_symbol(number):
                days = times[rows] // np.uint64(86_400 * 10**9)
                parts = np.split(rows, np.flatnonzero(days[1:] != days[:-1]) + 1)
            for part in parts:
                first = int(part[0])
                symbol = self.file.symbol(number, int(times[first]), records.first + first)
                try:
                    key = InstrumentId(symbol, self.venue)
                except InputError as error:
                    raise DataError(
                        str(error),
                        place=self.file.place(records.first + first),
                        cure="Give --venue with the name of the venue",
                    ) from error
                yield key, part

    def _digits_of(self, key: InstrumentId) -> tuple[int, int]:
        if key not in self._digits:
            self._digits[key] = digits_of(
                key,
                self.load.instruments,
                (self.settings.price_precision, self.settings.size_precision),
                place=str(self.file.path),
                measure=lambda: (decimals_of(self.file.path), 0),
            )
        return self._digits[key]

    def _tops(self, key: InstrumentId, data: Any, numbers: Any) -> Iterator[Rows]:
        """Yield a quote for each record that leaves a side with a price; one without has size 0."""
        sides = [data[f"{side}_px"] != UNDEF_PRICE for side in ("bid", "ask")]
        there = sides[0] | sides[1]
        if not there.all():
            self._first_empty = self._first_empty or int(numbers[np.argmin(there)])
            self._empty += int((~there).sum())
        data, numbers = data[there], numbers[there]
        has_bid, has_ask = (side[there] for side in sides)
        is_sampled = "action" not in data.dtype.names  # ts_event is that of the last trade
        digits = self._digits_of(key)
        times = data["ts_recv" if is_sampled else "ts_event"]
        self._seen[QuoteTick, key] = 0
        columns = {
            "ts_event": self._times(times, numbers),
            "ts_init": data["ts_recv"],
            "bid_price": self._prices(data["bid_px"] * has_bid, digits, "bid_px", numbers),
            "ask_price": self._prices(data["ask_px"] * has_ask, digits, "ask_px", numbers),
            "bid_size": self._sizes(data["bid_sz"] * has_bid, digits),
            "ask_size": self._sizes(data["ask_sz"] * has_ask, digits),
        }
        yield from self._rows(QuoteTick, key, digits, columns, numbers)

    def _trades(self, key: InstrumentId, data: Any, numbers: Any) -> Iterator[Rows]:
        digits = self._digits_of(key)
        if "action" in data.dtype.names:  # else they are samples
            self._seen[TradeTick, key] = 0
        columns = {
            "ts_event": self._times(data["ts_event"], numbers),
            "ts_init": data["ts_recv"],
            "price": self._prices(data["price"], digits, "price", numbers),
            "size": self._sizes(data["size"], digits),
            "aggressor_side": self._codes(data["side"], _AGGRESSORS, numbers),
            "trade_id": list(map(str, data["sequence"].tolist())),
        }
        yield from self._rows(TradeTick, key, digits, columns, numbers)

    def _bars(self, key: InstrumentId, data: Any, numbers: Any, seconds: int) -> Iterator[Rows]:
        """Yield bars; the record is stamped at the open, a bar is known at its close."""
        bar_type = BarType.from_str(f"{key}-{_LENGTHS[seconds]}-LAST-EXTERNAL")
        digits = self._digits_of(key)
        closes = self._times(data["ts_event"] + np.uint64(seconds * 10**9), numbers)
        if (wrong := data["volume"] >= 10 ** (18 - digits[1])).any():
            row = int(np.argmax(wrong))
            raise DataError(
                f"volume {data['volume'][row]} has more than 18 digits",
                place=self.file.place(int(numbers[row])),
                cure="Leave out the record",
            )
        columns = {
            "ts_event": closes,
            "ts_init": closes,
            "volume": data["volume"].astype(np.int64) * 10 ** digits[1],
            **{
                name: self._prices(data[name], digits, name, numbers)
                for name in ("open", "high", "low", "close")
            },
        }
        self._seen[Bar, bar_type] = seconds * 10**9
        yield from self._rows(Bar, bar_type, digits, columns, numbers)

    def _changes(self, key: InstrumentId, data: Any, numbers: Any) -> Iterator[Rows]:
        if key not in self._orders:
            self._seen[OrderBookDelta, key] = 0
            self._orders[key] = OrderDeltas(key, self._digits_of(key), self.file.place)
        yield from self._orders[key].add(data, numbers)

    def _statuses(
        self, key: InstrumentId, data: Any, numbers: Any
    ) -> Iterator[InstrumentStatusUpdate]:
        for record, number in zip(data, numbers.tolist(), strict=True):
            if int(record["action"]) >= len(MarketStatusAction):
                raise DataError(
                    f"there is no status {record['action']}",
                    place=self.file.place(number),
                    cure="Leave out the record",
                )
            flags = sum(
                bit
                for name, bit in (
                    ("is_trading", IS_TRADING),
                    ("is_quoting", IS_QUOTING),
                    ("is_short_sell_restricted", IS_SHORT_SELL_RESTRICTED),
                )
                if record[name] == ord("Y")
            )
            reason = int(record["reason"])
            yield InstrumentStatusUpdate(
                instrument_id=key,
                action=MarketStatusAction.from_code(int(record["action"])),
                reason=f"reason {reason}" if reason else None,
                flags=flags,
                ts_event=int(self._times(record["ts_event"], np.array([number]))),
                ts_init=int(record["ts_recv"]),
            )

    def _rows(
        self, data_type: type, key: Any, digits: tuple[int, int], columns: Any, numbers: Any
    ) -> Iterator[Rows]:
        if len(numbers):
            batch = market_batch(data_type, key, digits, columns)
            yield Rows(batch, lambda row: self.file.place(int(numbers[row])))

    def _times(self, times: Any, numbers: Any) -> Any:
        if np.any(wrong := np.asarray(times) >= 2**63):
            row = int(np.argmax(wrong))
            raise DataError(
                "the time is undefined",
                place=self.file.place(int(numbers[row])),
                cure="Leave out the record",
            )
        return times

    def _prices(self, raws: Any, digits: tuple[int, int], what: str, numbers: Any) -> Any:
        return scaled(raws, digits[0], what, lambda row: self.file.place(int(numbers[row])))

    def _sizes(self, sizes: Any, digits: tuple[int, int]) -> Any:
        if digits[1] > 8:
            raise ConfigError(
                f"size_precision is {digits[1]}", cure="Sizes of Databento are whole: give 0"
            )
        return sizes.astype(np.int64) * 10 ** digits[1]

    def _codes(self, sides: Any, members: dict[str, Any], numbers: Any) -> Any:
        known = np.full(256, -1, np.int8)
        for letter, member in members.items():
            known[ord(letter)] = member.code
        codes = known[sides]
        if (codes < 0).any():
            row = int(np.argmin(codes))
            raise DataError(
                f"there is no side {chr(sides[row])!r}",
                place=self.file.place(int(numbers[row])),
                cure="Leave out the record",
            )
        return codes
