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


EXPIRE_TIME_IN_PAST = Reason(
    "EXPIRE_TIME_IN_PAST",
    "A GTD order would end before it begins.",
    "Give an expire_time that lies after the order's arrival, latency included.",
)
REDUCE_ONLY_WOULD_INCREASE_POSITION = Reason(
    "REDUCE_ONLY_WOULD_INCREASE_POSITION",
    "A reduce-only order is on the side of the position, or larger, or there is no position.",
    "Order the opposite side of an open position, and no more than it.",
)
TRIGGER_INSTRUMENT_NOT_FOUND = Reason(
    "TRIGGER_INSTRUMENT_NOT_FOUND",
    "The order watches an instrument that is not there.",
    "Give the trigger_instrument_id an instrument of the run, at the order's own venue.",
)
TRIGGER_PRICE_PRECISION = Reason(
    "TRIGGER_PRICE_PRECISION",
    "The trigger price has more decimals than the instrument.",
    "Round it with make_price of the instrument.",
)
"""The four above are given by parts of more than one plugin, which name them from here."""
