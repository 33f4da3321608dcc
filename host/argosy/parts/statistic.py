"""Statistics: one figure of a run, for each of its accounts.

.. code-block:: python

    class Trades(Statistic):
        def calculate(self, results: Results) -> Number:
            return len(results.positions)

    @hookimpl
    def register_statistics(register: Register[Statistic, []]) -> None:
        register("trades", Trades, doc="Count closed positions.")

Every registered statistic is computed; none has settings.
`argosy.testing.statistics.check_statistic` checks one.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from argosy.model.orders import Order
    from argosy.model.position import Position

Number = int | float | Decimal | None
"""A ratio or a count, an exact amount of money, or None where the formula has no value."""


class Results(Protocol):
    """A run, or the part of one that a strategy or an instrument made, in one currency.

    Statistics of one object share what they derive from it, so it is hashable by identity and does
    not change.
    """

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        ...

    @property
    def times(self) -> Sequence[int]:
        """When equity was sampled: UTC ns, ascending."""
        ...

    @property
    def equity(self) -> Sequence[Decimal]:
        """Equity marked to market, open profit included, one amount a time."""
        ...

    @property
    def realized_pnls(self) -> Sequence[Decimal]:
        """The realised profit or loss of each closed position, commissions included."""
        ...

    @property
    def positions(self) -> Sequence[Position]:
        """The closed positions, in the order in which they were closed."""
        ...

    @property
    def orders(self) -> Sequence[Order]:
        """All orders, whatever became of them."""
        ...


class Statistic(Protocol):
    """Compute one figure; derive from it, or have the same members.

    *Who calls it when*: the result of a run, once for each account, when somebody asks for the
    statistics; never while the run goes on.
    """

    @abstractmethod
    def calculate(self, results: Results) -> Number:
        """Return the figure, or None where the formula has no value for these results.

        Parameters
        ----------
        results : may hold no sample, no position and no order

        Returns
        -------
        the same for equal results; an amount is a Decimal in `results.currency`, never a float

        Raises
        ------
        nothing: what it raises, the caller of the result gets
        """
        ...
