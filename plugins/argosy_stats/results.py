"""What a statistic is given, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from argosy.model.enums import OrderSide

Number = float | Decimal | None
"""A ratio, an exact amount of money, or None where the formula has no value."""


class ClosedPosition(Protocol):
    """What a statistic asks of a position."""

    @property
    def entry(self) -> OrderSide:
        """The side that opened it."""
        ...


class Results(Protocol):
    """A run, or the part of one that a strategy or an instrument made, in one currency.

    Statistics of one object share what they derive from it, so it must be hashable by identity
    (a dataclass with ``eq=False``) and must not change.
    """

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        ...

    @property
    def times(self) -> Sequence[int]:
        """When equity was sampled: UTC nanoseconds, ascending."""
        ...

    @property
    def equity(self) -> Sequence[Decimal]:
        """Equity marked to market, one amount a sample."""
        ...

    @property
    def realized_pnls(self) -> Sequence[Decimal]:
        """The realised profit or loss of each closed position, fees included."""
        ...

    @property
    def positions(self) -> Sequence[ClosedPosition]:
        """The closed positions."""
        ...

    @property
    def orders(self) -> Sequence[object]:
        """The orders."""
        ...


@dataclass(frozen=True)
class Statistic:
    """A named formula over results."""

    name: str
    formula: Callable[[Results], Number]

    def calculate(self, results: Results) -> Number:
        """Return the number, or None where the formula has no value for these results."""
        return self.formula(results)
