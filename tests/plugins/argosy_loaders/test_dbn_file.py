"""Layouts of records, against the vendor's own objects."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from argosy.errors import DataError
from argosy_loaders.dbn_file import LAYOUTS, UNDEF_PRICE, DbnFile, scaled

FIELDS = {
    "esm4_mbo_20240508": ("order_id", "price", "size", "flags", "sequence", "ts_recv"),
    "esu4_mbp1_20240702": ("price", "size", "flags", "sequence", "ts_recv", "depth"),
    "esu4_trades_20240702": ("price", "size", "flags", "sequence", "ts_recv", "ts_in_delta"),
    "esu4_ohlcv1m_20240702": ("open", "high", "low", "close", "volume"),
    "opt_futures_bbo1m_20240509T0955_20240509T1005": ("price", "size", "sequence", "ts_recv"),
}


def opened(path: Path) -> DbnFile:
    file = DbnFile(path, pa.input_stream(path, compression="zstd"))
    file.read_metadata()
    return file


@pytest.mark.parametrize("name", FIELDS)
def test_records_are_those_that_the_vendor_decodes(real_data: Path, name: str) -> None:
    file = opened(real_data / f"databento_{name}.dbn.zst")
    (run,) = file.records()
    objects = file.decode(run.raw)
    assert len(objects) == len(run.data)
    for field in ("instrument_id", "publisher_id", "ts_event", *FIELDS[name]):
        expected = [int(getattr(each, field)) for each in objects]
        assert expected == run.data[field].tolist(), field


def test_layouts_have_the_sizes_that_are_published() -> None:
    sizes = {0x00: 48, 0x01: 80, 0x12: 40, 0x20: 56, 0x21: 56, 0x22: 56, 0x23: 56}
    assert {**sizes, 0xA0: 56, 0xC3: 80, 0xC4: 80} == {
        rtype: layout.itemsize for rtype, layout in LAYOUTS.items()
    }


def test_an_instrument_id_means_what_the_metadata_say(real_data: Path) -> None:
    file = opened(real_data / "databento_esu4_ohlcv1m_20240702.dbn.zst")
    start = file.metadata.start
    assert ["ESU4", "NQU4"] == [file.symbol(number, start, 0) for number in (118, 4358)]
    assert not file.changes_symbol(118)
    file._symbols[118] = [(0, 10, "A"), (10, 20, "B")]
    assert ["A", "B"] == [file.symbol(118, ts, 0) for ts in (9, 10)]
    assert file.changes_symbol(118)
    with pytest.raises(DataError, match="record 3: the metadata name no symbol"):
        file.symbol(118, 20, 3)


@pytest.mark.parametrize(
    ("raw", "precision", "expected"),
    [(1_500_000_000, 1, 15), (-250_000_000, 2, -25), (7, 9, 7), (7, 11, 700)],
)
def test_prices_are_scaled_exactly(raw: int, precision: int, expected: int) -> None:
    assert [expected] == scaled(np.array([raw]), precision, "price", str).tolist()


@pytest.mark.parametrize(
    ("raw", "precision", "message"),
    [
        (UNDEF_PRICE, 2, "0: price is undefined"),
        (1, 8, "0: price 1e-9 has more decimals than the precision, 8"),
        (10**17, 12, "0: price has more than 18 digits"),
    ],
)
def test_prices_that_do_not_fit_are_refused(raw: int, precision: int, message: str) -> None:
    def place(row: Any) -> str:
        return str(row)

    with pytest.raises(DataError, match=message):
        scaled(np.array([raw]), precision, "price", place)
