"""What builds the aggregator of a bar type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import ConfigError
from argosy.model.enums import BarAggregation
from argosy_bars.grid import LengthGrid, MonthGrid, SessionGrid
from argosy_bars.options import TimeBarOptions
from argosy_bars.tick_bars import TickAggregator
from argosy_bars.time_bars import FencedTimeAggregator, TimeAggregator

if TYPE_CHECKING:
    from argosy.kernel.aggregator import Aggregator
    from argosy.model.bar_type import BarType
    from argosy_bars.grid import Grid
    from argosy_bars.session import Session

_IN_SESSIONS = {
    BarAggregation.MILLISECOND,
    BarAggregation.SECOND,
    BarAggregation.MINUTE,
    BarAggregation.HOUR,
}


def time_bars(
    bar_type: BarType,
    price_precision: int,
    size_precision: int,
    options: object = None,
    rank: int = 0,
) -> Aggregator:
    """Return the aggregator of a type of time bars.

    Parameters
    ----------
    price_precision, size_precision : of the raw values that it will be fed
    options : TimeBarOptions, or an object with some of their fields; the rest is as usual
    rank : 0 when fed with ticks, one more than its source's when fed with bars

    Raises
    ------
    ConfigError : options that do not go together, with the bar type
    """
    chosen = TimeBarOptions.of(options)
    grid = _grid(bar_type, chosen)
    length_ns = grid.length_ns if isinstance(grid, LengthGrid) else 0
    build = TimeAggregator if chosen.is_plain else FencedTimeAggregator
    return build(bar_type, price_precision, size_precision, rank, grid, length_ns, chosen)


def tick_bars(
    bar_type: BarType,
    price_precision: int,
    size_precision: int,
    options: object = None,
    rank: int = 0,
) -> Aggregator:
    """Return the aggregator of a type of TICK bars; it has no options."""
    return TickAggregator(bar_type, price_precision, size_precision, rank)


def _grid(bar_type: BarType, options: TimeBarOptions) -> Grid:
    spec = bar_type.spec
    if options.session is not None:
        return _session_grid(bar_type, options.session, options.origin_offset_ns)
    if spec.aggregation == BarAggregation.MONTH:
        return MonthGrid(spec.step, options.origin_offset_ns)
    return LengthGrid(spec.interval_ns, options.origin_offset_ns)


def _session_grid(bar_type: BarType, session: Session, offset_ns: int) -> Grid:
    spec = bar_type.spec
    if offset_ns:
        raise ConfigError(
            "a session and an origin offset do not go together: bars are counted from the opening",
            place=str(bar_type),
            cure="Leave one of them out",
        )
    if spec.aggregation in _IN_SESSIONS:
        return SessionGrid(session, spec.interval_ns)
    if spec.aggregation == BarAggregation.DAY and spec.step == 1:
        return SessionGrid(session)
    raise ConfigError(
        f"a session cuts bars up to 1-DAY, not {spec.step}-{spec.aggregation}",
        place=str(bar_type),
        cure="Leave the session out, or build from 1-DAY bars",
    )
