"""Any sequence of writes, deletes, compactions and restores, against a model in plain Python."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Price, Quantity
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.write import series
from tests.catalog.samples import T0

KEYS = ("GBP/USD.SIM", "SPREAD/EUR.SIM")
LAST = 40
"""Moments are nanoseconds from 0 to this."""

Row = tuple[int, str, int]
"""Moment, price and a number that no other row has."""


@dataclass
class Known:
    """What the model knows of one key."""

    rows: list[Row] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    empty: set[int] = field(default_factory=set)

    def states(self) -> list[str | None]:
        def state(ns: int) -> str | None:
            return "held" if ns in self.held else "empty" if ns in self.empty else None

        return [state(ns) for ns in range(LAST + 1)]


@dataclass(frozen=True)
class Write:
    key: str
    policy: str
    precision: int
    moments: list[int]
    claim: tuple[int, int] | None

    def apply(self, catalog: ParquetDataCatalog, model: dict[str, Known], number: int) -> None:
        known = model[self.key]
        prices = [Price.from_raw(ns * 7 - 50, self.precision) for ns in self.moments]
        new = [
            (ns, str(price), number + i)
            for i, (ns, price) in enumerate(zip(self.moments, prices, strict=True))
        ]
        span = set(range(self.moments[0], self.moments[-1] + 1)) if new else set()
        claim = set(range(self.claim[0], self.claim[1] + 1)) if self.claim else set()
        data = [
            QuoteTick(
                InstrumentId(self.key),
                price,
                price,
                Quantity.from_raw(row[2], 0),
                Quantity.from_raw(1, 0),
                T0,
                T0 + row[0],
            )
            for row, price in zip(new, prices, strict=True)
        ]
        options: dict[str, Any] = {"on_overlap": self.policy}
        if self.claim:
            options |= {"data_type": QuoteTick, "identifier": self.key}
            options |= {"start": T0 + self.claim[0], "end": T0 + self.claim[1]}
        if self.policy == "refuse" and (span or claim) & known.held:
            with pytest.raises(CatalogError, match="already there"):
                catalog.write_data(data, **options)
            return
        cut = span | claim if self.policy == "replace" else set()
        if self.policy == "keep":
            new = [row for row in new if row[0] not in known.held]
        assert len(new) == catalog.write_data(data, **options)
        stay = [row for row in known.rows if row[0] not in cut]
        known.rows = sorted(stay + new, key=lambda row: row[0])
        known.held = (known.held - cut) | span
        known.empty = ((known.empty - cut) | claim) - known.held


@dataclass(frozen=True)
class Delete:
    key: str
    first: int
    last: int

    def apply(self, catalog: ParquetDataCatalog, model: dict[str, Known], number: int) -> None:
        known = model[self.key]
        if not (known.held or known.empty):
            return  # of what was never there it is told by another test
        gone = set(range(self.first, self.last + 1))
        stay = [row for row in known.rows if row[0] not in gone]
        span = (QuoteTick, self.key, T0 + self.first, T0 + self.last)
        would = catalog.delete(*span, dry_run=True)
        found = catalog.delete(*span)
        assert would == found
        assert len(known.rows) - len(stay) == sum(each.rows for each in found)
        known.rows, known.held, known.empty = stay, known.held - gone, known.empty - gone


@dataclass(frozen=True)
class Compact:
    def apply(self, catalog: ParquetDataCatalog, model: dict[str, Known], number: int) -> None:
        catalog.compact()
        before = catalog.snapshot()
        assert [] == catalog.compact()
        assert before == catalog.snapshot()


@dataclass(frozen=True)
class Restore:
    key: str
    first: int
    last: int
    back: int

    def apply(self, catalog: ParquetDataCatalog, model: dict[str, Known], number: int) -> None:
        """Done by `play`, which knows what was."""


MOMENTS = st.integers(0, LAST)
SPANS = st.tuples(MOMENTS, MOMENTS).map(lambda pair: (min(pair), max(pair)))
ROWS = SPANS.flatmap(lambda span: st.lists(st.integers(*span), min_size=1, max_size=9).map(sorted))


@st.composite
def writes(draw: Any) -> Write:
    moments = draw(ROWS)
    claim = None
    if draw(st.booleans()):
        first, last = draw(SPANS)
        claim = (min(first, moments[0]), max(last, moments[-1]))
        moments = moments if draw(st.booleans()) else []
    policy = draw(st.sampled_from(["refuse", "keep", "replace"]))
    return Write(draw(st.sampled_from(KEYS)), policy, draw(st.sampled_from([5, 2])), moments, claim)


STEPS = st.one_of(
    writes(),
    writes(),
    st.builds(lambda key, span: Delete(key, *span), st.sampled_from(KEYS), SPANS),
    st.just(Compact()),
    st.builds(
        lambda key, span, back: Restore(key, span[0], span[1], back),
        st.sampled_from(KEYS),
        SPANS,
        st.integers(1, 5),
    ),
)


@contextmanager
def fresh(empty: Path) -> Iterator[ParquetDataCatalog]:
    with TemporaryDirectory() as folder:
        path = Path(shutil.copytree(empty, Path(folder) / "catalog"))
        with ParquetDataCatalog(path) as catalog:
            yield catalog


def restore(
    catalog: ParquetDataCatalog, step: Restore, states: dict[int, dict[str, Known]]
) -> None:
    snapshots = sorted(states)
    number = snapshots[max(-step.back, -len(snapshots))]
    then, now = states[number][step.key], states[snapshots[-1]][step.key]
    if not (then.held or then.empty):
        return
    catalog.restore(number, QuoteTick, step.key, T0 + step.first, T0 + step.last)
    inside = set(range(step.first, step.last + 1))
    model = deepcopy(states[snapshots[-1]])
    known = model[step.key]
    rows = [row for row in now.rows if row[0] not in inside]
    rows += [row for row in then.rows if row[0] in inside]
    known.rows = sorted(rows, key=lambda row: row[0])
    known.held = (now.held - inside) | (then.held & inside)
    known.empty = (now.empty - inside) | (then.empty & inside)
    states[catalog.snapshot()] = model


def play(catalog: ParquetDataCatalog, steps: list[Any]) -> dict[int, dict[str, Known]]:
    """Take steps; return what each snapshot must hold."""
    model = {key: Known() for key in KEYS}
    states = {catalog.snapshot(): deepcopy(model)}
    for number, step in enumerate(steps):
        if isinstance(step, Restore):
            restore(catalog, step, states)
            model = deepcopy(states[max(states)])
        else:
            step.apply(catalog, model, 1 + number * 100)
            states[catalog.snapshot()] = deepcopy(model)
    return states


def rows_of(catalog: ParquetDataCatalog, key: str) -> list[Row]:
    found = catalog.quote_ticks(key)
    return [(q.ts_init - T0, str(q.bid_price), int(str(q.bid_size))) for q in found]


def states_of(catalog: ParquetDataCatalog, key: str) -> list[str | None]:
    spans = catalog.coverage(QuoteTick, key)
    found: dict[int, str] = {}
    for span in spans:
        for ns in range(max(span.first_ns - T0, 0), min(span.last_ns - T0, LAST) + 1):
            assert ns not in found
            found[ns] = span.state
    return [state if (state := found.get(ns)) != "missing" else None for ns in range(LAST + 1)]


def check(catalog: ParquetDataCatalog, states: dict[int, dict[str, Known]]) -> None:
    catalog.close()  # reading is quick where no DuckDB has the metadata open
    for number, model in states.items():
        then = catalog.at(number)
        for key, known in model.items():
            assert known.rows == rows_of(then, key), (number, key)
            assert known.states() == states_of(then, key), (number, key)
    spans = [
        (each.kind, each.key, each.state, each.first_ns, each.last_ns)
        for each in catalog.coverage()
    ]
    asked = catalog.sql(
        "SELECT type, name, state, epoch_ns(first) AS a, epoch_ns(last) AS b FROM coverage "
        "ORDER BY type, name, first"
    )
    assert spans == [tuple(row.values()) for row in asked.to_pylist()]
    assert [] == catalog.verify().findings


SEQUENCE = [
    Write(KEYS[0], "refuse", 5, [3, 4, 4, 9], None),
    Write(KEYS[1], "refuse", 2, [0, 6], (0, 10)),
    Write(KEYS[0], "keep", 2, [1, 4, 12, 12, 20], (0, 22)),
    Delete(KEYS[0], 4, 11),
    Write(KEYS[0], "refuse", 5, [6, 7], None),
    Write(KEYS[1], "replace", 5, [2, 5], (1, 8)),
    Compact(),
    Write(KEYS[0], "keep", 5, [8, 8], None),
    Restore(KEYS[0], 0, 15, 6),
    Write(KEYS[0], "refuse", 5, [12], None),
]


@pytest.mark.slow
def test_a_sequence_of_all_that_can_be_done_keeps_to_the_model(empty_catalog: Path) -> None:
    with pytest.MonkeyPatch.context() as patch, fresh(empty_catalog) as catalog:
        patch.setattr(series, "FILE_ROWS", 6)
        check(catalog, play(catalog, SEQUENCE))


@pytest.mark.slow
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, min_size=5, max_size=15))
def test_any_sequence_keeps_rows_and_coverage_to_the_model_at_every_snapshot(
    empty_catalog: Path, steps: list[Any]
) -> None:
    with pytest.MonkeyPatch.context() as patch, fresh(empty_catalog) as catalog:
        patch.setattr(series, "FILE_ROWS", 6)
        check(catalog, play(catalog, steps))
