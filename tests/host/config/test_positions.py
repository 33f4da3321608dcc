import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.config.positions import KeyPath, json_lines, toml_lines

TOML = '''\
# a comment
name = "x"          # another: [not.a.header]
"quoted key" = 1
a.b . "c.d" = 2

[venues.SIM]
simulate = { use = "sim", account = { type = "margin", balances = ["1 USD", "2 EUR"] } }
text = """
[not.a.table]
key = "no" \\""" still
""""
other = \'\'\'
[[nor this]]
\'\'\'

[[data]]
type = "quote"

[[data]]
type = "trade"
instruments = [
    "A.B",   # one
    # nothing
    "C.D",
]

[[data]]
type = "bar"
start = 2012-02-01 09:30:00
[data.extra]
deep = true
[[data.extra.list]]
one = 1
[[data.extra.list]]
two = [{ x = 1 }, { x = [ [ 2 ] ] }]
'''

EXPECTED = {
    ("name",): 2,
    ("quoted key",): 3,
    ("a", "b", "c.d"): 4,
    ("venues", "SIM"): 6,
    ("venues", "SIM", "simulate", "account", "balances", 1): 7,
    ("venues", "SIM", "text"): 8,
    ("venues", "SIM", "other"): 12,
    ("data",): 16,
    ("data", 0): 16,
    ("data", 1, "type"): 20,
    ("data", 1, "instruments"): 21,
    ("data", 1, "instruments", 0): 22,
    ("data", 1, "instruments", 1): 24,
    ("data", 2): 27,
    ("data", 2, "start"): 29,
    ("data", 2, "extra", "deep"): 31,
    ("data", 2, "extra", "list", 0, "one"): 33,
    ("data", 2, "extra", "list", 1, "two", 1, "x", 0, 0): 35,
}


@pytest.mark.parametrize(("path", "line"), EXPECTED.items())
def test_each_toml_key_has_its_line(path: KeyPath, line: int) -> None:
    assert line == toml_lines(TOML)[path]


def test_a_text_that_looks_like_a_table_is_not_one() -> None:
    assert [] == [path for path in toml_lines(TOML) if "not" in path or "nor this" in path]


def test_windows_line_ends_do_not_move_lines() -> None:
    assert toml_lines(TOML) == toml_lines(TOML.replace("\n", "\r\n"))


def test_each_json_key_has_its_line() -> None:
    text = '{\n "a": [\n  1,\n  {"b": "}\\"",\n   "c": {}}\n ],\n "d": null}'
    expected = {
        ("a",): 2,
        ("a", 0): 3,
        ("a", 1): 4,
        ("a", 1, "b"): 4,
        ("a", 1, "c"): 5,
        ("d",): 7,
    }
    assert expected == dict(json_lines(text))


KEYS = st.text(max_size=4)
LEAVES = st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=4)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)


@given(DOCUMENTS)
def test_json_positions_cover_exactly_the_document(document: dict[str, Any]) -> None:
    assert set(paths(document)) == set(json_lines(json.dumps(document, indent=1)))


@given(DOCUMENTS)
def test_toml_positions_cover_exactly_the_document(document: dict[str, Any]) -> None:
    lines = [f"{spell(key)} = {spell(value)}" for key, value in document.items()]
    found = toml_lines("\n".join(lines))
    assert set(paths(document)) == set(found)
    assert {(key,): number + 1 for number, key in enumerate(document)} == {
        path: line for path, line in found.items() if len(path) == 1
    }


def paths(value: Any, at: KeyPath = ()) -> list[KeyPath]:
    """List the path of every key and member inside a value."""
    if isinstance(value, Mapping):
        items: Any = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    else:
        return []
    return [p for key, each in items for p in [(*at, key), *paths(each, (*at, key))]]


def spell(value: Any) -> str:
    """Write a value on one line of TOML; its strings and numbers are JSON's, bar one character."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{spell(k)} = {spell(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(spell, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
