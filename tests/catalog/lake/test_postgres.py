"""Metadata in PostgreSQL: addresses; with a real server, all that a catalog does."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import argosy_catalog
from argosy.errors import CatalogError, ConfigError
from argosy.model.data import QuoteTick
from argosy.serialization.arrow import to_batch
from argosy.testing import instruments as factory
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake import duck, layout, metadata
from argosy_catalog.lake.duck import Transaction
from argosy_catalog.lake.kinds import QUOTES, Table
from argosy_catalog.lake.lake import CommitError
from argosy_catalog.lake.postgres import PostgresMetadata
from argosy_catalog.settings import CatalogSettings
from tests.catalog.samples import GBPUSD, SECOND, T0, bars, files_under, fill_rows, quotes
from tests.catalog.server import PASSWORD, PostgresServer

DEFINITION = factory.default_fx_ccy("GBP/USD")
TABLE = Table.of(QUOTES, 5, 0)

HOLD = """
import sys, time
from argosy_catalog.lake.lake import Lake

with Lake(sys.argv[1], metadata=sys.argv[2]).write():
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgres:host=db dbname=lake", "postgres:host=db dbname=lake"),
        ("postgres:dbname='my lake' password=env:PW", "postgres:dbname='my lake'"),
        ("postgres: host = a\\ b  user=''", "postgres:host='a b' user=''"),
        (
            "postgresql://quant@db:5433/lake?sslmode=require&password=env:PW",
            "postgres:host=db port=5433 dbname=lake user=quant sslmode=require",
        ),
        ("postgres://db/it%27s", "postgres:host=db dbname='it\\'s'"),
    ],
)
def test_an_address_is_shown_without_the_password(address: str, expected: str) -> None:
    assert expected == str(PostgresMetadata(address))


@pytest.mark.parametrize(
    "address", ["postgres:host=db password=hush", "postgresql://quant:hush@db/lake"]
)
def test_a_written_password_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(CatalogError, match="is named, not written down") as caught:
        PostgresMetadata(address)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["postgres:hush", "postgres:a='hush", "postgres:a=b'hush", "postgres://db:hush/x"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(address: str) -> None:
    with pytest.raises(CatalogError, match="cannot be read") as caught:
        PostgresMetadata(address)
    assert "hush" not in str(caught.value)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    started = PostgresServer()
    yield started
    started.close()


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKE_PASSWORD", PASSWORD)


@pytest.fixture
def address(server: PostgresServer, request: pytest.FixtureRequest) -> str:
    """The address of a database of this test alone."""
    return server.database(f"lake_{abs(hash(request.node.name))}")


@pytest.fixture
def catalog(address: str, tmp_path: Path) -> Iterator[ParquetDataCatalog]:
    """An open catalog without data."""
    with ParquetDataCatalog(tmp_path / "catalog", metadata=address) as opened:
        yield opened


def reopened(catalog: ParquetDataCatalog, address: str) -> ParquetDataCatalog:
    return ParquetDataCatalog(catalog.path, metadata=address, read_only=True)


@pytest.mark.slow
def test_a_catalog_does_all_that_one_in_a_folder_does(
    catalog: ParquetDataCatalog, address: str
) -> None:
    catalog.write_data(quotes(5))
    catalog.write_data([*bars(3), DEFINITION])
    catalog.write_run({"run_id": "a", "name": "demo"}, {"fills": fill_rows(["1.5"])})
    with pytest.raises(CatalogError, match="already there"):
        catalog.write_data(quotes(1))
    assert not list(Path(str(catalog.path)).glob("*.sqlite"))
    with reopened(catalog, address) as reader:
        assert quotes(5) == reader.quote_ticks()
        assert [DEFINITION] == reader.instruments()
        assert [5, 3] == [holding.rows for holding in reader.holdings()]
        assert catalog.snapshot() == reader.snapshot()
        assert [{"n": 5}] == reader.sql("SELECT count(*) AS n FROM quotes").to_pylist()
        assert [{"name": "demo"}] == reader.sql("SELECT name FROM runs").to_pylist()
        (stream,) = reader.streams(QuoteTick, prefetch=2)
        assert 5 == sum(batch.num_rows for batch in stream.batches())


@pytest.mark.slow
def test_a_catalog_is_kept_in_order_like_one_in_a_folder(
    catalog: ParquetDataCatalog, address: str
) -> None:
    for part in range(3):
        catalog.write_data(quotes(5, start=T0 + 10 * part * SECOND))
    rows = catalog.quote_ticks()
    before = catalog.snapshot()
    catalog.delete(QuoteTick, GBPUSD, T0 + 2 * SECOND, T0 + 11 * SECOND)
    assert 10 == len(catalog.quote_ticks())
    assert rows == catalog.at(before).quote_ticks()
    assert 15 == catalog.at(before).sql("FROM quotes").num_rows
    catalog.restore(before, QuoteTick)
    catalog.mark_empty(QuoteTick, GBPUSD, T0 + 100 * SECOND, T0 + 200 * SECOND)
    catalog.compact()
    with reopened(catalog, address) as reader:
        assert rows == reader.quote_ticks()
        assert {"held", "empty", "missing"} == {span.state for span in reader.coverage()}
        numbers = [snapshot.number for snapshot in reader.history()]
        assert list(range(numbers[0], catalog.snapshot() + 1)) == numbers
        assert [] == reader.verify().findings
    newest = catalog.snapshot()
    catalog.expire("2100-01-01")
    assert newest == catalog.history()[0].number
    assert rows == catalog.quote_ticks()
    assert 1 == len(files_under(Path(str(catalog.path))))


@pytest.mark.slow
def test_a_system_file_names_it(address: str, tmp_path: Path) -> None:
    table = {"path": str(tmp_path / "catalog"), "metadata": address}
    with argosy_catalog._open(CatalogSettings.model_validate(table)) as catalog:
        assert 5 == catalog.write_data(quotes(5))
        assert str(catalog._lake.database).startswith("postgres:host=")


@pytest.mark.slow
def test_the_whole_address_may_be_a_secret(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoted = PASSWORD.replace("\\", "\\\\").replace("'", "\\'")
    monkeypatch.setenv("LAKE", address.replace("env:LAKE_PASSWORD", f"'{quoted}'"))
    with ParquetDataCatalog(tmp_path / "catalog", metadata="env:LAKE") as catalog:
        catalog.write_data(quotes(5))
        assert "hush" not in f"{catalog!r} {catalog._lake.database!r}"


@pytest.mark.slow
def test_the_password_is_never_shown(
    catalog: ParquetDataCatalog, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.write_data(quotes(1))
    connection = catalog._lake.connect(read_only=True)  # more than a query may see
    for table in ("duckdb_databases()", "duckdb_secrets()", "duckdb_settings()"):
        assert "hush" not in str(connection.execute(f"FROM {table}").fetchall())
    catalog._lake.disconnect(connection)
    monkeypatch.setenv("LAKE_PASSWORD", "hush")
    with pytest.raises(CatalogError, match="password authentication failed") as caught:
        reopened(catalog, address)
    assert "hush" not in str(caught.value)
    monkeypatch.delenv("LAKE_PASSWORD")
    with pytest.raises(ConfigError, match="LAKE_PASSWORD is not set"):
        reopened(catalog, address)


@pytest.mark.slow
def test_sql_has_no_way_to_the_server(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(1))
    for query in (
        "SELECT * FROM postgres_query('__ducklake_metadata_lake', 'SELECT 1')",
        "FROM postgres_scan('', 'public', 'ducklake_snapshot')",
        "ATTACH '' AS other (TYPE postgres)",
        "DELETE FROM __ducklake_metadata_lake.ducklake_snapshot",
    ):
        with pytest.raises(CatalogError):
            catalog.sql(query)


@pytest.mark.slow
def test_a_server_that_was_never_there_is_named(address: str, tmp_path: Path) -> None:
    nowhere = re.sub("host=[^ ]+", f"host={tmp_path}", address)
    with pytest.raises(CatalogError, match="Unable to connect") as caught:
        ParquetDataCatalog(tmp_path / "catalog", metadata=nowhere).write_data(quotes(1))
    assert str(caught.value).startswith(f"postgres:host={tmp_path}")
    assert "See that the PostgreSQL server" in str(caught.value)
    assert [] == files_under(tmp_path)


@pytest.mark.slow
def test_a_server_that_stops_loses_nothing(
    catalog: ParquetDataCatalog, address: str, server: PostgresServer
) -> None:
    catalog.write_data(quotes(5))
    with reopened(catalog, address) as reader:
        reader.holdings()
        assert 5 == reader.sql("FROM quotes").num_rows
        streams = reader.streams(QuoteTick)
        writer = catalog.writer()
        writer.append(TABLE, GBPUSD, to_batch(quotes(5, start=T0 + 100 * SECOND)))
        server.stop()
        try:
            assert 5 == sum(batch.num_rows for stream in streams for batch in stream.batches())
            for ask in (reader.holdings, writer.commit, lambda: reader.sql("FROM quotes")):
                with pytest.raises(CatalogError, match=r"server|connect"):
                    ask()
        finally:
            server.start()
        assert 5 == reader.holdings()[0].rows
        assert 5 == reader.sql("FROM quotes").num_rows
    assert 5 == catalog.write_data(quotes(5, start=T0 + 100 * SECOND))
    assert 10 == catalog.holdings()[0].rows


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["add_file", "COMMIT"])
def test_a_server_that_stops_in_a_commit_leaves_all_or_nothing(
    catalog: ParquetDataCatalog,
    server: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    catalog.write_data(quotes(5))
    execute = Transaction.execute

    def unplugged(self: Transaction, query: str, parameters: Any = None) -> Any:
        if moment in query or (moment == "add_file" and "add_data_files" in query):
            server.stop()
        return execute(self, query, parameters)

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "execute", unplugged)
        with pytest.raises(CatalogError) as caught:
            catalog.write_data(quotes(5, start=T0 + 100 * SECOND))
    assert (moment == "COMMIT") == isinstance(caught.value, CommitError)
    server.start()
    assert 5 == catalog.holdings()[0].rows
    assert 5 == catalog.write_data(quotes(5, start=T0 + 100 * SECOND))


@pytest.mark.slow
def test_a_writer_without_its_turn_does_not_commit(
    catalog: ParquetDataCatalog, server: PostgresServer
) -> None:
    catalog.write_data(quotes(5))
    lake = catalog._lake
    before = lake.snapshot()

    def write() -> None:
        with lake.write() as transaction:
            transaction.execute("CREATE TABLE intruder (n INTEGER)")
            server.tell(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            )

    with pytest.raises(CatalogError, match=r"terminating connection|closed the connection"):
        write()
    assert before == lake.snapshot()


@pytest.mark.slow
def test_writers_take_turns_and_a_dead_one_frees_it(
    catalog: ParquetDataCatalog, address: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.write_data(quotes(5))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(catalog.path), address],
        cwd=project,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert "held\n" == holder.stdout.readline()
    later = quotes(5, start=T0 + 100 * SECOND)
    with monkeypatch.context() as patch:
        patch.setattr(metadata, "LOCK_TIMEOUT_S", 0.1)
        with pytest.raises(CatalogError, match="another process has been writing"):
            catalog.write_data(later)
    holder.kill()
    holder.communicate()
    assert 5 == catalog.write_data(later)


@pytest.mark.slow
def test_a_catalog_whose_maker_died_is_made_anew(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    catalog = ParquetDataCatalog(tmp_path / "catalog", metadata=address)
    for name in ("create_table", "create"):
        with monkeypatch.context() as patch:
            make = getattr(layout, name)
            patch.setattr(layout, name, lambda *given, make=make: (make(*given), die()))
            with pytest.raises(Killed):
                catalog.write_data(quotes(1))
    with pytest.raises(CatalogError, match="there is no catalog here"):
        reopened(catalog, address)
    assert 1 == catalog.write_data(quotes(1))
    catalog.close()


@pytest.mark.slow
def test_a_foreign_lake_is_left_alone(address: str, tmp_path: Path) -> None:
    database = PostgresMetadata(address)
    with duck.connect(database.extensions) as connection:
        database.prepare(connection)
        options = f"DATA_PATH '{tmp_path / 'foreign'}', {', '.join(database.options)}"
        connection.execute(f"ATTACH '{database.source}' AS other ({options})")
        connection.execute("CREATE TABLE other.precious AS SELECT 1 AS n")
        with pytest.raises(CatalogError, match="no Argosy catalog"):
            ParquetDataCatalog(tmp_path / "catalog", metadata=address).write_data(quotes(1))
        assert [(1,)] == connection.execute("FROM other.precious").fetchall()


@pytest.mark.slow
def test_a_newer_layout_is_refused(catalog: ParquetDataCatalog, address: str) -> None:
    catalog.write_data(quotes(1))
    with catalog._lake.write() as transaction:
        transaction.execute(f"DROP SCHEMA argosy_layout_{layout.VERSION}")
        transaction.execute("CREATE SCHEMA argosy_layout_99")
    with reopened(catalog, address) as reader, pytest.raises(CatalogError, match="has layout 99"):
        reader.holdings()
