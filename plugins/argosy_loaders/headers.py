"""Which columns a file has, as its header names them."""

from collections.abc import Sequence
from pathlib import Path

from argosy.errors import DataError, suggest


def require_column(path: Path, names: Sequence[str], column: str, field: str) -> None:
    """Refuse a column that a file does not have, or has more than once.

    Parameters
    ----------
    path : of the file
    names : of its columns
    field : what the column is for

    Raises
    ------
    DataError : with the file
    """
    found = names.count(column)
    if found == 1:
        return
    if not found:
        hint = suggest(column, names)
        raise DataError(
            f"there is no column {column!r} for {field}",
            place=str(path),
            cure=hint[:1].upper() + hint[1:],
        )
    count = "two" if found == 2 else str(found)
    raise DataError(
        f"{count} columns are called {column!r}",
        place=str(path),
        cure=f"Rename all but the one that is {field}",
    )
