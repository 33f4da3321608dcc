"""What every strategy keeps to: equal runs are equal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from argosy.testing.runs import QUOTES, make_engine

if TYPE_CHECKING:
    from argosy.run.result import RunResult
    from argosy.strategy.actor import Actor


def check_strategy(build: Callable[[], Actor], *, quotes: int = QUOTES, **venue: Any) -> RunResult:
    """Run a strategy with several sizes of batches, and check that nothing else came of it.

    Parameters
    ----------
    build : makes the strategy anew each time; it trades EUR/USD.SIM
    quotes : how many the run has
    venue : as in `argosy.testing.runs.make_engine`

    Returns
    -------
    the result, which is the same for all

    Raises
    ------
    AssertionError : the event logs differ: the strategy uses the wall clock, unseeded randomness,
        the order of a set, or state that outlives it
    """
    results = []
    for batch_rows in (1, 7, quotes):
        made = make_engine(quotes=quotes, batch_rows=batch_rows, **venue)
        made.add_actor(build())
        results.append(made.run())
    hashes = {result.event_log_hash for result in results}
    assert len(hashes) == 1, (
        "equal runs have different event logs: something in the strategy depends on the wall clock,"
        " on unseeded randomness, on the order of a set, or on what an earlier run left"
    )
    return results[-1]
