"""Columns that are asked for, and those that a file has."""

from pathlib import Path

import pytest

from argosy.errors import DataError
from argosy_loaders.headers import require_column

FILE = Path("rows.csv")
NAMES = ["open", "close", "bid", "bid", "ask", "ask", "ask"]


def test_a_column_that_is_there_once_is_taken() -> None:
    require_column(FILE, NAMES, "open", "open")


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("opn", "there is no column 'opn' for bid_price. Did you mean 'open'?"),
        ("bid", "two columns are called 'bid'. Rename all but the one that is bid_price"),
        ("ask", "3 columns are called 'ask'. Rename all but the one that is bid_price"),
    ],
)
def test_a_column_that_is_not_there_or_not_alone_is_refused(column: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        require_column(FILE, NAMES, column, "bid_price")
    assert f"rows.csv: {message}" == str(caught.value)
