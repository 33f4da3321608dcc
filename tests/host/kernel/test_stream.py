"""Streams give rows in batches."""

import pyarrow as pa
import pytest

from argosy.errors import DataError
from argosy.kernel.stream import BATCH_ROWS, GeneratorStream, MemoryStream, Stream
from argosy.model.data import QuoteTick
from tests.host.kernel import rows

ROWS = rows.quotes([(i, i, 1, 2, 3, 4) for i in range(10)])


def memory(tables: list[object], batch_rows: int = BATCH_ROWS) -> MemoryStream:
    return MemoryStream(QuoteTick, rows.EURUSD.id, 5, 0, tables, batch_rows)


@pytest.mark.parametrize(("batch_rows", "sizes"), [(4, [4, 4, 2]), (5, [5, 5]), (99, [10])])
def test_memory_is_cut_into_batches(batch_rows: int, sizes: list[int]) -> None:
    assert sizes == [batch.num_rows for batch in memory([ROWS], batch_rows).batches(None, None)]


def test_tables_and_batches_follow_each_other() -> None:
    stream = memory([pa.Table.from_batches([ROWS, ROWS]), ROWS, ROWS.slice(10)])
    assert [10, 10, 10] == [batch.num_rows for batch in stream.batches(None, None)]


def test_memory_can_be_read_twice() -> None:
    stream = memory([ROWS])
    assert list(stream.batches(None, None)) == list(stream.batches(None, None))


def test_a_generator_makes_batches_when_they_are_asked_for() -> None:
    made = []

    def make() -> object:
        for size in (2, 3):
            made.append(size)
            yield ROWS.slice(0, size)

    batches = GeneratorStream(QuoteTick, rows.EURUSD.id, 5, 0, make).batches(None, None)
    assert [] == made
    assert 2 == next(batches).num_rows
    assert [2] == made


def test_a_stream_is_called_by_its_type_and_key() -> None:
    assert "QuoteTick EUR/USD.SIM" == memory([]).place
    assert "MemoryStream(QuoteTick EUR/USD.SIM)" == repr(memory([]))


def test_a_stream_without_batches_says_what_it_must_define() -> None:
    with pytest.raises(DataError, match=r"QuoteTick EUR/USD.SIM: a stream must define batches\("):
        Stream(QuoteTick, rows.EURUSD.id, 5, 0).batches(None, None)
