"""Ctrl-C for queries: DuckDB answers no signal while it works, so it works on a second thread."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

import duckdb

T = TypeVar("T")


class Call(Protocol):
    """Do some work of a connection, and return what it returns."""

    def __call__(self, work: Callable[[], T]) -> T:
        """Do it."""
        ...


@contextmanager
def interruptible(connection: duckdb.DuckDBPyConnection) -> Iterator[Call]:
    """Lend a way to let a connection work that Ctrl-C ends at once.

    The work is done one piece after the other, while this thread waits and can be interrupted.
    """
    with ThreadPoolExecutor(1, "argosy-sql") as thread:

        def call(work: Callable[[], T]) -> T:
            try:
                return thread.submit(work).result()
            except KeyboardInterrupt:
                connection.interrupt()
                raise

        yield call
