"""Rows of which nothing is missing: the others are an error, or left out and told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from argosy.errors import DataError
from argosy.model.data_kind import DataKind
from argosy.model.kinds import QUOTE
from argosy_loaders import columns
from argosy_loaders.batches import raw_of
from argosy_loaders.contradictions import TIMES
from argosy_loaders.mapping import Mapping
from argosy_loaders.missing import (
    NOTHING,
    SIDES,
    Found,
    Gap,
    Gaps,
    Sources,
    is_nothing,
    without_sides,
)
from argosy_loaders.source import Page, Source

Parse = Callable[[Page], Any]
"""Makes a batch out of rows; raises a DataError that names the row where one cannot be read."""

_CURE = "Correct the value or leave out the row"


@dataclass(slots=True)
class WholeRows:
    """Tell the rows of a file in which nothing is missing from those in which something is.

    Parameters
    ----------
    sources : field -> columns
    may_skip : whether the user may set `missing`
    """

    kind: DataKind
    mapping: Mapping
    source: Source
    sources: Sources
    may_skip: bool
    _taken: int = 0
    _left: int = 0
    _first: DataError | None = None

    def read(self, parse: Parse, page: Page, *, has_zero_prices: bool) -> tuple[Any, Page]:
        """Return a batch of the rows in which nothing is missing, and where they stand.

        Numbers are read first; what is missing is looked for where one of them is none.

        Parameters
        ----------
        has_zero_prices : a price of 0 can be right

        Raises
        ------
        DataError : a row cannot be read, or something is missing in it and that is an error
        """
        gaps = Gaps(self.kind, self.sources, self.mapping)
        found = gaps.find(page.table) if self.mapping.missing_words else None
        batch, taken = None, page
        if found is None:
            try:
                batch = parse(page)
            except DataError:
                found = gaps.find(page.table)
                if found is None:
                    raise
        if found is not None:
            batch, taken = self._mended(parse, found, page)
        batch, taken = self._something(batch, taken, has_zero_prices=has_zero_prices)
        self._taken += batch.num_rows
        self._left += page.table.num_rows - batch.num_rows
        return batch, taken

    def leave_out(self, page: Page, reason: str) -> None:
        """Leave out all rows of a page."""
        self._left += page.table.num_rows
        self._first = self._first or DataError(reason, place=page.place(0))

    def check(self) -> None:
        """Refuse a file of which every row was left out.

        Raises
        ------
        DataError : with the first of them
        """
        if self._first is None or self._taken:
            return
        raise self._without_sizes() or DataError(
            f"nothing is left of {self._left:,} rows: {self._first.message}",
            place=self._first.place,
            cure="See whether the columns mean what was declared",
        )

    def tell(self, told: Callable[[str], None]) -> None:
        """Say how many rows of the file were left out."""
        if self._first is not None:
            rows = f"{self._left:,} rows were" if self._left > 1 else "1 row was"
            first = f"{self._first.place}: {self._first.message}"
            told(f"{self.source.path}: {rows} left out, in which something is missing; {first}")

    def _mended(self, parse: Parse, found: Found, page: Page) -> tuple[Any, Page]:
        """Read the rows in which nothing is missing, quotes without the side that they lack."""
        if found.gap is not None:
            self._miss(self._fault(found.gap, page))
        kept = np.flatnonzero(found.is_whole)
        part = Page(page.source, page.start, found.rows, page.rows).part(pa.array(kept))
        batch = parse(part)
        if found.empty_sides:
            batch = without_sides(batch, [mask[kept] for mask in found.empty_sides])
        return batch, part

    def _something(self, batch: Any, page: Page, *, has_zero_prices: bool) -> tuple[Any, Page]:
        """Leave out quotes of nobody, trades of nothing and bars of no price."""
        if self.kind is QUOTE and not has_zero_prices:
            # A price of 0 beside a size that is declared for all rows: nobody is there.
            constants = self.mapping.constants
            empty = [(raw_of(batch.column(p)) == 0) & (s in constants) for p, s in SIDES]
            batch = without_sides(batch, empty)
        nothing = is_nothing(self.kind, batch, has_zero_prices=has_zero_prices)
        if not nothing.any():
            return batch, page
        place = page.place(int(np.argmax(nothing)))
        fault = DataError(NOTHING[self.kind], place=place, cure=self._cure())
        if self.mapping.missing == "error":
            raise self._without_sizes() or fault
        self._miss(fault)
        kept = pa.array(np.flatnonzero(~nothing))
        return batch.take(kept), page.part(kept)

    def _miss(self, fault: DataError) -> None:
        """Raise a fault, or remember it where such rows are left out."""
        if self.mapping.missing == "error":
            raise fault
        self._first = self._first or fault

    def _fault(self, gap: Gap, page: Page) -> DataError:
        """Return the error of a value that is missing."""
        is_time = any(gap.columns == self.sources.get(name) for name in TIMES)
        message = "the time is missing" if is_time else "the value is missing"
        if gap.word:
            message = f"{gap.word!r} is no {'time' if is_time else 'finite number'}: {message}"
        place = f"{page.place(gap.row)}, column {' and '.join(map(repr, gap.columns))}"
        return DataError(message, place=place, cure=self._cure())

    def _cure(self) -> str:
        return f'{_CURE}; missing = "skip" leaves out all such rows' if self.may_skip else _CURE

    def _without_sizes(self) -> DataError | None:
        """Return the error of quotes none of which has a size; None where one has."""
        sizes = [size for _, size in SIDES] if self.kind is QUOTE else []
        names = [self.sources[size][0] for size in sizes if size in self.sources]
        texts = {self.mapping.constants.get(size, "") for size in sizes}
        for batch in self.source.batches(list(dict.fromkeys(names))) if names else ():
            for column in batch.columns:
                texts.update(columns.text_of(column).unique().to_pylist())
        plain = self.mapping.numbers.plain(pa.array(sorted(texts)))
        if not sizes or any(map(columns.is_above_zero, plain.to_pylist())):
            return None
        return DataError(
            "the sizes of all quotes are 0: the file has no sizes",
            place=str(self.source.path),
            cure='Declare one for all, such as constants = { bid_size = "1", ask_size = "1" }',
        )
