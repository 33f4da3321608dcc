"""Lookahead: whether anything that was known or decided depends on data that came later.

Two searches. Each query is asked again with later data withheld: no row up to the cut may differ.
The whole system is run again with other data after a time, twice, as these might have come out in
two ways: no event up to that time may differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import msgspec

from argosy.errors import ArgosyError, InputError
from argosy.modes.backtest.node import build_engine
from argosy.run.assembly import instruments_of, opened
from argosy.run.queries import Query, queries_of
from argosy.run.result import RunResult
from argosy.run.table_difference import first_row
from argosy.serialization.registry import type_named

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.parts.catalog import Catalog, Hindsight

CUTS = 12
"""How often each query is asked with later data withheld."""

_OWNERS = ("strategy_id", "account_id")
_SHOWN = 4

Event = tuple[int, str, bytes]
"""Time (ns), class and canonical MessagePack of one record of an event log."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one search came to.

    Parameters
    ----------
    subject : "query zscore", or "run"
    checked : what was compared
    fault : the first thing that depends on later data; None where nothing does
    """

    subject: str
    checked: str
    fault: str | None = None

    def __str__(self) -> str:
        """Return one line."""
        return f"{self.subject}: {self.fault or self.checked}"


def search(
    load: Callable[[], Plan], *, after: Sequence[int] = (), cuts: int = CUTS
) -> Iterator[Finding]:
    """Yield what each search comes to: a query each, then a run for each time.

    Parameters
    ----------
    load : reads the system anew, strategy files too
    after : times (ns) after which data are changed; the middle of the run where there is none
    cuts : how many cuts are tried on each query

    Raises
    ------
    InputError : the system cannot run as it is, or its catalog cannot show other data
    """
    plan = load()
    with opened(plan) as (catalog, snapshot):
        instruments = instruments_of(plan, catalog)
        for query in queries_of(plan):
            yield _search_query(query, catalog, snapshot, instruments, cuts)
        hindsight = _hindsight(plan, catalog)
    true, result = _run(plan)
    for time in after or [(result.start_ns + result.end_ns) // 2]:
        yield _search_run(load, hindsight, true, result.end_ns, time)


def cut_times(times: Sequence[int], cuts: int) -> list[int]:
    """Return the first, the last and evenly spread times between, of rows sorted by time."""
    known = sorted(set(times))
    last = len(known) - 1
    chosen = {round(number * last / max(cuts - 1, 1)) for number in range(max(cuts, 1))}
    return [known[index] for index in sorted({0, last, *chosen})]


def _search_query(
    query: Query, catalog: Catalog, snapshot: int, instruments: Any, cuts: int
) -> Finding:
    whole = query.ask(catalog, snapshot, instruments)
    _ = whole.streams  # an answer that no run takes is told as such
    chosen = cut_times(_times(whole.table), cuts)
    subject = f"query {query.name}"
    checked = f"{whole.table.num_rows:,} rows, {len(chosen)} cuts: none depends on later data"
    for time in chosen:
        cut = f"with data after {text_of(time)} withheld"
        try:
            known = query.ask(catalog, snapshot, instruments, until_ns=time)
        except InputError as error:
            return Finding(subject, checked, f"{cut}: {error.message}")
        fault = first_row(_until(whole.table, time), _until(known.table, time))
        if fault is not None:
            return Finding(subject, checked, f"{cut}, {fault}")
    return Finding(subject, checked)


def _times(table: Any) -> list[int]:
    import pyarrow as pa

    times: list[int] = table.column("ts_init").cast(pa.int64()).to_pylist()
    return times


def _until(table: Any, time: int) -> Any:
    """Return the rows up to a time, of a table sorted by it."""
    from bisect import bisect_right

    return table.slice(0, bisect_right(_times(table), time))


def _hindsight(plan: Plan, catalog: Catalog) -> Hindsight:
    found = catalog.hindsight
    if found is None:
        raise InputError(
            f"catalog {plan.catalog.part.name!r} cannot show other data",
            cure="Search for lookahead with a catalog that can, such as ducklake",
        )
    return found


def _search_run(
    load: Callable[[], Plan], hindsight: Hindsight, true: list[Event], end_ns: int, time: int
) -> Finding:
    expected = [event for event in true if event[0] <= time]
    checked = (
        f"{len(expected):,} events until {text_of(time)} are the same with other data after it"
    )
    if not expected:
        checked = f"nothing was tested: no event is as old as {text_of(time)}"
    fault = None
    for is_falling in (False, True):
        with hindsight.changed_after(time, is_falling=is_falling):
            fault = fault or _fault(load(), expected, end_ns, time)
    if fault is None:
        return Finding("run", checked)
    again, _ = _run(load())
    if again != true:
        doubt = first_event(true, again)
        return Finding("run", checked, f"it cannot be repeated, with the same data either: {doubt}")
    return Finding("run", checked, f"with other data after {text_of(time)}, {fault}")


def _fault(plan: Plan, expected: list[Event], end_ns: int, time: int) -> str | None:
    """Run a system with other data; say what is different, up to a time."""
    # What a run does at its end it must not do sooner where the last rows are not there.
    end = end_ns if plan.system.run.end is None else None
    try:
        events, result = _run(plan, end=end, may_fail=True)
    except InputError as error:
        return f"it cannot begin: {error.message}"
    fault = first_event(expected, [event for event in events if event[0] <= time])
    if fault is None and result.error is not None and result.end_ns <= time:
        fault = f"it ended at {text_of(result.end_ns)}: {result.error}"
    return fault


def _run(
    plan: Plan, *, end: int | None = None, may_fail: bool = False
) -> tuple[list[Event], RunResult]:
    """Run a system for its event log alone: nothing is written, no sink is told."""
    plan = replace(plan, sinks=())
    with opened(plan) as (catalog, snapshot):
        engine = build_engine(plan, catalog, snapshot)
        try:
            engine.run(end=end)
        except ArgosyError:
            if not (may_fail and engine.has_result):
                raise
        result = engine.result()
        return [(ts, kind, payload) for _, ts, kind, payload in result.log.rows()], result


def first_event(expected: Sequence[Event], found: Sequence[Event]) -> str | None:
    """Say which record of an event log is the first to differ, and whose it is."""
    for one, other in zip_longest(expected, found):
        if one != other:
            break
    else:
        return None
    if other is None:
        return f"{_title(one)} does not happen"
    if one is None:
        return f"{_title(other)} happens in addition"
    before, after = _fields(one), _fields(other)
    if one[1] != other[1] or _owner(before) != _owner(after):
        return f"{_title(other)} happens where {_title(one)} did"
    if one[0] != other[0] and one[2] == other[2]:
        when = f"happens at {text_of(other[0])}, not at {text_of(one[0])}"
        return f"{one[1]} of {_owner(before)} {when}"
    changes = [
        f"{name} was {before.get(name)}, and is {after.get(name)}"
        for name in before
        if before.get(name) != after.get(name)
    ]
    return f"{_title(one)} differs: {'; '.join(changes[:_SHOWN])}"


def _title(event: Event) -> str:
    return f"{event[1]} of {_owner(_fields(event))} at {text_of(event[0])}"


def _owner(fields: dict[str, Any]) -> str:
    return next((str(fields[name]) for name in _OWNERS if fields.get(name)), "the host")


def _fields(event: Event) -> dict[str, Any]:
    name, *values = msgspec.msgpack.decode(event[2])
    return dict(zip(type_named(name).__struct_fields__, values, strict=True))


def text_of(ns: int) -> str:
    """Return a time in ISO 8601 with as many decimals as it needs."""
    seconds, rest = divmod(ns, 1_000_000_000)
    moment = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{moment}{fraction}Z"
