"""What databases say, and what to do about it."""

import sqlite3

import pytest

from argosy_catalog.lake import metadata


@pytest.mark.parametrize(
    ("text", "is_full"),
    [("disk I/O error", True), ("database or disk is full", True), ("no such table: x", False)],
)
def test_a_disk_that_takes_no_more_has_a_cure(text: str, is_full: bool) -> None:  # noqa: FBT001
    cure = metadata.cure_of(sqlite3.OperationalError(text))
    assert is_full == (cure is not None and cure.startswith("Free space"))


def test_a_server_that_went_away_has_a_cure() -> None:
    cure = metadata.cure_of(RuntimeError("server closed the connection unexpectedly"))
    assert "See that the PostgreSQL server of the metadata can be reached, then try again" == cure
