from decimal import Decimal

import pyarrow as pa

from argosy.run.row_texts import row_texts, row_values
from tests.host.run.kit import T0

TABLE = pa.table(
    {
        "ts_init": pa.array([T0, T0 + 1], pa.timestamp("ns")),
        "p": pa.array([Decimal("1.50"), Decimal("-2.00")], pa.decimal64(18, 2)),
        "z": [0.1, 1e-9],
        "s": ['a"b', "ü"],
        "b": [True, False],
        "n": [1, 2],
    }
)
ROWS = [
    '{"ts_init": "2024-01-01T00:00:00.000000000", "p": "1.50", "z": 0.1, '
    '"s": "a\\"b", "b": true, "n": 1}',
    '{"ts_init": "2024-01-01T00:00:00.000000001", "p": "-2.00", "z": 1e-09, '
    '"s": "ü", "b": false, "n": 2}',
]


def test_a_row_is_one_line_of_json() -> None:
    assert ROWS == list(row_texts(TABLE))


def test_decimals_and_times_keep_all_of_their_digits() -> None:
    first = next(row_values(TABLE))
    assert ("2024-01-01T00:00:00.000000000", "1.50") == (first["ts_init"], first["p"])
