"""Many small files become few, and every row stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.kinds import QUOTES, Table
from argosy_catalog.lake.lake import Lake
from argosy_catalog.upkeep.compaction import Compacted, compact, groups
from argosy_catalog.write import series
from tests.catalog.samples import SECOND, SHIB, T0, files_under, quotes

TABLES = [Table.of(QUOTES, 5, 0), Table.of(QUOTES, 2, 0)]
ROWS = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(TABLES)), max_size=12)


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(series, "FILE_ROWS", 10)
        yield


def files(rows: list[tuple[int, Table]]) -> list[DataFile]:
    return [
        DataFile(Path(str(i)), table, "A.B", count, 1, i, i, i)
        for i, (count, table) in enumerate(rows)
    ]


@given(ROWS)
def test_groups_are_neighbours_that_fit_and_to_group_again_finds_none(
    rows: list[tuple[int, Table]],
) -> None:
    found = groups(files(rows))
    for group in found:
        numbers = [file.number for file in group]
        assert list(range(numbers[0], numbers[-1] + 1)) == numbers
        assert len(group) > 1
        assert sum(file.rows for file in group) <= 10
        assert 1 == len({file.table for file in group})
    first = {group[0].number: group for group in found}
    inner = {file.number for group in found for file in group[1:]}
    after = [
        (sum(f.rows for f in first.get(file.number, [file])), file.table)
        for file in files(rows)
        if file.number not in inner
    ]
    assert [] == groups(files(after))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([4, 4, 2], [[0, 1, 2]]),
        ([4, 4, 3], [[0, 1]]),
        ([4, 4, 4, 4], [[0, 1], [2, 3]]),
        ([1] * 25, [[*range(10)], [*range(10, 20)], [*range(20, 25)]]),
        ([4, 5, 4, 4], [[2, 3]]),
    ],
)
def test_a_group_holds_no_more_rows_than_a_file_and_no_file_that_is_half_full(
    rows: list[int], expected: list[list[int]]
) -> None:
    found = groups(files([(count, TABLES[0]) for count in rows]))
    assert expected == [[file.number for file in group] for group in found]


def test_files_are_joined_by_key_in_one_snapshot(
    catalog: ParquetDataCatalog, lake: Lake, folder: Path
) -> None:
    for i in range(4):
        catalog.write_data(quotes(2, start=T0 + 9 * i * SECOND))
    catalog.write_data(quotes(3, instrument=SHIB))
    before = (lake.snapshot(), catalog.quote_ticks(), catalog.coverage())
    would = compact(lake, None, None, dry_run=True)
    assert before[0] == lake.snapshot()
    assert [Compacted("quotes", "GBP/USD.SIM", 8, 4, 1)] == would == compact(lake, None, None)
    assert [] == compact(lake, QUOTES, None)
    assert (before[0] + 1, *before[1:]) == (
        lake.snapshot(),
        catalog.quote_ticks(),
        catalog.coverage(),
    )
    assert 6 == len(files_under(folder))  # older snapshots need theirs


@pytest.mark.slow
def test_other_precisions_between_stay_between(catalog: ParquetDataCatalog, lake: Lake) -> None:
    for i, digits in enumerate((5, 5, 2, 5)):
        catalog.write_data(quotes(2, start=T0 + 9 * i * SECOND, price_precision=digits))
    assert [Compacted("quotes", "GBP/USD.SIM", 4, 4, 3)] == compact(lake, None, None)
    times = [quote.ts_init for quote in catalog.quote_ticks()]
    assert sorted(times) == times
    reader = catalog.arrow(type(quotes(1)[0]), "GBP/USD.SIM")
    column = reader.read_all().column("ts_init").cast("int64").to_pylist()
    assert times == column


@pytest.mark.slow
@pytest.mark.parametrize(
    ("start", "rows"), [(0, [0, 9, 10, 18, 19]), (5, [0, 1, 5, 9, 10, 18, 19])]
)
def test_a_group_in_whose_time_was_written_meanwhile_is_left_for_the_next_time(
    catalog: ParquetDataCatalog,
    lake: Lake,
    monkeypatch: pytest.MonkeyPatch,
    start: int,
    rows: list[int],
) -> None:
    for i in range(3):
        catalog.write_data(quotes(2, start=T0 + 9 * i * SECOND))

    def meanwhile(self: series.Scissors, group: list[DataFile]) -> object:
        made = original(self, group)
        span = {"start": T0, "end": T0 + SECOND} if start == 0 else {}
        options = {"data_type": QuoteTick, "identifier": "GBP/USD.SIM", **span} if span else {}
        catalog.write_data(
            quotes(1, start=T0 + start * SECOND),
            on_overlap="replace",
            **options,  # type: ignore[arg-type]
        )
        return made

    original = series.Scissors.joined
    monkeypatch.setattr(series.Scissors, "joined", meanwhile)
    assert [] == compact(lake, None, None)
    monkeypatch.undo()
    for _ in range(2):
        assert rows == [(quote.ts_init - T0) // SECOND for quote in catalog.quote_ticks()]
        compact(lake, None, None)
    assert [] == catalog.verify().findings
