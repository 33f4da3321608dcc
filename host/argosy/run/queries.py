"""Queries as sources of a run: a [[data]] table with `sql`, asked before the start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from argosy.errors import DataError, InputError
from argosy.kernel.stream import Stream
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy.run.feature_stream import FeatureStream, feature_class
from argosy.run.query_rows import is_market, market_streams, needed_decimals
from argosy.run.table_difference import are_close, first_row

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.config.system import DataSettings
    from argosy.parts.catalog import Catalog

_KEYS = {"query": "sql", "params": "params", "decimals": "decimals"}
"""What a catalog blames -> the key of the system file."""


@dataclass(frozen=True)
class Query:
    """One [[data]] table with a query.

    Parameters
    ----------
    plan : the system
    index : of the table in [[data]]
    """

    plan: Plan
    index: int

    @property
    def data(self) -> DataSettings:
        """The table."""
        return self.plan.data[self.index]

    @property
    def name(self) -> str:
        """What its rows are called."""
        return str(self.data.name)

    def place(self, key: str) -> str:
        """Return ``file:line: key`` of a key of the table."""
        return self.plan.place(("data", self.index, key)) or f"query {self.name}"

    def ask(
        self,
        catalog: Catalog,
        snapshot: int,
        instruments: Iterable[Instrument],
        *,
        until_ns: int | None = None,
        is_reversed: bool = False,
    ) -> Answer:
        """Run the query.

        Parameters
        ----------
        catalog, snapshot : what it reads
        instruments : of the run, which say how many decimals prices and sizes have
        until_ns : data with a later `ts_init` are withheld from it
        is_reversed : it reads rows from the last to the first

        Raises
        ------
        DataError : it cannot be asked, or a run cannot take in what it returns
        """
        definitions = {each.id: each for each in instruments}
        queries = catalog.queries
        if queries is None:
            raise DataError(
                f"catalog {self.plan.catalog.part.name!r} answers no queries of runs",
                place=self.place("sql"),
                cure="Use a catalog with SQL, such as ducklake",
            )
        try:
            table = queries.feature_rows(
                str(self.data.sql),
                dict(self.data.params),
                snapshot=snapshot,
                until_ns=until_ns,
                decimals=self._decimals(definitions),
                is_reversed=is_reversed,
            )
        except InputError as error:
            raise self._located(error) from error
        return Answer(self, snapshot, self._within(table), definitions)

    def _decimals(self, definitions: Mapping[InstrumentId, Instrument]) -> dict[str, int]:
        if not is_market(self.data):
            return dict(self.data.decimals)
        return needed_decimals(self.data, definitions, place=self.place("sql"))

    def _located(self, error: InputError) -> DataError:
        """Say where in the system file the query is wrong."""
        key = _KEYS.get(str(error.place))
        message = error.message if key or not error.place else f"{error.place}: {error.message}"
        if key == "decimals" and is_market(self.data):
            key = "sql"  # decimals that the instrument declares, not the file
        return DataError(message, place=self.place(key or "sql"), cure=error.cure)

    def _within(self, table: Any) -> Any:
        """Return the rows from `start` to `end`."""
        import pyarrow as pa
        import pyarrow.compute as pc

        times = table.column("ts_init").cast(pa.int64())
        compute: Any = pc
        keep = compute.is_valid(times)
        if self.data.start is not None:
            keep = compute.and_(keep, compute.greater_equal(times, self.data.start))
        if self.data.end is not None:
            keep = compute.and_(keep, compute.less_equal(times, self.data.end))
        return table.filter(keep).combine_chunks()


@dataclass(frozen=True)
class Answer:
    """What a query returned.

    Parameters
    ----------
    query : what was asked
    snapshot : of the catalog that it read
    table : its rows, sorted, from the declared start to the declared end
    definitions : the instruments of the run
    """

    query: Query
    snapshot: int
    table: Any
    definitions: Mapping[InstrumentId, Instrument]

    @cached_property
    def streams(self) -> list[Stream]:
        """What replay reads.

        Raises
        ------
        DataError : there is no row, or a row is not what its type says
        """
        query, data = self.query, self.query.data
        if not self.table.num_rows:
            is_cut = data.start is not None or data.end is not None
            raise DataError(
                f"the query returns no row{' from start to end' if is_cut else ''}",
                place=query.place("sql"),
                cure="See with `argosy sql` what it returns, and `argosy catalog ls` what there is",
            )
        batch_rows = query.plan.system.run.batch_rows
        place = query.place("sql")
        if is_market(data):
            return list(market_streams(data, self.table, self.definitions, batch_rows, place))
        own = query.plan.row_types.get(query.index)
        made = own or feature_class(self.table.schema, place)
        stream = FeatureStream(query.name, made, self.table, batch_rows, place)
        stream.check()
        return [stream]

    def check_order(self, catalog: Catalog) -> None:
        """Ask again over rows in reverse order.

        Raises
        ------
        DataError : the answer differs: it depends on an order that the query does not ask for
        """
        instruments = self.definitions.values()
        other = self.query.ask(catalog, self.snapshot, instruments, is_reversed=True).table
        if not are_close(self.table, other):
            raise DataError(
                "its rows depend on the order in which rows of one time are read: "
                f"{first_row(self.table, other)}",
                place=self.query.place("sql"),
                cure="Order by all that tells rows apart, such as "
                "OVER (ORDER BY ts_init, instrument_id)",
            )


def queries_of(plan: Plan) -> list[Query]:
    """Return the queries of a system, in declared order."""
    return [Query(plan, index) for index, data in enumerate(plan.data) if data.sql is not None]


def check_orders(answers: Iterable[Answer], catalog: Catalog) -> None:
    """Check that no answer depends on an order that its query does not ask for."""
    for answer in answers:
        answer.check_order(catalog)
