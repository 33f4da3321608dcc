"""Text columns to exact values: decimals, times, codes. Nothing passes through a float."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from argosy.errors import ArgosyError, ConfigError
from argosy.model.enums import Named
from argosy.model.values import RAW_MAX

pc: Any = pyarrow.compute  # its functions are made when it is imported

_NS = pa.timestamp("ns")
_UTC = pa.timestamp("ns", "UTC")
_UNITS = {"s": 9, "ms": 6, "us": 3, "ns": 0}  # decimals that make nanoseconds
_ZONED = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
_PIECES = {
    "Y": r"(\d{4})",
    "m": r"(\d{2})",
    "d": r"(\d{2})",
    "H": r"(\d{2})",
    "M": r"(\d{2})",
    "S": r"(\d{2})",
    "f": r"(\d{1,9})",
}
_MISSING = {"m": "01", "d": "01", "H": "00", "M": "00", "S": "00", "f": "0"}
_FINITE = "Correct the value or leave out the row"
_LONGEST = 999  # digits that a number may take when it is written out
_FRACTION = re.compile(r"\.\d+$")
_MIDNIGHT = re.compile(r"[T ]24:?00")
_OUTSIDE = "is outside of 1677 to 2262"
_CLOCKS = {"ambiguous": "is ambiguous", "exist": "does not exist"}
"""A word of what Arrow says of a local time, and what is wrong with such a time."""


@dataclass(frozen=True, slots=True)
class BadValue(Exception):
    """A value that cannot be read.

    Parameters
    ----------
    row : of the batch, from 0
    message : what is wrong with it
    cure : what to do about it
    """

    row: int
    message: str
    cure: str


def decimals(text: Any, precision: int) -> Any:
    """Return text as decimal64(18, precision); more decimals than that are an error."""
    kind = pa.decimal64(18, precision)
    trimmed = pc.utf8_trim_whitespace(text)
    try:
        return trimmed.cast(kind)
    except pa.ArrowInvalid:
        row = _first_bad(trimmed, lambda one: one.cast(kind))
        raise _bad_decimal(row, trimmed[row].as_py(), precision) from None


def rounded_decimals(
    text: Any, precision: int, *, rounding: str, scale: tuple[Any, Any] | None = None
) -> Any:
    """Return text, times one column and divided by another, rounded to decimal64(18, precision).

    Parameters
    ----------
    rounding : half_even, or half_away from zero
    scale : the two columns as text
    """
    numbers = _fractions(text)
    if scale is not None:
        factors, divisors = map(_fractions, scale)
        if 0 in divisors:
            raise BadValue(divisors.index(Fraction(0)), "the column to divide by is 0", _FINITE)
        numbers = [n * f / d for n, f, d in zip(numbers, factors, divisors, strict=True)]
    unit = 10**precision
    round_one: Callable[[Fraction], int] = round if rounding == "half_even" else _half_away
    raws = [round_one(number * unit) for number in numbers]
    for row, raw in enumerate(raws):
        if abs(raw) > RAW_MAX:
            raise BadValue(row, "the number has more than 18 digits", "Give a lower precision")
    values = np.array(raws, np.int64)
    kind = pa.decimal64(18, precision)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def most_decimals(text: Any) -> int:
    """Return how many decimals the longest number has; what is no number has none."""
    most = 0
    for each in pc.unique(text).to_pylist():
        number = _number(each)
        if number is not None:
            most = max(most, _decimals(number))
    return min(most, 18)


def spelled(column: Any) -> Any:
    """Return a typed column as text; floats as their shortest spelling, what is missing as ""."""
    if pa.types.is_boolean(column.type) or pa.types.is_floating(column.type):
        return pa.array(["" if each is None else str(each) for each in column.to_pylist()])
    return pc.fill_null(column.cast(pa.string()), "")


def stamps(column: Any, zone: str) -> Any:
    """Return a column of timestamps as timestamp('ns') in UTC.

    Parameters
    ----------
    zone : of times that name none
    """
    if column.null_count:
        row = column.is_null().to_pylist().index(True)
        raise BadValue(row, "the time is missing", "Leave out the row")
    is_zoned = column.type.tz is not None

    def convert(part: Any) -> Any:
        return part.cast(_UTC).cast(_NS) if is_zoned else _in_zone(part.cast(_NS), zone)

    try:
        return convert(column)
    except pa.ArrowInvalid:
        row = _first_bad(column, convert)
    one = column.slice(row, 1)
    text = one.cast(pa.string())[0].as_py()
    clock = _clock(lambda: convert(one))
    message = f"{clock} in {zone}" if clock else _OUTSIDE
    raise BadValue(row, f"{text} {message}", "Leave out the row, or give its zone")


def _half_away(number: Fraction) -> int:
    rounded = math.floor(abs(number) + Fraction(1, 2))
    return -rounded if number < 0 else rounded


def _fractions(text: Any) -> list[Fraction]:
    numbers = []
    for row, each in enumerate(text.to_pylist()):
        number = _number(each)
        if number is None:
            raise _bad_decimal(row, each, 18)
        if abs(int(number.as_tuple().exponent)) > _LONGEST:
            raise _bad_decimal(row, each, 18)
        numbers.append(Fraction(number))
    return numbers


def _number(text: str) -> Decimal | None:
    text = text.strip()
    if "_" in text or not text.isascii():
        return None  # Python reads it, Arrow does not
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _bad_decimal(row: int, text: str, precision: int) -> BadValue:
    if not text.strip():
        return BadValue(row, "the value is missing", _FINITE)
    number = _number(text)
    if number is None:
        return BadValue(row, f"{text!r} is no finite number", _FINITE)
    found = _decimals(number)
    if found > precision:
        return BadValue(
            row,
            f"{text} has {found} decimals, the precision is {precision}",
            "Give the precision of the data, or declare a rounding",
        )
    return BadValue(row, f"{text} has more than 18 digits", "Give a lower precision")


def _decimals(number: Decimal) -> int:
    _, digits, exponent = number.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return max(0, -int(exponent) - zeros) if any(digits) else 0


def times(text: Any, time_format: str, zone: str) -> Any:
    """Return text as timestamp('ns') in UTC.

    Parameters
    ----------
    time_format : iso, s, ms, us, ns, or a pattern of %Y %m %d %H %M %S %f
    zone : of times that name none
    """
    trimmed = pc.utf8_trim_whitespace(text)
    convert = _converter(time_format, zone, _is_zoned(trimmed))
    try:
        return convert(trimmed)
    except pa.ArrowInvalid:
        row = _first_bad(trimmed, convert)
        value = trimmed[row].as_py()
        if not value:
            raise BadValue(row, "the time is missing", "Leave out the row") from None
        raise _bad_time(row, value, convert, (time_format, zone)) from None


def _bad_time(
    row: int, text: str, convert: Callable[[Any], Any], declared: tuple[str, str]
) -> BadValue:
    time_format, zone = declared
    one = pa.array([text])
    clock = _clock(lambda: convert(one))
    if clock is not None:
        return BadValue(row, f"{text!r} {clock} in {zone}", "Give zone as the file has it")
    message = f"{text!r} is no time of format {time_format}"
    if _is_outside(text, time_format):
        if time_format not in _UNITS:
            return BadValue(row, f"{text!r} {_OUTSIDE}", "Leave out the row")
        message = f"{message}: it {_OUTSIDE}"
    elif _MIDNIGHT.search(text):
        return BadValue(row, message, "Write 24:00 as 00:00 of the next day")
    return BadValue(row, message, "Give time_format and zone as the file has them")


def _clock(convert: Callable[[], Any]) -> str | None:
    """Say what is wrong with a local time, where that is why it cannot be converted."""
    try:
        convert()
    except pa.ArrowInvalid as error:
        if "timezone" in str(error):
            return next((said for word, said in _CLOCKS.items() if word in str(error)), None)
    return None


def _is_outside(text: str, time_format: str) -> bool:
    """Tell whether a time is of its format and has too many nanoseconds since 1970."""
    if time_format in _UNITS:
        return re.fullmatch(r"[+-]?\d+", text) is not None
    if time_format != "iso":
        text = pc.replace_substring_regex(pa.array([text]), *_pattern(time_format))[0].as_py()
    whole = _FRACTION.sub("", _ZONED.sub("", text))
    try:
        seconds = pa.array([whole]).cast(pa.timestamp("s"))[0].value
    except pa.ArrowInvalid:
        return False
    return not -(2**63) <= seconds * 10**9 < 2**63


def check_time_format(time_format: str, zone: str) -> None:
    """Refuse a format or a zone that nobody knows.

    Raises
    ------
    ConfigError : with what is known
    """
    convert = _converter(time_format, zone, is_zoned=False)
    if zone == "UTC":
        return
    try:
        pc.assume_timezone(pa.array([0]).cast(_NS), zone)
    except (pa.ArrowException, OSError) as error:
        raise ConfigError(
            f"unknown time zone {zone!r}", cure='Give one such as "America/New_York" or "UTC"'
        ) from error
    del convert


def _is_zoned(text: Any) -> bool:
    return len(text) > 0 and _ZONED.search(text[0].as_py()) is not None


def _converter(time_format: str, zone: str, is_zoned: bool) -> Callable[[Any], Any]:  # noqa: FBT001
    """Return what turns a whole column into times, or raises ArrowInvalid."""
    if time_format in _UNITS:
        digits = _UNITS[time_format]
        return lambda text: _from_units(text, digits)
    if time_format == "iso":
        if is_zoned:
            return lambda text: text.cast(_UTC).cast(_NS)
        return lambda text: _in_zone(text.cast(_NS), zone)
    pattern, iso = _pattern(time_format)
    return lambda text: _in_zone(pc.replace_substring_regex(text, pattern, iso).cast(_NS), zone)


def _from_units(text: Any, digits: int) -> Any:
    """Return a number of units since 1970 as nanoseconds; fractions are exact."""
    numbers = text.cast(pa.decimal128(28, digits))
    halves = np.frombuffer(numbers.buffers()[1], np.int64).reshape(-1, 2)
    low, high = halves[numbers.offset :][: len(numbers)].T
    if (high != low >> 63).any():
        raise pa.ArrowInvalid("a time is beyond the year 2262")
    return pa.array(low).cast(_NS)


def _in_zone(naive: Any, zone: str) -> Any:
    return naive if zone == "UTC" else pc.assume_timezone(naive, zone).cast(_NS)


def _pattern(time_format: str) -> tuple[str, str]:
    """Return a regular expression for a pattern, and what turns its match into ISO 8601."""
    pieces = re.split(r"%(.)", time_format)
    order = pieces[1::2]
    unknown = [piece for piece in order if piece not in _PIECES]
    if unknown or "Y" not in order or len(set(order)) != len(order):
        raise ConfigError(
            f"time_format {time_format!r} is not understood",
            cure="Give iso, s, ms, us, ns, or a pattern of %Y %m %d %H %M %S %f, each once",
        )
    texts = [re.escape(piece) for piece in pieces[::2]]
    groups = [_PIECES[piece] for piece in order]
    expression = "".join(a + b for a, b in zip(texts, [*groups, ""], strict=True))
    part = {p: f"\\{order.index(p) + 1}" if p in order else _MISSING[p] for p in _PIECES}
    iso = "{Y}-{m}-{d}T{H}:{M}:{S}.{f}".format_map(part)
    return f"^{expression}$", iso


def codes(text: Any, members: type[Named], spelled: Mapping[str, str]) -> Any:
    """Return the codes of names, spelled as the file spells them.

    Parameters
    ----------
    spelled : the file's words to the members' names; a member's own name is always understood
    """
    encoded = pc.utf8_trim_whitespace(text).dictionary_encode()
    known = []
    for place, word in enumerate(encoded.dictionary.to_pylist()):
        try:
            known.append(members(spelled.get(word, word)).code)
        except (ValueError, ArgosyError):
            row = pc.index(encoded.indices, place).as_py()
            names = ", ".join(member.value for member in members)
            raise BadValue(
                row, f"{word!r} is none of {names}", "Say in `values` what the file's words mean"
            ) from None
    return pa.array(known, pa.int8()).take(encoded.indices)


def plain(text: Any, kind: Any) -> Any:
    """Return text as an integer, a truth value or text of an Arrow type; nothing is missing."""
    trimmed = pc.utf8_trim_whitespace(text)
    if pc.any(pc.equal(trimmed, "")).as_py():
        raise BadValue(pc.index(trimmed, "").as_py(), "the value is missing", "Leave out the row")
    try:
        return trimmed.cast(kind)
    except pa.ArrowInvalid:
        row = _first_bad(trimmed, lambda one: one.cast(kind))
        raise BadValue(row, f"{trimmed[row].as_py()!r} is no {kind}", _FINITE) from None


def trade_ids(text: Any, first: int) -> Any:
    """Return ids of trades; a trade without one gets its number.

    Parameters
    ----------
    first : how many trades came before
    """
    wrong = pc.or_(pc.greater(pc.binary_length(text), 36), pc.invert(pc.string_is_ascii(text)))
    if pc.any(wrong).as_py():
        row = pc.index(wrong, value=True).as_py()
        message = f"{text[row].as_py()!r} is no trade id of at most 36 ASCII characters"
        raise BadValue(row, message, _FINITE)
    empty = pc.equal(text, "")
    if not pc.any(empty).as_py():
        return text
    numbers = pa.array([str(first + row + 1) for row in range(len(text))])
    return pc.if_else(empty, numbers, text)


def _first_bad(text: Any, convert: Callable[[Any], Any]) -> int:
    """Return the first row that cannot be converted."""
    for row in range(len(text)):
        try:
            convert(text.slice(row, 1))
        except pa.ArrowInvalid:
            return row
    raise AssertionError("a column fails and none of its rows does")
