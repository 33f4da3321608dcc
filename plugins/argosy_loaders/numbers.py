"""Numbers with other separators than a point, such as 1.234,5 or 1'234.5."""

import re
from dataclasses import dataclass
from typing import Any

import pyarrow.compute

from argosy.errors import ConfigError
from argosy_loaders.columns import BadValue

pc: Any = pyarrow.compute  # its functions are made when it is imported

_BLANKS = " \u00a0\u2009\u202f"
_MARKS = {"decimal": ".,", "thousands": f".,'\u2019_{_BLANKS}"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a file writes its numbers.

    Parameters
    ----------
    decimal : between the whole part and the fraction
    thousands : between groups of digits, a character or more that mean the same; "" for none
    """

    decimal: str = "."
    thousands: str = ""

    @classmethod
    def of(cls, decimal: str, thousands: str | None) -> "Numbers":
        """Understand separators.

        Raises
        ------
        ConfigError : one is none, or both are one
        """
        for name, mark in (("decimal", decimal), ("thousands", thousands)):
            if mark is not None and (len(mark) != 1 or mark not in _MARKS[name]):
                known = " or ".join(repr(each) for each in _MARKS[name] if each not in _BLANKS[1:])
                raise ConfigError(
                    f"{name} is {mark!r}, which separates nothing", cure=f"Give {known}"
                )
        if decimal == thousands:
            raise ConfigError(
                f"{decimal!r} cannot separate both decimals and thousands", cure="Give another"
            )
        groups = {" ": _BLANKS, "'": "'\u2019"}.get(thousands or "", thousands or "")
        return cls(decimal, groups)

    def plain(self, text: Any) -> Any:
        """Return numbers with a point and without groups; what has no digit is left as it is.

        Raises
        ------
        BadValue : a number is not written so
        """
        if self == Numbers():
            return text
        fits = pc.match_substring_regex(text, self._form)
        wrong = pc.and_not(pc.match_substring_regex(text, r"\d"), fits)
        if pc.any(wrong).as_py():
            row = pc.index(wrong, value=True).as_py()
            raise BadValue(row, f"{text[row].as_py()!r} is no number with {self}", self._cure)
        if self.thousands:
            text = pc.if_else(
                fits, pc.replace_substring_regex(text, f"[{re.escape(self.thousands)}]", ""), text
            )
        return pc.replace_substring(text, self.decimal, ".")

    @property
    def _form(self) -> str:
        point, whole = re.escape(self.decimal), r"\d*"
        if self.thousands:
            group = f"[{re.escape(self.thousands)}]"
            whole = rf"\d{{1,3}}(?:{group}\d{{2,3}})*{group}\d{{3}}|\d*"
        return rf"^\s*[+-]?(?:{whole})(?:{point}\d*)?(?:[eE][+-]?\d+)?\s*$"

    @property
    def _cure(self) -> str:
        return "Give decimal and thousands as the file has them, or correct the value"

    def __str__(self) -> str:
        groups = f" and thousands = {self.thousands[0]!r}" if self.thousands else ""
        return f"decimal = {self.decimal!r}{groups}"
