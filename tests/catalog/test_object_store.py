"""Data in an object store that speaks S3: a server on loopback, and all that a catalog does."""

import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyarrow.fs import FileSelector, S3FileSystem

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy.serialization.arrow import to_batch
from argosy.testing import instruments as factory
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake import duck, parquet
from argosy_catalog.lake.kinds import QUOTES, Table
from argosy_catalog.lake.objects import ObjectPath
from argosy_catalog.upkeep.expiry import ago
from tests.catalog.samples import GBPUSD, SECOND, T0, bars, fill_rows, quotes
from tests.catalog.server import PASSWORD, PostgresServer

pytestmark = pytest.mark.slow

KEYS = {"AWS_ACCESS_KEY_ID": "quant", "AWS_SECRET_ACCESS_KEY": "hush"}
TABLE = Table.of(QUOTES, 5, 0)
DEFINITION = factory.default_fx_ccy("GBP/USD")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of an empty store."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def environment(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENDPOINT_URL_S3", "DEFAULT_REGION", "SESSION_TOKEN"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    settings = {"AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "eu-west-1", **KEYS}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def store(endpoint: str) -> S3FileSystem:
    """The store as it is, seen without the catalog's code."""
    return S3FileSystem(
        access_key="quant",
        secret_key="hush",
        region="eu-west-1",
        endpoint_override=endpoint.removeprefix("http://"),
        scheme="http",
        allow_bucket_creation=True,
        allow_bucket_deletion=True,
    )


@pytest.fixture
def bucket(store: S3FileSystem) -> Iterator[str]:
    store.create_dir("lake")
    yield "lake"
    store.delete_dir("lake")


@pytest.fixture
def catalog(bucket: str, tmp_path: Path) -> Iterator[ParquetDataCatalog]:
    """An open catalog without data, in a place whose name needs quoting."""
    place = f"s3://{bucket}/it's x"
    with ParquetDataCatalog(place, metadata=tmp_path / "fx.sqlite") as opened:
        yield opened


def objects(store: S3FileSystem) -> list[str]:
    found = store.get_file_info(FileSelector("lake", recursive=True))
    return sorted(each.path for each in found if each.is_file and each.path.endswith(".parquet"))


def test_a_catalog_does_all_that_one_in_a_folder_does(
    catalog: ParquetDataCatalog, store: S3FileSystem, tmp_path: Path
) -> None:
    assert 8 == catalog.write_data([*quotes(5), *bars(3)])
    catalog.write_data([DEFINITION])
    catalog.write_run({"run_id": "a", "name": "demo"}, {"fills": fill_rows(["1.5"])})
    with pytest.raises(CatalogError, match="already there"):
        catalog.write_data(quotes(1))
    assert 4 == len(objects(store))
    assert all(path.startswith("lake/it's x/data/") for path in objects(store))
    assert {"fx.sqlite", "fx.sqlite.lock"} == {path.name for path in tmp_path.iterdir()}
    with ParquetDataCatalog(catalog.path, metadata=tmp_path / "fx.sqlite") as reader:
        assert quotes(5) == reader.quote_ticks()
        assert quotes(5)[1:3] == reader.quote_ticks(start=T0 + SECOND, end=T0 + 2 * SECOND)
        assert [DEFINITION] == reader.instruments()
        assert [5, 3] == [holding.rows for holding in reader.holdings()]
        assert [{"n": 5}] == reader.sql("SELECT count(*) AS n FROM quotes").to_pylist()
        assert [{"name": "demo"}] == reader.sql("SELECT name FROM runs").to_pylist()


@pytest.mark.parametrize("prefetch", [0, 3])
def test_replay_streams_row_group_by_row_group(
    catalog: ParquetDataCatalog, monkeypatch: pytest.MonkeyPatch, prefetch: int
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP_ROWS", 1000)
    catalog.write_data(quotes(10_500))
    (stream,) = catalog.streams(QuoteTick, prefetch=prefetch, batch_rows=700)
    batches = list(stream.batches())
    assert 10_500 == sum(batch.num_rows for batch in batches)
    assert 700 == max(batch.num_rows for batch in batches)
    (first,) = stream.batches(T0 + 10_499 * SECOND, None)
    assert 1 == first.num_rows


def test_rows_are_deleted_restored_and_compacted(
    catalog: ParquetDataCatalog, store: S3FileSystem
) -> None:
    for part in range(3):
        catalog.write_data(quotes(5, start=T0 + 10 * part * SECOND))
    before = catalog.snapshot()
    rows = catalog.quote_ticks()
    catalog.delete(QuoteTick, "GBP/USD.SIM", T0 + 2 * SECOND, T0 + 11 * SECOND)
    assert 10 == len(catalog.quote_ticks())
    catalog.restore(before, QuoteTick)
    assert rows == catalog.quote_ticks()
    catalog.compact()
    assert rows == catalog.quote_ticks()
    assert 1 == catalog.holdings()[0].files
    assert 15 == catalog.sql("FROM quotes").num_rows
    catalog.expire(older_than="2100-01-01")
    assert rows == catalog.quote_ticks()
    assert 1 == len(objects(store))


def test_a_load_that_fails_leaves_no_object(
    catalog: ParquetDataCatalog, store: S3FileSystem
) -> None:
    def load() -> None:
        with catalog.writer() as writer:
            writer.append(TABLE, GBPUSD, to_batch(quotes(200_000)))
            raise KeyError

    with pytest.raises(KeyError):
        load()
    assert [] == objects(store)
    assert [] == catalog.holdings()


def test_a_run_in_progress_holds_its_snapshot_and_a_stream_does_not(
    catalog: ParquetDataCatalog, store: S3FileSystem
) -> None:
    catalog.write_data(quotes(5))
    read = catalog.snapshot()
    (stream,) = catalog.streams(QuoteTick)
    signs = FileSelector(f"{catalog.path}/reading".removeprefix("s3://"), allow_not_found=True)
    with catalog.hold() as lent:
        assert read == lent
        catalog.delete(QuoteTick, "GBP/USD.SIM")
        assert {read: 1} == catalog.expire(ago(0)).held
        assert 5 == sum(batch.num_rows for batch in stream.batches())
        assert 1 == len(store.get_file_info(signs))
    assert [] == store.get_file_info(signs)
    assert read in catalog.expire(ago(0)).snapshots
    with pytest.raises(CatalogError, match=f"no snapshot {read}: it has expired"):
        list(stream.batches())


def test_metadata_must_be_somewhere_else(bucket: str) -> None:
    with pytest.raises(CatalogError, match="keeps its metadata elsewhere") as caught:
        ParquetDataCatalog(f"s3://{bucket}/fx")
    assert "--metadata or ARGOSY_CATALOG_METADATA" in str(caught.value)


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    catalog = ParquetDataCatalog("s3://nowhere/fx", metadata=tmp_path / "fx.sqlite")
    with pytest.raises(CatalogError, match="cannot be written") as caught:
        catalog.write_data(quotes(5))
    assert "s3://nowhere/fx" in str(caught.value)
    catalog.close()


def test_a_store_that_is_away_loses_nothing(
    catalog: ParquetDataCatalog, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.write_data(quotes(5))
    later = quotes(5, start=T0 + 100 * SECOND)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(CatalogError, match="cannot be read"):
        catalog.quote_ticks()
    with pytest.raises(CatalogError, match="cannot be written"):
        catalog.write_data(later)
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    assert quotes(5) == catalog.quote_ticks()
    assert 5 == catalog.write_data(later)


def test_a_missing_object_is_named(catalog: ParquetDataCatalog, store: S3FileSystem) -> None:
    catalog.write_data(quotes(5))
    (path,) = objects(store)
    store.delete_file(path)
    with pytest.raises(CatalogError, match="a file of the catalog is missing") as caught:
        catalog.quote_ticks()
    assert f"s3://{path}" in str(caught.value)


def test_sql_sees_neither_keys_nor_other_objects(
    catalog: ParquetDataCatalog, store: S3FileSystem
) -> None:
    catalog.write_data(quotes(5))
    with store.open_output_stream("lake/other.csv") as other:
        other.write(b"n\n1\n")
    for query in (
        "FROM read_csv('s3://lake/other.csv')",
        "FROM read_csv('http://127.0.0.1:1/x.csv')",
        "FROM read_text('/etc/hostname')",
    ):
        with pytest.raises(CatalogError):
            catalog.sql(query)
    connection = catalog._lake.connect(read_only=True)  # more than a query may see
    for table in ("duckdb_secrets()", "duckdb_settings()", "duckdb_databases()"):
        assert "hush" not in str(connection.execute(f"FROM {table}").fetchall())
    catalog._lake.disconnect(connection)


def test_a_missing_wheel_says_how_to_get_it(
    catalog: ParquetDataCatalog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    find = duck.find_spec

    def without(name: str) -> Any:
        return None if name.endswith("httpfs") else find(name)

    monkeypatch.setattr(duck, "find_spec", without)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(CatalogError, match="pip install duckdb-extension-httpfs=="):
        catalog.write_data(quotes(1))


def test_metadata_in_postgres_and_data_in_a_bucket_are_shared_by_processes(
    bucket: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = PostgresServer()
    try:
        monkeypatch.setenv("LAKE_PASSWORD", PASSWORD)
        place, address = f"s3://{bucket}/fx", server.database("lake")
        with ParquetDataCatalog(place, metadata=address) as catalog:
            catalog.write_data(quotes(5))
            command = [sys.executable, "-c", "from argosy.cli import main; main()", "sql"]
            options = ["--catalog", place, "--metadata", address, "--format", "csv"]
            found = subprocess.run(
                [*command, *options, "SELECT count(*) AS n FROM quotes"],
                cwd=project,
                capture_output=True,
                text=True,
                check=False,
            )
            assert ("n\n5\n", "") == (found.stdout, found.stderr)
            assert quotes(5) == catalog.quote_ticks()
    finally:
        server.close()


def test_a_listing_names_objects_with_size_and_time(store: S3FileSystem, bucket: str) -> None:
    path = ObjectPath(f"{bucket}/a/b.bin")
    assert not path.is_file()
    with path.open_output() as target:
        target.write(b"12345")
    ((found, size, changed_ns),) = ObjectPath(bucket).listing()
    assert (path, 5) == (found, size)
    assert changed_ns == store.get_file_info("lake/a/b.bin").mtime_ns
    path.unlink()
    path.unlink(missing_ok=True)
    assert [] == list(ObjectPath(bucket).listing())
