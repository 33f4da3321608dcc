"""How far apart bars stand: minutes that lie milliseconds apart are no minutes."""

from dataclasses import dataclass, field

import numpy as np

from argosy.errors import DataError
from argosy.model.enums import BarAggregation
from argosy.parts.loader import Rows
from argosy.serialization import arrow
from argosy_loaders.bar_ends import DAY_NS
from argosy_loaders.batches import raw_of
from argosy_loaders.mapping import Mapping

_UNITS = (
    *((DAY_NS, "d"), (3_600 * 10**9, "h"), (60 * 10**9, "m"), (10**9, "s")),
    *((10**6, "ms"), (1_000, "us"), (1, "ns")),
)


@dataclass(slots=True)
class _Series:
    """The bars of one type.

    Parameters
    ----------
    last_ns : of the last bar so far
    gaps, short : how many gaps there are between them, and how many are less than half a bar
    place, gap_ns : of the first bar that stands too close
    """

    last_ns: int | None = None
    gaps: int = 0
    short: int = 0
    place: str = ""
    gap_ns: int = 0


@dataclass(slots=True)
class BarGaps:
    """Compare how far apart the bars of a file stand with how long they are.

    One may be cut short, as the last hour of a session is; most may not.
    """

    mapping: Mapping
    _series: dict[str, _Series] = field(default_factory=dict)

    @property
    def _least_ns(self) -> int:
        """Half of a bar, 0 where nothing is looked at."""
        spec = self.mapping.spec
        if spec is None or self.mapping.odd_times == "allow":
            return 0
        if spec.aggregation is BarAggregation.MONTH:
            return spec.step * 28 * DAY_NS // 2
        return spec.interval_ns // 2

    def add(self, rows: Rows) -> None:
        """Look at bars, sorted by time."""
        least = self._least_ns
        if not least:
            return
        times = raw_of(rows.batch.column("ts_event"))
        series = self._series.setdefault(rows.batch.schema.metadata[arrow.KEY].decode(), _Series())
        before = times[:1] if series.last_ns is None else [series.last_ns]
        gaps = np.diff(np.concatenate((before, times)))
        is_short = (gaps > 0) & (gaps < least)
        series.gaps += int((gaps > 0).sum())
        if is_short.any() and not series.short:
            row = int(np.argmax(is_short))
            series.place, series.gap_ns = rows.place(row), int(gaps[row])
        series.short += int(is_short.sum())
        series.last_ns = int(times[-1])

    def check(self) -> None:
        """Refuse bars of which most stand closer together than half a bar.

        Raises
        ------
        DataError : names the first of them
        """
        for name, series in self._series.items():
            if 2 * series.short > series.gaps:
                raise DataError(
                    f"bars of {name} stand {_span(series.gap_ns)} apart",
                    place=series.place,
                    cure="Give the bar_type that they are of and the time_format of the file, or "
                    'say odd_times = "allow" (--set odd_times=allow) if it is meant so',
                )


def _span(ns: int) -> str:
    length, unit = next((length, unit) for length, unit in _UNITS if ns >= length)
    return f"{ns / length:.4g} {unit}"
