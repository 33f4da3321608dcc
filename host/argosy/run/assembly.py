"""From a plan to what a run is given: its catalog, instruments and streams."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from argosy.errors import CatalogError, InputError, InstrumentNotFoundError
from argosy.kernel.stream import Stream
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy.model.kinds import KINDS, Kinds

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.config.system import DataSettings
    from argosy.parts.catalog import Catalog


@contextmanager
def opened(plan: Plan) -> Iterator[tuple[Catalog, int]]:
    """Lend the catalog of a plan and the snapshot to read, which stays until the block ends."""
    catalog = plan.catalog.build().keeping(plan.kinds)
    try:
        with catalog.hold() as snapshot:
            yield catalog, snapshot
    finally:
        catalog.close()


def instruments_of(plan: Plan, catalog: Catalog) -> list[Instrument]:
    """Return the definitions of all instruments of a plan: its own, else the catalog's.

    Raises
    ------
    CatalogError : the catalog that they or the data are in is not there
    InputError : the two differ
    InstrumentNotFoundError : neither has one
    """
    declared = {each.id: each for each in plan.instruments}
    used = {venue.venue for venue in plan.venues}
    named = dict.fromkeys([*plan.instrument_ids, *declared])
    wanted = [each for each in named if each.venue in used]
    _require_catalog(plan, catalog, [each for each in wanted if each not in declared])
    stored = {each.id: each for each in catalog.instruments()}
    return [_definition(each, declared, stored) for each in wanted]


def streams_of(
    data: DataSettings, catalog: Catalog, snapshot: int, batch_rows: int, kinds: Kinds = KINDS
) -> list[Stream]:
    """Return the streams that a [[data]] table asks for, in its order."""
    names = [*data.instruments, *data.bar_types]
    found = catalog.streams(
        kinds[str(data.type)].data_type,
        names,
        data.start,
        data.end,
        snapshot=snapshot,
        batch_rows=batch_rows,
    )
    return [Span(stream, data.start, data.end) for stream in found]


class Span(Stream):
    """A part of another stream: rows from start to end, both inclusive (ns)."""

    def __init__(self, stream: Stream, start_ns: int | None, end_ns: int | None) -> None:
        super().__init__(
            stream.data_type, stream.key, stream.price_precision, stream.size_precision
        )
        self.stream = stream
        self.start_ns = start_ns
        self.end_ns = end_ns

    @property
    def rows(self) -> int:
        """How many rows the whole stream holds."""
        return self.stream.rows

    @property
    def span(self) -> tuple[int, int] | None:
        """The times (ns) between which there are rows."""
        known = self.stream.span
        if known is None:
            return None
        first, last = known
        first = first if self.start_ns is None else max(first, self.start_ns)
        return first, last if self.end_ns is None else min(last, self.end_ns)

    def check(self) -> None:
        """Look at all of the other stream."""
        self.stream.check()

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield the rows that both spans have."""
        starts = [each for each in (self.start_ns, start_ns) if each is not None]
        ends = [each for each in (self.end_ns, end_ns) if each is not None]
        return self.stream.batches(max(starts, default=None), min(ends, default=None))


def _require_catalog(plan: Plan, catalog: Catalog, undefined: list[InstrumentId]) -> None:
    """Refuse a catalog that is not there, where something has to be read from it."""
    stored = [each for each in plan.data if each.sql is None]
    named = [name for each in stored for name in (*each.instruments, *each.bar_types)]
    read = [*undefined, *named]
    if read and not catalog.exists:
        raise CatalogError(
            f"there is no catalog at {catalog.path} to read {read[0]} from",
            place=plan.place(("catalog", "path")),
            cure="Correct the path, or load data with `argosy catalog ingest`",
        )


def _definition(
    instrument_id: InstrumentId,
    declared: dict[InstrumentId, Instrument],
    stored: dict[InstrumentId, Instrument],
) -> Instrument:
    own, kept = declared.get(instrument_id), stored.get(instrument_id)
    if own is None and kept is None:
        known = ", ".join(stored) or "none"
        raise InstrumentNotFoundError(
            f"instrument {instrument_id} has no definition; the catalog has: {known}",
            cure="Declare it under [[instruments]], or load its definition into the catalog",
        )
    if own is not None and kept is not None and not _same(own, kept):
        raise InputError(
            f"instrument {instrument_id} is defined in the system file and in the catalog, and"
            " the two differ",
            cure="Remove one of them, or make them equal",
        )
    found = own if own is not None else kept
    if found is None:
        raise AssertionError("one of the two is there")
    return found


def _same(own: Instrument, kept: Instrument) -> bool:
    """Compare definitions; when each was made does not matter."""
    names = (name for name in own.__struct_fields__ if name not in ("ts_event", "ts_init", "info"))
    return type(own) is type(kept) and all(
        getattr(own, name) == getattr(kept, name) for name in names
    )
