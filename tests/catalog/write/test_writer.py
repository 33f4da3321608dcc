"""Rows become visible together or not at all, and never twice."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import CatalogError, DataError
from argosy.serialization.arrow import to_batch
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake import duck
from argosy_catalog.lake.kinds import BARS, QUOTES, Table
from argosy_catalog.lake.lake import CommitError, Lake
from argosy_catalog.lake.storage import Place
from argosy_catalog.write import series, writer
from argosy_catalog.write.writer import MarketWriter
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import (
    BID_BARS,
    GBPUSD,
    SECOND,
    SHIB,
    T0,
    bars,
    files_under,
    quotes,
)

TABLE = Table.of(QUOTES, 5, 0)


def write(lake: Lake, *batches: Any) -> None:
    with MarketWriter(lake) as opened:
        for batch in batches:
            opened.append(TABLE, GBPUSD, batch)


def rows_of(folder: Place) -> list[int]:
    with ParquetDataCatalog(folder) as opened:
        return [holding.rows for holding in opened.holdings()]


def test_a_commit_is_one_snapshot_of_all_keys(lake: Lake) -> None:
    before = lake.snapshot()
    with MarketWriter(lake) as opened:
        opened.append(TABLE, GBPUSD, to_batch(quotes(3)))
        opened.append(TABLE, SHIB, to_batch(quotes(4, instrument=SHIB)))
        opened.append(Table.of(BARS, 5, 0), BID_BARS, to_batch(bars(2)))
        assert before == lake.snapshot()
    assert before + 1 == lake.snapshot()
    assert [3, 4, 2] == rows_of(lake.path)
    assert 9 == opened.rows


def test_arrow_rows_and_objects_say_themselves_where_they_belong(lake: Lake, folder: Path) -> None:
    with MarketWriter(lake) as opened:
        opened.append_arrow(to_batch(quotes(3)))
        opened.append_objects(bars(2))
        opened.append_arrow(to_batch(quotes(4, start=T0 + 60 * SECOND)))
    assert 9 == opened.rows
    assert [7, 2] == rows_of(folder)


def test_a_block_that_raises_leaves_no_file(lake: Lake, folder: Path) -> None:
    with pytest.raises(DataError, match="not sorted"):
        write(lake, to_batch(quotes(3)), to_batch(quotes(1)))
    assert [] == files_under(folder)
    assert [] == rows_of(folder)


def test_empty_batches_write_nothing(lake: Lake, folder: Path) -> None:
    write(lake, to_batch(quotes(3)).slice(0, 0))
    assert [] == files_under(folder)


def test_batches_may_share_a_moment(lake: Lake) -> None:
    write(lake, to_batch(quotes(3)), to_batch(quotes(3, start=T0 + 2 * SECOND)))
    assert [6] == rows_of(lake.path)


@pytest.fixture(scope="module")
def taken(make_catalog: MakeCatalog) -> Iterator[Lake]:
    """A lake with three quotes, in which all else is refused."""
    lake = Lake(make_catalog(quotes(3)))
    yield lake
    lake.close()


@pytest.mark.parametrize("start", [-2, 0, 2])
def test_rows_in_a_time_that_is_taken_are_refused(taken: Lake, start: int) -> None:
    with pytest.raises(CatalogError) as caught:
        write(taken, to_batch(quotes(3, start=T0 + start * SECOND)))
    message = (
        "quotes of GBP/USD.SIM: rows from 2024-01-01T00:00:00Z to 2024-01-01T00:00:02Z are already"
    )
    assert str(caught.value).startswith(message)
    assert "Leave out" in str(caught.value)
    assert 1 == len(files_under(taken.path))


def test_rows_around_what_is_there_are_refused(taken: Lake) -> None:
    around = quotes(2, start=T0 - SECOND, step=10 * SECOND)
    with pytest.raises(CatalogError, match="already there"):
        write(taken, to_batch(around))


def test_a_taken_time_is_found_at_another_precision(taken: Lake) -> None:
    with pytest.raises(CatalogError, match="already there"), MarketWriter(taken) as opened:
        opened.append(Table.of(QUOTES, 4, 0), GBPUSD, to_batch(quotes(1, price_precision=4)))


def test_two_precisions_of_one_load_may_not_overlap(lake: Lake, folder: Path) -> None:
    opened = MarketWriter(lake)
    opened.append(TABLE, GBPUSD, to_batch(quotes(3)))
    opened.append(Table.of(QUOTES, 4, 0), GBPUSD, to_batch(quotes(1, price_precision=4)))
    with pytest.raises(CatalogError, match="already there"):
        opened.commit()
    assert [] == files_under(folder)


def test_a_rival_that_commits_first_wins(lake: Lake) -> None:
    rival = Lake(lake.path)
    opened = MarketWriter(lake)
    opened.append(TABLE, GBPUSD, to_batch(quotes(3)))
    write(rival, to_batch(quotes(5)))
    with pytest.raises(CatalogError, match="already there"):
        opened.commit()
    rival.close()
    assert [5] == rows_of(lake.path)


def test_a_full_file_is_followed_by_another_but_a_moment_is_not_split(
    lake: Lake, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "FILE_ROWS", 4)
    same = [to_batch(quotes(3, start=T0 + 3 * SECOND, step=0)) for _ in range(2)]
    write(lake, to_batch(quotes(4)), *same, to_batch(quotes(3, start=T0 + 4 * SECOND)))
    assert 2 == len(files_under(folder))
    with ParquetDataCatalog(folder) as opened:
        (stream,) = opened.streams(type(quotes(1)[0]))
        assert [10, 3] == [file.rows for file in stream.files]


def test_memory_is_bounded_when_keys_alternate(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "PENDING_ROWS", 10)
    with MarketWriter(lake) as opened:
        for i in range(20):
            for key in (GBPUSD, SHIB):
                batch = to_batch(quotes(3, start=T0 + 3 * i * SECOND, instrument=key))
                opened.append(TABLE, key, batch)
                waiting = [each.sink.pending_rows for each in opened._series.values() if each.sink]
                assert sum(waiting) <= 10
    assert [60, 60] == rows_of(lake.path)


def test_a_failed_commit_keeps_the_files_it_may_need(
    lake: Lake, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise CommitError("the catalog could not be written")

    opened = MarketWriter(lake)
    opened.append(TABLE, GBPUSD, to_batch(quotes(3)))
    monkeypatch.setattr(opened, "_register", fail)
    with pytest.raises(CommitError):
        opened.commit()
    assert 1 == len(files_under(folder))
    assert [] == rows_of(folder)


KILLED = """
import os, signal, sys
from argosy.serialization.arrow import to_batch
from argosy_catalog.lake import duck, lake, parquet
from argosy_catalog.write import writer
from argosy_catalog.lake.kinds import QUOTES, Table
from pathlib import Path
from tests.catalog.samples import GBPUSD, quotes

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

point, folder = sys.argv[1:]
opened = writer.MarketWriter(lake.Lake(Path(folder)))
if point == "while writing":
    parquet.ParquetSink.close = die
elif point == "before the file is registered":
    duck.Transaction.add_file = die
elif point == "before the commit":
    register = duck.Transaction.add_file
    duck.Transaction.add_file = lambda *args: (register(*args), die())
opened.append(Table.of(QUOTES, 5, 0), GBPUSD, to_batch(quotes(9)))
opened.commit()
die()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("point", "rows"),
    [
        ("while writing", []),
        ("before the file is registered", []),
        ("before the commit", []),
        ("after the commit", [9]),
    ],
)
def test_a_killed_writer_leaves_all_rows_or_none(
    folder: Path, project: Path, point: str, rows: list[int]
) -> None:
    command = [sys.executable, "-c", KILLED, point, str(folder)]
    assert -9 == subprocess.run(command, cwd=project, check=False).returncode
    assert rows == rows_of(folder)
    if not rows:  # what the dead process left is in nobody's way
        with ParquetDataCatalog(folder) as opened:
            assert 9 == opened.write_data(quotes(9))


def test_a_plain_append_asks_little_however_much_is_there(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    execute = duck.Transaction.execute

    def count(self: duck.Transaction, query: str, *values: Any) -> Any:
        asked.append(query)
        return execute(self, query, *values)

    monkeypatch.setattr(duck.Transaction, "execute", count)
    counts = []
    for day in range(4):
        asked.clear()
        write(lake, to_batch(quotes(3, start=T0 + 1000 * day * SECOND)))
        counts.append(len(asked))
    assert 1 == len(set(counts[1:]))
    assert counts[-1] <= 20
