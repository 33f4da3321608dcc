"""Some rows of a file know where in it they stand."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from argosy_loaders.source import Page


class File:
    """A file of numbered rows."""

    path = Path("f")
    names = ("n",)

    def require(self, column: str, field: str) -> None:
        """Have every column."""

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        """Have no rows."""
        return iter(())

    def place(self, row: int) -> str:
        """Say the row."""
        return f"f:{row}"


def page() -> Page:
    return Page(File(), 100, pa.record_batch({"n": list(range(5))}))  # type: ignore[arg-type]


def test_a_part_of_a_page_knows_the_places_of_its_rows() -> None:
    part = page().part(pa.array([1, 3, 4])).part(pa.array([0, 2]))
    assert [1, 4] == part.table.column("n").to_pylist()
    assert ["f:101", "f:104"] == [part.place(row) for row in (0, 1)]
    assert [101, 104] == part.numbers.tolist()


def test_a_whole_page_counts_from_its_start() -> None:
    assert "f:102" == page().place(2)
    assert [100, 101, 102, 103, 104] == page().numbers.tolist()
