"""Whatever happens to a file, it is found."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import Lake
from argosy_catalog.upkeep.repair import forget_broken
from argosy_catalog.upkeep.verification import verify
from tests.catalog.samples import event_rows, files_under, quotes, trades

SLOW = pytest.mark.slow


@pytest.fixture(scope="module")
def sound(empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(empty_catalog, tmp_path_factory.mktemp("sound") / "catalog"))
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data([*quotes(40), *quotes(9, price_precision=2, start=0), *trades(3)])
        catalog.write_run({"run_id": "r"}, {}, [event_rows(5)])
    return folder


@pytest.fixture
def copy(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "copy"))


@pytest.fixture(scope="module")
def broken(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(sound, tmp_path_factory.mktemp("broken") / "copy"))


def first(folder: Path, kind: str = "quotes_5_0") -> Path:
    return next((folder / "data").rglob(f"{kind}/**/*.parquet"))


def problems(folder: Path) -> list[str]:
    return [finding.problem for finding in verify(Lake(folder, read_only=True)).findings]


def test_a_sound_catalog_has_no_findings(sound: Path) -> None:
    found = verify(Lake(sound, read_only=True))
    assert (4, 57, [], False) == (found.files, found.rows, found.findings, found.is_broken)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5])


def rewrite(file: Path) -> None:
    size = file.stat().st_size
    file.write_bytes(bytes(size))


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (Path.unlink, "the file is missing"),
        (cut, "bytes, the metadata says"),
        (rewrite, "its bytes are not those that were written"),
    ],
)
@pytest.mark.parametrize("kind", ["quotes_5_0", "events"])
def test_what_is_broken_is_named_with_its_cure(
    copy: Path, harm: Callable[[Path], None], problem: str, kind: str
) -> None:
    file = first(copy, kind)
    harm(file)
    (finding,) = verify(Lake(copy, read_only=True)).findings
    assert (str(file), True) == (finding.place, finding.is_broken)
    assert problem in finding.problem
    if kind != "events":
        cure = "quotes of GBP/USD.SIM from 2024-01-01T00:00:00Z to 2024-01-01T00:00:39Z"
        assert cure in finding.cure


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.floats(0, 1, exclude_max=True), st.integers(0, 7))
def test_any_flipped_bit_is_found(broken: Path, where: float, bit: int) -> None:
    file = first(broken)
    whole = file.read_bytes()
    harmed = bytearray(whole)
    harmed[int(where * len(whole))] ^= 1 << bit
    file.write_bytes(harmed)
    assert ["its bytes are not those that were written"] == problems(broken)
    file.write_bytes(whole)


def test_a_foreign_file_is_told_and_breaks_nothing(copy: Path) -> None:
    file = first(copy)
    shutil.copy(file, file.with_name("mine.parquet"))
    found = verify(Lake(copy, read_only=True))
    assert ["a file that no writer of the catalog made; its rows are no part of it"] == [
        finding.problem for finding in found.findings
    ]
    assert not found.is_broken


def test_an_orphan_is_told(copy: Path) -> None:
    file, token = first(copy), "0" * 16
    shutil.copy(file, file.with_name(f"2024-01-01-{token}-00000000.parquet"))
    (finding,) = verify(Lake(copy, read_only=True)).findings
    assert "no snapshot here knows this file, and its writer ended well" == finding.problem
    assert "nothing removes the file" in finding.cure
    (copy / "writing").mkdir(exist_ok=True)
    (copy / "writing" / token).touch()
    (finding,) = verify(Lake(copy, read_only=True)).findings
    assert "an orphan: its writer died before it committed" == finding.problem
    assert "--orphans-older-than 0d" in finding.cure


@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_file_that_must_not_be_read_is_not_broken(
    copy: Path, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = first(copy)

    def refuse(function: Any) -> Any:
        def call(path: Path, *args: Any, **options: Any) -> Any:
            if path == file:
                raise PermissionError(13, "Permission denied")
            return function(path, *args, **options)

        return call

    name = "stat" if closed == "folder" else "open"
    monkeypatch.setattr(Path, name, refuse(getattr(Path, name)))
    lake = Lake(copy)
    found = verify(lake)
    finding = next(each for each in found.findings if each.place == str(file))
    assert ("it cannot be read (permission)", "unread") == (finding.problem, finding.state)
    assert (False, False) == (found.is_broken, found.is_sound)
    assert [] == forget_broken(lake, found)
    lake.close()


def without_checksums(folder: Path) -> None:
    """Make it a catalog whose files nobody has hashed, as those of layout 1."""
    lake = Lake(folder)
    with lake.write() as transaction:
        transaction.execute("DELETE FROM reference.checksums")
    lake.close()


def swap_rows(file: Path) -> None:
    table = pq.read_table(file)
    schema = pq.read_schema(file)
    rows = table.take([1, 0, *range(2, 40)]).cast(schema)
    pq.write_table(rows, file, store_decimal_as_integer=True)


def lose_note(file: Path) -> None:
    table = pq.read_table(file)
    pq.write_table(table.replace_schema_metadata({}), file, store_decimal_as_integer=True)


def lose_rows(file: Path) -> None:
    table = pq.ParquetFile(file).read()
    pq.write_table(table.slice(1), file, store_decimal_as_integer=True)


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (swap_rows, "its rows are not sorted by ts_init"),
        pytest.param(lose_note, "it says argosy", marks=SLOW),
        pytest.param(lose_rows, "it has 39 rows, the metadata says 40", marks=SLOW),
    ],
)
def test_rows_are_checked_where_no_checksum_vouches_for_them(
    copy: Path, harm: Callable[[Path], None], problem: str
) -> None:
    without_checksums(copy)
    assert [] == problems(copy)
    file = first(copy)
    harm(file)
    size = file.stat().st_size
    lake = Lake(copy)
    with lake.write():
        pass
    import sqlite3

    lake.close()
    with sqlite3.connect(copy / "metadata.sqlite") as metadata:
        metadata.execute(
            "UPDATE ducklake_data_file SET file_size_bytes = ? WHERE path LIKE ?",
            (size, f"%{file.name}"),
        )
    metadata.close()
    (found,) = problems(copy)
    assert problem in found


def test_files_of_one_time_are_told(copy: Path) -> None:
    lake = Lake(copy)
    file = first(copy)
    twin = file.with_name(f"2024-01-01-{'1' * 16}-00000000.parquet")
    shutil.copy(file, twin)
    with lake.write() as transaction:
        transaction.add_file("market", "quotes_5_0", twin)
    lake.close()
    assert 1 == len(problems(copy))
    assert "rows from 2024-01-01T00:00:00Z are in the time of" in problems(copy)[0]
    assert 5 == len(files_under(copy))
