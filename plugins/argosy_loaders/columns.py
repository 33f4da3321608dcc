"""Text columns to exact values: decimals, codes, ids. Nothing passes through a float."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from argosy.errors import ArgosyError
from argosy.model.enums import Named
from argosy.model.values import RAW_MAX

pc: Any = pyarrow.compute  # its functions are made when it is imported

_FINITE = "Correct the value or leave out the row"
_LONGEST = 999  # digits that a number may take when it is written out


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
        row = first_bad(trimmed, lambda one: one.cast(kind))
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


def is_above_zero(text: str) -> bool:
    """Tell whether a text is a number above 0."""
    number = _number(text)
    return number is not None and number > 0


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
        row = first_bad(trimmed, lambda one: one.cast(kind))
        raise BadValue(row, f"{trimmed[row].as_py()!r} is no {kind}", _FINITE) from None


def trade_ids(text: Any) -> Any:
    """Return ids of trades; a trade without one has an empty text."""
    wrong = pc.or_(pc.greater(pc.binary_length(text), 36), pc.invert(pc.string_is_ascii(text)))
    if pc.any(wrong).as_py():
        row = pc.index(wrong, value=True).as_py()
        message = f"{text[row].as_py()!r} is no trade id of at most 36 ASCII characters"
        raise BadValue(row, message, _FINITE)
    return text


def numbered(ids: Any, first: int) -> Any:
    """Return ids of trades, those of trades without one being their numbers.

    Parameters
    ----------
    first : how many trades came before
    """
    numbers = pa.array([str(first + row + 1) for row in range(len(ids))])
    return pc.if_else(pc.equal(ids, ""), numbers, ids)


def first_bad(text: Any, convert: Callable[[Any], Any]) -> int:
    """Return the first row of a column that cannot be converted."""
    for row in range(len(text)):
        try:
            convert(text.slice(row, 1))
        except pa.ArrowInvalid:
            return row
    raise AssertionError("a column fails and none of its rows does")


def text_of(column: Any) -> Any:
    """Return a column as text without spaces around it; what is missing is empty."""
    is_text = pa.types.is_string(column.type)
    text = pc.fill_null(column, "") if is_text else spelled(column)
    return pc.utf8_trim_whitespace(text)
