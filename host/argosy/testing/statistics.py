"""What every statistic keeps to, checked over results of several shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isnan
from typing import TYPE_CHECKING, Any

from argosy.run.statistics import account_results
from argosy.testing.runs import make_engine
from argosy.testing.sinks import Taker

if TYPE_CHECKING:
    from argosy.parts.statistic import Results, Statistic

DAY_NS = 86_400_000_000_000


@dataclass(eq=False)
class SampleResults:
    """Results without positions: an equity curve alone.

    Parameters
    ----------
    equity : one amount a day
    """

    equity: Sequence[Decimal]
    currency: str = "USD"
    realized_pnls: Sequence[Decimal] = ()
    positions: Sequence[Any] = ()
    orders: Sequence[Any] = ()

    @property
    def times(self) -> Sequence[int]:
        """When equity was sampled."""
        return range(0, DAY_NS * len(self.equity), DAY_NS)


def check_statistic(build: Callable[[], Statistic]) -> None:
    """Check a statistic on results that are empty, flat, lost, and of a run with trades.

    Parameters
    ----------
    build : makes the statistic anew each time

    Raises
    ------
    AssertionError : names the results
    """
    for name, results in samples():
        shown = repr(results)
        value = build().calculate(results)
        is_number = value is None or isinstance(value, int | float | Decimal)
        assert is_number, f"of {name} results it is {value!r}, neither a number nor None"
        is_nan = value is not None and isnan(value)
        assert not is_nan, f"of {name} results it is NaN: return None where there is no value"
        again = build().calculate(results)
        assert value == again, f"of {name} results it is {value}, then {again}"
        assert shown == repr(results), f"it changes the {name} results"


def samples() -> Iterator[tuple[str, Results]]:
    """Yield results to try, by what is special about them."""
    amounts = {"empty": (), "single": (100,), "flat": (100, 100, 100), "lost": (100, 40, -5, 0)}
    for name, equity in amounts.items():
        yield name, SampleResults([Decimal(each) for each in equity])
    engine = make_engine()
    engine.add_actor(Taker())
    result = engine.run()
    for venue, curve in result.curves.items():
        yield "a run's", account_results(result.cache, venue, curve)
