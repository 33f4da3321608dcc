"""What people ask in SQL, and the queries that they keep; the first question loads DuckDB."""

from typing import TYPE_CHECKING, Any

from argosy_catalog.lake.lake import Lake

if TYPE_CHECKING:
    from argosy_catalog.read.session import Parameters, SqlSession


class Asking:
    """What answers SQL over a lake.

    Parameters
    ----------
    lake : which is read
    snapshot : at which; None for the newest
    """

    def __init__(self, lake: Lake, snapshot: int | None = None) -> None:
        self.lake = lake
        self.snapshot = snapshot
        self._session: SqlSession | None = None

    @property
    def session(self) -> "SqlSession":
        """The connection behind it, made when it is first used."""
        if self._session is None:
            from argosy_catalog.read.session import SqlSession

            self._session = SqlSession(self.lake, snapshot=self.snapshot)
        return self._session

    def table(self, query: str, parameters: "Parameters" = None) -> Any:
        """Return the rows of a SELECT as an Arrow Table; see `SqlSession.run`."""
        return self.session.run(query, parameters)

    def batches(self, query: str, parameters: "Parameters" = None) -> Any:
        """Return the rows of a SELECT as a RecordBatchReader; see `SqlSession.stream`."""
        return self.session.stream(query, parameters)

    def save(self, name: str, query: str) -> None:
        """Keep a query under a name; see `saved.save_view`."""
        from argosy_catalog.read.saved import save_view

        save_view(self.lake, self.session, name, query)

    def drop(self, name: str) -> None:
        """Forget a query that `save` kept."""
        from argosy_catalog.read.saved import drop_view

        drop_view(self.lake, name)

    def close(self) -> None:
        """Close the connection; the next query opens it again."""
        if self._session is not None:
            self._session.close()
