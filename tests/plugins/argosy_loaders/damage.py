"""Small files of every format, and what is left of them after some bytes were changed."""

import bz2
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from argosy.errors import ArgosyError
from argosy_catalog.write.ingest import Ingest
from tests.plugins.argosy_loaders.kit import NoWriter, loader

Change = tuple[int, int, int]
"""Kind (overwrite, insert, delete, cut), place and byte."""


class Format:
    """One kind of small file.

    Parameters
    ----------
    settings : of its loader
    second : a file that is loaded behind it, where the loader takes two at a time
    """

    def __init__(
        self,
        name: str,
        suffix: str,
        data: bytes,
        settings: dict[str, Any] | None = None,
        *,
        second: bytes | None = None,
    ) -> None:
        self.name = name
        self.suffix = suffix
        self.data = data
        self.settings = settings or {}
        self.second = second

    def write(self, data: bytes, folder: Path) -> list[Path]:
        """Write the file with other bytes, and the second one."""
        parts = [data] if self.second is None else [data, self.second]
        paths = [folder / f"file{number or ''}{self.suffix}" for number in range(len(parts))]
        for path, part in zip(paths, parts, strict=True):
            path.write_bytes(part)
        return paths

    def __repr__(self) -> str:
        return f"{self.name}{self.suffix}"


def formats(real_data: Path) -> list[Format]:
    """Make a small file of every format out of the real ones."""
    precise = {"price_precision": 2, "size_precision": 3}
    feed = {**precise, "rounding": "half_even"}

    def head(name: str, lines: int) -> bytes:
        opened: Callable[[Path], Any] = bz2.open if name.endswith("bz2") else Path.open
        with opened(real_data / name) as file:
            text = [next(file, b"") for _ in range(lines)]
        return b"".join(each.encode() if isinstance(each, str) else each for each in text)

    found = []
    for each in ("definition", "mbo_20240508"):
        data = _plain(real_data / f"databento_esm4_{each}.dbn.zst")
        data = data[: len(data) - 56 * 13_750] if each.startswith("mbo") else data
        found.append(Format("databento", ".dbn", data, {"price_precision": 2, "size_precision": 0}))
    packed = [f"esu4_{each}_20240702" for each in ("mbp1", "trades", "ohlcv1m")]
    for each in (*packed, "opt_futures_bbo1m_20240509T0955_20240509T1005"):
        data = (real_data / f"databento_{each}.dbn.zst").read_bytes()
        found.append(
            Format("databento", ".dbn.zst", data, {"price_precision": 2, "size_precision": 0})
        )
    stream = head("betfair_1-180305278.bz2", 40)
    found += [Format("betfair", ".json", stream), Format("betfair", ".bz2", bz2.compress(stream))]
    for name in ("bitmex_trades_xbtusd", "deribit_incremental_book_l2_btc_perpetual"):
        found.append(Format("tardis", ".csv", head(f"tardis_{name}.csv", 12), feed))
    books = head("tardis_binance_futures_book_snapshot_5_btcusdt.csv", 4)
    found.append(Format("tardis", ".csv.gz", gzip.compress(books), feed))
    klines = head("binance_adabtc_1m_20211127.csv", 9)
    given = {"instrument": "A.B", "price_precision": 8, "size_precision": 8}
    found += [
        Format("binance", ".csv", klines, given),
        Format("binance", ".zip", zipped(klines), given),
    ]
    found.append(
        Format("binance", ".csv", head("binance_btcusdt_depth_update_20221101.csv", 9), feed)
    )
    found.append(Format("bybit", ".json", _bybit(), feed))
    rows = pa.table(
        {
            "ts_event": [1_700_000_000 * 10**9, 1_700_000_001 * 10**9],
            "price": [1.5, 2.5],
            "size": [1.5, 2.5],
        }
    )
    sink = io.BytesIO()
    pq.write_table(rows, sink)
    declared = {
        **precise,
        "type": "trade",
        "instrument": "A.B",
        "constants": {"aggressor_side": "BUYER"},
        "time_format": "ns",
    }
    found.append(Format("parquet", ".parquet", sink.getvalue(), declared))
    text = b"ts_event,price,size\n17%b,1.5,2\n18%b,1.6,3\n" % (b"0" * 17, b"0" * 17)
    found += [
        Format("csv", ".csv", text, declared),
        Format("csv", ".csv.gz", gzip.compress(text), declared),
        *_tables(precise),
    ]
    return found


def _tables(precise: dict[str, int]) -> list[Format]:
    """Make files of the other types that columns are declared for, and a pair of bars."""
    own = {**precise, "instrument": "A.B"}
    quotes = b"t;bid;ask;n;m\n01.02.2024 10:00;1.5;1.6;2;3\n01.02.2024 10:01;-1.5;1.6;2;3\n"
    sides = {"bid_price": "bid", "ask_price": "ask", "bid_size": "n", "ask_size": "m"}
    bars = b"timestamp,open,high,low,close,volume\n2024-01-01,1,2,0.5,1.5,7\n2024-01-02,1,2,1,2,8\n"
    deltas = (
        b"ts_event,action,side,price,size,order_id,flags,sequence\n"
        b"17e8,C,,0,0,0,32,1\n17e8,A,b,1.5,2,7,160,2\n1700000000.5,D,b,1.5,2,7,128,3\n"
    )
    codes = {
        "action": {"C": "CLEAR", "A": "ADD", "D": "DELETE"},
        "side": {"b": "BUY", "a": "SELL", "": "NO_ORDER_SIDE"},
    }
    return [
        Format(
            "csv",
            ".csv",
            b"made by hand\n" + quotes,
            {
                **own,
                "type": "quote",
                "columns": {"ts_event": "t", **sides},
                "time_format": "%d.%m.%Y %H:%M",
                "zone": "Europe/Berlin",
                "skip_lines": 1,
                "missing": "skip",
            },
        ),
        Format(
            "csv",
            ".csv",
            b"day;at;what;open;high;low;close\n2/29/2024;9:05 PM;x;1.234,5;2.000,;1;1,5\n"
            b"1/28/2024;12:5 am;x;1,5;2,25;1;1,5\n1/28/2024;12:5 am;y;;;;\n",
            {
                **own,
                "type": "bar",
                "bar_type": "1-MONTH-LAST",
                "stamp": "open",
                "columns": {"ts_event": ["day", "at"]},
                "constants": {"volume": "1"},
                "time_format": "%m/%d/%Y %I:%M %p",
                "zone": "America/Havana",
                "decimal": ",",
                "thousands": ".",
                "skip_rows": {"what": ["y", "z"]},
            },
        ),
        Format(
            "csv",
            ".csv",
            bars,
            {
                **own,
                "type": "bar",
                "bar_type": "1-DAY-LAST",
                "stamp": "open",
                "columns": {"ts_event": "timestamp"},
                "scale": {"multiply": "close", "divide": "open"},
                "rounding": "half_away",
            },
        ),
        Format(
            "csv", ".csv", deltas, {**own, "type": "delta", "values": codes, "time_format": "s"}
        ),
        Format(
            "bar_ticks",
            ".csv",
            bars,
            {**own, "bar": "1-DAY", "columns": {"ts_event": "timestamp"}},
            second=bars,
        ),
    ]


def zipped(data: bytes) -> bytes:
    """Pack one file."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", data)
    return sink.getvalue()


def _plain(path: Path) -> bytes:
    with pa.input_stream(path, compression="zstd") as stream:
        data: bytes = stream.read()
    return data


def _bybit() -> bytes:
    message = {
        "topic": "orderbook.500.A",
        "type": "snapshot",
        "ts": 1_735_689_600_000,
        "data": {"s": "A", "b": [["1.5", "2"]], "a": [["1.6", "1"]], "u": 1},
    }
    lines = [message, {**message, "type": "delta", "ts": message["ts"]}]
    return b"".join(json.dumps(each).encode() + b"\n" for each in lines)


def damaged(data: bytes, changes: Iterable[Change]) -> bytes:
    """Change bytes of a file."""
    found = bytearray(data)
    for kind, place, byte in changes:
        at = place % (len(found) + 1)
        if kind == 0 and found:
            found[at % len(found)] = byte
        elif kind == 1:
            found[at:at] = bytes([byte]) * (1 + byte % 3)
        elif kind == 2:
            del found[at : at + 1 + byte % 40]
        elif kind == 3:
            del found[at:]
    return bytes(found)


def load(made: Format, data: bytes, folder: Path) -> int | str:
    """Load a file as the catalog does.

    Returns
    -------
    how many rows it has, or what is wrong with it; whatever is not an ArgosyError is raised
    """
    paths = made.write(data, folder)
    writer = NoWriter()
    work = Ingest(writer)  # type: ignore[arg-type]
    try:
        work.read(paths, Bare(loader(made.name, **made.settings)))
        work.finish()
    except Escaped as escaped:
        raise escaped.error from None
    except ArgosyError as error:
        return str(error)
    return writer.rows


class Escaped(BaseException):
    """An exception that is no ArgosyError, on its way past whoever would wrap it."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass
class Bare:
    """A loader whose own exceptions are seen as they are."""

    loader: Any

    def guess(self, sample: Any) -> str | None:
        """Know nothing."""
        return None

    def load(self, load: Any) -> Iterator[Any]:
        """Yield what the loader yields."""
        try:
            yield from self.loader.load(load)
        except (ArgosyError, GeneratorExit):
            raise
        except BaseException as error:
            raise Escaped(error) from error
