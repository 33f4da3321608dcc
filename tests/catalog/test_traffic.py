"""Writers, a compactor, a deleter, an expirer and readers, each a process, all at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.upkeep.expiry import ago
from tests.catalog.samples import DAY, SECOND, T0

DAYS = 14
WRITE = """
for day in range(int(argument), DAYS, 2):
    catalog.write_data(quotes(6, start=T0 + day * DAY))
"""
COMPACT = """
while not (catalog.path / "done").exists():
    catalog.compact()
"""
DELETE = """
span = (T0 + 2 * DAY + 2 * SECOND, T0 + 2 * DAY + 3 * SECOND)
while not (catalog.path / "done").exists():
    before = catalog.snapshot()
    if catalog.at(before).quote_ticks(None, *span):
        (gone,) = catalog.delete(QuoteTick, "GBP/USD.SIM", *span)
        (back,) = catalog.restore(before, QuoteTick, "GBP/USD.SIM", *span)
        assert gone.rows == back.added == 2
"""
CLEAN = """
while not (catalog.path / "done").exists():
    catalog.expire(ago(0), keep=20)
    catalog.clear_orphans(ago(0))
"""
READ = """
while not (catalog.path / "done").exists():
    times = [quote.ts_init for quote in catalog.quote_ticks()]
    assert sorted(set(times)) == times
"""
BEGIN = """
import sys
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.write import series
from argosy_catalog.upkeep.expiry import ago
from tests.catalog.samples import DAY, SECOND, T0, quotes
from tests.catalog.test_traffic import DAYS

series.FILE_ROWS = 60
catalog = ParquetDataCatalog(sys.argv[1])
argument = sys.argv[2]
"""


@pytest.mark.slow
def test_every_row_is_there_once_whatever_goes_on_around_it(folder: Path, project: Path) -> None:
    def start(code: str, argument: str = "") -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", BEGIN + code, str(folder), argument]
        return subprocess.Popen(command, cwd=project, text=True, stderr=subprocess.PIPE)

    writers = [start(WRITE, str(first)) for first in range(2)]
    others = [start(code) for code in (COMPACT, DELETE, CLEAN, READ)]
    ends = [(child.wait(), child.communicate()[1]) for child in writers]
    (folder / "done").touch()
    ends += [(child.wait(), child.communicate()[1]) for child in others]
    assert [(0, "")] * 6 == ends
    with ParquetDataCatalog(folder) as catalog:
        catalog.compact()
        expected = [T0 + day * DAY + i * SECOND for day in range(DAYS) for i in range(6)]
        found = [quote.ts_init for quote in catalog.query(QuoteTick)]
        assert expected == found
        catalog.clear_orphans(ago(0))
        assert [] == catalog.verify().findings
