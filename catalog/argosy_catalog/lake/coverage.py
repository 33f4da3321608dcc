"""What the catalog knows of a time: rows held, known to be empty, or never fetched.

From the first to the last row of a file time is held, whatever pauses there are between the rows:
a load brings all rows of its span. What files cannot say lies in the table ``reference.spans``:
time that is held outside of files, that is known to be empty, and time inside a compacted file that
was never fetched.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from argosy_catalog.lake.index import DataFile, data_files, inlined_rows, snapshot_to_read
from argosy_catalog.lake.intervals import Span, common, union, without
from argosy_catalog.lake.kinds import SCHEMA, Kind, Table, rank
from argosy_catalog.lake.metadata import Select
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN
from argosy_catalog.lake.sql import identifier, literal
from argosy_catalog.lake.storage import Place
from argosy_catalog.lake.tables import REFERENCE_SCHEMA

if TYPE_CHECKING:
    from argosy_catalog.lake.duck import Transaction

HELD = "held"
EMPTY = "empty"
MISSING = "missing"

SPANS = "spans"
SPANS_TABLE = pa.schema(
    [
        ("kind", pa.string()),
        ("key", pa.string()),
        ("state", pa.string()),
        ("first_ns", pa.int64()),
        ("last_ns", pa.int64()),
    ]
)

Name = tuple[str, str]
"""Kind and key."""


@dataclass(frozen=True, slots=True, order=True)
class CoverageSpan:
    """One stretch of time of one instrument or bar type.

    Parameters
    ----------
    state : held, empty (known to have no rows) or missing (never fetched)
    first_ns, last_ns : both belong to it
    """

    kind: str
    key: str
    first_ns: int
    last_ns: int
    state: str


@dataclass(slots=True)
class Coverage:
    """What is known of one kind and key.

    Parameters
    ----------
    files : in the order of time
    declared : spans by state, where they are not what the files say; no two of them overlap
    """

    files: list[DataFile] = field(default_factory=list)
    declared: dict[str, list[Span]] = field(default_factory=dict)

    @property
    def held(self) -> list[Span]:
        """The time of which the catalog has all rows that there are."""
        others = [*self.empty, *self.declared.get(MISSING, ())]
        return union([*without(spans_of(self.files), others), *self.declared.get(HELD, ())])

    @property
    def empty(self) -> list[Span]:
        """The time of which it is known that there are no rows."""
        return self.declared.get(EMPTY, [])

    def missing(self, first_ns: int, last_ns: int) -> list[Span]:
        """Return the time within a span that was never fetched."""
        return without([(first_ns, last_ns)], [*self.held, *self.empty])

    def within(self, first_ns: int, last_ns: int) -> list[tuple[int, int, str]]:
        """Return first and last nanosecond and state of each stretch of a span."""
        whole = [(first_ns, last_ns)]
        parts = {HELD: common(self.held, whole), EMPTY: common(self.empty, whole)}
        parts[MISSING] = self.missing(first_ns, last_ns)
        return sorted((*span, state) for state, spans in parts.items() for span in spans)

    @property
    def ends(self) -> Span | None:
        """First and last nanosecond that anything is known of."""
        known = union([*self.held, *self.empty])
        return (known[0][0], known[-1][1]) if known else None


def spans_of(files: Iterable[Any]) -> list[Span]:
    """Return first and last `ts_init` of each file."""
    return [(file.first_ns, file.last_ns) for file in files]


def declare(files: Iterable[Any], held: list[Span], empty: list[Span]) -> dict[str, list[Span]]:
    """Return what must be declared beside files, so that what is held and empty comes out."""
    inside = union(spans_of(files))
    found = {
        HELD: without(held, inside),
        EMPTY: without(empty, held),
        MISSING: without(inside, [*held, *empty]),
    }
    return {state: spans for state, spans in found.items() if spans}


def read_coverage(
    select: Select,
    data_path: Place,
    *,
    kind: Kind | None = None,
    keys: Collection[str] | None = None,
    snapshot: int | None = None,
) -> dict[Name, Coverage]:
    """Return what is known of each kind and key at a snapshot."""
    at = snapshot_to_read(select, snapshot, data_path)
    found: dict[Name, Coverage] = {}
    files = data_files(select, data_path, kind=kind, keys=keys, snapshot=at)
    for file in sorted(files, key=lambda file: file.first_ns):
        found.setdefault((file.table.kind.name, file.key), Coverage()).files.append(file)
    for kind_name, key, state, first, last in _declared(select, at):
        if (kind is None or kind.name == kind_name) and (keys is None or key in keys):
            declared = found.setdefault((kind_name, key), Coverage()).declared
            declared.setdefault(state, []).append((first, last))
    for coverage in found.values():
        coverage.declared = {state: sorted(spans) for state, spans in coverage.declared.items()}
    return found


def _declared(select: Select, snapshot: int) -> list[tuple[str, str, str, int, int]]:
    rows = inlined_rows(select, REFERENCE_SCHEMA, SPANS, SPANS_TABLE.names, snapshot)
    return [(kind, key, state, int(first), int(last)) for kind, key, state, first, last in rows]


def write_declared(
    transaction: "Transaction", changed: Mapping[Name, tuple[Coverage, dict[str, list[Span]]]]
) -> None:
    """Replace what is declared, where it differs from what was.

    Parameters
    ----------
    changed : what is known before, and what shall be declared
    """
    target = f"{REFERENCE_SCHEMA}.{SPANS}"
    news = {
        name: (before.declared, after)
        for name, (before, after) in changed.items()
        if before.declared != after
    }
    old = [
        f"(kind = {literal(kind)} AND key = {literal(key)})"
        for (kind, key), (before, _) in news.items()
        if before
    ]
    rows = [
        f"({literal(kind)}, {literal(key)}, {literal(state)}, {first}, {last})"
        for (kind, key), (_, after) in news.items()
        for state, spans in after.items()
        for first, last in spans
    ]
    if old:
        transaction.execute(f"DELETE FROM {target} WHERE {' OR '.join(old)}")
    if rows:
        transaction.execute(f"INSERT INTO {target} VALUES {', '.join(rows)}")


def coverage_spans(
    found: Mapping[Name, Coverage], start_ns: int = NS_MIN, end_ns: int = NS_MAX
) -> list[CoverageSpan]:
    """Return every stretch, by kind, key and time; without a start or end, of what is known."""
    spans = []
    for (kind, key), coverage in found.items():
        ends = coverage.ends
        if ends is not None:
            first = ends[0] if start_ns == NS_MIN else start_ns
            last = ends[1] if end_ns == NS_MAX else end_ns
            spans += [CoverageSpan(kind, key, *each) for each in coverage.within(first, last)]
    return sorted(spans, key=lambda each: (rank(each.kind), each.key, each.first_ns))


def coverage_view(tables: Sequence[Table]) -> str:
    """Return the statement that makes the view over the files of all tables, and what is declared.

    It sweeps over the ends of all spans: what is declared goes before what files say.
    """
    files = [
        f"SELECT {literal(table.kind.name)} AS type, min({table.kind.key_columns[0]}) AS name, "
        f"'file' AS state, epoch_ns(min(ts_init))::HUGEINT AS first, "
        f"epoch_ns(max(ts_init))::HUGEINT AS last "
        f"FROM {SCHEMA}.{identifier(table.name)} GROUP BY filename"
        for table in sorted(tables)
    ]
    declared = (
        "SELECT kind AS type, key AS name, state, first_ns::HUGEINT AS first, "
        f"last_ns::HUGEINT AS last FROM {REFERENCE_SCHEMA}.{SPANS}"
    )
    states = ("file", HELD, EMPTY, MISSING)
    steps = ", ".join(f"sum(step) FILTER (state = '{state}') AS {state}_step" for state in states)
    levels = ", ".join(f"coalesce(sum({state}_step) OVER w, 0) AS {state}s" for state in states)
    return f"""CREATE OR REPLACE VIEW main.coverage AS
WITH known AS ({" UNION ALL ".join([*files, declared])}),
ends AS (
    SELECT type, name, state, first AS moment, 1 AS step FROM known
    UNION ALL SELECT type, name, state, last + 1, -1 FROM known
),
steps AS (SELECT type, name, moment, {steps} FROM ends GROUP BY type, name, moment),
levels AS (
    SELECT type, name, moment, lead(moment) OVER w AS next, {levels} FROM steps
    WINDOW w AS (PARTITION BY type, name ORDER BY moment)
),
parts AS (
    SELECT type, name, moment, next, CASE WHEN {HELD}s > 0 THEN '{HELD}'
        WHEN {EMPTY}s > 0 THEN '{EMPTY}' WHEN {MISSING}s > 0 THEN '{MISSING}'
        WHEN files > 0 THEN '{HELD}' ELSE '{MISSING}' END AS state
    FROM levels WHERE next IS NOT NULL
),
marked AS (
    SELECT *, state IS DISTINCT FROM lag(state) OVER w AS is_first FROM parts
    WINDOW w AS (PARTITION BY type, name ORDER BY moment)
),
numbered AS (
    SELECT *, sum(is_first::INTEGER) OVER w AS number FROM marked
    WINDOW w AS (PARTITION BY type, name ORDER BY moment)
)
SELECT type, name, state, make_timestamp_ns(min(moment)::BIGINT) AS first,
    make_timestamp_ns((max(next) - 1)::BIGINT) AS last
FROM numbered GROUP BY type, name, number, state ORDER BY type, name, first"""
