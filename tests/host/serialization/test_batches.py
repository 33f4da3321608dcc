from argosy.serialization import arrow
from argosy.serialization.batches import between, times_of
from tests.host.run.kit import SECOND, T0, quote, quotes


def test_the_times_of_a_slice_are_its_own() -> None:
    batch = arrow.to_batch(quotes([1, 2, 3, 4])).slice(1, 2)
    assert [T0 + 2 * SECOND, T0 + 3 * SECOND] == list(times_of(batch))
    assert 1 == between(batch, T0 + 3 * SECOND, T0 + 9 * SECOND).num_rows
    assert 0 == between(batch, T0 + 9 * SECOND, T0).num_rows


def test_rows_without_times_are_left_to_the_kernel() -> None:
    batch = arrow.to_batch([quote(1)])
    index = batch.schema.get_field_index("ts_init")
    nameless = batch.remove_column(index)
    assert None is times_of(nameless)
    assert None is times_of(batch.slice(0, 0))
    assert 0 == between(nameless, 0, 1).num_rows
