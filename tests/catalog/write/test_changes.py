"""Files that go and files that come: together, and counted."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.coverage import Coverage, read_coverage
from argosy_catalog.lake.kinds import QUOTES
from argosy_catalog.lake.lake import CommitError, Lake
from argosy_catalog.write.changes import Change, apply, cut_out, scissors
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import SECOND, T0, files_under, quotes

NAME = ("quotes", "GBP/USD.SIM")


@pytest.fixture(scope="module")
def filled(make_catalog: MakeCatalog) -> Path:
    return make_catalog(quotes(10))


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "catalog"))


@pytest.fixture
def known(lake: Lake) -> Coverage:
    with lake.metadata() as select:
        return read_coverage(select, lake.data_path)[NAME]


def change(known: Coverage) -> Change:
    return Change(QUOTES, NAME[1], known, known.held, known.empty)


def test_a_cut_takes_the_rows_of_its_time_and_no_other(
    catalog: ParquetDataCatalog, lake: Lake, known: Coverage
) -> None:
    made = change(known)
    with scissors(lake) as cut, lake.write() as transaction:
        cut_out(made, [(T0 + 2 * SECOND, T0 + 4 * SECOND)], cut.pieces)
        apply(transaction, [made], "cut")
    assert 3 == made.rows_removed
    times = [(quote.ts_init - T0) // SECOND for quote in catalog.quote_ticks()]
    assert [0, 1, 5, 6, 7, 8, 9] == times
    assert "cut" == catalog.history()[-1].message


def test_a_count_that_is_wrong_ends_before_anything_is_changed(
    catalog: ParquetDataCatalog, lake: Lake, known: Coverage
) -> None:
    made = change(Coverage([replace(known.files[0], rows=11)]))
    before = files_under(lake.path)

    def miscount() -> None:
        with scissors(lake) as cut, lake.write() as transaction:
            cut_out(made, [(T0, T0 + SECOND)], cut.pieces)
            apply(transaction, [made], "cut")

    with pytest.raises(CatalogError, match="10 of 11 rows were found"):
        miscount()
    assert before == files_under(lake.path)
    assert 10 == len(catalog.quote_ticks())


def test_nothing_to_change_makes_no_snapshot(lake: Lake, known: Coverage) -> None:
    before = lake.snapshot()
    with lake.write() as transaction:
        apply(transaction, [change(known)], "nothing")
    assert before == lake.snapshot()


@pytest.mark.parametrize(("error", "files"), [(KeyError("x"), 1), (CommitError("x"), 2)])
def test_files_of_a_change_that_failed_go_unless_they_may_be_needed(
    lake: Lake, known: Coverage, error: Exception, files: int
) -> None:
    def fail() -> None:
        with scissors(lake) as cut:
            cut.pieces(known.files[0], [(T0, T0)])
            raise error

    with pytest.raises(type(error)):
        fail()
    assert files == len(files_under(lake.path))
