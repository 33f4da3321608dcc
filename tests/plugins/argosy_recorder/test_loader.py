"""Records are loaded by ``argosy catalog ingest`` like any other files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from argosy import DataError
from argosy.cli.group import CommandLine
from argosy.model.instruments import Instrument
from argosy.parts.loader import Load, Rows, Sample
from argosy.testing.loaders import check_loader
from argosy_catalog import ParquetDataCatalog
from argosy_recorder import Record
from argosy_recorder.loader import RecordLoader, contents, is_stored
from argosy_recorder.manifest import ChannelEntry, MarkFile
from tests.plugins.argosy_recorder.kit import recorded, tear


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return tear(recorded(tmp_path_factory.mktemp("records"), flush_rows=64)[1], 4)


def test_a_manifest_is_recognised(record: Record, tmp_path: Path) -> None:
    loader = RecordLoader()
    manifest = record.path / "record.json"
    assert "it is the manifest of a record" == loader.guess(Sample.of(manifest))
    (tmp_path / "record.json").write_text('{"format": "music"}')
    assert None is loader.guess(Sample.of(tmp_path / "record.json"))
    assert None is loader.guess(Sample(tmp_path / "other.json", manifest.read_bytes()))


def test_definitions_come_before_rows_and_rows_know_their_place(record: Record) -> None:
    first, *rest = contents(record)
    assert isinstance(first, Instrument)
    assert {Rows} == {type(each) for each in rest}
    assert 255 == sum(each.batch.num_rows for each in rest)
    second = rest[0].batch.num_rows
    assert rest[1].place(2) == f"{record.path / '000-quote'}, row {second + 2}"


def test_a_record_is_loaded_while_nobody_writes_it(record: Record) -> None:
    files = [record.path / "record.json"]
    read: list[int] = []
    found = list(RecordLoader().load(Load(files, on_read=read.append)))
    assert len(found) == len(list(contents(record)))
    assert [files[0].stat().st_size] == read


def test_a_record_that_is_being_written_is_refused(tmp_path: Path) -> None:
    _, made = recorded(tmp_path)
    (made.path / "marks.jsonl").unlink()
    writer = MarkFile(made.path, sync=False)
    with pytest.raises(DataError, match="another process is at work"):
        list(RecordLoader().load(Load([made.path / "record.json"])))
    writer.close()


@pytest.mark.parametrize(
    ("type_", "key", "expected"),
    [("quote", "A.B", True), ("object", "VenueStatusUpdate", True), ("object", "Note", False)],
)
def test_catalogs_hold_market_data_and_statuses(type_: str, key: str, *, expected: bool) -> None:
    entry = ChannelEntry(number=0, type=type_, key=key, price_precision=0, size_precision=0)
    assert expected is is_stored(entry)


@pytest.mark.slow
def test_ingest_guesses_the_loader(record: Record, tmp_path: Path) -> None:
    manifest = record.path / "record.json"
    words = ["catalog", "ingest", str(manifest), "--catalog", str(tmp_path / "catalog")]
    result = CliRunner().invoke(CommandLine(name="argosy"), words)
    assert 0 == result.exit_code, result.output
    assert "read as record, since it is the manifest of a record" in result.stderr
    assert "EUR/USD.SIM: 255 quotes from 2024-01-01" in result.stdout
    with ParquetDataCatalog(tmp_path / "catalog") as catalog:
        assert 255 == len(catalog.quote_ticks())


def test_the_loader_keeps_to_the_contract(record: Record) -> None:
    check_loader(RecordLoader, [record.path / "record.json"])
