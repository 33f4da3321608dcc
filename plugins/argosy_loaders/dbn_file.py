"""Databento Binary Encoding: metadata, then records, as arrays of one kind at a time.

Source: https://databento.com/docs/standards-and-conventions/databento-binary-encoding. The metadata
are decoded by the vendor's package. Records are read in place: each begins with its length in words
of four bytes and its type, and a run of equal ones is one array.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np

from argosy.errors import DataError, InputError
from argosy_loaders.batches import Ints

T = TypeVar("T")

UNDEF_PRICE = 2**63 - 1
UNDEF_TIME = 2**64 - 1

CHUNK_BYTES = 4 << 20
_LONGEST_METADATA = 256 << 20

_HEADER = [
    ("length", "u1"),
    ("rtype", "u1"),
    ("publisher_id", "<u2"),
    ("instrument_id", "<u4"),
    ("ts_event", "<u8"),
]
_TRADE = [
    ("price", "<i8"),
    ("size", "<u4"),
    ("action", "u1"),
    ("side", "u1"),
    ("flags", "u1"),
    ("depth", "u1"),
    ("ts_recv", "<u8"),
    ("ts_in_delta", "<i4"),
    ("sequence", "<u4"),
]
_TOP = [
    ("bid_px", "<i8"),
    ("ask_px", "<i8"),
    ("bid_sz", "<u4"),
    ("ask_sz", "<u4"),
    ("bid_ct", "<u4"),
    ("ask_ct", "<u4"),
]
_MBO = [
    ("order_id", "<u8"),
    ("price", "<i8"),
    ("size", "<u4"),
    ("flags", "u1"),
    ("channel_id", "u1"),
    ("action", "u1"),
    ("side", "u1"),
    ("ts_recv", "<u8"),
    ("ts_in_delta", "<i4"),
    ("sequence", "<u4"),
]
_BBO = [
    ("price", "<i8"),
    ("size", "<u4"),
    ("reserved1", "u1"),
    ("side", "u1"),
    ("flags", "u1"),
    ("reserved2", "u1"),
    ("ts_recv", "<u8"),
    ("reserved3", "<u4"),
    ("sequence", "<u4"),
]
_OHLCV = [
    ("open", "<i8"),
    ("high", "<i8"),
    ("low", "<i8"),
    ("close", "<i8"),
    ("volume", "<u8"),
]
_STATUS = [
    ("ts_recv", "<u8"),
    ("action", "<u2"),
    ("reason", "<u2"),
    ("trading_event", "<u2"),
    ("is_trading", "u1"),
    ("is_quoting", "u1"),
    ("is_short_sell_restricted", "u1"),
    ("reserved", "V7"),
]

TRADES, MBP_1, STATUS, DEFINITION, MBO = 0x00, 0x01, 0x12, 0x13, 0xA0
BBO = {0xC3: 10**9, 0xC4: 60 * 10**9}
"""Record type to length of the interval, ns."""
OHLCV = {0x20: 1, 0x21: 60, 0x22: 3_600, 0x23: 86_400}
"""Record type to length of the bar, s."""
DEFINITION_BYTES = {1: 360, 2: 400, 3: 520}

LAYOUTS: dict[int, Any] = {
    TRADES: np.dtype([*_HEADER, *_TRADE]),
    MBP_1: np.dtype([*_HEADER, *_TRADE, *_TOP]),
    STATUS: np.dtype([*_HEADER, *_STATUS]),
    MBO: np.dtype([*_HEADER, *_MBO]),
    **dict.fromkeys(BBO, np.dtype([*_HEADER, *_BBO, *_TOP])),
    **dict.fromkeys(OHLCV, np.dtype([*_HEADER, *_OHLCV])),
}
"""Record type to its layout, of the types that are rows."""


@dataclass(frozen=True, slots=True)
class Records:
    """Records of one type that stand together.

    Parameters
    ----------
    first : number of the first in the file, from 0
    data : an array in the layout of the type; of other types None
    raw : their bytes
    """

    rtype: int
    first: int
    data: Any
    raw: bytes


@dataclass(slots=True)
class DbnFile:
    """One file.

    Parameters
    ----------
    stream : its unpacked bytes
    """

    path: Path
    stream: BinaryIO
    metadata: Any = None
    head: bytes = b""
    _symbols: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)

    def read_metadata(self) -> Any:
        """Read what comes before the records.

        Raises
        ------
        DataError : the file is no DBN, or is damaged
        """
        start = self.stream.read(8)
        if len(start) < 8 or start[:3] != b"DBN":
            raise self._damaged("it does not begin with DBN", self.path)
        size = int.from_bytes(start[4:], "little")
        if size > _LONGEST_METADATA:
            raise self._damaged(f"its metadata would be {size} bytes long", self.path)
        rest = self.stream.read(size)
        if len(rest) < size:
            raise self._damaged("it is cut off within its metadata", self.path)
        self.head = start + rest
        package = vendor_package()
        self.metadata = self._guarded(lambda: package.Metadata.decode(self.head))
        self._guarded(self._read_symbols)  # a damaged date shows only here
        return self.metadata

    def records(self) -> Iterator[Records]:
        """Yield runs of records.

        Raises
        ------
        DataError : a record is cut off or damaged
        """
        number, rest = 0, b""
        while chunk := self.stream.read(CHUNK_BYTES):
            data = rest + chunk
            position = 0
            while position + 2 <= len(data):
                size = data[position] * 4
                if size < 16:
                    raise self._damaged(f"a record would be {size} bytes long", number)
                count = self._run(data, position, size)
                if not count:
                    break
                end = position + count * size
                yield self._records(data[position:end], size, number)
                position, number = end, number + count
            rest = data[position:]
        if rest:
            raise self._damaged("the record is cut off", number)

    def symbol(self, instrument_id: int, ts: int, number: int) -> str:
        """Return what an instrument id meant at a time (ns).

        Raises
        ------
        DataError : the metadata do not say it
        """
        spans = self._symbols.get(instrument_id, ())
        for start, end, symbol in spans:
            if start <= ts < end:
                return symbol
        if spans and len({symbol for *_, symbol in spans}) == 1:
            return spans[0][2]
        raise DataError(
            f"the metadata name no symbol for instrument id {instrument_id}",
            place=self.place(number),
            cure="Get the file with symbology in its metadata: stype_out = instrument_id",
        )

    def changes_symbol(self, instrument_id: int) -> bool:
        """Tell whether an instrument id means several symbols in this file."""
        return len({symbol for *_, symbol in self._symbols.get(instrument_id, ())}) > 1

    def place(self, number: int) -> str:
        """Say where a record stands."""
        return f"{self.path}, record {number}"

    def decode(self, raw: bytes) -> list[Any]:
        """Return records as objects of the vendor's package."""
        package = vendor_package()

        def run() -> list[Any]:
            decoder = package.DBNDecoder()
            decoder.write(self.head + raw)
            return list(decoder.decode()[1:])

        return list(self._guarded(run))

    def _run(self, data: bytes, position: int, size: int) -> int:
        """Return how many whole records of equal length and type begin at a position."""
        count = (len(data) - position) // size
        if count <= 1:
            return count
        table = np.frombuffer(data, np.uint8, count * size, position).reshape(count, size)
        same = (table[:, 0] == table[0, 0]) & (table[:, 1] == table[0, 1])
        return count if same.all() else int(np.argmin(same))

    def _records(self, raw: bytes, size: int, number: int) -> Records:
        rtype = raw[1]
        layout = LAYOUTS.get(rtype)
        extra = 8 if self.metadata.ts_out else 0
        expected = layout.itemsize if layout is not None else None
        if rtype == DEFINITION:
            expected = DEFINITION_BYTES.get(self.head[3])
        if expected is not None and size != expected + extra:
            raise self._damaged(
                f"a record of type {rtype} is {size} bytes long, not {expected + extra}", number
            )
        if layout is None:
            return Records(rtype, number, None, raw)
        if extra:
            layout = np.dtype([*layout.descr, ("ts_out", "<u8")])
        return Records(rtype, number, np.frombuffer(raw, layout), raw)

    def _read_symbols(self) -> None:
        package = vendor_package()
        by_id = package.SType.INSTRUMENT_ID
        metadata = self.metadata
        for name, spans in metadata.mappings.items():
            for span in spans:
                ends = (span["start_date"], span["end_date"])
                start, end = (
                    int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp()) * 10**9
                    for d in ends
                )
                text, symbol = span["symbol"], name
                if metadata.stype_out != by_id and metadata.stype_in == by_id:
                    text, symbol = name, span["symbol"]
                if text.isascii() and text.isdecimal():
                    self._symbols.setdefault(int(text), []).append((start, end, symbol))

    def _guarded(self, run: Any) -> Any:
        """Run the vendor's code; what it raises, its panics too, becomes a DataError."""
        try:
            return run()
        except Exception as error:
            raise self._damaged(" ".join(str(error).split()), self.path) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            raise self._damaged("a record is damaged", self.path) from error

    def _damaged(self, reason: str, at: int | Path) -> DataError:
        return DataError(
            f"the file cannot be read: {reason}",
            place=self.place(at) if isinstance(at, int) else str(at),
            cure="Get the file again: it is damaged, cut off, or no DBN file",
        )


def vendor_package() -> Any:
    """Return the package `databento_dbn`.

    Raises
    ------
    InputError : it is not installed
    """
    try:
        import databento_dbn
    except ImportError as error:
        raise InputError(
            "files of Databento need the package databento-dbn, which is not installed",
            cure="Install argosy[loaders]",
        ) from error
    return databento_dbn


def scaled(raws: Ints, precision: int, what: str, place: Any) -> Ints:
    """Return prices of 9 decimals as raw integers of a precision.

    Parameters
    ----------
    place : says where a row stands

    Raises
    ------
    DataError : one is undefined or has more decimals
    """
    undefined = raws == UNDEF_PRICE
    if undefined.any():
        raise DataError(
            f"{what} is undefined", place=place(int(np.argmax(undefined))), cure="Leave it out"
        )
    if precision > 9:
        factor = 10 ** (precision - 9)
        wrong = np.abs(raws.astype(object)) * factor >= 10**18
        if wrong.any():
            row = int(np.argmax(wrong))
            raise DataError(
                f"{what} has more than 18 digits", place=place(row), cure="Give a lower precision"
            )
        whole: Ints = raws * factor
        return whole
    unit = 10 ** (9 - precision)
    rest = raws % unit != 0
    if rest.any():
        row = int(np.argmax(rest))
        raise DataError(
            f"{what} {raws[row]}e-9 has more decimals than the precision, {precision}",
            place=place(row),
            cure="Give the price_precision of the data",
        )
    cut: Ints = raws // unit
    return cut
