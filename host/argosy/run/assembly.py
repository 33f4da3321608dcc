"""From a plan to what an engine is given: instruments, streams, and what `check` says of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from argosy.errors import CatalogError, InputError, InstrumentNotFoundError
from argosy.kernel.stream import Stream
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, OrderBookDelta, QuoteTick, TradeTick
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy.run.bar_sources import without_source
from argosy.run.feature_stream import FeatureStream
from argosy.run.feeds import check_precision, declare_bars

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.config.system import DataSettings
    from argosy.modes.backtest import BacktestEngine

DATA_TYPES = {"quote": QuoteTick, "trade": TradeTick, "bar": Bar, "delta": OrderBookDelta}
MANY_BARS = 1_000_000


@contextmanager
def opened(plan: Plan) -> Iterator[tuple[Any, int]]:
    """Lend the catalog of a plan and the snapshot to read, which stays until the block ends."""
    catalog = plan.catalog.build()
    try:
        hold = getattr(catalog, "hold", None)  # not every catalog can let go of snapshots
        with nullcontext(catalog.snapshot()) if hold is None else hold() as snapshot:
            yield catalog, snapshot
    finally:
        catalog.close()


def instruments_of(plan: Plan, catalog: Any) -> list[Instrument]:
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


def streams_of(data: DataSettings, catalog: Any, snapshot: int, batch_rows: int) -> list[Stream]:
    """Return the streams that a [[data]] table asks for, in its order."""
    names = [*data.instruments, *data.bar_types]
    found = catalog.streams(
        DATA_TYPES[str(data.type)],
        names,
        data.start,
        data.end,
        snapshot=snapshot,
        batch_rows=batch_rows,
    )
    return [Span(stream, data.start, data.end) for stream in found]


class Span(Stream):
    """A part of another stream: rows from start to end, both inclusive (ns)."""

    def __init__(self, stream: Any, start_ns: int | None, end_ns: int | None) -> None:
        super().__init__(
            stream.data_type, stream.key, stream.price_precision, stream.size_precision
        )
        self.stream = stream
        self.start_ns = start_ns
        self.end_ns = end_ns

    @property
    def rows(self) -> int:
        """How many rows the whole stream holds."""
        return int(getattr(self.stream, "rows", 0))

    def check(self) -> None:
        """Look at all of the other stream."""
        self.stream.check()

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield the rows that both spans have."""
        starts = [each for each in (self.start_ns, start_ns) if each is not None]
        ends = [each for each in (self.end_ns, end_ns) if each is not None]
        found: Iterator[Any] = self.stream.batches(
            max(starts, default=None), min(ends, default=None)
        )
        return found


def check_engine(engine: BacktestEngine) -> list[str]:
    """Check the data of an engine that is ready to run, and return warnings.

    Raises
    ------
    DataError : a stream's precisions are not its instrument's
    CatalogError : a file cannot be read
    """
    for stream in engine.streams:
        if not isinstance(stream, FeatureStream):
            check_precision(engine.core.data, stream)
            stream.check()
    declare_bars(engine.core.data, engine.streams)
    written = [each for found in engine.trader.warnings.values() for each in found]
    written += without_source(engine.plan, engine.streams)
    spans = [span for stream in engine.streams if (span := _span(stream)) is not None]
    if not spans:
        return [*written, "how long the data is cannot be told before the run"]
    length = max(last for _, last in spans) - min(first for first, _ in spans)
    return [*written, *_many_bars(engine.plan, length)]


def check_limits(engine: BacktestEngine) -> None:
    """Refuse settings of a risk rule about an instrument that the run does not have.

    Raises
    ------
    InstrumentNotFoundError : no definition was added, nor is there one in the data
    """
    from argosy.config.plan_checks import unknown_limits

    defined = [found for _, found in engine.objects if isinstance(found[0], Instrument)]
    later = (each.id for found in defined for each in found)
    known = {*engine.cache.instrument_ids(), *later}
    for path, message, cure in unknown_limits(engine.plan, known):
        raise InstrumentNotFoundError(message, place=engine.plan.place(path), cure=cure)


def _many_bars(plan: Plan, length_ns: int) -> Iterator[str]:
    from argosy.config.plain import leaves

    for component in plan.components:
        for bar_type, _ in leaves(component.choice.settings, ()):
            if not isinstance(bar_type, BarType) or bar_type.is_externally_aggregated():
                continue
            spec = bar_type.spec
            width = spec.interval_ns if spec.is_time_aggregated() else None
            bars = length_ns // width if width else 0
            if bars > MANY_BARS and plan.bars.options(bar_type).build_with_no_updates:
                yield (
                    f"{bar_type} will give about {bars:,} bars, one for each"
                    " interval; build_with_no_updates = false leaves out the empty ones"
                )


def _span(stream: Stream) -> tuple[int, int] | None:
    """Return the first and last time (ns) of a stream, where it knows them."""
    inner = getattr(stream, "stream", stream)
    files = getattr(inner, "files", ())
    if not files:
        return None
    first = max(files[0].first_ns, getattr(stream, "start_ns", None) or files[0].first_ns)
    last = min(files[-1].last_ns, getattr(stream, "end_ns", None) or files[-1].last_ns)
    return first, last


def _require_catalog(plan: Plan, catalog: Any, undefined: list[InstrumentId]) -> None:
    """Refuse a catalog that is not there, where something has to be read from it."""
    stored = [each for each in plan.data if each.sql is None]
    named = [name for each in stored for name in (*each.instruments, *each.bar_types)]
    read = [*undefined, *named]
    if read and not getattr(catalog, "exists", True):
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
