"""What is wrong with the data and the settings of a run, before it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from argosy.errors import InstrumentNotFoundError
from argosy.kernel.stream import Stream
from argosy.model.bar_type import BarType
from argosy.model.instruments import Instrument
from argosy.model.kinds import KINDS
from argosy.run.bar_sources import without_source
from argosy.run.feature_stream import FeatureStream
from argosy.run.feeds import SOURCES, check_precision, declare_bars

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.run.core import Core

MANY_BARS = 1_000_000


def check_data(plan: Plan, core: Core, streams: Sequence[Stream]) -> list[str]:
    """Check the data of a run that is ready to begin, and return warnings.

    Raises
    ------
    DataError : a stream's precisions are not its instrument's
    CatalogError : a file cannot be read
    """
    for stream in streams:
        if isinstance(stream, FeatureStream):
            continue  # looked at when its query was asked
        if KINDS.of(stream.data_type) in SOURCES:
            check_precision(core.data, stream)
        stream.check()
    declare_bars(core.data, streams)
    written = [each for found in core.trader.warnings.values() for each in found]
    written += without_source(plan, streams)
    spans = [span for stream in streams if (span := stream.span) is not None]
    if not spans:
        return [*written, "how long the data is cannot be told before the run"]
    length = max(last for _, last in spans) - min(first for first, _ in spans)
    return [*written, *_many_bars(plan, length)]


def check_limits(plan: Plan, core: Core, objects: Iterable[tuple[str, Sequence[Any]]]) -> None:
    """Refuse settings of a risk rule about an instrument that the run does not have.

    Parameters
    ----------
    objects : what comes in no stream, by place: definitions among others

    Raises
    ------
    InstrumentNotFoundError : no definition was added, nor is there one in the data
    """
    from argosy.config.plan_checks import unknown_limits

    defined = [found for _, found in objects if isinstance(found[0], Instrument)]
    later = (each.id for found in defined for each in found)
    known = {*core.cache.instrument_ids(), *later}
    for path, message, cure in unknown_limits(plan, known):
        raise InstrumentNotFoundError(message, place=plan.place(path), cure=cure)


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
