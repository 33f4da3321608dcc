"""Patterns of times such as ``%d.%m.%Y %I:%M %p``, turned into ISO 8601, a column at a time."""

import re
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute

from argosy.errors import ConfigError

pc: Any = pyarrow.compute  # its functions are made when it is imported

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_TWO = r"\d{2}"
_PIECES = {
    "Y": r"\d{4}",
    "y": _TWO,
    "m": _TWO,
    "b": rf"(?i:{_NAMES})\.?",
    "B": rf"(?i:{_NAMES})\.?",
    "d": _TWO,
    "a": r"[A-Za-z]+\.?",
    "A": r"[A-Za-z]+\.?",
    "H": _TWO,
    "I": _TWO,
    "M": _TWO,
    "S": _TWO,
    "f": r"\d{1,9}",
    "p": r"(?i:[ap]\.?m\.?)",
    "z": r"Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?",
}
_SHORT = r"\d{1,2}"
_MAY_BE_SHORT = set("mdHIMS")
_ONE_OF = ({"Y", "y"}, {"m", "b", "B"}, {"H", "I"}, {"a", "A"})
"""Pieces that say the same."""

KNOWN = "iso, s, ms, us, ns, or a pattern of %Y %y %m %b %d %H %I %M %S %f %p %z, each once"


@dataclass(frozen=True, slots=True)
class Pattern:
    """How times are written.

    Parameters
    ----------
    expression : matches one, with a group for each piece
    pieces : the letters of the groups
    """

    expression: str
    pieces: frozenset[str]

    @classmethod
    def of(cls, time_format: str) -> "Pattern":
        """Understand a pattern.

        Raises
        ------
        ConfigError : it says too little, or something twice
        """
        texts, order = _split(time_format)
        fault = _fault(order)
        if fault is not None:
            raise ConfigError(
                f"time_format {time_format!r} is not understood: {fault}", cure=f"Give {KNOWN}"
            )
        parts = [_part(texts, order, place) for place in range(len(order))]
        return cls(f"^{''.join(parts)}{re.escape(texts[-1])}$", frozenset(order))

    def iso(self, text: Any) -> tuple[Any, Any]:
        """Return times as ISO 8601 without a zone, and their zones where the pattern has them.

        Raises
        ------
        ArrowInvalid : a text does not fit
        """
        found = pc.extract_regex(text, self.expression)
        if found.null_count:
            raise pa.ArrowInvalid("a time does not fit the pattern")
        fields = {name: pc.struct_field(found, name) for name in self.pieces - {"a", "A"}}
        day = pc.binary_join_element_wise(*_day(fields), "-")
        clock = pc.binary_join_element_wise(*_clock(fields), ":")
        moment = pc.binary_join_element_wise(day, clock, "T")
        if "f" in fields:
            fraction = pc.if_else(pc.equal(fields["f"], ""), "0", fields["f"])
            moment = pc.binary_join_element_wise(moment, fraction, ".")
        return moment, fields.get("z")


def _split(time_format: str) -> tuple[list[str], list[str]]:
    """Return the texts around the pieces of a pattern, and the letters of the pieces."""
    texts, order = [""], []
    for word in re.findall(r"%.|[^%]+|%", time_format, re.DOTALL):
        if word == "%%" or not word.startswith("%"):
            texts[-1] += word.replace("%%", "%")
        else:
            order.append(word[1:])
            texts.append("")
    return texts, order


def _fault(order: list[str]) -> str | None:
    """Say what is wrong with the pieces of a pattern."""
    has = set(order)
    unknown = [piece for piece in order if piece not in _PIECES]
    if unknown:
        return f"%{unknown[0]} is not known"
    if len(has) != len(order) or any(len(has & same) > 1 for same in _ONE_OF):
        return "it says something twice"
    if not has & {"Y", "y"}:
        return "it has no year"
    if ("I" in has) != ("p" in has):
        return "%I and %p go together"
    return None


def _part(texts: list[str], order: list[str], place: int) -> str:
    """Return what matches a piece and the text before it."""
    text, piece = texts[place], order[place]
    if piece == "f" and text[-1:] in {".", ","}:  # whole seconds are often written without
        return f"{_literal(text[:-1])}(?:[.,](?P<f>{_PIECES[piece]}))?"
    inside = _PIECES[piece]
    begins_run = place == 0 or text != ""
    if piece in _MAY_BE_SHORT and begins_run and "f" not in _run(texts, order, place)[1:]:
        inside = _SHORT
    blanks = r"\s*" if piece in {"p", "z"} and not text.strip() else _literal(text)
    return f"{blanks}(?P<{piece}>{inside})"


def _literal(text: str) -> str:
    """Return what matches a text; blanks may be more than one."""
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def _run(texts: list[str], order: list[str], place: int) -> list[str]:
    """Return the pieces from one on that nothing separates."""
    end = place + 1
    while end < len(order) and not texts[end]:
        end += 1
    return order[place:end]


def _day(fields: dict[str, Any]) -> list[Any]:
    """Return year, month and day in the digits of ISO 8601."""
    year = fields.get("Y")
    if year is None:
        short = fields["y"]
        century = pc.if_else(pc.greater_equal(short, "69"), "19", "20")
        year = pc.binary_join_element_wise(century, short, "")
    named = fields.get("b", fields.get("B"))
    if named is None:
        month = _padded(fields.get("m"), "01")
    else:
        short = pc.utf8_slice_codeunits(pc.utf8_lower(named), 0, 3)
        place = pc.index_in(short, pa.array(_MONTHS))
        month = _padded(pc.add_checked(place, 1).cast(pa.string()), "01")
    return [year, month, _padded(fields.get("d"), "01")]


def _clock(fields: dict[str, Any]) -> list[Any]:
    """Return hour, minute and second in the digits of ISO 8601."""
    hour = fields.get("H")
    if hour is None and "I" in fields:
        number = fields["I"].cast(pa.int8())
        outside = pc.or_(pc.less(number, 1), pc.greater(number, 12))
        if pc.any(outside).as_py():
            raise pa.ArrowInvalid("an hour is not within 1 to 12")
        after = pc.starts_with(pc.utf8_lower(fields["p"]), "p")
        noon = pc.if_else(pc.equal(number, 12), 0, number)
        hour = pc.add_checked(noon, pc.if_else(after, 12, 0)).cast(pa.string())
    return [_padded(hour, "00"), *(_padded(fields.get(piece), "00") for piece in "MS")]


def _padded(column: Any, missing: str) -> Any:
    return missing if column is None else pc.utf8_lpad(column, 2, padding="0")
