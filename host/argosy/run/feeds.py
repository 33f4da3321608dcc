"""From streams to sources: where the rows of each type of data go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from argosy.engine.data import DataEngine
from argosy.errors import DataError
from argosy.kernel.replay import (
    BarSource,
    ObjectSource,
    QuoteSource,
    Replay,
    Source,
    TradeSource,
)
from argosy.kernel.stream import BATCH_ROWS, MemoryStream, Stream
from argosy.kernel.timeline import NEVER
from argosy.model.bar_type import BarType
from argosy.model.data import F_LAST, Bar, OrderBookDelta, OrderBookDeltas
from argosy.model.data_kind import Column
from argosy.model.enums import PriceType
from argosy.model.identifiers import InstrumentId
from argosy.model.kinds import (
    BAR,
    BOOK_DELTAS,
    BOOK_SNAPSHOT,
    DEFINITION,
    DELTA,
    INSTRUMENT_STATUS,
    KINDS,
    QUOTE,
    TICKER,
    TRADE,
    VENUE_STATUS,
    Kinds,
)
from argosy.run.tees import DeltaTee

SIDES = {PriceType.BID: 1, PriceType.ASK: 2}
OTHER_SIDE = 4


def check_precision(data: DataEngine, stream: Stream) -> None:
    """Refuse a stream whose numbers have other precisions than its instrument.

    Raises
    ------
    DataError : names both
    """
    market = data.market(_instrument_id(stream.key))
    found = stream.price_precision, stream.size_precision
    declared = market.price_precision, market.size_precision
    if found != declared:
        raise DataError(
            f"prices have {found[0]} decimals and sizes {found[1]}, but the instrument has"
            f" {declared[0]} and {declared[1]}",
            place=stream.place,
            cure="Load the data at the instrument's precisions, or define the instrument so",
        )


def add_source(data: DataEngine, replay: Replay, stream: Stream, start_ns: int | None) -> None:
    """Replay a stream into the market state or bar feed that it belongs to."""
    check_precision(data, stream)
    replay.add(_source(data, stream, -NEVER if start_ns is None else start_ns))


def declare_bars(data: DataEngine, streams: Iterable[Stream]) -> None:
    """Say which external bars the venues match on: per instrument, those of the finest interval."""
    finest: dict[InstrumentId, int] = {}
    bar_types = [stream.key for stream in streams if stream.data_type is Bar]
    for bar_type in bar_types:
        width = _width(bar_type)
        known = finest.get(bar_type.instrument_id)
        finest[bar_type.instrument_id] = width if known is None else min(known, width)
    for bar_type in bar_types:
        if bar_type.is_internally_aggregated():
            raise DataError(
                "bars of an INTERNAL type are built here and cannot be loaded",
                place=str(bar_type),
                cure="Load them as EXTERNAL",
            )
        feed = data.declare_external(bar_type)
        if _width(bar_type) == finest[bar_type.instrument_id]:
            feed.set_executes(executes=True)
            side = SIDES.get(bar_type.spec.price_type, OTHER_SIDE)
            feed.market.set_bar_sides(feed.market.bar_sides | side)


def memory_streams(
    rows: Any, batch_rows: int = BATCH_ROWS, kinds: Kinds = KINDS
) -> tuple[list[Stream], list[tuple[str, list[Any]]]]:
    """Return streams of Arrow rows or market data objects, and lists of other objects by place.

    Parameters
    ----------
    kinds : those that Arrow rows may be of
    """
    from argosy.serialization import arrow

    if hasattr(rows, "schema"):
        return [_arrow_stream(rows, batch_rows, kinds)], []
    keys = {kind.data_type: kind.key.attribute for kind in SOURCES}
    groups: dict[tuple[type, Any], list[Any]] = {}
    others: dict[type, list[Any]] = {}
    for item in rows:
        key = keys.get(type(item))
        if key is not None:
            groups.setdefault((type(item), getattr(item, key)), []).append(item)
        else:
            others.setdefault(type(item), []).append(item)
    streams = [_arrow_stream(arrow.to_batch(items), batch_rows) for items in groups.values()]
    return streams, [(kind.__name__, items) for kind, items in others.items()]


def past(
    streams: Iterable[Stream], data_type: type, key: Any, start_ns: int | None, end_ns: int
) -> Iterator[Any]:
    """Yield the objects of a type and key with start <= ts_init <= end, from the streams."""
    from argosy.serialization import arrow

    for stream in streams:
        if stream.data_type is not data_type or stream.key != key:
            continue
        for batch in stream.batches(start_ns, end_ns):
            for item in arrow.from_batch(batch, key):
                if item.ts_init > end_ns:
                    return
                if start_ns is None or item.ts_init >= start_ns:
                    yield item


def _source(data: DataEngine, stream: Stream, start_ns: int) -> Source:
    kind = KINDS.of(stream.data_type)
    if kind is None or kind not in SOURCES:
        raise DataError(
            f"{stream.data_type.__name__} cannot be replayed yet",
            place=stream.place,
            cure="Replay quotes, trades, bars or order book deltas",
        )
    return SOURCES[kind](data, stream, start_ns)


def _bars(data: DataEngine, stream: Stream, start_ns: int) -> Source:
    return BarSource(stream, data.declare_external(stream.key), stream.place, start_ns)


def _deltas(data: DataEngine, stream: Stream, start_ns: int) -> Source:
    groups = _grouped(stream)
    if isinstance(stream, DeltaTee):
        groups = stream.groups(groups)
    return ObjectSource(groups, data.deliver, stream.place, start_ns)


def _quotes(data: DataEngine, stream: Stream, start_ns: int) -> Source:
    return QuoteSource(stream, data.market(stream.key), stream.place, start_ns)


def _trades(data: DataEngine, stream: Stream, start_ns: int) -> Source:
    market = data.market(stream.key)
    market.set_has_trades(has_trades=True)
    return TradeSource(stream, market, stream.place, start_ns)


SOURCES: Column[Callable[[DataEngine, Stream, int], Source]] = Column(
    "sources of replay",
    {QUOTE: _quotes, TRADE: _trades, BAR: _bars, DELTA: _deltas},
    without=dict.fromkeys(
        (BOOK_DELTAS, BOOK_SNAPSHOT, TICKER, DEFINITION, INSTRUMENT_STATUS, VENUE_STATUS),
        "delivered as objects",
    ),
)
"""What feeds the rows of a kind, in columns, to what knows the market."""


def _grouped(stream: Stream) -> Iterator[OrderBookDeltas]:
    """Yield the deltas that belong together: each group ends with one that has F_LAST."""
    from argosy.serialization import arrow

    group: list[OrderBookDelta] = []
    for batch in stream.batches(None, None):
        for delta in arrow.from_batch(batch, stream.key):
            group.append(delta)
            if delta.flags & F_LAST:
                yield OrderBookDeltas(stream.key, group)
                group = []
    if group:
        raise DataError(
            f"the last {len(group)} deltas have no end: none of them has the flag F_LAST",
            place=stream.place,
            cure="Load the whole event, or set the flag on its last delta",
        )


def _arrow_stream(rows: Any, batch_rows: int, kinds: Kinds = KINDS) -> Stream:
    from argosy.serialization import arrow

    kind, key = arrow.subject(rows.schema, kinds)
    scales = [
        rows.schema.field(names[0]).type.scale if names else 0
        for names in (kind.prices, kind.sizes)
    ]
    return MemoryStream(kind.data_type, key, scales[0], scales[1], [rows], batch_rows)


def _instrument_id(key: Any) -> InstrumentId:
    return key.instrument_id if isinstance(key, BarType) else key


def _width(bar_type: BarType) -> int:
    """Return a bar type's interval in ns; those without a fixed one are the widest."""
    width = bar_type.spec.interval_ns if bar_type.spec.is_time_aggregated() else None
    return NEVER if width is None else width
