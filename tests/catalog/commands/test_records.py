"""Records as rows."""

from typing import Any

import pytest

from argosy_catalog.commands.records import print_records
from tests.catalog.samples import T0


def test_columns_have_types(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[dict[str, Any]] = [
        {"name": "A", "rows": 3, "first": T0 + 1},
        {"name": None, "rows": None},
    ]
    print_records("name rows:int first:time", rows, "csv")
    lines = ["name,rows,first", "A,3,2024-01-01T00:00:00.000000001Z", ",,"]
    assert lines == capsys.readouterr().out.splitlines()
