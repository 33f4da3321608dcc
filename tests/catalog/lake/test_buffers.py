"""Arrow arrays from buffers and back, without pandas."""

import subprocess
import sys

import pyarrow as pa
import pytest

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.buffers import constant, integers
from tests.catalog.samples import quotes


@pytest.mark.parametrize(
    "kind", [pa.int8(), pa.int32(), pa.int64(), pa.timestamp("ns"), pa.decimal64(18, 0)]
)
def test_a_column_is_its_integers(kind: pa.DataType) -> None:
    column = pa.array([1, 2, -3, 4], pa.int64())
    column = column.view(kind) if kind.bit_width == 64 else column.cast(kind)
    assert [1, 2, -3, 4] == integers(column).tolist()
    assert [2, -3] == integers(column.slice(1, 2)).tolist()
    assert [] == integers(column.slice(4)).tolist()


@pytest.mark.parametrize("rows", [0, 1, 1000])
def test_a_constant_says_the_same_in_each_row(rows: int) -> None:
    assert ["GBP/USD.SIM"] * rows == constant("GBP/USD.SIM", rows).to_pylist()


@pytest.mark.slow
def test_reading_writing_and_asking_import_no_pandas(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(100))
    code = (
        "import sys\n"
        "from argosy.model.data import QuoteTick\n"
        "from argosy_catalog import ParquetDataCatalog\n"
        "with ParquetDataCatalog(sys.argv[1]) as catalog:\n"
        "    (stream,) = catalog.streams(QuoteTick)\n"
        "    first = stream.files[0].first_ns\n"
        "    rows = sum(b.num_rows for b in stream.batches(first + 1, None))\n"
        "    found = catalog.quote_ticks()\n"
        "    with catalog.writer() as writer:\n"
        "        for batch in catalog.arrow(QuoteTick, stream.key):\n"
        "            key = type(stream.key)('OTHER.SIM')\n"
        "            writer.append(stream.files[0].table, key, batch)\n"
        "    catalog.write_run({'run_id': 'A', 'started_at': 5}, {})\n"
        "    asked = catalog.sql('SELECT * FROM quotes').num_rows\n"
        "print(rows, len(found), asked, 'pandas' in sys.modules)\n"
    )
    command = [sys.executable, "-c", code, str(catalog.path)]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "99 100 200 False\n" == found
