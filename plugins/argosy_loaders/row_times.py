"""The two times of declared rows: read, looked at, moved to where a bar ends."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute

from argosy.errors import DataError
from argosy.model.bar_type import BarSpecification
from argosy_loaders.bar_ends import ends, has_days, has_end
from argosy_loaders.batches import raw_of
from argosy_loaders.columns import BadValue, text_of
from argosy_loaders.mapping import Mapping
from argosy_loaders.scales import is_counted, odd_scale
from argosy_loaders.times import Clock
from argosy_loaders.zones import UTC, known_zone

pc: Any = pyarrow.compute  # its functions are made when it is imported

_OFFSET = r"(?P<offset>[+-]\d{2}(?::?\d{2})?)$"


@dataclass(slots=True)
class RowTimes:
    """Read the times of files with one mapping.

    Counts that look odd are refused; what was written in full and looks odd is told.
    """

    mapping: Mapping
    clock: Clock = field(init=False)
    _spec: BarSpecification | None = field(init=False)
    _days: Clock = field(init=False)
    _offsets: set[str] = field(default_factory=set)
    _odd: BadValue | None = None

    def __post_init__(self) -> None:
        """Understand the format and the zone."""
        self._spec = self.mapping.spec
        of_days = self._spec is not None and has_days(self._spec)
        self.clock = Clock.of(self.mapping.time_format, self.mapping.zone, has_days=of_days)
        self._days = self.clock
        if self._spec is not None and self._is_open and not has_end(self._spec):
            raise DataError(
                f"bars of {self._spec} have no fixed length", cure='Give stamp = "close" times'
            )

    @property
    def _is_open(self) -> bool:
        return self._spec is not None and self.mapping.stamp == "open"

    def read(self, column: Any) -> Any:
        """Return a column as timestamp('ns') in UTC.

        Raises
        ------
        BadValue : a time that cannot be read, or that looks as if it were of another unit
        """
        if pa.types.is_timestamp(column.type):
            found, spelled, form = self.clock.stamps(column), column, None
            if column.type.tz is not None and self.clock.zone == UTC:
                self._days = replace(self.clock, zone=known_zone(column.type.tz))
        else:
            spelled, form = text_of(column), self.mapping.time_format
            found = self.clock.read(spelled)
            if form == "iso":
                self._check_offsets(spelled)
        if self.mapping.odd_times == "error":
            self._check_scale(found, spelled, form)
        return found

    def plain(self, column: Any) -> Any:
        """Return a column as timestamp('ns') in UTC, however it looks."""
        is_stamp = pa.types.is_timestamp(column.type)
        return self.clock.stamps(column) if is_stamp else self.clock.read(text_of(column))

    def tell(self, path: Any, told: Callable[[str], None]) -> None:
        """Tell of a file whose times look odd, and forget it."""
        if self._odd is not None:
            told(f"{path}: warning: {self._odd.message}. {self._odd.cure}")
        self._odd = None
        self._offsets.clear()

    def known(self, arrays: dict[str, Any], names: Set[str]) -> None:
        """Move bars from their open to their end, and `ts_init` to when rows became known.

        Parameters
        ----------
        names : of the times that are among the arrays
        """
        spec = self._spec
        if spec is not None and self._is_open:
            for name in names:
                arrays[name] = _within(lambda times: ends(times, spec, self._days), arrays[name])
        shift = self.mapping.shift_ns
        if "ts_init" not in arrays:
            arrays["ts_init"] = _within(lambda times: _later(times, shift), arrays["ts_event"])

    def _check_scale(self, times: Any, spelled: Any, form: str | None) -> None:
        odd = odd_scale(raw_of(times), spelled, form)
        if odd is None:
            return
        if is_counted(form):
            raise odd
        self._odd = self._odd or odd

    def _check_offsets(self, text: Any) -> None:
        """Refuse days of a zone with summer time that nobody named: their ends are not known."""
        spec = self._spec
        if spec is None or not self._is_open or not has_days(spec) or self.clock.zone != UTC:
            return
        found = pc.extract_regex(pc.utf8_trim_whitespace(text), _OFFSET)
        for row, each in enumerate(found.to_pylist()):
            if each is None or not re.search(r":\d{2}", text[row].as_py()):
                continue
            self._offsets.add(each["offset"].replace(":", "").ljust(5, "0"))
            if len(self._offsets) > 1:
                names = " and ".join(sorted(self._offsets))
                raise BadValue(
                    row,
                    f"the days are those of a zone whose clocks change ({names})",
                    "Give zone, such as --zone America/New_York, which says when they end",
                )


def _within(convert: Callable[[Any], Any], times: Any) -> Any:
    try:
        return convert(times)
    except pa.ArrowInvalid as error:
        raise DataError("a time is beyond the year 2262", cure="Leave out the row") from error


def _later(times: Any, ns: int) -> Any:
    return pc.add_checked(times, pa.scalar(ns, pa.duration("ns"))) if ns else times
