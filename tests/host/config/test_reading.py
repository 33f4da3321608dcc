"""Tables are read for whoever is a `Reading`, not only for the reader of system files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from argosy.config.document import Document
from argosy.config.models import read_model
from argosy.config.problems import Problems
from argosy.config.settings import IntField, Settings
from argosy.config.structs import read_struct

if TYPE_CHECKING:
    from argosy.config.reading import Reading


class Form(Settings):
    size: IntField = 1


class Sheet(msgspec.Struct):
    size: int = 1


class Desk:
    """Reads one table, and knows no parts."""

    def __init__(self) -> None:
        self.problems = Problems(Document("desk", {}))
        self.project = Path()

    def part(self, kind: str, raw: object, path: Any) -> None:
        raise AssertionError("the tables name no part")


def test_a_table_is_read_for_whoever_notes_its_problems() -> None:
    desk = Desk()
    reading: Reading = desk
    assert Form(size=2) == read_model(reading, Form, {"size": 2}, ())
    assert Sheet(2) == read_struct(reading, Sheet, {"size": 2}, ())
    assert None is read_model(reading, Form, {"sise": 2}, ())
    assert None is read_struct(reading, Sheet, {"siez": 2}, ())
    assert 2 == len(desk.problems)
