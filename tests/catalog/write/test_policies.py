"""What becomes of rows in a time that is held: decided here, without a disk."""

from pathlib import Path
from typing import Any

import pytest

from argosy.errors import ArgosyError, CatalogError
from argosy_catalog.lake.coverage import Coverage
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.kinds import QUOTES, Table
from argosy_catalog.lake.parquet import WrittenFile
from argosy_catalog.write.policies import Load, OnOverlap, known_policy, settle
from argosy_catalog.write.series import NewFile

TABLE = Table.of(QUOTES, 5, 0)


class Rows:
    """A series that says what it wrote."""

    def __init__(self, first_ns: int, last_ns: int, table: Table = TABLE) -> None:
        self.first_ns, self.last_ns = first_ns, last_ns
        written = WrittenFile(Path(f"{first_ns}"), 1, "")
        self.files = [NewFile(written, table, "A.B", first_ns, last_ns)]


def pieces(file: DataFile | NewFile, spans: Any) -> list[NewFile]:
    written = WrittenFile(Path(f"{file.path} cut"), 1, "")
    return [NewFile(written, file.table, "A.B", first, last) for first, last in spans]


def known(*spans: tuple[int, int], **declared: list[tuple[int, int]]) -> Coverage:
    files = [
        DataFile(Path(f"{first}"), TABLE, "A.B", 1, 1, first, last, number)
        for number, (first, last) in enumerate(spans)
    ]
    return Coverage(files, declared)


def load(*series: Rows, claims: list[tuple[int, int]] | None = None) -> Load:
    return Load(QUOTES, "A.B", list(series), claims or [])  # type: ignore[arg-type]


def spans(files: list[Any]) -> list[tuple[int, int]]:
    return [(file.first_ns, file.last_ns) for file in files]


def test_rows_beside_what_is_held_change_nothing_of_it() -> None:
    change = settle(load(Rows(20, 29)), known((10, 19)), "refuse", pieces)
    assert ([], [(20, 29)], [(10, 29)]) == (change.gone, spans(change.new), change.held)
    assert {} == change.declared


@pytest.mark.parametrize("span", [(0, 10), (19, 30), (12, 13), (0, 30)])
def test_rows_in_a_held_time_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(CatalogError, match="already there") as caught:
        settle(load(Rows(*span)), known((10, 19)), "refuse", pieces)
    assert "--on-overlap" in str(caught.value)


def test_keep_adds_what_lies_outside() -> None:
    change = settle(load(Rows(5, 40)), known((10, 19), (30, 34)), "keep", pieces)
    assert [] == change.gone
    assert [(5, 9), (20, 29), (35, 40)] == spans(change.new)
    assert [(5, 40)] == change.held


def test_replace_cuts_what_is_held_at_both_edges() -> None:
    change = settle(load(Rows(15, 31)), known((10, 19), (22, 23), (30, 34)), "replace", pieces)
    assert [(10, 19), (22, 23), (30, 34)] == spans(change.gone)
    assert [(10, 14), (32, 34)] == spans(change.kept)
    assert ([(15, 31)], [(10, 34)]) == (change.cut, change.held)


def test_a_claim_is_replaced_whole_and_known_beyond_the_rows() -> None:
    change = settle(load(Rows(15, 18), claims=[(12, 20)]), known((10, 30)), "replace", pieces)
    assert [(10, 11), (21, 30)] == spans(change.kept)
    assert ([(10, 11), (15, 18), (21, 30)], [(12, 14), (19, 20)]) == (change.held, change.empty)


def test_rows_may_come_where_none_were_known() -> None:
    before = known((10, 19), empty=[(20, 40)])
    change = settle(load(Rows(25, 30)), before, "refuse", pieces)
    assert [(20, 24), (31, 40)] == change.empty


def test_a_time_without_rows_is_refused_where_there_are_some() -> None:
    with pytest.raises(CatalogError, match="already there"):
        settle(load(claims=[(15, 40)]), known((10, 19)), "refuse", pieces)
    change = settle(load(claims=[(15, 40)]), known((10, 19)), "keep", pieces)
    assert [(20, 40)] == change.empty


def test_a_file_with_room_inside_is_split_there() -> None:
    before = known((10, 40), missing=[(20, 29)])
    change = settle(load(Rows(22, 24)), before, "refuse", pieces)
    assert [(10, 21), (25, 40)] == spans(change.kept)
    assert [(10, 19), (22, 24), (30, 40)] == change.held


def test_two_precisions_of_one_load_may_not_overlap() -> None:
    for policy in ("refuse", "keep", "replace"):
        with pytest.raises(CatalogError, match="both are new"):
            settle(load(Rows(1, 5), Rows(5, 9)), known(), known_policy(policy), pieces)


def test_rows_outside_of_the_claimed_time_are_refused() -> None:
    with pytest.raises(CatalogError, match="outside of the time"):
        settle(load(Rows(1, 5), claims=[(2, 9)]), known(), "refuse", pieces)


def test_an_unknown_policy_is_refused() -> None:
    known_rules: list[OnOverlap] = ["refuse", "keep", "replace"]
    assert known_rules == [known_policy(name) for name in known_rules]
    with pytest.raises(ArgosyError, match="overlap policy"):
        known_policy("append")
