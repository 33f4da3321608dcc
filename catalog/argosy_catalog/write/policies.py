"""What becomes of new rows whose time the catalog holds already, as whoever writes declares.

- ``refuse``: nothing is written.
- ``keep``: what the catalog holds stays; rows in a time that it does not hold are added.
- ``replace``: rows that the catalog holds from the first to the last new row, or in the time that
  the load says it covers, make way.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, cast, get_args

from argosy.errors import CatalogError, UnknownNameError
from argosy_catalog.lake.coverage import Coverage, spans_of
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.intervals import Span, touched, union, without
from argosy_catalog.lake.kinds import Kind
from argosy_catalog.lake.times import text_of
from argosy_catalog.write.changes import Change, cut_out
from argosy_catalog.write.series import NewFile, Series

OnOverlap = Literal["refuse", "keep", "replace"]
OVERLAPS: tuple[str, ...] = get_args(OnOverlap)

Pieces = Callable[[DataFile | NewFile, Sequence[Span]], list[NewFile]]


@dataclass(slots=True)
class Load:
    """What one writer brings of one kind and key.

    Parameters
    ----------
    series : its rows, one for each precision
    claims : the time that they are all rows of, beyond the first and the last of them
    """

    kind: Kind
    key: str
    series: list[Series] = field(default_factory=list)
    claims: list[Span] = field(default_factory=list)

    @property
    def rows_spans(self) -> list[Span]:
        """First and last `ts_init` of each series."""
        return spans_of(self.series)

    @property
    def place(self) -> str:
        """What errors call it."""
        return f"{self.kind.name} of {self.key}"


def known_policy(name: str) -> OnOverlap:
    """Return a policy by its name."""
    if name not in OVERLAPS:
        raise UnknownNameError("overlap policy", name, OVERLAPS)
    return cast("OnOverlap", name)


def refuse_overlap(load: Load, held: Iterable[Span]) -> None:
    """Refuse rows, or a claim without rows, in a time for which the catalog has rows."""
    held = list(held)
    for first, last in load.rows_spans or load.claims:
        for held_first, held_last in touched((first, last), held):
            raise CatalogError(
                f"rows from {text_of(held_first)} to {text_of(held_last)} are already there; "
                f"these are from {text_of(first)} to {text_of(last)}",
                place=load.place,
                cure="Leave out the time that the catalog holds, "
                'or say on_overlap "keep" or "replace" (--on-overlap)',
            )


def settle(load: Load, before: Coverage, policy: OnOverlap, pieces: Pieces) -> Change:
    """Return what a load changes.

    Raises
    ------
    CatalogError : the policy is to refuse, or rows of the load overlap each other
    """
    _check_itself(load)
    if policy == "refuse":
        refuse_overlap(load, before.held)
    cut = union([*load.rows_spans, *load.claims]) if policy == "replace" else []
    new = [file for series in load.series for file in series.files]
    if policy == "keep":
        new = [part for file in new for part in _outside(file, before.held, pieces)]
    held = union([*without(before.held, cut), *load.rows_spans])
    empty = without([*without(before.empty, cut), *load.claims], held)
    change = Change(load.kind, load.key, before, held, empty, new=new)
    # A file may have room inside, where nothing was fetched; it is split there.
    cut_out(change, union([*cut, *spans_of(new)]), pieces)
    return change


def _outside(file: NewFile, held: list[Span], pieces: Pieces) -> list[NewFile]:
    """Return what of a new file is outside of the time that is held."""
    span = (file.first_ns, file.last_ns)
    return pieces(file, without([span], held)) if touched(span, held) else [file]


def _check_itself(load: Load) -> None:
    for one, other in combinations(load.series, 2):
        for first, last in touched((one.first_ns, one.last_ns), spans_of([other])):
            raise CatalogError(
                f"rows from {text_of(first)} to {text_of(last)} are already there "
                "at other precisions; both are new",
                place=load.place,
                cure="Write the rows of one time at one precision",
            )
    inside = without(load.rows_spans, load.claims) if load.claims else []
    for first, last in inside:
        raise CatalogError(
            f"there are rows from {text_of(first)} to {text_of(last)}, outside of the time "
            "that the load says it covers",
            place=load.place,
            cure="Give a start and an end around all rows",
        )
