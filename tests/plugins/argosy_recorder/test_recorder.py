"""The recorder writes what a run takes in, changes nothing, and says what a full disk does."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from argosy import DataError, InputError, RunError, Venue
from argosy.model.data import VenueStatusUpdate
from argosy.model.enums import MarketStatusAction
from argosy.serialization import from_msgpack
from argosy.testing.sinks import check_sink
from argosy_recorder import Record, Recorder
from argosy_recorder.reel import Spool
from tests.plugins.argosy_recorder.kit import engine, payloads, recorded, recorder


@dataclass
class Note:
    ts_init: int


class Opaque:
    ts_init = 1_704_067_200_000_000_000


def fill_up(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the disk take so many writes."""
    write = Spool.write
    left = [after]

    def limited(self: Spool, data: Any) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, data)

    monkeypatch.setattr(Spool, "write", limited)


def test_a_recorder_only_listens(tmp_path: Path) -> None:
    check_sink(lambda: recorder(tmp_path, flush_rows=7, topics=["*"]))


def test_everything_is_recorded_while_the_run_goes_on(tmp_path: Path) -> None:
    result, record = recorded(tmp_path, flush_rows=100, topics=["events.order.*", "data.quotes.*"])
    assert ("complete", 600) == (record.state, record.rows(record.channels[0]))
    assert [row[3] for row in result.log.rows()] == payloads(record)
    topics = [t for batch in record.messages() for t in batch.column("topic").to_pylist()]
    assert 600 == topics.count("data.quotes.*")
    assert result.orders * 3 == topics.count("events.order.*")
    assert result.run_id == record.path.name == record.manifest.run_id
    assert 3 == record.manifest.seed
    assert {"seed": 3}.items() <= record.manifest.settings.items()


@pytest.mark.parametrize("data", [["trade"], []])
def test_data_that_the_settings_leave_out_is_not_recorded(tmp_path: Path, data: list[str]) -> None:
    _, record = recorded(tmp_path, data=data, events=False)
    assert 0 == record.rows(record.channels[0])
    assert [] == payloads(record)
    assert ["marks.jsonl", "record.json"] == sorted(path.name for path in record.path.iterdir())


def test_objects_are_recorded_one_by_one(tmp_path: Path) -> None:
    sink = recorder(tmp_path, flush_rows=1)
    made = engine(sink, quotes=10)
    first = made.sources.streams[0].tables[0].column("ts_init")[0].value  # type: ignore[attr-defined]
    status = VenueStatusUpdate(
        venue=Venue("SIM"), status=MarketStatusAction.TRADING, ts_event=first, ts_init=first
    )
    made.add_data([status])
    made.run()
    assert [status] == list(Record(sink.folder).objects())


def test_an_object_that_cannot_be_spelled_ends_the_run(tmp_path: Path) -> None:
    made = engine(recorder(tmp_path), quotes=10)
    made.add_data([Opaque()])
    with pytest.raises(RunError, match=r"sink 'recorder': objects of type Opaque cannot be rec"):
        made.run()


def test_an_object_of_a_type_that_nobody_registered_is_read_with_its_class(tmp_path: Path) -> None:
    notes = [Note(1_704_067_200_000_000_000 + each) for each in range(3)]
    sink = recorder(tmp_path)
    made = engine(sink, quotes=10)
    made.add_data(notes)
    made.run()
    record = Record(sink.folder)
    assert notes == list(record.objects(Note))
    with pytest.raises(DataError, match=r"objects of type \S+:Note cannot be read: nobody"):
        list(record.objects())


def test_a_run_that_fails_is_recorded_up_to_its_end(tmp_path: Path) -> None:
    sink = recorder(tmp_path)
    made = engine(sink)
    made.trader.components()[0].fails_at = 300  # type: ignore[attr-defined]
    with pytest.raises(RunError, match="on purpose"):
        made.run()
    record = Record(sink.folder)
    assert ("failed", 300) == (record.state, record.rows(record.channels[0]))
    assert "on purpose" in str(record.marks.error)


def test_a_folder_that_exists_is_not_written_to(tmp_path: Path) -> None:
    sink = recorder(tmp_path)
    made = engine(sink)
    (tmp_path / made.run_id).mkdir()
    with pytest.raises(InputError, match=r"there is something of this name already\. Give each"):
        made.run()
    assert [] == list((tmp_path / made.run_id).iterdir())


def test_two_recorders_need_two_paths(tmp_path: Path) -> None:
    made = engine(recorder(tmp_path))
    made.add_sink(recorder(tmp_path))
    with pytest.raises(InputError, match="there is something of this name already"):
        made.run()


def test_a_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in ("file", "file/inside"):
        with pytest.raises(InputError, match="the record cannot be begun") as caught:
            engine(recorder(tmp_path / place)).run()
        assert "file" in str(caught.value)


def test_a_path_without_permission_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(
        InputError, match=r"cannot be begun: Permission denied\. Give \[\[sinks\]\]"
    ):
        engine(recorder(tmp_path / "deep")).run()


@pytest.mark.parametrize("after", [0, 1, 100, 150])
def test_a_full_disk_stops_the_run_and_says_what_is_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    sink = recorder(tmp_path, flush_rows=50)
    made = engine(sink)
    fill_up(monkeypatch, after)
    expected = "nothing is in it" if after < 100 else r"all before 2024-01-01T00:.* is in it"
    with pytest.raises(
        RunError, match=f"No space left on device; {expected}. Free space"
    ) as caught:
        made.run()
    assert 1 == caught.value.exit_code
    assert not made.result().is_complete
    record = Record(sink.folder)
    rows = sum(batch.num_rows for batch in record.batches(record.channels[0]))
    assert ("torn", rows) == (record.state, record.rows(record.channels[0]))
    assert (rows > 0) is (after >= 100)


def test_a_full_disk_lets_a_run_go_on_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    alone = engine().run()
    sink = recorder(tmp_path, flush_rows=50, on_error="go_on", topics=["events.*"])
    made = engine(sink)
    fill_up(monkeypatch, 30)
    with caplog.at_level(logging.WARNING):
        result = made.run()
    assert (alone.event_log_hash, True) == (result.event_log_hash, result.is_complete)
    (warning,) = caplog.messages
    assert "No space left on device" in warning
    assert "The run goes on without a record" in warning
    assert "torn" == Record(sink.folder).state


def test_a_disk_that_is_full_at_the_very_end_fails_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = recorder(tmp_path)
    made = engine(sink)
    fill_up(monkeypatch, 5)
    with pytest.raises(RunError, match="No space left on device; nothing is in it"):
        made.run()
    assert "No space left" in str(made.result().error)


def test_each_flush_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are on disk before the mark that names them is written, and the mark after."""
    calls: list[str] = []

    def noted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*given: Any) -> Any:
            calls.append(name)
            return call(*given)

        return made

    from argosy_recorder.manifest import MarkFile

    monkeypatch.setattr(MarkFile, "_append", noted("mark", MarkFile._append))
    monkeypatch.setattr(Spool, "write", noted("write", Spool.write))
    monkeypatch.setattr(os, "fsync", noted("sync", os.fsync))
    sink = recorder(tmp_path, sync=True, events=False)
    engine(sink).run()
    assert "sync" == calls[0]  # the manifest, then its folder and the one above
    after_rows = calls[calls.index("write") :]
    first_mark = after_rows.index("mark")
    assert ["sync"] * 3 == [each for each in after_rows[:first_mark] if each == "sync"]
    assert "sync" == after_rows[first_mark + 1]


def test_a_recorder_is_built_without_touching_the_disk(tmp_path: Path) -> None:
    assert isinstance(recorder(tmp_path / "later"), Recorder)
    assert not (tmp_path / "later").exists()


def test_messages_travel_whole(tmp_path: Path) -> None:
    result, record = recorded(tmp_path, flush_rows=3, topics=["events.order.*"])
    found = [
        from_msgpack(payload)
        for batch in record.messages()
        for payload in batch.column("payload").to_pylist()
    ]
    assert result.orders == len([each for each in found if type(each).__name__ == "OrderFilled"])
    assert [each.ts_init for each in found] == sorted(each.ts_init for each in found)


@pytest.mark.parametrize("after", range(60, 260, 20))
def test_an_interrupted_write_leaves_a_record_up_to_the_mark_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Ctrl-C between two writes of one batch: nothing is appended to what is torn."""
    write = Spool.write
    left = [after]

    def interrupted(self: Spool, data: Any) -> int:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return write(self, data)

    sink = recorder(tmp_path, flush_rows=50)
    made = engine(sink)
    monkeypatch.setattr(Spool, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        made.run()
    record = Record(sink.folder)
    rows = [batch.num_rows for batch in record.batches(record.channels[0])]
    assert ("torn", record.rows(record.channels[0])) == (record.state, sum(rows))
    assert 49 == sum(rows) % 50
