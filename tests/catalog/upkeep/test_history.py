"""Which snapshots there are, when they were made, and what they changed."""

from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.times import text_of
from argosy_catalog.upkeep.history import Changed, history, snapshot_at
from tests.catalog.samples import BID_BARS, SECOND, T0, bars, event_rows, quotes


@pytest.fixture(scope="module")
def lake(empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    import shutil

    folder = Path(shutil.copytree(empty_catalog, tmp_path_factory.mktemp("history") / "catalog"))
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data([*quotes(5), *bars(3)])
        catalog.write_run({"run_id": "r", "snapshot": 2}, {}, [event_rows(4)])
        catalog.delete(QuoteTick, "GBP/USD.SIM", T0, T0 + SECOND)
        catalog.write_data(quotes(2, start=T0))
        catalog.compact()
    return Lake(folder, read_only=True)


def test_each_snapshot_says_which_rows_came_and_went(lake: Lake) -> None:
    found = history(lake)[2:]
    messages = ["write (refuse)", "", "delete", "write (refuse)", "compact"]
    assert messages == [each.message for each in found]
    expected = [
        [Changed("bars", str(BID_BARS), 3), Changed("quotes", "GBP/USD.SIM", 5)],
        [Changed("events", "", 4)],
        [Changed("quotes", "GBP/USD.SIM", 0, 2)],
        [Changed("quotes", "GBP/USD.SIM", 2, 0)],
        [Changed("quotes", "GBP/USD.SIM", 0, 0)],
    ]
    assert expected == [each.changes for each in found]


def test_snapshots_are_found_by_number_and_by_time(lake: Lake) -> None:
    known = {each.number: each.time_ns for each in history(lake)}
    assert 3 == snapshot_at(lake, 3)
    assert list(known) == [snapshot_at(lake, text_of(time)) for time in known.values()]
    assert max(known) == snapshot_at(lake, None)


@pytest.mark.parametrize(
    ("when", "message"), [(9, "no snapshot 9"), ("2001-01-01", "no snapshot as old as 2001-01-01")]
)
def test_a_snapshot_that_is_not_there_is_told_with_those_that_are(
    lake: Lake, when: int | str, message: str
) -> None:
    with pytest.raises(CatalogError, match=message) as caught:
        snapshot_at(lake, when)
    assert "the oldest is 0, the newest 6" in str(caught.value)
    assert "argosy catalog history" in str(caught.value)
