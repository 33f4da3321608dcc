"""The figures of a run: what it came to, counted and summed from what it left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from argosy.engine.cache import Cache
from argosy.engine.equity import Curve
from argosy.model.events.account import AccountState
from argosy.model.identifiers import Venue
from argosy.model.money import Money
from argosy.run.statistics import account_results
from argosy.serialization.eventlog import EventLog

if TYPE_CHECKING:
    from argosy.config.plan import Plan


@dataclass(frozen=True)
class RunFigures:
    """What a finished run came to, or as much of one as there was before an error.

    Parameters
    ----------
    run_id : under which the catalog keeps it
    start_ns, end_ns : of the data
    elapsed_s : from the first preparation to the last event
    rows : data that were replayed
    error : what ended the run early, None where nothing did
    simulation : per venue, what the simulated venue reports of itself
    stale_marks : instrument -> samples of equity in which what was held of it was worth the last
        price of somebody who was gone
    left_out : place -> rows of data that were none, such as bars without any price
    """

    run_id: str
    plan: Plan
    cache: Cache = field(repr=False)
    log: EventLog = field(repr=False)
    curves: Mapping[Venue, Curve] = field(repr=False)
    states: Sequence[AccountState] = field(repr=False)
    start_ns: int
    end_ns: int
    started_at_ns: int
    elapsed_s: float
    rows: int
    error: str | None = None
    simulation: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    stale_marks: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether the run went to its end."""
        return self.error is None

    @cached_property
    def event_log_hash(self) -> str:
        """SHA-256 of the event log: equal runs have equal ones."""
        return self.log.hash()

    @cached_property
    def orders(self) -> int:
        """How many orders were made."""
        return self.cache.orders_total_count()

    @cached_property
    def fills(self) -> int:
        """How many fills there were."""
        return sum(len(order.trade_ids) for order in self.cache.orders())

    @cached_property
    def positions(self) -> int:
        """How many positions there were, each cycle of a netting position being one."""
        return len(self.cache.positions()) + len(self.cache.position_snapshots())

    @cached_property
    def balances(self) -> dict[str, dict[str, str]]:
        """Total, per venue and currency."""
        found: dict[str, dict[str, str]] = {}
        for venue in self.curves:
            account = self.cache.account_for_venue(venue)
            if account is not None:
                totals = ((c, account.balance_total(c)) for c in account.currencies())
                found[str(venue)] = {c.code: _amount(m) for c, m in totals if m is not None}
        return found

    @cached_property
    def pnl(self) -> dict[str, str]:
        """Realised profit and loss of all positions, commissions included, per currency."""
        sums: dict[str, Money] = {}
        for position in [*self.cache.positions(), *self.cache.position_snapshots()]:
            gain = position.realized_pnl
            held = sums.get(gain.currency.code)
            sums[gain.currency.code] = gain if held is None else held + gain
        return {code: _amount(gain) for code, gain in sums.items()}

    @cached_property
    def statistics(self) -> dict[str, dict[str, Any]]:
        """Every registered statistic, per venue's account; an unknown rate is said, not guessed."""
        found: dict[str, dict[str, Any]] = {}
        for venue, curve in self.curves.items():
            if curve.error is not None:
                found[str(venue)] = {"error": curve.error}
                continue
            results = account_results(self.cache, venue, curve)
            found[str(venue)] = {
                name: choice.factory().calculate(results)
                for name, choice in self.plan.statistics.items()
            }
        return found


def _amount(money: Money) -> str:
    return str(money.as_decimal())
