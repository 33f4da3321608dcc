"""Rows without prices and sizes, such as status updates, and objects of all kinds from rows."""

from collections.abc import Iterator
from typing import Any

from argosy.serialization.arrow import from_rows, to_rows
from argosy_catalog.lake.kinds import Kind


def by_key(kind: Kind, items: list[Any]) -> Iterator[tuple[list[Any], Any]]:
    """Group updates of one kind by instrument or venue, and yield each group with its batch."""
    groups: dict[Any, list[Any]] = {}
    for item in items:
        groups.setdefault(kind.of.key_of(item), []).append(item)
    for same in groups.values():
        batch, _ = to_rows(kind.of, same)
        yield same, batch


def objects_of(kind: Kind, batch: Any, key: Any) -> list[Any]:
    """Return the objects of a batch of any kind that the catalog holds."""
    return from_rows(kind.of, batch, key)
