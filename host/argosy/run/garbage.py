"""Python's garbage collector during a run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the garbage collector leave alone what a run is going to keep anyway.

    A run keeps every order and event, so that the collector would walk more and more of them for
    nothing: an order's cost would grow with their number. Reference cycles are still found.
    """
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
