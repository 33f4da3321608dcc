"""Whatever a system file says, it resolves or it is refused with file, line and key."""

import copy
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.config.document import Document
from argosy.config.positions import KeyPath
from argosy.config.problems import SystemFileError
from argosy.config.resolve import resolve
from argosy.config.system_file import SystemFile
from tests.host.config import kit

SYSTEM: dict[str, Any] = {
    "name": "x",
    "trader_id": "T-1",
    "seed": 1,
    "catalog": {"use": "ducklake", "path": "data"},
    "venues": {
        "SIM": {
            "simulate": {
                "use": "sim",
                "oms": "netting",
                "account": {
                    "type": "margin",
                    "balances": ["1 USD"],
                    "base_currency": "USD",
                    "margin_model": "leveraged",
                },
                "fees": {"use": "fixed", "amount": "1 USD"},
                "modules": [{"use": "rollover", "rate": Decimal("0.1")}],
            },
            "adapter": {"use": "exchange", "key": "env:KEY"},
        }
    },
    "instruments": [
        {"type": "Equity", "id": "A.SIM", "quote_currency": "USD", "price_increment": "0.01"}
    ],
    "data": [
        {"type": "bar", "bar_types": ["A.SIM-1-DAY-LAST-EXTERNAL"], "start": "2012-01-01"},
        {"type": "quote", "instruments": ["A.SIM"], "end": "2012-01-01"},
    ],
    "actors": ["watcher"],
    "strategies": [
        {
            "use": "cross",
            "id": "C-1",
            "instrument": "A.SIM",
            "bar_type": "A.SIM-1-MINUTE-BID-INTERNAL",
            "trade_size": "1",
            "weights": {"a": 1},
        }
    ],
    "risk": {"trading_state": "active", "disable": ["rate"], "size": {"most": 3}},
    "bars": {
        "interval": "left-open",
        "build_delay": "1ms",
        "types": {"A.SIM-1-MINUTE-BID-INTERNAL": {"origin_offset": "1s"}},
    },
    "plugins": {
        "disable": [],
        "allow": ["kit"],
        "folders": ["strategies"],
        "kit": {"STOP_MARKET": {"most": 1}},
    },
    "run": {"start": "2012-01-01", "end": 5, "on_error": "stop", "equity_interval": "1d"},
}
JUNK = [
    *(None, True, 5, -1, 10**30, Decimal("1.5"), Decimal("nan"), Decimal("inf")),
    *("", "x", "A.SIM", "env:KEY", "2012-02-30", "é\n\x00", "x" * 1_000),
    *([], [5], ["x"], [[]], [{}], {}, {"use": 5}, {"use": "x"}, {"x": {}}, {"": 1}),
]


def paths(value: Any, at: KeyPath = ()) -> Iterator[KeyPath]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in items:
        yield (*at, key)
        if isinstance(each, dict | list):
            yield from paths(each, (*at, key))


HOST = kit.host()


def said(system: dict[str, Any]) -> list[str]:
    """Return the problems of a system; anything but a list of problems is an error of ours."""
    document = Document("s", system)
    try:
        resolve(SystemFile(document, Path("/p")), HOST, is_whole=False)
    except SystemFileError as error:
        return [each.place for each in error.problems]
    return []


def changed(path: KeyPath, value: object) -> dict[str, Any]:
    system = copy.deepcopy(SYSTEM)
    at: Any = system
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return system


def test_the_system_is_good_to_begin_with() -> None:
    system = copy.deepcopy(SYSTEM)
    system["run"]["end"] = "2013-01-01"
    assert [] == said(system)


PATHS = list(paths(SYSTEM))


def assert_placed(path: KeyPath, junk: object) -> None:
    """Check that junk in one place is accepted, or refused with its place."""
    for place in said(changed(path, junk)):
        assert re.match(r"s: \w+", place)


@pytest.mark.parametrize("number", range(len(PATHS)), ids=lambda number: str(PATHS[number]))
def test_junk_anywhere_is_accepted_or_placed(number: int) -> None:
    """Each place gets a sixth of the junk; all of it comes around."""
    for junk in JUNK[number % 6 :: 6]:
        assert_placed(PATHS[number], junk)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=str)
def test_all_junk_anywhere_is_accepted_or_placed(path: KeyPath) -> None:
    for junk in JUNK:
        assert_placed(path, junk)


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_a_key_left_out_is_accepted_or_placed(path: KeyPath) -> None:
    system = copy.deepcopy(SYSTEM)
    at: Any = system
    for key in path[:-1]:
        at = at[key]
    del at[path[-1]]
    assert all(place.startswith("s: ") for place in said(system))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["use", "type", "id", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(SYSTEM)), VALUES, max_size=6))
def test_any_document_is_accepted_or_refused_with_places(system: dict[str, Any]) -> None:
    assert all(place.startswith("s: ") for place in said(system))
