"""Which rows of a file are taken, as the values of its columns say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute

from argosy_loaders.columns import text_of

pc: Any = pyarrow.compute  # its functions are made when it is imported

Values = Mapping[str, str | list[str]]


@dataclass(slots=True)
class Selection:
    """Leave out rows, and count them.

    Parameters
    ----------
    skip : column to the values with which a row is left out
    only : column to the values with which a row is taken
    """

    skip: Values
    only: Values
    _left: dict[str, int] = field(default_factory=dict)

    @property
    def columns(self) -> Iterator[tuple[str, str]]:
        """The columns that are looked at, each with the setting that names it."""
        for setting, table in (("skip_rows", self.skip), ("only_rows", self.only)):
            for column in table:
                yield column, setting

    def of(self, table: Any) -> Any:
        """Return the numbers of the rows that are taken; None for all."""
        kept = None
        for column, values in self.skip.items():
            hit = _among(table.column(column), values)
            kept = self._without(kept, hit, f"{column} is {_words(values)}")
        for column, values in self.only.items():
            miss = pc.invert(_among(table.column(column), values))
            kept = self._without(kept, miss, f"{column} is not {_words(values)}")
        return None if kept is None else pc.indices_nonzero(kept)

    def tell(self, path: Any, told: Callable[[str], None]) -> None:
        """Say how many rows of a file were left out, and forget them."""
        for reason, count in self._left.items():
            rows = f"{count:,} rows were" if count != 1 else "1 row was"
            told(f"{path}: {rows} left out, whose {reason}")
        self._left.clear()

    def _without(self, kept: Any, hit: Any, reason: str) -> Any:
        """Take rows out of those that are kept so far."""
        gone = hit if kept is None else pc.and_(kept, hit)
        self._left[reason] = self._left.get(reason, 0) + (pc.sum(gone).as_py() or 0)
        return pc.invert(hit) if kept is None else pc.and_not(kept, hit)


def _among(column: Any, values: str | list[str]) -> Any:
    wanted = [values] if isinstance(values, str) else values
    return pc.is_in(text_of(column), pa.array([each.strip() for each in wanted], pa.string()))


def _words(values: str | list[str]) -> str:
    wanted = [values] if isinstance(values, str) else values
    return " or ".join(map(repr, wanted))
