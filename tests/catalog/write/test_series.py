"""Rows on their way into files: exactly cut, never a moment in two."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from argosy.errors import CatalogError
from argosy.serialization.arrow import to_batch
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.kinds import QUOTES, Table
from argosy_catalog.write import series
from argosy_catalog.write.series import NewFile, Scissors, Series, rows_within
from tests.catalog.samples import GBPUSD, SECOND, T0, files_under, quotes

TABLE = Table.of(QUOTES, 5, 0)
TOKEN = "0123456789abcdef"


def written(folder: Path, *starts: int, count: int = 5) -> list[NewFile]:
    opened = Series(folder, TOKEN, TABLE, GBPUSD)
    for start in starts:
        opened.append(to_batch(quotes(count, start=T0 + start * SECOND)))
    opened.end()
    return opened.files


def times(file: NewFile) -> list[int]:
    column = pq.read_table(file.path).column("ts_init").cast("int64")
    return [(ns - T0) // SECOND for ns in column.to_pylist()]


def known(file: NewFile) -> DataFile:
    ends = (file.first_ns, file.last_ns)
    return DataFile(file.path, TABLE, file.key, file.rows, 1, *ends, 1)


def test_files_know_their_first_and_last_row_and_their_writer(tmp_path: Path) -> None:
    (file,) = written(tmp_path, 0, 5)
    expected = (10, T0, T0 + 9 * SECOND, "GBP/USD.SIM")
    assert expected == (file.rows, file.first_ns, file.last_ns, file.key)
    assert file.path.name.startswith(f"2024-01-01-{TOKEN}-")


def test_a_full_file_is_followed_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "FILE_ROWS", 5)
    files = written(tmp_path, 0, 4, 8, 13)  # the second batch begins in the first one's last moment
    assert [[0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 10, 11, 12], [13, 14, 15, 16, 17]] == [
        times(file) for file in files
    ]


def test_pieces_are_cut_at_the_nanosecond(tmp_path: Path) -> None:
    (file,) = written(tmp_path, 0)
    cut = Scissors(tmp_path, TOKEN)
    spans = [(T0, T0 + SECOND), (T0 + SECOND + 1, T0 + 2 * SECOND - 1), (T0 + 2 * SECOND, T0 * 2)]
    pieces = cut.pieces(file, spans)
    assert [[0, 1], [2, 3, 4]] == [times(piece) for piece in pieces]
    assert [(T0, T0 + SECOND), (T0 + 2 * SECOND, T0 + 4 * SECOND)] == [
        (piece.first_ns, piece.last_ns) for piece in pieces
    ]
    cut.abort()
    assert [file.path.name] == files_under(tmp_path)


def test_joined_files_have_the_rows_of_all_in_order(tmp_path: Path) -> None:
    files = [known(written(tmp_path, start)[0]) for start in (0, 7, 20)]
    (joined,) = Scissors(tmp_path, TOKEN).joined(files)
    assert [*range(5), *range(7, 12), *range(20, 25)] == times(joined)
    assert [] == Scissors(tmp_path, TOKEN).joined([])


def test_files_out_of_order_are_never_joined(tmp_path: Path) -> None:
    files = [known(written(tmp_path, start)[0]) for start in (7, 0)]
    cut = Scissors(tmp_path, TOKEN)
    with pytest.raises(CatalogError, match="not sorted by ts_init"):
        cut.joined(files)
    cut.abort()
    assert 2 == len(files_under(tmp_path))


@pytest.mark.parametrize(
    ("first", "last", "rows"), [(-1, 9, 5), (0, 4, 5), (1, 3, 3), (4, 9, 1), (5, 9, 0), (-9, -1, 0)]
)
def test_rows_in_a_span_are_counted(tmp_path: Path, first: int, last: int, rows: int) -> None:
    (file,) = written(tmp_path, 0)
    assert rows == rows_within(known(file), (T0 + first * SECOND, T0 + last * SECOND))
