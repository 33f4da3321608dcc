"""The one table of data kinds: every room says something of each, and nobody lists them by hand."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import argosy
from argosy.model.data_kind import INSTRUMENT_KEY, Column, DataField, DataKind, Holds
from argosy.model.kinds import DEFINITION, KINDS
from argosy.serialization import arrow, from_json, from_msgpack, to_json, to_msgpack
from argosy.strategy.heard import HANDLERS
from argosy.strategy.strategy import Strategy
from argosy.testing.kinds import SAMPLES
from tests.house.sources import dotted, modules, relative

ROOMS = {
    "Arrow columns",
    "declared columns",
    "first data of a new system",
    "handlers of components",
    "objects of records that catalogs hold",
    "records of runs",
    "rows of a query as market data",
    "samples for tests",
    "sources of replay",
    "tables of a catalog",
    "tables of data in a system file",
    "topics of the bus",
}
MANY = 3  # so many kinds in one display are a list of them

LISTED: dict[str, str] = {}
"""Module -> why it lists some kinds by hand all the same."""


@cache
def columns() -> dict[str, Column[Any]]:
    """Return every column of every room, by what the room is called."""
    found = [
        each
        for path in modules()
        if "Column[" in path.read_text()
        for each in vars(importlib.import_module(dotted(path))).values()
        if isinstance(each, Column)
    ]
    return {column.room: column for column in found}


def test_each_room_has_its_column() -> None:
    assert ROOMS == columns().keys()


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_says_something_of_each_kind(room: str) -> None:
    column = columns()[room]
    assert [] == column.missing(KINDS)
    assert set() == column.entries.keys() & column.without.keys()
    assert "" not in {reason.strip() for reason in column.without.values()}


def test_a_kind_that_a_room_misses_is_found() -> None:
    swell = type("Swell", (), {})
    more = KINDS.plus(
        DataKind("swell", "swells", swell, INSTRUMENT_KEY, (DataField("height", Holds.PRICE),))
    )
    assert {("swell",)} == {tuple(column.missing(more)) for column in columns().values()}


@pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.name)
def test_the_class_of_a_kind_is_public(kind: DataKind) -> None:
    assert kind.data_type is getattr(argosy, kind.data_type.__name__)


@pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.name)
def test_an_object_of_a_kind_holds_what_the_table_says(kind: DataKind) -> None:
    for item in SAMPLES[kind]:
        assert kind is KINDS.of(type(item))
        assert kind.key_of(item) == kind.key.parse(str(kind.key_of(item)))
        holders = [item, getattr(item, "order", item)]  # a CLEAR has no order
        for name in ("ts_event", "ts_init", *(each.name for each in kind.fields)):
            assert None in holders or any(hasattr(each, name) for each in holders)
        assert item == from_json(to_json(item))
        assert item == from_msgpack(to_msgpack(item))
        assert [item] == arrow.from_bytes(arrow.to_bytes([item]))


@pytest.mark.parametrize("kind", list(HANDLERS), ids=lambda kind: kind.name)
def test_a_handler_is_one_of_every_strategy(kind: DataKind) -> None:
    assert callable(getattr(Strategy, HANDLERS[kind]))


NAMES = {name for kind in KINDS if kind is not DEFINITION for name in kind.names}


def named(node: ast.expr | None) -> str | None:
    """Return what an element of a display may call a kind."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return named(node.elts[0]) if isinstance(node, ast.Tuple) and node.elts else None


def lists(path: Path) -> Iterator[str]:
    """Yield the displays of a module in which many kinds are named."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Dict(keys=keys):
                found = [named(each) for each in keys]
            case ast.Tuple(elts=elts) | ast.List(elts=elts) | ast.Set(elts=elts):
                found = [named(each) for each in elts]
            case ast.BinOp(op=ast.BitOr()):
                found = [named(each) for each in ast.walk(node) if isinstance(each, ast.Name)]
            case _:
                continue
        if len(NAMES & set(found)) >= MANY:
            yield f"{relative(path)}:{node.lineno}"


def test_nobody_lists_kinds_by_hand() -> None:
    sources = [
        path
        for path in modules()
        if path.suffix == ".py" and not dotted(path).startswith("argosy.model")
    ]
    assert [] == [place for path in sources if dotted(path) not in LISTED for place in lists(path)]
