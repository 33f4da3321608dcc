"""Values as people and JSON read them: exact, whatever is nested in what.

Times lose no nanosecond, decimals no digit, and no value passes a float that is none.
"""

import base64
import json
import math
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

Show = Callable[[Any], Any]

_UNITS = {"s": 10**9, "ms": 10**6, "us": 10**3, "ns": 1}
_DAY_S = 86_400
_INFINITE = {2**63 - 1: "infinity", -(2**63) + 1: "-infinity"}
_INFINITE_DAYS = {2**31 - 1: "infinity", -(2**31) + 1: "-infinity"}
_EPOCH = date(1970, 1, 1)
_BIG_HEADER = 3


def texts(column: Any) -> Iterator[str | None]:
    """Yield the values of a column as text: decimals exact, times in ISO 8601 to the nanosecond."""
    for value in values(column):
        yield value if value is None or isinstance(value, str) else _text(value)


def values(column: Any) -> Iterator[Any]:
    """Yield the values of a column as JSON has them; what JSON cannot say exactly is text."""
    show, stored = shower(column.type), _stored(column.type)
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else (column,):
        plain = chunk.storage if isinstance(chunk, pa.ExtensionArray) else chunk
        for value in (plain if plain.type == stored else plain.cast(stored)).to_pylist():
            yield None if value is None else show(value)


def shower(kind: Any) -> Show:
    """Return what turns a value of an Arrow type, as `_stored` has it, into one of JSON."""
    for is_kind, make in _SHOWERS:
        if is_kind(kind):
            return make(kind)
    return str


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _stored(kind: Any) -> Any:
    """Return the type whose Python values lose nothing: times as integers, codes as text."""
    for is_kind, make in _STORED:
        if is_kind(kind):
            return make(kind)
    return kind


def _timestamp(kind: Any) -> Show:
    unit = _UNITS[kind.unit]

    def show(value: int) -> str:
        if value in _INFINITE:
            return _INFINITE[value]
        seconds, rest = divmod(value * unit, 10**9)
        try:
            moment = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        except (OverflowError, ValueError, OSError):
            return f"{seconds}{_fraction(rest)} s"  # beyond the years of a calendar
        return f"{moment}{_fraction(rest)}Z"

    return show


def _date(kind: Any) -> Show:
    per_day = 1 if pa.types.is_date32(kind) else _DAY_S * 1_000

    def show(value: int) -> str:
        if value in _INFINITE_DAYS:
            return _INFINITE_DAYS[value]
        try:
            return (_EPOCH + timedelta(days=value // per_day)).isoformat()
        except OverflowError:
            return f"{value // per_day} days"

    return show


def _clock(kind: Any) -> Show:
    unit = _UNITS[kind.unit]
    return lambda value: _clock_text(value * unit)


def _clock_text(ns: int) -> str:
    seconds, rest = divmod(abs(ns), 10**9)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{'-' if ns < 0 else ''}{hour:02d}:{minute:02d}:{second:02d}{_fraction(rest)}"


def _fraction(ns: int) -> str:
    return f".{ns:09d}".rstrip("0") if ns else ""


def interval_text(months: int, days: int, nanoseconds: int) -> str:
    """Return an interval as people read it: 1 year 2 months 3 days 04:05:06.789."""
    years, months = int(months / 12), int(math.fmod(months, 12))
    counted = ((years, "year"), (months, "month"), (days, "day"))
    words = [f"{n} {name}{'' if abs(n) == 1 else 's'}" for n, name in counted if n]
    if nanoseconds or not words:
        words.append(_clock_text(nanoseconds))
    return " ".join(words)


def _decimal(kind: Any) -> Show:
    if kind.precision <= 18:
        return lambda value: f"{value:f}"
    return _plain_decimal


def _plain_decimal(value: Decimal) -> str:
    """Return a number of a column that mixes precisions, without the zeros that fill it up."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _float(kind: Any) -> Show:
    digits = 17 if pa.types.is_float64(kind) else 9

    def show(value: float) -> Any:
        if not math.isfinite(value):
            return str(value)  # JSON has no such number
        if digits == 9 and float(f"{value:.7g}") != value:
            short = (f"{value:.{n}g}" for n in range(6, 10))
            single = pa.scalar(value, kind)
            return float(next(t for t in short if pa.scalar(float(t), kind) == single))
        return value

    return show


def _list(kind: Any) -> Show:
    show = shower(kind.value_type)
    return lambda value: [None if each is None else show(each) for each in value]


def _struct(kind: Any) -> Show:
    shows = {each.name: shower(each.type) for each in kind}
    return lambda value: {
        name: None if value[name] is None else show(value[name]) for name, show in shows.items()
    }


def _map(kind: Any) -> Show:
    key, item = shower(kind.key_type), shower(kind.item_type)

    def show(value: Any) -> dict[str, Any]:
        shown = ((key(k), None if v is None else item(v)) for k, v in value)
        return {k if isinstance(k, str) else _text(k): v for k, v in shown}

    return show


def _big_integer(_: Any) -> Show:
    """Read DuckDB's BIGNUM: three bytes of sign and length, then the bytes, flipped below zero."""

    def show(value: bytes) -> str:
        is_negative = not value[0] & 0x80
        body = value[_BIG_HEADER:]
        digits = bytes(each ^ 0xFF for each in body) if is_negative else body
        number = int.from_bytes(digits, "big")
        return str(-number if is_negative else number)

    return show


def _is_big_integer(kind: Any) -> bool:
    return isinstance(kind, pa.BaseExtensionType) and getattr(kind, "type_name", "") == "bignum"


def _same(_: Any) -> Show:
    return lambda value: value


def _is_nested(kind: Any) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind))


def _is_extension(kind: Any) -> bool:
    return isinstance(kind, pa.BaseExtensionType)


def _is_time(kind: Any) -> bool:
    return bool(pa.types.is_temporal(kind) and not pa.types.is_interval(kind))


_STORED: tuple[tuple[Callable[[Any], bool], Callable[[Any], Any]], ...] = (
    (_is_extension, lambda kind: _stored(kind.storage_type)),
    (pa.types.is_dictionary, lambda kind: _stored(kind.value_type)),
    (lambda kind: pa.types.is_date32(kind) or pa.types.is_time32(kind), lambda _: pa.int32()),
    (_is_time, lambda _: pa.int64()),
    (
        pa.types.is_struct,
        lambda kind: pa.struct([pa.field(each.name, _stored(each.type)) for each in kind]),
    ),
    (pa.types.is_map, lambda kind: pa.map_(_stored(kind.key_type), _stored(kind.item_type))),
    (
        pa.types.is_fixed_size_list,
        lambda kind: pa.list_(_stored(kind.value_type), kind.list_size),
    ),
    (pa.types.is_list, lambda kind: pa.list_(_stored(kind.value_type))),
)

_SHOWERS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Show]], ...] = (
    (_is_big_integer, _big_integer),
    (_is_extension, lambda kind: shower(kind.storage_type)),
    (pa.types.is_dictionary, lambda kind: shower(kind.value_type)),
    (pa.types.is_timestamp, _timestamp),
    (pa.types.is_date, _date),
    (pa.types.is_time, _clock),
    (pa.types.is_duration, _clock),
    (pa.types.is_interval, lambda _: lambda value: interval_text(*value)),
    (pa.types.is_decimal, _decimal),
    (pa.types.is_floating, _float),
    (lambda kind: pa.types.is_boolean(kind) or pa.types.is_integer(kind), _same),
    (
        lambda kind: pa.types.is_binary(kind) or pa.types.is_large_binary(kind),
        lambda _: lambda value: base64.b64encode(value).decode(),
    ),
    (pa.types.is_struct, _struct),
    (pa.types.is_map, _map),
    (_is_nested, _list),
    (
        pa.types.is_union,
        lambda _: lambda value: value if isinstance(value, int | str) else str(value),
    ),
)
"""In the order in which they are asked."""
