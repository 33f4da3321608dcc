"""Streams read the files of one snapshot, in order, with or without a second thread."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from argosy.errors import CatalogError
from argosy.kernel.stream import Stream
from argosy.model.data import QuoteTick
from argosy.serialization.arrow import from_batch
from argosy_catalog import CatalogStream, ParquetDataCatalog
from argosy_catalog.read.stream import ahead
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import DAY, GBPUSD, SECOND, T0, quotes


@pytest.fixture(scope="module")
def filled(make_catalog: MakeCatalog) -> Path:
    return make_catalog(quotes(50), quotes(50, start=T0 + DAY))


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "catalog"))


@pytest.fixture
def stream(catalog: ParquetDataCatalog) -> CatalogStream:
    (found,) = catalog.streams(QuoteTick, GBPUSD, batch_rows=7)
    return found


def objects(stream: CatalogStream, start: int | None = None, end: int | None = None) -> list[Any]:
    return [each for b in stream.batches(start, end) for each in from_batch(b, stream.key)]


def test_a_stream_says_what_it_carries(stream: CatalogStream) -> None:
    assert isinstance(stream, Stream)
    assert (QuoteTick, GBPUSD, 5, 0, 100) == (
        stream.data_type,
        stream.key,
        stream.price_precision,
        stream.size_precision,
        stream.rows,
    )


def test_a_stream_gives_what_was_written(stream: CatalogStream) -> None:
    assert [*quotes(50), *quotes(50, start=T0 + DAY)] == objects(stream)


def test_batches_are_small_and_have_the_schema_of_their_type(stream: CatalogStream) -> None:
    batches = list(stream.batches())
    assert all(0 < batch.num_rows <= 7 for batch in batches)
    assert {"decimal64(18, 5)"} == {str(batch.column("bid_price").type) for batch in batches}


def test_both_ends_of_a_range_are_included(stream: CatalogStream) -> None:
    start, end = T0 + 48 * SECOND, T0 + DAY + SECOND
    found = [quote.ts_init for quote in objects(stream, start, end)]
    assert [start, start + SECOND, T0 + DAY, end] == found


def test_a_second_thread_changes_nothing(stream: CatalogStream) -> None:
    plain = objects(stream)
    stream.prefetch = 3
    assert plain == objects(stream)


def test_a_stream_stays_at_its_snapshot(stream: CatalogStream, catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(50, start=T0 + 2 * DAY))
    assert 100 == len(objects(stream))


@pytest.mark.parametrize("prefetch", [0, 2])
def test_a_lost_file_is_named(stream: CatalogStream, prefetch: int) -> None:
    stream.files[1].path.unlink()
    stream.prefetch = prefetch
    with pytest.raises(CatalogError, match=stream.files[1].path.name):
        objects(stream)


def test_a_look_finds_a_lost_file_and_one_that_was_cut_off(stream: CatalogStream) -> None:
    stream.check()
    file = stream.files[1].path
    whole = file.read_bytes()
    file.write_bytes(whole[:-4])
    with pytest.raises(CatalogError, match=file.name):
        stream.check()
    file.unlink()
    with pytest.raises(CatalogError, match=file.name):
        stream.check()


def test_reading_ahead_is_bounded_and_stops_with_the_reader() -> None:
    made: list[int] = []
    closed = threading.Event()

    def make() -> Iterator[int]:
        try:
            for i in range(1000):
                made.append(i)
                yield i
        finally:
            closed.set()

    batches = ahead(make(), 2)
    assert [0, 1] == [next(batches), next(batches)]
    batches.close()  # type: ignore[attr-defined]
    assert closed.wait(5)
    assert len(made) <= 5


def test_batches_are_record_batches(stream: CatalogStream) -> None:
    assert all(isinstance(batch, pa.RecordBatch) for batch in stream.batches())
