"""Recorders, runs that they record, and records that were torn."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from argosy import BacktestEngine, BacktestEngineConfig
from argosy.config.plan import Plan
from argosy.run.by_hand import plan_of
from argosy.run.result import RunResult
from argosy.testing.runs import make_engine
from argosy.testing.sinks import Taker
from argosy_recorder import Record, Recorder
from argosy_recorder.settings import RecorderSettings


@cache
def plan() -> Plan:
    """Return the plan of a run by hand."""
    return plan_of(BacktestEngineConfig(seed=3).to_system())


def recorder(folder: Path, **settings: Any) -> Recorder:
    """Return a recorder that does not wait for the disk."""
    return Recorder(RecorderSettings.model_validate({"path": folder, "sync": False, **settings}))


def engine(sink: Recorder | None = None, *, quotes: int = 600) -> BacktestEngine:
    """Return a run that trades now and then."""
    made = make_engine(plan(), quotes=quotes)
    made.add_actor(Taker())
    if sink is not None:
        made.add_sink(sink, "recorder")
    return made


def recorded(folder: Path, **settings: Any) -> tuple[RunResult, Record]:
    """Run with a recorder, and open what it wrote."""
    sink = recorder(folder, **settings)
    result = engine(sink).run()
    return result, Record(sink.folder)


def tear(record: Record, marks: int) -> Record:
    """Cut the marks of a record off, as if its writer had died, and open it again."""
    path = record.path / "marks.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:marks]) + lines[marks][:7])
    return Record(record.path)


def payloads(record: Record) -> list[bytes]:
    """Return the events as bytes."""
    return [each for batch in record.events() for each in batch.column("payload").to_pylist()]
