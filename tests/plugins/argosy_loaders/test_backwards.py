"""Files whose newest row comes first."""

import numpy as np
import pyarrow as pa

from argosy.parts.loader import Rows
from argosy_loaders.backwards import Backwards, descends


def stamps(*values: int) -> pa.Array:
    return pa.array(values).cast(pa.timestamp("ns"))


def test_times_descend_where_they_go_down_and_never_up() -> None:
    assert [True, True, False, False, False, False] == [
        descends(stamps(*each))
        for each in ((3, 2, 1), (3, 3, 1), (1, 2, 3), (2, 2), (3, 1, 2), (3,))
    ]


def test_batches_come_back_from_the_last_row_to_the_first() -> None:
    held = Backwards(lambda row: f"row {row}")
    for start, values in ((0, [9, 8, 7]), (3, [6, 5])):
        batch = pa.record_batch({"n": values, "w": ["x"] * len(values)})
        held.add(Rows(batch, str, has_ids=bool(start)), np.arange(start, start + len(values)))
    found = list(held.rows())
    assert [[5, 6], [7, 8, 9]] == [each.batch.column("n").to_pylist() for each in found]
    assert [["row 4", "row 3"], ["row 2", "row 1", "row 0"]] == [
        [each.place(row) for row in range(each.batch.num_rows)] for each in found
    ]
    assert [True, False] == [each.has_ids for each in found]
    assert ["n", "w"] == found[0].batch.schema.names
