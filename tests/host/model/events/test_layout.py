"""The layout that compiled code reads events by, held against real events."""

import ctypes
import re
from typing import Any

import pytest

from argosy.model.events import account, order
from argosy.model.events.account import AccountFlow
from argosy.model.events.order import OrderAccepted, OrderFilled, OrderInitialized, OrderSubmitted
from tests.pure import PROJECT

TEXT = (PROJECT / "host/argosy/model/events/layout.pxd").read_text()
HEAD = object.__basicsize__
POINTER = ctypes.sizeof(ctypes.c_void_p)
KINDS = [OrderInitialized, OrderSubmitted, OrderAccepted, OrderFilled, AccountFlow]


def places(name: str) -> list[str]:
    """Return the fields of a C struct in their order."""
    body = re.search(rf"PyObject_HEAD([^}}]*)}} argosy_{name};", TEXT)
    assert body is not None
    return re.findall(r"\*(\w+)", body[1])


def sample(kind: Any) -> Any:
    """Return an event each of whose fields is an object of its own."""
    return kind(**{field: object() for field in kind.__struct_fields__})


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_is_where_compiled_code_reads_it(kind: Any) -> None:
    made = sample(kind)
    names = places(kind.__name__)
    assert sorted(kind.__struct_fields__) == sorted(names)
    assert HEAD + POINTER * len(names) == kind.__basicsize__
    for place, name in enumerate(names):
        found = ctypes.c_void_p.from_address(id(made) + HEAD + POINTER * place).value
        assert id(getattr(made, name)) == found, name


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_is_declared_as_it_lies(kind: Any) -> None:
    module = order if hasattr(order, kind.__name__) else account
    start = TEXT.index(f"cdef extern class {module.__name__}.{kind.__name__} ")
    declared = re.match(r"[^\n]*check_size error\]:\n((?:    [^\n]*\n)+)", TEXT[start:])
    assert declared is not None
    assert places(kind.__name__) == re.findall(r"cdef readonly object (\w+)", declared[1])


def test_no_other_event_has_a_layout() -> None:
    assert {kind.__name__ for kind in KINDS} == set(re.findall(r"} argosy_(\w+);", TEXT))
