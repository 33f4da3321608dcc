"""How files write their times, turned into nanoseconds in UTC; nothing passes through a float."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from argosy_loaders.columns import BadValue, first_bad
from argosy_loaders.time_hints import cure_of
from argosy_loaders.time_patterns import Pattern
from argosy_loaders.zones import UTC, known_zone

pc: Any = pyarrow.compute  # its functions are made when it is imported

DIGITS = "ms or us"
"""The format of counts of 13 digits in milliseconds, of 16 in microseconds, in one file."""

UNITS = {"s": 9, "ms": 6, "us": 3, "ns": 0, DIGITS: 3}  # decimals that make nanoseconds
_NS = pa.timestamp("ns")
_UTC = pa.timestamp("ns", UTC)
_ZONED = re.compile(r"(?:[T ]\d{2}|:\d{2})(?:\.\d+)?(?:Z|[+-]\d{2}(?::?\d{2})?)$")
_FRACTION = re.compile(r"\.\d+$")
_OUTSIDE = "is outside of 1677 to 2262"
_CLOCKS = {"ambiguous": "is ambiguous", "exist": "does not exist"}
"""A word of what Arrow says of a local time, and what is wrong with such a time."""

_FORMS = (
    (r"(Z|UTC|[+-]\d{2}:?\d{2})\s*\[[^\]]*\]$", r"\1"),  # an offset and the zone's name: Java
    (r"(\d)\s*(?:UTC|GMT|utc|z)$", r"\1Z"),
    (r"(:\d{2}(?:[.,]\d+)?)\s+([+-]\d{2})", r"\1\2"),  # a blank before the offset
    (r"(:\d{2}),(\d)", r"\1.\2"),
    (r"^(\d{4})(\d{2})(\d{2})($|[T ])", r"\1-\2-\3\4"),
    (r"([T ]\d{2})(\d{2})(\d{2})", r"\1:\2:\3"),
    (r"([T ]\d{2})(\d{2})(Z|[+-]|$)", r"\1:\2\3"),
    (r"^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})$", r"\1T00:00\2"),
)
"""Other forms of ISO 8601 and near it, and how Arrow reads them."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Read the times of one file.

    Parameters
    ----------
    time_format : iso, s, ms, us, ns, or a pattern; see `time_patterns`
    zone : of times that name none, as Arrow spells it
    has_days : whether they are days: a midnight that the clocks skip or repeat is where they begin
    pattern : of a `time_format` that is one
    """

    time_format: str
    zone: str = UTC
    has_days: bool = False
    pattern: Pattern | None = None

    @classmethod
    def of(cls, time_format: str, zone: str, *, has_days: bool = False) -> "Clock":
        """Understand a format and a zone.

        Raises
        ------
        ConfigError : nobody knows one of them
        """
        is_word = time_format in UNITS or time_format == "iso"
        pattern = None if is_word else Pattern.of(time_format)
        return cls(time_format, known_zone(zone), has_days, pattern)

    def read(self, text: Any) -> Any:
        """Return text as timestamp('ns') in UTC.

        Raises
        ------
        BadValue : a time that cannot be read, with its row
        """
        trimmed = pc.utf8_trim_whitespace(text)
        if self.time_format == "iso":
            return self._iso(trimmed)
        return self._converted(trimmed, self._counted if self.pattern is None else self._patterned)

    def stamps(self, column: Any) -> Any:
        """Return a column of timestamps as timestamp('ns') in UTC.

        Raises
        ------
        BadValue : a time that is missing, or that there is not, with its row
        """
        if column.null_count:
            row = column.is_null().to_pylist().index(True)
            raise BadValue(row, "the time is missing", "Leave out the row")

        def convert(part: Any) -> Any:
            return self.in_utc(part.cast(_NS)) if part.type.tz is None else _in_utc(part)

        try:
            return convert(column)
        except pa.ArrowInvalid:
            row = first_bad(column, convert)
        one = column.slice(row, 1)
        clock = _clock(lambda: convert(one))
        message = f"{clock} in {self.zone}" if clock else _OUTSIDE
        text = one.cast(pa.string())[0].as_py()
        raise BadValue(row, f"{text} {message}", "Leave out the row, or give its zone")

    def in_utc(self, naive: Any) -> Any:
        """Return times of the zone as times of UTC."""
        if self.zone == UTC:
            return naive
        unclear = {"ambiguous": "earliest", "nonexistent": "latest"} if self.has_days else {}
        return pc.assume_timezone(naive, self.zone, **unclear).cast(_NS)

    def _iso(self, text: Any) -> Any:
        """Read ISO 8601; the forms of other programs are tried where the first try fails."""
        is_zoned = len(text) > 0 and _ZONED.search(text[0].as_py()) is not None
        try:
            return self._plain(text, is_zoned=is_zoned)
        except pa.ArrowInvalid:
            plain = text
        for form, arrow in _FORMS:
            plain = pc.replace_substring_regex(plain, form, arrow)
        zoned = pc.match_substring_regex(plain, _ZONED.pattern)
        is_zoned = zoned[0].as_py()
        odd = pc.index(zoned, value=not is_zoned).as_py()
        if odd < 0:
            return self._converted(text, lambda part: self._formed(part, is_zoned=is_zoned))
        try:
            self._formed(text.slice(odd, 1), is_zoned=not is_zoned)
        except pa.ArrowInvalid:
            raise self._bad(odd, text[odd].as_py()) from None
        says = "names no zone, and the rows before it do" if is_zoned else "names a zone"
        message = f"{text[odd].as_py()!r} {says}"
        if not is_zoned:
            message = f"{message}, and the rows before it name none"
        raise BadValue(odd, message, "Write all times of a file in one way")

    def _formed(self, text: Any, *, is_zoned: bool) -> Any:
        for form, arrow in _FORMS:
            text = pc.replace_substring_regex(text, form, arrow)
        return self._plain(text, is_zoned=is_zoned)

    def _plain(self, text: Any, *, is_zoned: bool) -> Any:
        return _in_utc(text.cast(_UTC)) if is_zoned else self.in_utc(text.cast(_NS))

    def _counted(self, text: Any) -> Any:
        """Return a number of units since 1970 as nanoseconds; fractions are exact."""
        if self.time_format == DIGITS:
            text = _microseconds(text)
        numbers = text.cast(pa.decimal128(28, UNITS[self.time_format]))
        halves = np.frombuffer(numbers.buffers()[1], np.int64).reshape(-1, 2)
        low, high = halves[numbers.offset :][: len(numbers)].T
        if (high != low >> 63).any():
            raise pa.ArrowInvalid("a time is beyond the year 2262")
        return pa.array(low).cast(_NS)

    def _patterned(self, text: Any) -> Any:
        assert self.pattern is not None
        moments, zones = self.pattern.iso(text)
        if zones is None:
            return self.in_utc(moments.cast(_NS))
        offsets = pc.if_else(pc.is_in(zones, pa.array(["UTC", "GMT"])), "Z", zones)
        return _in_utc(pc.binary_join_element_wise(moments, offsets, "").cast(_UTC))

    def _converted(self, text: Any, convert: Callable[[Any], Any]) -> Any:
        try:
            return convert(text)
        except pa.ArrowInvalid:
            row = first_bad(text, convert)
        value = text[row].as_py()
        clock = _clock(lambda: convert(text.slice(row, 1)))
        if clock is not None:
            message = f"{value!r} {clock} in {self.zone}"
            raise BadValue(row, message, "Give zone as the file has it")
        raise self._bad(row, value)

    def _bad(self, row: int, text: str) -> BadValue:
        if not text:
            return BadValue(row, "the time is missing", "Leave out the row")
        message = f"{text!r} is no time of format {self.time_format}"
        if self._is_outside(text):
            is_count = self.time_format in UNITS
            message = f"{message}: it {_OUTSIDE}" if is_count else f"{text!r} {_OUTSIDE}"
        return BadValue(row, message, cure_of(text, self.time_format))

    def _is_outside(self, text: str) -> bool:
        """Tell whether a time is of its format and has too many nanoseconds since 1970."""
        if self.time_format in UNITS:
            return re.fullmatch(r"[+-]?\d+", text) is not None
        try:
            moment = text if self.pattern is None else self.pattern.iso(pa.array([text]))[0][0]
            whole = _FRACTION.sub("", re.sub(r"(Z|[+-]\d{2}:?\d{2})$", "", str(moment)))
            seconds = pa.array([whole]).cast(pa.timestamp("s"))[0].value
        except pa.ArrowInvalid:
            return False
        return not -(2**63) <= seconds * 10**9 < 2**63


def _microseconds(text: Any) -> Any:
    """Return counts that tell their unit by their digits as microseconds."""
    length = pc.utf8_length(text)
    if not pc.all(pc.is_in(length, pa.array([13, 16], length.type))).as_py():
        raise pa.ArrowInvalid("a count has neither 13 nor 16 digits")
    return pc.if_else(pc.equal(length, 13), pc.binary_join_element_wise(text, "000", ""), text)


def _in_utc(zoned: Any) -> Any:
    return zoned.cast(_UTC).cast(_NS)


def _clock(convert: Callable[[], Any]) -> str | None:
    """Say what is wrong with a local time, where that is why it cannot be converted."""
    try:
        convert()
    except pa.ArrowInvalid as error:
        if "timezone" in str(error):
            return next((said for word, said in _CLOCKS.items() if word in str(error)), None)
    return None
