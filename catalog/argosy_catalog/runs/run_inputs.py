"""What runs take in from SQL: the part of `ParquetDataCatalog` that makes it repeatable."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Self

from argosy_catalog.lake.lake import Lake

if TYPE_CHECKING:
    from argosy_catalog.runs.features import FeatureDesk


class RunInputs:
    """The part of `ParquetDataCatalog` that answers the queries of runs."""

    sql: Callable[..., Any]
    _lake: Lake
    _snapshot: int | None
    _desk: "FeatureDesk | None" = None

    @property
    def queries(self) -> Self:
        """What answers queries of runs."""
        return self

    @property
    def hindsight(self) -> Self:
        """What shows other data after a time, for the search for lookahead."""
        return self

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

        The query runs on one thread. Its rows are sorted by `ts_init`, then by all columns; whole
        numbers are int64, decimals of up to 18 digits decimal64, times nanoseconds.

        Parameters
        ----------
        query : a SELECT over market data and instruments that returns `ts_init`, the time at which
            a row becomes known
        params : a value for each ``$name`` of the query
        snapshot : an id that `snapshot` returned; else the newest
        until_ns : withhold from the query all data with a later `ts_init`
        decimals : columns that have so many decimals, exactly
        is_reversed : let the query read rows from the last to the first: an order that it does not
            ask for must not matter

        Raises
        ------
        CatalogError : the query is wrong, cannot be repeated, or returns gaps; `place` is what to
            blame: query, params or decimals
        """
        if self._desk is None:
            from argosy_catalog.runs.features import FeatureDesk

            self._desk = FeatureDesk(self._lake)
        at = self._snapshot if snapshot is None else snapshot
        return self._desk.rows(
            query,
            params,
            snapshot=at,
            until_ns=until_ns,
            decimals=decimals,
            is_reversed=is_reversed,
        )

    def run_features(self, run_id: str, source: str) -> Any:
        """Return the rows that a query fed to a run, as `feature_rows` returned them.

        Raises
        ------
        CatalogError : the catalog has no such run, or the run no such source
        """
        from argosy_catalog.runs.receipts import run_features

        return run_features(self.sql, run_id, source)

    def changed_after(
        self, time_ns: int, *, is_falling: bool = False
    ) -> AbstractContextManager[None]:
        """Let all catalogs of this process show other data after a time (ns).

        It serves the search for lookahead; what is on disk stays as it is.

        Parameters
        ----------
        is_falling : which of two outcomes; what is read of later data differs in one of them
        """
        from argosy_catalog.hindsight.hindsight import changed_after

        return changed_after(time_ns, is_falling=is_falling)

    def _close_desk(self) -> None:
        if self._desk is not None:
            self._desk.close()
