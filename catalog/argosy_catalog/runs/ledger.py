"""What a run leaves behind, in one transaction: it is in the catalog whole, or not at all."""

import json
import uuid
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import pyarrow as pa

from argosy.errors import CatalogError, UnknownNameError
from argosy_catalog.lake import checksums, layout, views
from argosy_catalog.lake.buffers import constant
from argosy_catalog.lake.index import has_snapshot
from argosy_catalog.lake.lake import CommitError, Lake
from argosy_catalog.lake.parquet import ParquetSink, WrittenFile
from argosy_catalog.lake.presence import Presence
from argosy_catalog.lake.sql import identifier, sql_type
from argosy_catalog.lake.tables import (
    COUNT,
    FLAG,
    NUMBER,
    RUN_JSON,
    RUN_SCHEMA,
    RUN_TABLES,
    TEXT,
    TIME,
)

_PLAIN: dict[Any, type] = {TEXT: str, COUNT: int, FLAG: bool, TIME: int}
"""What the columns of `runs` take; times as nanoseconds."""

if TYPE_CHECKING:
    from argosy_catalog.lake.duck import Transaction


class RunLedger:
    """Collect one run and write it: its event log as it goes, everything else at the end.

    As a context manager it removes its files unless `commit` was called.

    Parameters
    ----------
    lake : to write into
    run_id : not yet in the catalog
    """

    def __init__(self, lake: Lake, run_id: str) -> None:
        self.lake = lake
        self.run_id = run_id
        self._events: ParquetSink | None = None
        self._files: list[tuple[str, Any, WrittenFile]] = []
        self._presence = Presence(lake.path)

    def __enter__(self) -> Self:
        """Return the ledger."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove the files of a run that was not committed."""
        self.abort()

    def append_events(self, events: Any) -> None:
        """Add rows to the event log.

        Parameters
        ----------
        events : Table or RecordBatch with seq int64, ts timestamp('ns'), type string and payload
            binary
        """
        table = _conform("events", _as_table(events), self.run_id)
        if self._events is None:
            self._events = self._sink("events", table.schema)
        for batch in table.to_batches():
            self._events.append(batch)

    def commit(self, run: Mapping[str, Any], tables: Mapping[str, Any]) -> None:
        """Write the run.

        Parameters
        ----------
        run : columns of the view `runs`; mappings become JSON
        tables : Arrow tables for orders, fills, positions, accounts, equity; any may be missing

        Raises
        ------
        CatalogError : the run is there already, the snapshot that it names is not, or the disk is
            full; the catalog is as before
        """
        row = _run_row({"run_id": self.run_id, **run})
        try:
            self._write_files(tables)
            with self.lake.write() as transaction:
                self._register(transaction, row)
        except CommitError:
            self._files.clear()  # they may belong to the lake by now
            self._presence.abandon()
            raise
        except BaseException:
            self.abort()
            raise
        self._files.clear()
        self._presence.leave()

    def abort(self) -> None:
        """Remove every file that was written."""
        if self._events is not None:
            self._events.abort()
            self._events = None
        for _, _, file in self._files:
            file.path.unlink(missing_ok=True)
        self._files.clear()
        self._presence.leave()

    def _write_files(self, tables: Mapping[str, Any]) -> None:
        if self._events is not None:
            events, self._events = self._events, None
            self._files.append(("events", events.schema, events.close()))
        for name, table in tables.items():
            rows = _conform(name, _as_table(table), self.run_id)
            if rows.num_rows:
                sink = self._sink(name, rows.schema)
                try:
                    for batch in rows.to_batches():
                        sink.append(batch)
                    self._files.append((name, rows.schema, sink.close()))
                except BaseException:
                    sink.abort()
                    raise

    def _sink(self, name: str, schema: Any) -> ParquetSink:
        folder = self.lake.data_path / RUN_SCHEMA / name
        self._presence.enter()
        name = f"{self._presence.token}-{uuid.uuid4().hex[:8]}.parquet"
        return ParquetSink(folder / name, schema)

    def _register(self, transaction: "Transaction", row: Mapping[str, str | int | None]) -> None:
        source = f"{RUN_SCHEMA}.runs"
        query = f"SELECT 1 FROM {source} WHERE run_id = $run_id"
        known = transaction.execute(query, {"run_id": self.run_id})
        if known.fetchone() is not None:
            raise CatalogError(
                f"run {self.run_id} is already in the catalog",
                place=str(self.lake.path),
                cure="Give the run another id",
            )
        snapshot = row["snapshot"]
        if snapshot is not None and not has_snapshot(transaction.select, int(snapshot)):
            raise CatalogError(
                f"snapshot {snapshot}, which run {self.run_id} has read, is not in the catalog "
                "any more: its data could not be replayed",
                place=str(self.lake.path),
                cure="Run again; nothing of this run was written",
            )
        for name, schema, file in self._files:
            layout.add_run_table(transaction.connection, name)
            _add_columns(transaction, name, schema)
            transaction.add_file(RUN_SCHEMA, name, file.path)
        checksums.note(transaction, [file for _, _, file in self._files])
        values = ", ".join(
            f"make_timestamp_ns(${field.name})" if field.type == TIME else f"${field.name}"
            for field in RUN_TABLES["runs"]
        )
        transaction.execute(f"INSERT INTO {source} VALUES ({values})", row)


def write_run(
    lake: Lake,
    run: Mapping[str, Any],
    tables: Mapping[str, Any],
    events: Iterable[Any] = (),
) -> None:
    """Write a finished run: `RunLedger` for those who hold everything in memory."""
    with RunLedger(lake, str(run["run_id"])) as ledger:
        for batch in events:
            ledger.append_events(batch)
        ledger.commit(run, tables)


def _as_table(rows: Any) -> Any:
    return pa.Table.from_batches([rows]) if isinstance(rows, pa.RecordBatch) else rows


def _conform(name: str, table: Any, run_id: str) -> Any:
    """Cast known columns to their types, keep the others, and put `run_id` first."""
    declared = RUN_TABLES.get(name) if name != "runs" else None
    if declared is None:
        raise UnknownNameError("run table", name, sorted(RUN_TABLES.keys() - {"runs"}))
    columns = {"run_id": constant(run_id, table.num_rows)}
    for field in table.schema:
        if field.name != "run_id":
            target = _storable(name, field, declared)
            columns[field.name] = _cast(name, field.name, table.column(field.name), target)
    return pa.table(columns)


def _storable(name: str, field: Any, declared: Any) -> Any:
    index = declared.get_field_index(field.name)
    if index >= 0:
        return declared.field(index).type
    value_type = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_decimal(value_type):
        return NUMBER
    if sql_type(value_type) is None:
        raise CatalogError(
            f"column {field.name!r} of type {field.type} cannot be stored",
            place=f"run table {name}",
            cure="Give text, integers, decimals, booleans or timestamp('ns')",
        )
    return value_type


def _cast(name: str, column: str, values: Any, target: Any) -> Any:
    try:
        return values.cast(target)
    except pa.ArrowException as error:
        raise CatalogError(
            f"column {column!r} does not fit {target} ({error})",
            place=f"run table {name}",
            cure="Give values of that type",
        ) from error


def _run_row(run: Mapping[str, Any]) -> dict[str, str | int | None]:
    schema = RUN_TABLES["runs"]
    values = dict(run)
    for name in values:
        if name not in schema.names:
            raise UnknownNameError("column of runs", name, schema.names)
    for name in RUN_JSON:
        if not isinstance(values.get(name), str | None):
            values[name] = json.dumps(values[name], sort_keys=True)
    return {field.name: _checked(field, values.get(field.name)) for field in schema}


def _checked(field: Any, value: Any) -> str | int | None:
    """Return a value of `runs` if it fits its column."""
    plain = _PLAIN[field.type]
    if value is None or (isinstance(value, plain) and isinstance(value, bool) is (plain is bool)):
        return cast("str | int | None", value)
    raise CatalogError(
        f"column {field.name!r} does not take {value!r}",
        place="run table runs",
        cure=f"Give a value of type {plain.__name__}",
    )


def _add_columns(transaction: "Transaction", name: str, schema: Any) -> None:
    """Give a run table the columns that this run brings and no run before it had."""
    target = f"{RUN_SCHEMA}.{identifier(name)}"
    known = {row[0] for row in transaction.execute(f"DESCRIBE {target}").fetchall()}
    new = [field for field in schema if field.name not in known]
    for field in new:
        column = f"{identifier(field.name)} {sql_type(field.type)}"
        transaction.execute(f"ALTER TABLE {target} ADD COLUMN {column}")
    if new:
        transaction.execute(views.run_view(name))
