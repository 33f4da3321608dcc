"""What files and their times look like in an outcome."""

from collections.abc import Iterable, Mapping

from argosy_catalog.hindsight.alteration import Alteration, Outcome
from argosy_catalog.lake.coverage import Coverage, Name
from argosy_catalog.lake.index import DataFile, data_files
from argosy_catalog.lake.intervals import Span
from argosy_catalog.lake.lake import Lake


def alteration_of(outcome: Outcome | None, files: Iterable[DataFile]) -> Alteration | None:
    """Return what becomes of the rows of files, None where they are shown as they are."""
    return None if outcome is None else Alteration.over(outcome, files)


def alteration_at(outcome: Outcome | None, lake: Lake, snapshot: int | None) -> Alteration | None:
    """Return what becomes of the rows of a lake, None where they are shown as they are."""
    if outcome is None:
        return None
    with lake.metadata() as select:
        return Alteration.over(outcome, data_files(select, lake.data_path, snapshot=snapshot))


def shown(outcome: Outcome | None, files: list[DataFile]) -> list[DataFile]:
    """Return files with the rows and times that they would have if they held what is shown."""
    altered = alteration_of(outcome, files)
    return files if altered is None else altered.files(files)


def shown_coverage(outcome: Outcome | None, found: Mapping[Name, Coverage]) -> dict[Name, Coverage]:
    """Return what is known of time if files hold what is shown, and nothing later is declared."""
    if outcome is None:
        return dict(found)
    return {
        name: Coverage(
            shown(outcome, each.files),
            {state: _until(spans, outcome.after_ns) for state, spans in each.declared.items()},
        )
        for name, each in found.items()
    }


def _until(spans: list[Span], last_ns: int) -> list[Span]:
    return [(first, min(last, last_ns)) for first, last in spans if first <= last_ns]
