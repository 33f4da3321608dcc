"""A CSV file as a stream of text columns, and the line of a row when something is wrong with it."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv

from argosy.errors import DataError
from argosy.serialization.unpacked import UnpackedFile
from argosy_loaders.headers import require_column

BLOCK_BYTES = 1 << 20  # pyarrow reads up to 32 of them ahead
DELIMITERS = ",;\t|"
"""What separates columns, where nobody says so; the first goes before those behind it."""

UTF_8 = "utf-8-sig"
"""The mark that Excel writes before the text is no part of it."""

_TEXT = pa.string()
_RAGGED = re.compile(r"Expected \d+ columns, got \d+")
"""What pyarrow says of a row of another length; its handler of such rows trips over bad UTF-8."""


class CsvFile:
    """One file, plain or packed; see `argosy.serialization.unpacked`.

    Parameters
    ----------
    path : of the file
    delimiter : between columns; None: that of `DELIMITERS` which the first line has most of
    decimal : what numbers have before their fraction, and so is no delimiter unless it is said
    names : of the columns, where the file has no header
    skip_lines : before the header, or before the first row
    opened : opens the file when its rows are read, so that the progress is seen
    """

    def __init__(
        self,
        path: Path,
        *,
        delimiter: str | None = None,
        decimal: str = ".",
        names: Sequence[str] = (),
        skip_lines: int = 0,
        opened: Callable[[Path], Any] | None = None,
    ) -> None:
        self.path = path
        self._opened = opened or _open
        self.skip_lines = skip_lines
        self.delimiter = delimiter or delimiter_of(self._first_line(), decimal)
        self.has_header = not names
        self.names = list(names) or self._header()

    def require(self, column: str, field: str) -> None:
        """Refuse a column that the file does not have, or has more than once."""
        require_column(self.path, self.names, column, field)

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        """Yield RecordBatches of text columns, a megabyte of the file at a time."""
        options = pacsv.ReadOptions(
            use_threads=False,
            block_size=BLOCK_BYTES,
            skip_rows=self.skip_lines,
            column_names=None if self.has_header else self.names,
        )
        try:
            with (
                self._opened(self.path) as stream,
                pacsv.open_csv(
                    stream,
                    options,
                    pacsv.ParseOptions(delimiter=self.delimiter),
                    pacsv.ConvertOptions(
                        column_types=dict.fromkeys(columns, _TEXT),
                        include_columns=list(columns),
                        strings_can_be_null=False,
                    ),
                ) as reader,
            ):
                yield from reader
        except (pa.ArrowException, OSError, ValueError) as error:
            if _RAGGED.search(str(error)):
                raise self._ragged() from error
            raise DataError(
                f"the file cannot be read ({error})",
                place=str(self.path),
                cure="See whether it is complete and is UTF-8 text",
            ) from error

    def place(self, row: int) -> str:
        """Say where a row, from 0, stands."""
        return f"{self.path}:{self.line_of(row)}"

    def line_of(self, row: int) -> int:
        """Return the line, from 1, of a row, from 0."""
        lines = (line for line, _ in self._rows())
        return next(islice(lines, row, None), 0)

    def _ragged(self) -> DataError:
        """Return the error that names the first row with another number of columns."""
        for line, row in self._rows():
            if len(row) != len(self.names):
                return DataError(
                    f"the row has {len(row)} columns, the header {len(self.names)}",
                    place=f"{self.path}:{line}",
                    cure="Complete the row; the file may have been cut off",
                )
        return DataError("a row has another number of columns", place=str(self.path))

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row of data with its line; empty lines are no rows."""
        with _open(self.path) as stream, io.TextIOWrapper(stream, UTF_8, "replace") as text:
            rows = ((line, row) for line, row in enumerate(self._split(text), start=1) if row)
            skipped = (each for each in rows if each[0] > self.skip_lines)
            try:
                yield from islice(skipped, int(self.has_header), None)
            except csv.Error as error:
                raise DataError(
                    f"the file cannot be read ({error})",
                    place=str(self.path),
                    cure="See whether it is complete and is UTF-8 text",
                ) from error

    def _header(self) -> list[str]:
        with self._text() as text:
            rows = islice(self._split(text), self.skip_lines, None)
            header = next((row for row in rows if row), [])
        if not header:
            raise DataError("the file is empty", place=str(self.path), cure="Give one with rows")
        return header

    def _first_line(self) -> str:
        with self._text() as text:
            lines = islice(text, self.skip_lines, None)
            return next((line for line in lines if line.strip()), "")

    @contextmanager
    def _text(self) -> Iterator[Any]:
        try:
            with _open(self.path) as stream, io.TextIOWrapper(stream, UTF_8) as text:
                yield text
        except (UnicodeError, csv.Error) as error:
            raise DataError(
                f"the file cannot be read ({error})",
                place=str(self.path),
                cure="Give a CSV file in UTF-8",
            ) from error

    def _split(self, text: Any) -> Iterator[list[str]]:
        return csv.reader(text, delimiter=self.delimiter)


def delimiter_of(line: str, decimal: str = ".") -> str:
    """Return what seems to separate the columns of a line.

    Parameters
    ----------
    decimal : what separates something else
    """
    return max(DELIMITERS.replace(decimal, ""), key=line.count)


def _open(path: Path) -> Any:
    return io.BufferedReader(UnpackedFile(path))
