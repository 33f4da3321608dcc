"""What the host's own sections must say together, beyond the type of each key."""

import re

from argosy.config.data_kinds import NAMES, WORDS
from argosy.config.positions import KeyPath
from argosy.config.problems import Problems
from argosy.config.row_types import check_names, is_class
from argosy.config.system import DataSettings, SystemSettings
from argosy.model.data_kind import DataKind
from argosy.model.kinds import KINDS

LAST_NS = 2**63 - 1
_NAME = re.compile(r"[A-Za-z]\w{0,63}", re.ASCII)


def check_system(system: SystemSettings, problems: Problems) -> None:
    """Note everything that does not go together."""
    for index, data in enumerate(system.data):
        check_data(data, ("data", index), problems)
    _check_overlaps(system.data, problems)
    _check_query_names(system.data, problems)
    run = system.run
    if run.start is not None and run.end is not None and run.start >= run.end:
        problems.add(("run", "end"), "the run ends before it starts", "Give an end after start")
    both = set(system.plugins.disable) & set(system.plugins.allow or ())
    for name in sorted(both):
        message = f"plugin {name!r} is both allowed and disabled"
        problems.add(("plugins", "disable"), message, "Remove one of the two")


def check_data(data: DataSettings, path: KeyPath, problems: Problems) -> None:
    """Note what does not go together in one table of data."""
    if data.sql is not None:
        _check_query(data, path, problems)
    else:
        _check_stored(data, path, problems)
    for index, bar_type in enumerate(data.bar_types):
        if not bar_type.is_externally_aggregated() or bar_type.is_composite():
            message = f"{bar_type} is built during the run, not stored"
            cure = "Replay the ticks here and let the strategy subscribe to the bars"
            problems.add((*path, "bar_types", index), message, cure)
    if data.start is not None and data.end is not None and data.start >= data.end:
        problems.add((*path, "end"), "the data ends before it starts", "Give an end after start")


def _check_stored(data: DataSettings, path: KeyPath, problems: Problems) -> None:
    """Note what is missing for stored data, and what belongs to a query."""
    if data.type is None:
        problems.add((*path, "type"), "missing key", "Add type = ...")
    elif is_class(data.type):
        message = "the catalog stores no rows of a class"
        words = ", ".join(kind.name for kind in WORDS)
        problems.add((*path, "type"), message, f"Add sql = ..., or use one of {words}")
    elif (kind := _kind(data)) is not None:
        check_names(dict(data), kind, path, problems)
    for key in ("name", "params", "decimals"):
        if getattr(data, key):
            problems.add((*path, key), "this key belongs to a query", "Add sql = ...")


def _check_query(data: DataSettings, path: KeyPath, problems: Problems) -> None:
    """Note what does not go together in a table with a query."""
    if not (data.sql or "").strip():
        problems.add((*path, "sql"), "the query is empty", "Give a SELECT that returns ts_init")
    if data.name is None or not _NAME.fullmatch(data.name):
        message = "missing key" if data.name is None else f"{data.name!r} is no name"
        cure = 'Add name = "...", letters, digits and _: what the rows of the query are called'
        problems.add((*path, "name"), message, cure)
    kind = _kind(data)
    if kind is not None and not WORDS[kind]:
        message = f"{kind.plural} cannot come from a query, which has no order within a moment"
        words = ", ".join(each.name for each in WORDS if WORDS[each])
        problems.add((*path, "type"), message, f"Use {words} or a class")
    elif kind is not None:
        check_names(dict(data), kind, path, problems)
        if data.decimals:
            cure = "Remove the key"
            problems.add((*path, "decimals"), "the definition of the instrument says them", cure)
    elif data.type is None or is_class(data.type):
        for key in ("instruments", "bar_types"):
            if getattr(data, key):
                message = f"rows of a query take {key} only as quotes, trades or bars"
                problems.add((*path, key), message, "Bind a value with params, or give a type")


def _kind(data: DataSettings) -> DataKind | None:
    """Return the kind of the host that a table names; those of plugins are not loaded yet."""
    kind = KINDS.get(data.type or "")
    return kind if kind in WORDS else None


def _check_query_names(tables: tuple[DataSettings, ...], problems: Problems) -> None:
    seen = set()
    for index, data in enumerate(tables):
        if data.sql is not None and data.name is not None:
            if data.name in seen:
                message = f"two queries have the name {data.name!r}"
                problems.add(("data", index, "name"), message, "Change one")
            seen.add(data.name)


def _check_overlaps(tables: tuple[DataSettings, ...], problems: Problems) -> None:
    """Refuse to replay one row twice; both ends of a range belong to it."""
    declared: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for at, data in enumerate(tables):
        if data.sql is not None or data.type is None:
            continue
        first = -LAST_NS if data.start is None else data.start
        last = LAST_NS if data.end is None else data.end
        named = [
            (name, *each) for name in NAMES.values() for each in enumerate(getattr(data, name))
        ]
        for name, index, key in named:
            ranges = declared.setdefault((data.type, str(key)), [])
            if any(first <= end and start <= last for start, end in ranges):
                message = f"{data.type} data of {key} is declared twice for the same time"
                cure = "Remove one, or part their times; start and end belong to the range"
                problems.add(("data", at, name, index), message, cure)
            ranges.append((first, last))
