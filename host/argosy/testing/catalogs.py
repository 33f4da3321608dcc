"""What every catalog keeps to, checked over one that holds quotes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from argosy.errors import InputError
from argosy.model.data import QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.testing.runs import make_engine
from argosy.testing.sinks import Taker

if TYPE_CHECKING:
    from argosy.kernel.stream import Stream
    from argosy.parts.catalog import Catalog

BATCHES = (1, 7, 10_000)
NOBODY = "NO/BODY.NOWHERE"


def check_catalog(
    build: Callable[[], Catalog], instrument_id: InstrumentId | str, *, sql: str | None = None
) -> None:
    """Check a catalog: snapshots stay, batches do not matter, and it takes a run.

    Parameters
    ----------
    build : opens the catalog, each time the same one; it can be written
    instrument_id : of which it holds quotes
    sql : a query with `ts_init`, for one that answers such

    Raises
    ------
    AssertionError : says what is wrong
    """
    key = str(instrument_id)
    catalog = build()
    try:
        assert catalog.exists, f"{catalog.path} is not there"
        with catalog.hold() as snapshot:
            assert isinstance(snapshot, int), f"the snapshot is {snapshot!r}, no number"
            before = _check_reading(catalog, key, snapshot)
            _check_queries(catalog, sql, snapshot)
            _write_run(catalog, snapshot)
            assert before == _rows(catalog, key, snapshot, 7), "a run changed an older snapshot"
        assert catalog.snapshot() >= snapshot, "the newest snapshot is older than one before"
    finally:
        catalog.close()
    again = build()
    try:
        with again.hold() as newest:
            assert before == _rows(again, key, newest, 7), "opened again, it holds something else"
    finally:
        again.close()


def _check_reading(catalog: Catalog, key: str, snapshot: int) -> list[Any]:
    ids = [str(each.id) for each in catalog.instruments()]
    assert ids == sorted(set(ids)), f"instruments are not sorted by id, each once: {ids}"
    assert key in ids, f"{key} has no definition"
    first, *others = (_rows(catalog, key, snapshot, batch_rows) for batch_rows in BATCHES)
    assert first, f"it holds no quotes of {key}"
    for other in others:
        assert first == other, "the rows depend on the size of batches"
    try:
        catalog.streams(QuoteTick, [NOBODY], snapshot=snapshot, batch_rows=7)
    except InputError:
        return first
    raise AssertionError(f"it does not say that it holds nothing of {NOBODY}")


def _rows(catalog: Catalog, key: str, snapshot: int, batch_rows: int) -> list[Any]:
    """Return the quotes of an instrument, stream after stream."""
    found: list[Any] = []
    for stream in catalog.streams(QuoteTick, [key], snapshot=snapshot, batch_rows=batch_rows):
        found += _rows_of(stream, batch_rows)
    return found


def _rows_of(stream: Stream, batch_rows: int) -> list[Any]:
    """Return the rows of a stream as plain values, and look whether it keeps its word."""
    import pyarrow as pa

    stream.check()
    rows: list[Any] = []
    times: list[int] = []
    for batch in stream.batches(None, None):
        assert batch.num_rows <= batch_rows, f"{stream}: {batch.num_rows} rows in a batch"
        rows += batch.to_pylist()
        times += batch.column("ts_init").cast(pa.int64()).to_pylist()
    assert times == sorted(times), f"{stream}: rows are not in the order of ts_init"
    assert stream.rows in (0, len(rows)), f"{stream}: it says {stream.rows} rows, not {len(rows)}"
    if stream.span is not None and times:
        first, last = stream.span
        is_inside = first <= times[0] and times[-1] <= last
        assert is_inside, f"{stream}: its span is {stream.span}, its rows go beyond it"
    return rows


def _check_queries(catalog: Catalog, sql: str | None, snapshot: int) -> None:
    queries = catalog.queries
    if queries is None or sql is None:
        return
    asked, again, other = (
        queries.feature_rows(sql, snapshot=snapshot, is_reversed=is_reversed)
        for is_reversed in (False, False, True)
    )
    assert asked.num_rows, "the query returns no rows"
    assert asked.equals(again), "a query has another answer the second time"
    assert asked.schema.equals(other.schema), "its columns depend on the order in which it reads"
    times = asked.column("ts_init").to_pylist()
    assert times == sorted(times), "the rows of a query are not in the order of ts_init"


def _write_run(catalog: Catalog, snapshot: int) -> None:
    """Write a run with trades, as the host does."""
    engine = make_engine()
    engine.add_actor(Taker())
    result = engine.run()
    catalog.write_run(result.row(snapshot), result.tables(), result.event_batches())
