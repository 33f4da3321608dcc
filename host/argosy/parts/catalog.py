"""Catalogs: where stored data are read, and where runs are written.

.. code-block:: python

    class Shelf(Catalog):
        ...  # what is abstract below

    def open_shelf(settings: ShelfSettings) -> Catalog:
        from shelf import Shelf  # a heavy import belongs here
        return Shelf(settings.path)

    @hookimpl
    def register_catalogs(register: Register[Catalog]) -> None:
        register("shelf", open_shelf, settings=ShelfSettings, doc="Keep data on a shelf.")

and in a system file ``[catalog] use = "shelf"``. `argosy.testing.catalogs.check_catalog` checks
one.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from argosy.kernel.stream import Stream
    from argosy.model.instruments import Instrument
    from argosy.model.kinds import Kinds


class Queries(Protocol):
    """What a catalog with SQL has besides: answers to the queries of runs."""

    @abstractmethod
    def feature_rows(
        self,
        query: str,
        params: Mapping[str, Any] | None = None,
        *,
        snapshot: int | None = None,
        until_ns: int | None = None,
        decimals: Mapping[str, int] | None = None,
        is_reversed: bool = False,
    ) -> Any:
        """Return what a query feeds to a run, as an Arrow Table that is the same each time.

        *When*: before a run begins, once for each [[data]] table with ``sql``; `argosy check` asks
        a second time in reverse, the search for lookahead once more for each of its cuts.

        Parameters
        ----------
        query : a SELECT over market data and instruments that returns `ts_init`, the time at which
            a row becomes known
        params : a value for each ``$name`` of the query
        snapshot : an id that `Catalog.snapshot` returned; else the newest
        until_ns : all data with a later `ts_init` are withheld from the query
        decimals : columns that have so many decimals, exactly
        is_reversed : the query reads rows from the last to the first: an order that it does not
            ask for must not matter

        Returns
        -------
        rows sorted by `ts_init`, then by all columns; whole numbers int64, decimals of up to 18
        digits decimal64, times ns

        Raises
        ------
        InputError : the query is wrong, cannot be repeated, or returns gaps; `place` is what to
            blame: query, params or decimals
        """
        ...


class Hindsight(Protocol):
    """What a catalog has besides that the search for lookahead can use."""

    @abstractmethod
    def changed_after(
        self, time_ns: int, *, is_falling: bool = False
    ) -> AbstractContextManager[None]:
        """Let other data be read after a time (ns), until the block ends; files stay as they are.

        Parameters
        ----------
        is_falling : which of two outcomes; what is read of later data differs in one of them
        """
        ...


class Catalog(Protocol):
    """Keep data and runs; derive from it, or have the same members.

    *Who calls it when*: a run opens one with the factory of ``[catalog]``, asks for a snapshot,
    for instruments and streams, reads the streams while it goes on, writes itself once at its end,
    also where it failed, and closes. Times are ns since the epoch, UTC.

    *What it promises*: what is read at a snapshot is the same whatever is written meanwhile; a run
    is written whole or not at all. What is missing or broken is an InputError with place and cure.

    Attributes
    ----------
    path : where it lies, for errors
    """

    path: Any

    @property
    def exists(self) -> bool:
        """Whether there is anything to read; asked before a run reads, and for its errors only."""
        return True

    @property
    def queries(self) -> Queries | None:
        """What answers [[data]] tables with ``sql``; None where the catalog has no SQL."""
        return None

    @property
    def hindsight(self) -> Hindsight | None:
        """What shows other data to the search for lookahead; None where nothing can."""
        return None

    def keeping(self, kinds: Kinds) -> Catalog:
        """Return the catalog as one that keeps these kinds of data; asked first, by a run.

        One that keeps kinds that plugins bring overrides it; any other goes without them.
        """
        return self

    @abstractmethod
    def snapshot(self) -> int:
        """Return the id of what can be read now; the receipt of a run names it."""
        ...

    def hold(self) -> AbstractContextManager[int]:
        """Lend the id that `snapshot` returns; the snapshot can be read until the block ends.

        A catalog whose snapshots expire overrides it.
        """
        return nullcontext(self.snapshot())

    @abstractmethod
    def instruments(self) -> Sequence[Instrument]:
        """Return the newest definition of each instrument, sorted by id."""
        ...

    @abstractmethod
    def streams(
        self,
        data_type: type,
        identifiers: Sequence[Any],
        start: int | None = None,
        end: int | None = None,
        *,
        snapshot: int,
        batch_rows: int,
    ) -> Sequence[Stream]:
        """Return what replay reads: a stream for each key, and for each precision that it had.

        Parameters
        ----------
        data_type : QuoteTick, TradeTick, Bar, OrderBookDelta, or the class of a plugin's kind
        identifiers : instrument ids, or bar types; in the order in which the streams shall come
        start, end : of `ts_init`, inclusive; a stream may yield more
        snapshot : an id that `snapshot` returned
        batch_rows : rows in a batch at most

        Raises
        ------
        InputError : there is nothing under one of the names
        """
        ...

    @abstractmethod
    def write_run(
        self, run: Mapping[str, Any], tables: Mapping[str, Any], events: Iterable[Any] = ()
    ) -> None:
        """Keep a run, complete or not: it is there afterwards, or an error says why not.

        Parameters
        ----------
        run : the run as a row: run_id, name, mode, times in ns, seed, snapshot, is_complete, error,
            event_log_hash, settings, versions, statistics, as plain JSON values
        tables : Arrow tables by name: orders, fills, positions, accounts, equity; with queries also
            inputs and features
        events : Arrow tables of the event log, in order: seq, ts, type, payload
        """
        ...

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections; called once, whatever happened."""
        ...
