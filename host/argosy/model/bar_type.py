"""Bar specifications and bar types, and the text that spells them.

::

    EUR/USD.SIM-5-MINUTE-BID-INTERNAL                       built here, from quotes
    EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL                      comes from outside
    EUR/USD.SIM-5-MINUTE-LAST-INTERNAL@1-MINUTE-EXTERNAL    composite: built here, from other bars

A text is read from its right end, so a symbol may hold hyphens, dots and slashes.
"""

import re
from typing import Any

from argosy.errors import InputError
from argosy.model.enums import AggregationSource, BarAggregation, PriceType
from argosy.model.identifiers import InstrumentId

# The lengths that do not vary, in ns.
_NANOSECONDS = {
    BarAggregation.MILLISECOND: 1_000_000,
    BarAggregation.SECOND: 1_000_000_000,
    BarAggregation.MINUTE: 60_000_000_000,
    BarAggregation.HOUR: 3_600_000_000_000,
    BarAggregation.DAY: 86_400_000_000_000,
    BarAggregation.WEEK: 604_800_000_000_000,
}
_TIME = frozenset({*_NANOSECONDS, BarAggregation.MONTH})
_THRESHOLD = frozenset({BarAggregation.TICK, BarAggregation.VOLUME, BarAggregation.VALUE})
_INFORMATION = frozenset(
    {
        BarAggregation.TICK_IMBALANCE,
        BarAggregation.TICK_RUNS,
        BarAggregation.VOLUME_IMBALANCE,
        BarAggregation.VOLUME_RUNS,
        BarAggregation.VALUE_IMBALANCE,
        BarAggregation.VALUE_RUNS,
    }
)
_DAY = _NANOSECONDS[BarAggregation.DAY]
_LONGEST_YEARS = 100

_known: dict[str, "BarType"] = {}


class BarSpecification:
    """How bars are built: ``5-MINUTE-BID``.

    Parameters
    ----------
    step : how many of the aggregation's unit make a bar, at least 1
    aggregation : what the unit is
    price_type : BID, ASK or MID of quotes, or LAST of trades
    """

    __slots__ = ("aggregation", "interval_ns", "price_type", "step")

    step: int
    aggregation: BarAggregation
    price_type: PriceType
    interval_ns: int

    def __init__(self, step: int, aggregation: BarAggregation, price_type: PriceType) -> None:
        self.aggregation = BarAggregation(aggregation)
        self.price_type = PriceType.from_str(price_type)
        self.step = _step(step, self.aggregation)
        self.interval_ns = self.step * _NANOSECONDS.get(self.aggregation, 0)
        if self.price_type is PriceType.UNDEFINED:
            raise InputError("a bar has no price type UNDEFINED", cure="Give BID, ASK, MID or LAST")

    @classmethod
    def from_str(cls, text: str) -> "BarSpecification":
        """Return the specification that a text such as ``5-MINUTE-BID`` spells."""
        parts = text.split("-")
        if len(parts) != 3:
            raise InputError(f"{text!r} is no bar specification", cure="Write it like 5-MINUTE-BID")
        try:
            return _specification(*parts)
        except InputError as error:
            raise InputError(f"{text!r} is no bar specification: {error}") from None

    def is_time_aggregated(self) -> bool:
        """Tell whether time closes the bars."""
        return self.aggregation in _TIME

    def is_threshold_aggregated(self) -> bool:
        """Tell whether a count of ticks, volume or value closes the bars."""
        return self.aggregation in _THRESHOLD

    def is_information_aggregated(self) -> bool:
        """Tell whether an imbalance or a run of one side closes the bars."""
        return self.aggregation in _INFORMATION

    def __eq__(self, other: object) -> bool:
        if type(other) is not BarSpecification:
            return NotImplemented
        return (
            self.step == other.step
            and self.aggregation is other.aggregation
            and self.price_type is other.price_type
        )

    def __hash__(self) -> int:
        return hash((self.step, self.aggregation, self.price_type))

    def __str__(self) -> str:
        return f"{self.step}-{self.aggregation}-{self.price_type}"

    def __repr__(self) -> str:
        return f"BarSpecification('{self}')"

    def __reduce__(self) -> tuple[Any, ...]:
        return BarSpecification, (self.step, self.aggregation, self.price_type)


class BarType:
    """Which bars: an instrument, a specification, and who builds them.

    Parameters
    ----------
    instrument_id : the instrument
    bar_spec : how the bars are built
    aggregation_source : who builds them
    source : what a composite is built from, of the same instrument and price type
    """

    __slots__ = ("_hash", "_text", "aggregation_source", "instrument_id", "source", "spec")

    instrument_id: InstrumentId
    spec: BarSpecification
    aggregation_source: AggregationSource
    source: "BarType | None"

    def __init__(
        self,
        instrument_id: InstrumentId,
        bar_spec: BarSpecification,
        aggregation_source: AggregationSource = AggregationSource.EXTERNAL,
        source: "BarType | None" = None,
    ) -> None:
        self.instrument_id = InstrumentId(instrument_id)
        self.spec = bar_spec
        self.aggregation_source = AggregationSource.from_str(aggregation_source)
        self.source = source
        text = f"{self.instrument_id}-{bar_spec}-{self.aggregation_source}"
        if source is not None:
            _check_source(self, source, text)
            made_of = source.spec
            text = f"{text}@{made_of.step}-{made_of.aggregation}-{source.aggregation_source}"
        self._text = text
        self._hash = hash(text)

    @classmethod
    def from_str(cls, text: str) -> "BarType":
        """Return the bar type that a text spells; the same object for the same text."""
        known = _known.get(text)
        if known is None:
            if not isinstance(text, str):
                raise TypeError(f"BarType.from_str takes a str, was {text!r}")
            try:
                known = _parse(text)
            except InputError as error:
                raise InputError(f"{text!r} is no bar type: {error}") from None
            known = _known.setdefault(str(known), known)
        return known

    @classmethod
    def new_composite(
        cls,
        instrument_id: InstrumentId,
        bar_spec: BarSpecification,
        aggregation_source: AggregationSource,
        composite_step: int,
        composite_aggregation: BarAggregation,
        composite_aggregation_source: AggregationSource,
    ) -> "BarType":
        """Return a type whose bars are built from other bars of the same price type."""
        made_of = BarSpecification(composite_step, composite_aggregation, bar_spec.price_type)
        source = BarType(instrument_id, made_of, composite_aggregation_source)
        return BarType(instrument_id, bar_spec, aggregation_source, source)

    def is_internally_aggregated(self) -> bool:
        """Tell whether this host builds the bars."""
        return self.aggregation_source is AggregationSource.INTERNAL

    def is_externally_aggregated(self) -> bool:
        """Tell whether the bars come from outside."""
        return self.aggregation_source is AggregationSource.EXTERNAL

    def is_composite(self) -> bool:
        """Tell whether the bars are built from other bars."""
        return self.source is not None

    def is_standard(self) -> bool:
        """Tell whether the bars are built from ticks, or come from outside."""
        return self.source is None

    def standard(self) -> "BarType":
        """Return the type that the bars carry: this one without what it is built from."""
        if self.source is None:
            return self
        return BarType.from_str(self._text.rpartition("@")[0])

    def composite(self) -> "BarType":
        """Return the type of the bars that a composite is built from; itself where it is none."""
        return self if self.source is None else BarType.from_str(str(self.source))

    def __eq__(self, other: object) -> bool:
        if type(other) is not BarType:
            return NotImplemented
        return self is other or self._text == _text_of(other)

    def __lt__(self, other: "BarType") -> bool:
        if type(other) is not BarType:
            return NotImplemented
        return self._text < _text_of(other)

    def __hash__(self) -> int:
        return self._hash

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"BarType('{self._text}')"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._text,)


def _restore(text: str) -> BarType:
    """Unpickle to the one object of a text."""
    return BarType.from_str(text)


def _text_of(bar_type: BarType) -> str:
    return bar_type._text


def _parse(text: str) -> BarType:
    standard, at, made_of = text.rpartition("@")
    parts = made_of.split("-")
    if not at or len(parts) >= 5:  # an @ inside the instrument id
        return _parse_standard(text)
    if len(parts) != 3:
        raise InputError(f"{made_of!r} names no bars", cure="Write it like @1-MINUTE-EXTERNAL")
    target = _parse_standard(standard)
    spec = _specification(parts[0], parts[1], target.spec.price_type)
    source = BarType(target.instrument_id, spec, AggregationSource.from_str(parts[2]))
    return BarType(target.instrument_id, target.spec, target.aggregation_source, source)


def _parse_standard(text: str) -> BarType:
    parts = text.rsplit("-", 4)
    if len(parts) != 5:
        cure = "Write it like EUR/USD.SIM-5-MINUTE-BID-INTERNAL"
        raise InputError("too few parts", cure=cure)
    return BarType(
        InstrumentId(parts[0]),
        _specification(parts[1], parts[2], parts[3]),
        AggregationSource.from_str(parts[4]),
    )


def _specification(step: str, aggregation: str, price_type: str) -> BarSpecification:
    if not re.fullmatch(r"[1-9][0-9]*", step):
        raise InputError(f"{step!r} is no step", cure="Give a whole number, at least 1")
    return BarSpecification(int(step), BarAggregation(aggregation), PriceType.from_str(price_type))


def _step(step: Any, aggregation: BarAggregation) -> int:
    if type(step) is not int or step < 1:
        raise InputError(f"{step!r} is no step of {aggregation} bars", cure="Give an int from 1")
    unit = 31 * _DAY if aggregation is BarAggregation.MONTH else _NANOSECONDS.get(aggregation, 0)
    if step * unit > _LONGEST_YEARS * 366 * _DAY:
        cure = f"Give at most {_LONGEST_YEARS} years"  # the end of a bar is a time in int64 ns
        raise InputError(f"{step}-{aggregation} is too long for a bar", cure=cure)
    return int(step)


def _check_source(target: BarType, source: BarType, text: str) -> None:
    if target.aggregation_source is not AggregationSource.INTERNAL:
        cure = "Write INTERNAL before the @"
        raise InputError(f"{text}: bars made of other bars are built here", cure=cure)
    if source.source is not None:
        raise InputError(f"{text}: made of a composite", cure="Name the standard type after the @")
    if source.instrument_id != target.instrument_id:
        cure = "Name the same instrument"
        raise InputError(f"{text}: made of bars of {source.instrument_id}", cure=cure)
    if source.spec.price_type is not target.spec.price_type:
        cure = "Name the same price type"
        raise InputError(f"{text}: made of {source.spec.price_type} bars", cure=cure)
    if source.spec == target.spec and source.is_internally_aggregated():
        raise InputError(f"{text}: made of itself", cure="Write EXTERNAL after the @")
    length, part = target.spec.interval_ns, source.spec.interval_ns
    if length and part and length % part:
        cure = "Build from bars whose length divides it"
        raise InputError(f"{text}: not a whole number of {source.spec} bars", cure=cure)
