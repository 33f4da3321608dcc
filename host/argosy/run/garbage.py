"""Python's garbage collector during a run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_under_way = 0  # runs of this process, whose collector is one
_before = gc.get_threshold()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the garbage collector leave alone what a run is going to keep anyway.

    A run keeps every order and event, so that the collector would walk more and more of them for
    nothing: an order's cost would grow with their number. Reference cycles are still found. Of runs
    that overlap, the first changes the collector and the last restores it.
    """
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _before, _under_way  # noqa: PLW0603 (the collector is the process's)
    with _lock:
        if not _under_way:
            _before = gc.get_threshold()
            gc.freeze()
            gc.set_threshold(200_000, 20, 1_000)
        _under_way += 1


def _end() -> None:
    global _under_way  # noqa: PLW0603 (as above)
    with _lock:
        _under_way -= 1
        if not _under_way:
            gc.set_threshold(*_before)
            gc.unfreeze()
