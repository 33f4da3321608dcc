"""What keeps a catalog in order, with metadata in PostgreSQL and data in an object store."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.objects import ObjectPath
from argosy_catalog.lake.presence import Presence
from argosy_catalog.upkeep.expiry import ago
from argosy_catalog.upkeep.removal import Removed
from tests.catalog.samples import DAY, T0, event_rows, files_under, quotes
from tests.catalog.server import PASSWORD, PostgresServer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    started = PostgresServer()
    yield started
    started.close()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer
    started = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    yield f"http://{host}:{port}"
    started.stop()


@pytest.fixture(params=["folder", "bucket"])
def catalog(
    request: pytest.FixtureRequest,
    server: PostgresServer,
    endpoint: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
) -> Iterator[ParquetDataCatalog]:
    settings = {"AWS_ACCESS_KEY_ID": "quant", "AWS_SECRET_ACCESS_KEY": "hush"}
    settings |= {"AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "eu-west-1"}
    for name, value in {**settings, "LAKE_PASSWORD": PASSWORD}.items():
        monkeypatch.setenv(name, value)
    place = tmp_path / "catalog"
    if request.param == "bucket":
        _make_bucket(endpoint)
        place = f"s3://lake/{abs(hash(request.node.name))}"
    address = server.database(f"lake_{abs(hash(request.node.name))}")
    with ParquetDataCatalog(place, metadata=address) as opened:
        yield opened


def _make_bucket(endpoint: str) -> None:
    from pyarrow.fs import S3FileSystem

    S3FileSystem(
        access_key="quant",
        secret_key="hush",
        region="eu-west-1",
        endpoint_override=endpoint.removeprefix("http://"),
        scheme="http",
        allow_bucket_creation=True,
    ).create_dir("lake")


def test_a_catalog_is_kept_in_order_wherever_it_is(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(4, step=DAY // 2))
    catalog.write_data(quotes(2, start=T0 + 9 * DAY))
    read, rows = catalog.snapshot(), catalog.quote_ticks()
    catalog.write_run({"run_id": "r", "snapshot": read}, {}, [event_rows(1)])
    catalog.mark_empty(QuoteTick, "GBP/USD.SIM", T0 + 2 * DAY, T0 + 3 * DAY)
    assert 4 == catalog.write_data(quotes(9, start=T0 - DAY, step=DAY // 4), on_overlap="keep")
    found = catalog.delete(QuoteTick, "GBP/USD.SIM", T0, T0 + DAY)
    assert [Removed("quotes", "GBP/USD.SIM", 3)] == found
    states = [each.state for each in catalog.coverage()]
    asked = catalog.sql("SELECT state FROM coverage").to_pylist()
    assert states == [row["state"] for row in asked]
    assert "delete" == catalog.history()[-1].message
    catalog.compact()
    gone = catalog.expire(ago(0))
    assert [read] == gone.named_by_runs
    assert gone.files
    assert rows == catalog.at(read).quote_ticks()
    assert [] == catalog.verify().findings
    assert [] == catalog.clear_orphans(ago(0), dry_run=True)


def test_a_broken_file_is_found_and_forgotten(catalog: ParquetDataCatalog) -> None:
    for day in range(2):
        catalog.write_data(quotes(3, start=T0 + day * DAY))
    (stream,) = catalog.streams(QuoteTick, "GBP/USD.SIM")
    path = stream.files[0].path
    path.unlink()
    assert [(str(path), "the file is missing")] == [
        (finding.place, finding.problem) for finding in catalog.verify().findings
    ]
    with pytest.raises(CatalogError):
        catalog.quote_ticks()
    assert [Removed("quotes", "GBP/USD.SIM", 3)] == catalog.forget_broken()
    assert quotes(3, start=T0 + DAY) == catalog.quote_ticks()
    if not isinstance(catalog.path, ObjectPath):
        assert 1 == len(files_under(catalog.path))


def test_only_what_a_dead_writer_left_is_cleared_away(
    catalog: ParquetDataCatalog, server: PostgresServer
) -> None:
    catalog.write_data(quotes(3))
    dead, done = Presence(catalog.path), Presence(catalog.path)
    data = catalog.path / "data"
    for writer in (dead, done):
        writer.enter()
        place = data / f"{writer.token}-{'0' * 8}.parquet"
        target = place.open("wb") if isinstance(place, Path) else place.open_output()
        target.close()
    dead.abandon()
    done.leave()
    unlisted = str(data / f"{done.token}-{'0' * 8}.parquet")
    assert [] == catalog.clear_orphans()  # a day old they are not
    gone = catalog.clear_orphans("2100-01-01")
    assert [str(data / f"{dead.token}-{'0' * 8}.parquet")] == gone
    assert [unlisted] == catalog.unlisted()
    assert [unlisted] == [finding.place for finding in catalog.verify().findings]
    assert 3 == len(catalog.quote_ticks())
    empty = server.database(f"other_{dead.token}")
    with (
        ParquetDataCatalog(str(catalog.path), metadata=empty) as other,
        pytest.raises(CatalogError, match="were committed here"),
    ):
        other.write_data(quotes(3))
