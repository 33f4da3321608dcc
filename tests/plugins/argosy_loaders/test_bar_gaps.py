"""How far apart bars stand."""

import pyarrow as pa
import pytest

from argosy.errors import DataError
from argosy.parts.loader import Rows
from argosy.serialization.arrow import KEY
from argosy_loaders.bar_gaps import BarGaps
from argosy_loaders.mapping import Mapping

SECOND = 10**9


def look(length: str, *times: int, odd_times: str = "error") -> None:
    """Look at bars that end at some seconds, two batches of them."""
    gaps = BarGaps(Mapping(type="bar", bar_type=f"A.B-{length}-LAST-EXTERNAL", odd_times=odd_times))  # type: ignore[arg-type]
    ns = [int(each * SECOND) for each in times]
    for part in (ns[:2], ns[2:]):
        if part:
            batch = pa.record_batch(
                {"ts_event": pa.array(part).cast(pa.timestamp("ns"))}, metadata={KEY: b"A.B-x"}
            )
            gaps.add(Rows(batch, lambda row: f"row {row}"))
    gaps.check()


@pytest.mark.parametrize(
    ("length", "times"),
    [
        ("1-MINUTE", (0, 60, 120)),
        ("1-MINUTE", (0, 600, 6_000)),
        ("1-MINUTE", (0,)),
        ("1-MINUTE", (0, 0, 60)),
        ("1-HOUR", (0, 3_600, 7_200, 8_000, 12_000)),
        ("1-DAY", (0, 82_800)),
        ("1-MONTH", (0, 28 * 86_400)),
        ("100-TICK", (0, 1, 2)),
    ],
)
def test_bars_as_they_are_pass(length: str, times: tuple[int, ...]) -> None:
    look(length, *times)


@pytest.mark.parametrize(
    ("length", "times", "gap"),
    [
        ("1-MINUTE", (0, 1, 2, 3), "1 s"),
        ("1-HOUR", (0, 60, 120), "1 m"),
        ("1-DAY", (0, 3_600, 7_200), "1 h"),
        ("1-MONTH", (0, 86_400), "1 d"),
    ],
)
def test_bars_closer_than_they_are_long_are_refused(
    length: str, times: tuple[int, ...], gap: str
) -> None:
    with pytest.raises(DataError, match=f"row 1: bars of A.B-x stand {gap} apart"):
        look(length, *times)
    look(length, *times, odd_times="allow")
