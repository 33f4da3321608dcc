"""Ctrl-C ends a query at once, wherever in it DuckDB is."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.read.interrupts import interruptible

LONG = """
SELECT make_timestamp_ns(0) AS ts_init, CAST(sum(a.i * b.i) % 7 AS INTEGER) AS n
FROM range(10_000_000) a(i), range(1_000_000) b(i)
"""
SHORT = LONG.replace("_000", "")


@pytest.fixture
def interrupt() -> Iterator[Callable[[float], None]]:
    """Send this process what Ctrl-C sends, after some seconds."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # in a job it is ignored
    timers: list[threading.Timer] = []

    def later(seconds: float) -> None:
        timers.append(threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)))
        timers[-1].start()

    yield later
    for each in timers:
        each.cancel()
    signal.signal(signal.SIGINT, before)


def read(catalog: ParquetDataCatalog, query: str) -> None:
    catalog.sql(query)


def stream(catalog: ParquetDataCatalog, query: str) -> None:
    list(catalog.sql_batches(query))


def feature(catalog: ParquetDataCatalog, query: str) -> None:
    catalog.feature_rows(query)


@pytest.mark.parametrize("ask", [read, stream, feature])
def test_a_query_that_would_take_hours_ends_with_ctrl_c(
    folder: Path, interrupt: Callable[[float], None], ask: Callable[[Any, str], None]
) -> None:
    with ParquetDataCatalog(folder, read_only=True) as catalog:
        ask(catalog, SHORT)  # opened, and a query like it is fine
        started = time.monotonic()
        interrupt(0.3)
        with pytest.raises((KeyboardInterrupt, RuntimeError), match=r"^$|interrupted"):
            ask(catalog, LONG)  # an error of DuckDB where Ctrl-C comes before the query begins
        assert time.monotonic() - started < 10
        ask(catalog, SHORT)  # the connection is as good as before


def test_what_work_raises_is_raised_where_it_was_asked_for() -> None:
    with (
        duckdb.connect() as connection,
        interruptible(connection) as call,
        pytest.raises(duckdb.CatalogException, match="nowhere"),
    ):
        call(lambda: connection.execute("FROM nowhere"))
