"""Reasons: why an order, or a change of one, is refused or ended, as a code and its facts.

An event carries the text ``CODE: key=value, ...``, or the code alone. What the code means, and what
can be done, is told once, by the registration of the part that gives it: see ``argosy reasons``.
"""

import re
from dataclasses import dataclass

_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Reason:
    """One coded reason.

    Parameters
    ----------
    name : the code, such as ``FILL_OR_KILL``
    meaning : one sentence: what was the case
    cure : one sentence: what helps
    """

    name: str
    meaning: str
    cure: str

    def fault(self) -> str | None:
        """Return what is wrong with how it is declared, or None."""
        if not _CODE.fullmatch(self.name):
            return f"{self.name!r} is no code: codes are UPPER_SNAKE"
        missing = [word for word in ("meaning", "cure") if not getattr(self, word).strip()]
        return f"{self.name} has no {missing[0]}" if missing else None
