"""What runs take in from a catalog, and what they leave in it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from argosy_catalog.lake.lake import Lake
from argosy_catalog.read.asking import Asking
from argosy_catalog.runs.ledger import RunLedger, write_run

if TYPE_CHECKING:
    from argosy_catalog.runs.features import FeatureDesk


class Runs:
    """The runs of a lake: their queries answered, their results kept.

    Parameters
    ----------
    lake : to read and to write into
    asking : what answers SQL over it
    snapshot : at which it is read; None for the newest
    """

    def __init__(self, lake: Lake, asking: Asking, snapshot: int | None = None) -> None:
        self.lake = lake
        self.snapshot = snapshot
        self._asking = asking
        self._desk: FeatureDesk | None = None

    def ledger(self, run_id: str) -> RunLedger:
        """Return a ledger that takes the event log of a run as it goes."""
        return RunLedger(self.lake, run_id)

    def write(
        self, run: Mapping[str, Any], tables: Mapping[str, Any], events: Iterable[Any] = ()
    ) -> None:
        """Write a finished run in one transaction; see `RunLedger.commit`."""
        write_run(self.lake, run, tables, events)

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
        snapshot : the number of one that is there; else the newest
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

            self._desk = FeatureDesk(self.lake)
        at = self.snapshot if snapshot is None else snapshot
        return self._desk.rows(
            query,
            params,
            snapshot=at,
            until_ns=until_ns,
            decimals=decimals,
            is_reversed=is_reversed,
        )

    def features(self, run_id: str, source: str) -> Any:
        """Return the rows that a query fed to a run, as `feature_rows` returned them.

        Raises
        ------
        CatalogError : the catalog has no such run, or the run no such source
        """
        from argosy_catalog.runs.receipts import run_features

        return run_features(self._asking.table, run_id, source)

    def close(self) -> None:
        """Close the connection for queries; the next one opens it again."""
        if self._desk is not None:
            self._desk.close()
