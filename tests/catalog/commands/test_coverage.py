"""``argosy catalog coverage``, as the command line runs it."""

import json
from pathlib import Path

from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import DAY, T0, bars, quotes


def test_it_tells_held_empty_and_missing_time(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data([*quotes(2), *bars(1)])
    catalog.mark_empty(QuoteTick, "GBP/USD.SIM", T0 + DAY, T0 + 2 * DAY - 1)
    line = ("catalog", "coverage", "--catalog", folder, "--format", "json")
    code, out, _ = run(*line, "GBP/USD.SIM", "--type", "quotes")
    states = [(row["state"], row["first"]) for row in json.loads(out)]
    expected = [
        ("held", "2024-01-01T00:00:00Z"),
        ("missing", "2024-01-01T00:00:01.000000001Z"),
        ("empty", "2024-01-02T00:00:00Z"),
    ]
    assert (0, expected) == (code, states)
    code, out, _ = run(*line, "--day", "2024-01-03")
    missing = {"state": "missing", "last": "2024-01-03T23:59:59.999999999Z"}
    assert (0, [missing] * 2) == (code, [{k: row[k] for k in missing} for row in json.loads(out)])
    code, _, err = run(*line, "--type", "quote")
    assert 2 == code
    assert "'quote'" in err
