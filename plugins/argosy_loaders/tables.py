"""CSV and Parquet files whose columns are declared."""

import csv
from collections.abc import Iterator

from argosy.parts.loader import Load, Rows, Sample
from argosy_loaders.csv_file import CsvFile, delimiter_of
from argosy_loaders.declared import DeclaredRows
from argosy_loaders.mapping import CsvMapping, Mapping
from argosy_loaders.parquet_file import ParquetFile


class CsvLoader:
    """Read CSV files as a mapping says.

    Parameters
    ----------
    mapping : what the columns mean
    """

    def __init__(self, mapping: CsvMapping) -> None:
        self.mapping = mapping

    def guess(self, sample: Sample) -> str | None:
        """Look for text with more than one column."""
        if sample.head.startswith(b"PAR1") or "\0" in "".join(sample.lines[:10]):
            return None
        lines = sample.lines[self.mapping.skip_lines :]
        row = next((line for line in lines if line.strip()), "")
        delimiter = self.mapping.delimiter or delimiter_of(row, self.mapping.decimal)
        if row.startswith("{") or delimiter not in row:
            return None
        columns = len(next(csv.reader([row], delimiter=delimiter)))
        return f"it is text with columns, {columns} in a row"

    def load(self, load: Load) -> Iterator[Rows]:
        """Yield the rows of the files."""
        table = DeclaredRows(self.mapping, load.instruments, load.kinds, load.tell, may_skip=True)
        for path in load.files:
            file = CsvFile(
                path,
                delimiter=self.mapping.delimiter,
                decimal=self.mapping.decimal,
                names=self.mapping.names,
                skip_lines=self.mapping.skip_lines,
                opened=load.open,
            )
            yield from table.read(file)


class ParquetLoader:
    """Read Parquet files as a mapping says.

    Parameters
    ----------
    mapping : what the columns mean
    """

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping

    def guess(self, sample: Sample) -> str | None:
        """Look at the first bytes."""
        return "it begins with PAR1" if sample.head.startswith(b"PAR1") else None

    def load(self, load: Load) -> Iterator[Rows]:
        """Yield the rows of the files."""
        table = DeclaredRows(self.mapping, load.instruments, load.kinds, load.tell, may_skip=True)
        for path in load.files:
            yield from table.read(ParquetFile(path, on_read=load.advance))
