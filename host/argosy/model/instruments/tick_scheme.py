"""Which prices are possible, where that depends on the price."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR
from typing import Final, Protocol

from argosy.errors import DataError, DuplicateNameError, UnknownNameError
from argosy.model.instruments.rounding import Number, to_raw
from argosy.model.values import RAW_MAX, Price

FIXED: Final = "FIXED"  # the instrument's own increment


class TickScheme(Protocol):
    """The prices that are possible, from the lowest to the highest."""

    @property
    def name(self) -> str:
        """What instruments call the scheme."""
        ...

    def next_bid_price(self, value: Number, n: int = 0) -> Price | None:
        """Return the price `n` ticks under the one at or below a value; None below the lowest."""
        ...

    def next_ask_price(self, value: Number, n: int = 0) -> Price | None:
        """Return the price `n` ticks over the one at or above a value; None above the highest."""
        ...


class TieredTickScheme:
    """Steps that grow with the price.

    Parameters
    ----------
    tiers : (from, to, step) each, ascending, each one beginning where the last ended; the end of
        the last one may be None
    precision : decimals of the prices
    """

    def __init__(
        self,
        name: str,
        tiers: Sequence[tuple[str, str | None, str]],
        precision: int,
    ) -> None:
        self.name = name
        self.precision = precision
        self._starts: list[int] = []  # raw price at which each tier begins
        self._steps: list[int] = []  # raw step of each tier
        self._firsts: list[int] = []  # number of the tick at which each tier begins
        self._end = 0  # raw price after which nothing comes
        first = 0
        for start, stop, step in tiers:
            low, size = to_raw(start, precision), to_raw(step, precision)
            self._end = RAW_MAX if stop is None else to_raw(stop, precision)
            if size <= 0 or self._end <= low or (stop is not None and (self._end - low) % size):
                raise DataError(
                    f"tier {start} to {stop} is no number of steps of {step}",
                    place=f"tick scheme {name}",
                    cure="Give ends that steps reach",
                )
            self._starts.append(low)
            self._steps.append(size)
            self._firsts.append(first)
            first += (self._end - low) // size
        self._count = first + 1

    def next_bid_price(self, value: Number, n: int = 0) -> Price | None:
        """Return the price `n` ticks under the one at or below a value; None below the lowest."""
        raw = to_raw(value, self.precision, ROUND_FLOOR)
        if raw < self._starts[0]:
            return None
        return self._price(self._number(min(raw, self._end)) - n)

    def next_ask_price(self, value: Number, n: int = 0) -> Price | None:
        """Return the price `n` ticks over the one at or above a value; None above the highest."""
        raw = max(to_raw(value, self.precision, ROUND_CEILING), self._starts[0])
        if raw > self._end:
            return None
        number = self._number(raw)
        below = self._raw(number)
        return self._price(number + (below < raw) + n)

    def _number(self, raw: int) -> int:
        """Return the number of the tick at or below a price."""
        tier = bisect_right(self._starts, raw) - 1
        return self._firsts[tier] + (raw - self._starts[tier]) // self._steps[tier]

    def _raw(self, number: int) -> int:
        tier = bisect_right(self._firsts, number) - 1
        return self._starts[tier] + (number - self._firsts[tier]) * self._steps[tier]

    def _price(self, number: int) -> Price | None:
        if not 0 <= number < self._count:
            return None
        return Price.from_raw(self._raw(number), self.precision)


class FixedTickScheme:
    """The same step at every price, above and below zero."""

    def __init__(self, name: str, increment: Price) -> None:
        self.name = name
        self.increment = increment

    def next_bid_price(self, value: Number, n: int = 0) -> Price | None:
        """Return the price `n` ticks under the one at or below a value; None where digits end."""
        raw = to_raw(value, self.increment.precision, ROUND_FLOOR)
        return self._price(raw // self.increment.raw - n)

    def next_ask_price(self, value: Number, n: int = 0) -> Price | None:
        """Return the price `n` ticks over the one at or above a value; None where digits end."""
        raw = to_raw(value, self.increment.precision, ROUND_CEILING)
        return self._price(-(-raw // self.increment.raw) + n)

    def _price(self, ticks: int) -> Price | None:
        raw = ticks * self.increment.raw
        return Price.from_raw(raw, self.increment.precision) if abs(raw) <= RAW_MAX else None


_SCHEMES: dict[str, TickScheme] = {
    "FOREX_3DECIMAL": FixedTickScheme("FOREX_3DECIMAL", Price.from_str("0.001")),
    "FOREX_5DECIMAL": FixedTickScheme("FOREX_5DECIMAL", Price.from_str("0.00001")),
    # Source: Tokyo Stock Exchange, tick sizes of TOPIX 100 constituents.
    "TOPIX100": TieredTickScheme(
        "TOPIX100",
        [
            ("0.1", "1000", "0.1"),
            ("1000", "3000", "0.5"),
            ("3000", "10000", "1"),
            ("10000", "30000", "5"),
            ("30000", "100000", "10"),
            ("100000", "300000", "50"),
            ("300000", "1000000", "100"),
            ("1000000", "3000000", "500"),
            ("3000000", "10000000", "1000"),
            ("10000000", "30000000", "5000"),
            ("30000000", None, "10000"),
        ],
        precision=1,
    ),
    # Source: Betfair Exchange, price increments of odds.
    "BETFAIR": TieredTickScheme(
        "BETFAIR",
        [
            ("1.01", "2", "0.01"),
            ("2", "3", "0.02"),
            ("3", "4", "0.05"),
            ("4", "6", "0.1"),
            ("6", "10", "0.2"),
            ("10", "20", "0.5"),
            ("20", "30", "1"),
            ("30", "50", "2"),
            ("50", "100", "5"),
            ("100", "1000", "10"),
        ],
        precision=2,
    ),
}


def register_tick_scheme(scheme: TickScheme) -> None:
    """Make a scheme known by its name.

    Raises
    ------
    DuplicateNameError : the name is taken
    """
    if scheme.name in _SCHEMES or scheme.name == FIXED:
        message = f"a tick scheme {scheme.name!r} is registered already"
        raise DuplicateNameError(message, cure="Give it another name")
    _SCHEMES[scheme.name] = scheme


def tick_scheme(name: str) -> TickScheme:
    """Return a registered scheme by its name."""
    try:
        return _SCHEMES[name]
    except KeyError:
        raise UnknownNameError("tick scheme", name, [FIXED, *_SCHEMES]) from None


def tick_scheme_of(name: str | None, increment: Price) -> TickScheme:
    """Return the scheme of an instrument: the named one, else its price increment."""
    return FixedTickScheme(FIXED, increment) if name in {None, FIXED} else tick_scheme(str(name))
