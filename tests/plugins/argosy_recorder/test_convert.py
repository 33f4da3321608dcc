"""A record becomes part of a catalog in one transaction, once, and replays from there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from argosy import BacktestEngine, CatalogError, DataError, Venue
from argosy.model.data import VenueStatusUpdate
from argosy.model.enums import MarketStatusAction
from argosy.run.result import RunResult
from argosy.testing.instruments import default_fx_ccy
from argosy.testing.runs import VENUE
from argosy.testing.sinks import Taker
from argosy_catalog import MarketWriter, ParquetDataCatalog
from argosy_recorder import Record
from argosy_recorder.convert import CONVERTED, convert
from argosy_recorder.manifest import MarkFile
from tests.host.run.kit import SECOND, T0, bar, quote, quotes, trade
from tests.plugins.argosy_recorder.kit import engine, plan, recorded, recorder, tear


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunResult, Record]:
    """A run and its record, to be copied."""
    return recorded(tmp_path_factory.mktemp("records"), flush_rows=64)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog without data, to be copied."""
    folder = tmp_path_factory.mktemp("empty") / "catalog"
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data([default_fx_ccy("GBP/USD")])
    return folder


@pytest.fixture
def catalog(empty: Path, tmp_path: Path) -> Iterator[ParquetDataCatalog]:
    with ParquetDataCatalog(shutil.copytree(empty, tmp_path / "catalog")) as opened:
        yield opened


@pytest.fixture
def record(made: tuple[RunResult, Record], tmp_path: Path) -> Record:
    return Record(shutil.copytree(made[1].path, tmp_path / "record"))


def rows_in(catalog: ParquetDataCatalog) -> dict[str, int]:
    return {f"{each.kind} {each.key}": each.rows for each in catalog.holdings()}


def replay(catalog: ParquetDataCatalog) -> RunResult:
    again = BacktestEngine(plan())
    again.add_venue("SIM", **VENUE)
    for instrument in catalog.instruments("EUR/USD.SIM"):
        again.add_instrument(instrument)
    for stream in catalog.streams(type(quote(1)), "EUR/USD.SIM"):
        again.add_stream(stream)
    again.add_actor(Taker())
    return again.run()


@pytest.mark.slow
def test_a_whole_record_replays_from_the_catalog(
    made: tuple[RunResult, Record], record: Record, catalog: ParquetDataCatalog
) -> None:
    done = convert(record, catalog)
    assert (True, {"quote EUR/USD.SIM": 600}, {}, []) == (
        done.is_new,
        done.rows,
        done.left_out,
        done.empty,
    )
    assert {"quotes EUR/USD.SIM": 600} == rows_in(catalog)
    assert made[0].event_log_hash == replay(catalog).event_log_hash
    assert record.path.is_dir()


def test_a_torn_record_replays_up_to_its_tail(
    made: tuple[RunResult, Record], record: Record, catalog: ParquetDataCatalog
) -> None:
    torn = tear(record, 4)
    assert {"quote EUR/USD.SIM": 255} == convert(torn, catalog).rows
    (held,) = catalog.holdings()
    expected = [row for row in made[0].log.rows() if row[1] <= held.last_ns]
    found = list(replay(catalog).log.rows())
    same = expected == found[: len(expected)]
    assert (True, 255) == (same, held.rows)
    assert len(expected) > 20


def test_a_second_time_does_nothing(record: Record, catalog: ParquetDataCatalog) -> None:
    convert(record, catalog)
    again = convert(record, catalog)
    assert (False, {}) == (again.is_new, again.rows)
    assert {"quotes EUR/USD.SIM": 600} == rows_in(catalog)


@pytest.mark.slow
def test_without_the_note_the_catalog_refuses_a_second_time(
    record: Record, catalog: ParquetDataCatalog
) -> None:
    """As after a crash between the commit and the note."""
    convert(record, catalog)
    (record.path / CONVERTED).unlink()
    with pytest.raises(CatalogError, match="already"):
        convert(record, catalog)
    assert {"quotes EUR/USD.SIM": 600} == rows_in(catalog)


def test_a_damaged_note_is_named(record: Record, catalog: ParquetDataCatalog) -> None:
    (record.path / CONVERTED).write_text("[]")
    with pytest.raises(DataError, match="the note is damaged"):
        convert(record, catalog)


@pytest.mark.slow
def test_a_record_may_go_into_several_catalogs(
    record: Record, catalog: ParquetDataCatalog, empty: Path, tmp_path: Path
) -> None:
    convert(record, catalog)
    with ParquetDataCatalog(shutil.copytree(empty, tmp_path / "other")) as other:
        assert convert(record, other).is_new
    assert 2 == len(json.loads((record.path / CONVERTED).read_text()))


@pytest.mark.slow
def test_a_record_is_removed_after_the_commit_and_not_before(
    record: Record, catalog: ParquetDataCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(writer: MarketWriter) -> int:
        writer.abort()
        raise CatalogError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(MarketWriter, "commit", fail)
        with pytest.raises(CatalogError, match="the disk is full"):
            convert(record, catalog, removes=True)
    assert {} == rows_in(catalog)
    assert record.path.is_dir()
    convert(record, catalog, removes=True)
    assert not record.path.exists()


def test_a_damaged_file_leaves_the_catalog_as_it_was(
    record: Record, catalog: ParquetDataCatalog
) -> None:
    (file,) = (record.path / "000-quote").iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 200] = bytes(200)
    file.write_bytes(bytes(data))
    with pytest.raises(DataError):
        convert(record, catalog)
    assert {} == rows_in(catalog)
    assert not (record.path / CONVERTED).exists()


def test_a_record_that_is_being_written_is_left_alone(
    record: Record, catalog: ParquetDataCatalog
) -> None:
    (record.path / "marks.jsonl").unlink()
    writer = MarkFile(record.path, sync=False)
    with pytest.raises(DataError, match="another process is at work"):
        convert(record, catalog)
    writer.close()


@pytest.mark.slow
def test_each_type_of_data_comes_back_as_it_was(
    tmp_path: Path, catalog: ParquetDataCatalog
) -> None:
    from tests.host.run.test_sinks import Note, delta

    sink = recorder(tmp_path / "records", flush_rows=2, topics=["data.*"])
    made = BacktestEngine(plan())
    made.add_venue("SIM", **VENUE)
    made.add_instrument(default_fx_ccy("GBP/USD"))
    data = {
        "quotes": quotes([1, 2, 3]),
        "trades": [trade(1), trade(5)],
        "bars": [bar(60), bar(120)],
        "deltas": [delta(ts, is_last=ts % 2 == 0) for ts in range(1, 7)],
    }
    for rows in data.values():
        made.add_data(rows)
    status = VenueStatusUpdate(
        venue=Venue("SIM"),
        status=MarketStatusAction.TRADING,
        ts_event=T0 + SECOND,
        ts_init=T0 + SECOND,
    )
    made.add_data([Note(T0 + SECOND)])
    made.add_data([status])
    made.add_sink(sink)
    made.run()
    done = convert(Record(sink.folder), catalog)
    assert [3, 2, 2, 6] == [
        done.rows[f"{kind} GBP/USD.SIM{tail}"]
        for kind, tail in [
            ("quote", ""),
            ("trade", ""),
            ("bar", "-1-MINUTE-BID-EXTERNAL"),
            ("delta", ""),
        ]
    ]
    assert {"Note": 1} == done.left_out
    assert [status] == catalog.query(VenueStatusUpdate)
    assert data["quotes"] == catalog.quote_ticks()
    assert data["trades"] == catalog.trade_ticks()
    assert data["bars"] == catalog.bars()
    assert data["deltas"] == catalog.order_book_deltas()


@pytest.mark.slow
def test_spans_of_one_key_go_in_by_time_whatever_their_order(
    tmp_path: Path, catalog: ParquetDataCatalog
) -> None:
    sink = recorder(tmp_path / "records")
    made = BacktestEngine(plan())
    made.add_venue("SIM", **VENUE)
    made.add_instrument(default_fx_ccy("GBP/USD"))
    made.add_data(quotes([5, 6]))
    made.add_data(quotes([1, 2]))
    made.add_sink(sink)
    made.run()
    done = convert(Record(sink.folder), catalog)
    assert {"quote GBP/USD.SIM": 4} == done.rows
    assert 4 == len(catalog.quote_ticks())


@pytest.mark.slow
def test_a_channel_without_rows_is_told(tmp_path: Path, catalog: ParquetDataCatalog) -> None:
    sink = recorder(tmp_path / "records", data=["trade"])
    engine(sink, quotes=10).run()
    assert ["quote EUR/USD.SIM"] == convert(Record(sink.folder), catalog).empty
