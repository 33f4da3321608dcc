"""What the catalogs of a run show: the data as they are, or as they might have come out.

It belongs to the run, that is to the thread or task in which `changed_after` was entered: whatever
that opens shows it, the catalog that a strategy opens of its own accord too. Other runs of the
process go on with theirs. The roles of a catalog ask here, once a call, and hand on the answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from argosy_catalog.hindsight.alteration import Outcome

_OUTCOME: ContextVar[Outcome | None] = ContextVar("argosy_catalog.outcome", default=None)


def present() -> Outcome | None:
    """Return what catalogs show here in place of later data; None where they show the data."""
    return _OUTCOME.get()


@contextmanager
def changed_after(time_ns: int, *, is_falling: bool = False) -> Iterator[None]:
    """Let every catalog that is read in the block show other data after a time.

    Streams, objects, holdings, coverage and SQL show the same ones; what is on disk stays as it is.
    Rows keep their times, but some are not there; `alteration` tells what becomes of the others.

    Parameters
    ----------
    time_ns : rows up to this `ts_init` stay as they are
    is_falling : which of two outcomes; what is read of later data differs in one of them
    """
    before = _OUTCOME.set(Outcome(time_ns, is_falling))
    try:
        yield
    finally:
        _OUTCOME.reset(before)
