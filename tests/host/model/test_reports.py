"""Reports are values: they never change, they travel, and their bytes stay what they are."""

from __future__ import annotations

import hashlib
from typing import get_args

import pytest

from argosy.model.reports import AnyReport, Report
from argosy.serialization import arrow, from_json, from_msgpack, to_json, to_msgpack
from tests.host.model.messages import REPORTS

each_report = pytest.mark.parametrize("report", REPORTS, ids=lambda each: type(each).__name__)


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_there_is_an_example_of_each() -> None:
    assert set(get_args(AnyReport)) == {type(report) for report in REPORTS}


def test_no_two_have_one_code() -> None:
    assert len(REPORTS) == len({report.code for report in REPORTS})


@each_report
def test_a_report_cannot_be_changed(report: Report) -> None:
    with pytest.raises(AttributeError, match="immutable"):
        report.ts_event = 5  # type: ignore[misc]


@each_report
def test_a_report_comes_back(report: Report) -> None:
    assert report == from_json(to_json(report))
    assert report == from_msgpack(to_msgpack(report))
    assert [report] == arrow.from_bytes(arrow.to_bytes([report]))


def test_the_bytes_are_what_they_always_were() -> None:
    text = b"\n".join(to_json(report) for report in REPORTS)
    packed = b"".join(to_msgpack(report) for report in REPORTS)
    assert (
        "6f29b93b67531895b1fa632e86cfff5039ae733eb6824710c95ecba61a3538cb"
        == hashlib.sha256(text).hexdigest()
    )
    assert (
        "a673bb07a946b7f77523ce00e89fb474512a922070c5d5b9b7c71b51225c1d08"
        == hashlib.sha256(packed).hexdigest()
    )
