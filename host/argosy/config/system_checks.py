"""What the host's own sections must say together, beyond the type of each key."""

from argosy.config.positions import KeyPath
from argosy.config.problems import Problems
from argosy.config.system import DataSettings, SystemSettings

LAST_NS = 2**63 - 1


def check_system(system: SystemSettings, problems: Problems) -> None:
    """Note everything that does not go together."""
    for index, data in enumerate(system.data):
        check_data(data, ("data", index), problems)
    _check_overlaps(system.data, problems)
    run = system.run
    if run.start is not None and run.end is not None and run.start >= run.end:
        problems.add(("run", "end"), "the run ends before it starts", "Give an end after start")
    both = set(system.plugins.disable) & set(system.plugins.allow or ())
    for name in sorted(both):
        message = f"plugin {name!r} is both allowed and disabled"
        problems.add(("plugins", "disable"), message, "Remove one of the two")


def check_data(data: DataSettings, path: KeyPath, problems: Problems) -> None:
    """Note what does not go together in one table of data."""
    wanted, other = ("bar_types", "instruments")
    if data.type != "bar":
        wanted, other = other, wanted
    if data.sql is not None:
        message = "data from SQL is not available yet"
        problems.add((*path, "sql"), message, f"Use {wanted} = [...]")
        return
    if not getattr(data, wanted):
        message = f'type = "{data.type}" needs {wanted}'
        problems.add((*path, wanted), message, f"Add {wanted} = [...]")
    if getattr(data, other):
        message = f'type = "{data.type}" takes {wanted}, not {other}'
        problems.add((*path, other), message, f"Use {wanted} = [...]")
    for index, bar_type in enumerate(data.bar_types):
        if not bar_type.is_externally_aggregated() or bar_type.is_composite():
            message = f"{bar_type} is built during the run, not stored"
            cure = "Replay the ticks here and let the strategy subscribe to the bars"
            problems.add((*path, "bar_types", index), message, cure)
    if data.start is not None and data.end is not None and data.start >= data.end:
        problems.add((*path, "end"), "the data ends before it starts", "Give an end after start")


def _check_overlaps(tables: tuple[DataSettings, ...], problems: Problems) -> None:
    """Refuse to replay one row twice; both ends of a range belong to it."""
    declared: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for at, data in enumerate(tables):
        name = "bar_types" if data.type == "bar" else "instruments"
        first = -LAST_NS if data.start is None else data.start
        last = LAST_NS if data.end is None else data.end
        for index, key in enumerate(getattr(data, name)):
            ranges = declared.setdefault((data.type, str(key)), [])
            if any(first <= end and start <= last for start, end in ranges):
                message = f"{data.type} data of {key} is declared twice for the same time"
                cure = "Remove one, or part their times; start and end belong to the range"
                problems.add(("data", at, name, index), message, cure)
            ranges.append((first, last))
