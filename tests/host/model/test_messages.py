"""The layout that compiled code reads messages by, held against real messages."""

from typing import Any

import pytest

from argosy.model import messages
from tests.host.model.layouts import check_declared, check_kinds, check_places


@pytest.mark.parametrize("kind", messages.PLACES)
def test_each_field_is_where_compiled_code_reads_it(kind: Any) -> None:
    check_places(messages, kind)


@pytest.mark.parametrize("kind", messages.PLACES)
def test_each_field_is_declared_with_its_place(kind: Any) -> None:
    check_declared(messages, kind)


def test_each_class_asks_for_its_own_verdict() -> None:
    check_kinds(messages)
