"""Sequences that mostly stay short, a million of them: events of an order, fills of a position.

A tuple of events is nothing that the garbage collector walks again and again, a list is. Only what
grows long becomes a list, so that it does not take the square of its length.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")
LONG = 8


def grown(items: tuple[T, ...] | list[T], item: T) -> tuple[T, ...] | list[T]:
    """Return the sequence with one more item; the one given may have been changed."""
    if isinstance(items, list):
        items.append(item)
        return items
    if len(items) < LONG:
        return items + (item,)  # noqa: RUF005 (a list in between takes three times as long)
    return [*items, item]
