"""The two times of declared rows."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from argosy.errors import DataError
from argosy_catalog.lake.times import text_of
from tests.plugins.argosy_loaders.kit import objects

BAR: dict[str, Any] = {
    "type": "bar",
    "bar_type": "A.B-1-DAY-LAST-EXTERNAL",
    "price_precision": 0,
    "size_precision": 0,
    "stamp": "open",
    "constants": dict.fromkeys(("open", "high", "low", "close", "volume"), "1"),
}


def known(path: Path, **options: Any) -> list[str]:
    """Return when the bars of a file became known."""
    name = "parquet" if path.suffix == ".parquet" else "csv"
    return [text_of(bar.ts_init) for bar in objects(name, path, **{**BAR, **options})]


def write(folder: Path, *times: str) -> Path:
    path = folder / "rows.csv"
    path.write_text("ts_event,x\n" + "".join(f"{time},1\n" for time in times))
    return path


def test_days_of_a_named_zone_end_at_its_midnight(tmp_path: Path) -> None:
    path = write(tmp_path, "2024-03-09", "2024-03-10", "2024-11-03")
    expected = ["2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z", "2024-11-04T05:00:00Z"]
    assert expected == known(path, zone="America/New_York")


def test_days_that_name_their_offset_end_by_the_zone_that_is_given(tmp_path: Path) -> None:
    days = ("2024-03-09 00:00:00-05:00", "2024-03-10 00:00:00-05:00", "2024-03-11 00:00:00-04:00")
    path = write(tmp_path, *days)
    expected = ["2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z", "2024-03-12T04:00:00Z"]
    assert expected == known(path, zone="America/New_York")
    with pytest.raises(DataError, match=r"rows\.csv:4, .*whose clocks change \(-0400 and -0500\)"):
        known(path)
    path = write(tmp_path, "2024-03-09 00:00:00+09", "2024-03-10 00:00:00+0900")
    assert ["2024-03-09T15:00:00Z", "2024-03-10T15:00:00Z"] == known(path)


def test_days_of_a_column_with_a_zone_end_at_its_midnight(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    naive = pa.array(["2024-03-09T05:00:00", "2024-03-10T05:00:00"]).cast(pa.timestamp("us"))
    column = naive.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us", "America/New_York"))
    pq.write_table(pa.table({"ts_event": column}), path)
    assert ["2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z"] == known(path)


def test_a_midnight_that_there_is_not_begins_its_day(tmp_path: Path) -> None:
    path = write(tmp_path, "2018-11-03", "2018-11-04")
    expected = ["2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"]
    assert expected == known(path, zone="America/Sao_Paulo")


def test_bars_of_ticks_have_no_open(tmp_path: Path) -> None:
    path = write(tmp_path, "2024-03-09")
    with pytest.raises(DataError, match="have no fixed length"):
        known(path, bar_type="A.B-100-TICK-LAST-EXTERNAL")


def test_a_constant_says_when_rows_became_known(tmp_path: Path) -> None:
    path = write(tmp_path, "2024-03-09")
    constants = {**BAR["constants"], "ts_init": "2024-04-01"}
    assert ["2024-04-01T00:00:00Z"] == known(path, stamp="close", constants=constants)


def test_a_shift_beside_a_column_of_arrival_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("ts_event,ts_init\n2024-03-09,2024-03-10\n")
    with pytest.raises(DataError, match="so does the column 'ts_init'"):
        known(path, shift="1s")


@pytest.mark.parametrize(
    ("day", "clock", "time_format"),
    [
        ("2024-01-02", "09:30:00.5", "iso"),
        ("20240102", "09:30:00.5", "iso"),
        ("1/2/2024", "9:30:00.5 AM", "%m/%d/%Y %I:%M:%S.%f %p"),
        ("2024.01.02", "093000500", "%Y.%m.%d %H%M%S%f"),
    ],
)
def test_a_time_may_stand_in_two_columns(
    tmp_path: Path, day: str, clock: str, time_format: str
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"day,clock\n{day},{clock}\n")
    two = {"columns": {"ts_event": ["day", "clock"]}, "stamp": "close"}
    assert ["2024-01-02T09:30:00.5Z"] == known(path, **two, time_format=time_format)
    path.write_text(f"day,clock\n{day},\n")
    with pytest.raises(DataError, match=r"columns? 'day' and 'clock': the time is missing"):
        known(path, **two, time_format=time_format)


def test_typed_days_and_clocks_are_one_time(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    days = pa.array([19_724], pa.date32())
    clocks = pa.array([34_200_500_000], pa.time64("us"))
    for typed in (days, days.cast(pa.timestamp("ms"))):
        pq.write_table(pa.table({"d": typed, "c": clocks}), path)
        found = known(path, columns={"ts_event": ["d", "c"]}, stamp="close")
        assert ["2024-01-02T09:30:00.5Z"] == found
