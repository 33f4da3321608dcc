"""Values as a system file writes them: ids, amounts, times, durations, secrets, paths."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path
from typing import Any

from argosy.config.document import show
from argosy.config.secret import Secret
from argosy.errors import ArgosyError, InputError, suggest
from argosy.model.bar_type import BarType
from argosy.model.currency import Currency
from argosy.model.enums import BarAggregation, OrderType
from argosy.model.identifiers import Identifier, InstrumentId
from argosy.model.values import Money, Price, Quantity

INT64_MAX = 2**63 - 1

_SEPARATOR = re.compile(r"(?<=\d)_(?=\d)")
_TIME = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ](?P<clock>\d{2}:\d{2}(?::\d{2})?)(?:\.(?P<fraction>\d{1,9}))?"
    r"(?P<zone>[Zz]|[+-]\d{2}:\d{2})?)?"
)
_DURATION_PART = re.compile(r"(\d+)(ns|us|ms|s|m|h|d|w)")
_DURATION_NS = {
    "ns": 1,
    "us": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
    "d": 86_400_000_000_000,
    "w": 604_800_000_000_000,
}


def parse_time(value: object) -> int:
    """Return nanoseconds since 1970, UTC, from a TOML date or time, from text, or from nanoseconds.

    A date is its midnight; what names no zone is UTC.
    """
    if isinstance(value, str):
        time_ns = _time_from_text(value)
    elif isinstance(value, datetime):
        time_ns = _time_ns(value if value.tzinfo else value.replace(tzinfo=UTC))
    elif isinstance(value, date):
        time_ns = _time_ns(datetime(value.year, value.month, value.day, tzinfo=UTC))
    elif isinstance(value, int) and not isinstance(value, bool):
        time_ns = value
    else:
        raise ValueError(
            _expected("a date or time such as 2012-02-01 or 2012-02-01T09:30:00Z", value)
        )
    if abs(time_ns) > INT64_MAX:
        raise ValueError(f"{value} is out of range: times go from 1678 to 2262")
    return time_ns


def _time_from_text(text: str) -> int:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(_expected("a date or time such as 2012-02-01T09:30:00Z", text))
    zone = (match["zone"] or "Z").upper().replace("Z", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['clock'] or '00:00'}{zone}")
    except ValueError as error:
        raise ValueError(f"{text!r} is no time: {error}") from None
    return _time_ns(moment) + int((match["fraction"] or "0").ljust(9, "0"))


def _time_ns(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000_000 + since.microseconds * 1_000


def parse_duration(value: object) -> int:
    """Return nanoseconds from text such as ``15m``, ``1h30m`` or ``250ms``."""
    text = _SEPARATOR.sub("", value).replace(" ", "") if isinstance(value, str) else ""
    parts = _DURATION_PART.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise ValueError(
            _expected("a duration with its unit, such as 250ms, 30s, 15m, 1h30m or 1d", value)
        )
    total = sum(int(number) * _DURATION_NS[unit] for number, unit in parts)
    if total > INT64_MAX:
        raise ValueError(f"{value!r} is longer than 292 years")
    return total


def parse_decimal(value: object) -> Decimal:
    """Return an exact, finite number from a TOML number or from text such as ``1_000.50``."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(_expected("a number", value))
    text = _plain(value) if isinstance(value, str) else value
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(_expected("a number", value)) from None
    if "_" in str(text):  # Decimal takes them anywhere
        raise ValueError(_expected("a number", value))
    if not number.is_finite():
        raise ValueError(_expected("a finite number", value))
    return number


def parse_money(value: object) -> Money:
    """Return an amount with its currency, such as ``1_000_000 USD``."""
    if not isinstance(value, str) or len(value.split()) != 2:
        raise ValueError(_expected('an amount and its currency such as "10_000 USD"', value))
    return Money.from_str(_plain(value))


def parse_size(value: object) -> Quantity:
    """Return a quantity with the decimals that were written."""
    return Quantity.from_str(f"{parse_decimal(value):f}")


def parse_price(value: object) -> Price:
    """Return a price with the decimals that were written."""
    return Price.from_str(f"{parse_decimal(value):f}")


def parse_path(value: object) -> Path:
    """Return a path."""
    if not isinstance(value, str | Path):
        raise ValueError(_expected("a path", value))
    return Path(value)


def _plain(text: str) -> str:
    return _SEPARATOR.sub("", text.strip())


def _expected(what: str, value: object) -> str:
    return f"expected {what}, was {show(value)}"


@dataclass(frozen=True, slots=True, eq=False)  # hashed as itself: annotations are hashed
class Spelling:
    """How values of one type are written.

    Parameters
    ----------
    parse : from what the document holds to the value; raises ValueError or ArgosyError
    schema : JSON Schema of what the document holds
    """

    parse: Callable[[Any], Any]
    schema: Mapping[str, Any]


def _text(parse: Callable[[str], Any], what: str, *examples: str) -> Spelling:
    def from_text(value: object) -> Any:
        if not isinstance(value, str):
            raise ValueError(_expected(what, value))
        return parse(value)

    return Spelling(from_text, {"type": "string", "examples": list(examples)})


def one_of(words: Sequence[str]) -> Spelling:
    """Return the spelling of what is one of some words."""

    def known(value: object) -> str:
        if isinstance(value, str) and value in words:
            return value
        message, cure = no_word(value, words)
        raise ValueError(message) from InputError(message, cure=cure)

    return Spelling(known, {"enum": list(words)})


def no_word(value: object, words: Sequence[str]) -> tuple[str, str | None]:
    """Return what is wrong with a value that is none of some words, and the cure if one is near."""
    message = f"expected {', '.join(map(repr, words[:-1]))} or {words[-1]!r}, was {show(value)}"
    near = suggest(str(value), words)
    return message, f"D{near[1:]}" if near.startswith("did") else None


NUMBER: Mapping[str, Any] = {"anyOf": [{"type": "number"}, {"type": "string"}]}

TIME = Spelling(
    parse_time,
    {"type": ["string", "integer"], "examples": ["2012-02-01", "2012-02-01T09:30:00Z"]},
)
DURATION = Spelling(parse_duration, {"type": "string", "examples": ["250ms", "15m", "1d"]})

_SPELLINGS: dict[type, Spelling] = {
    InstrumentId: _text(InstrumentId, 'an instrument id such as "EUR/USD.SIM"', "EUR/USD.SIM"),
    BarType: _text(
        BarType.from_str,
        'a bar type such as "EUR/USD.SIM-5-MINUTE-BID-INTERNAL"',
        "EUR/USD.SIM-5-MINUTE-BID-INTERNAL",
    ),
    Currency: _text(Currency.from_str, 'a currency code such as "USD"', "USD"),
    Money: Spelling(parse_money, {"type": "string", "examples": ["10_000 USD"]}),
    Quantity: Spelling(parse_size, NUMBER),
    Price: Spelling(parse_price, NUMBER),
    Decimal: Spelling(parse_decimal, NUMBER),
    OrderType: _text(
        lambda text: OrderType(text.upper()), 'an order type such as "LIMIT"', "LIMIT"
    ),
    BarAggregation: _text(
        lambda text: BarAggregation(text.upper()), 'a bar aggregation such as "MINUTE"', "MINUTE"
    ),
    Secret: Spelling(Secret, {"type": "string", "examples": ["env:API_KEY"]}),
    Path: Spelling(parse_path, {"type": "string", "examples": ["data/catalog"]}),
}


def spelling(type_: object) -> Spelling | None:
    """Return how values of a type are written, None where the type speaks for itself."""
    found = _SPELLINGS.get(type_) if isinstance(type_, type) else None
    if found is not None or not isinstance(type_, type):
        return found
    if issubclass(type_, Enum):
        return _enum(type_)
    if issubclass(type_, Identifier):
        return _text(type_, f"a {type_.__name__}")
    return None


def _enum(type_: type[Enum]) -> Spelling:
    names = [str(member.value) for member in type_]

    def parse(value: object) -> Any:
        try:
            return type_(value)
        except ValueError:
            raise ValueError(_expected(f"one of {', '.join(names)}", value)) from None

    return Spelling(parse, {"enum": names + [name.lower() for name in names]})


def parse(type_: type, value: object, *, project: Path | None = None) -> Any:
    """Make a value of a type from what a document holds.

    Parameters
    ----------
    project : the folder at which a relative path starts

    Raises
    ------
    ValueError : the text is no such value, with what was expected
    """
    known = spelling(type_)
    if isinstance(value, type_) and not isinstance(value, Decimal | Path):
        return value
    if known is None:
        raise ValueError(f"{type_.__name__} cannot be written in a system file")
    return located(known, value, project=project)


def located(known: Spelling, value: object, *, project: Path | None = None) -> Any:
    """Parse a value; every failure is a ValueError, a relative path starts at the project."""
    try:
        made = known.parse(value)
    except ArgosyError as error:
        raise ValueError(str(error)) from error
    if isinstance(made, Path) and project is not None:
        return project / made.expanduser()
    return made
