from importlib.metadata import EntryPoint, entry_points

import pytest

from argosy.hookspecs import GROUP
from argosy.plugins import find
from argosy.plugins.find import Found, find_plugins


def test_the_plugins_of_the_host_are_found_by_their_entry_points() -> None:
    own = {each.name: each.module for each in find_plugins() if each.is_own}
    expected = ["bars", "catalog", "loaders", "orders", "recorder", "risk", "sim", "stats"]
    assert {name: f"argosy_{name}" for name in expected} == own


def test_every_entry_point_of_the_group_is_found() -> None:
    names = {each.name for each in entry_points(group=GROUP)}
    assert names == {each.name for each in find_plugins()}


def test_plugins_come_by_name_and_one_seen_twice_counts_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points = [EntryPoint(name, name, GROUP) for name in ("b", "a", "b")]
    monkeypatch.setattr(find, "entry_points", lambda group: points)
    expected = (Found("a", "a", "unknown", "unknown"), Found("b", "b", "unknown", "unknown"))
    assert expected == find_plugins()


def test_a_plugin_may_be_an_object_in_a_module() -> None:
    assert "tests" == Found("x", "tests.host.config.kit:FOUND", "d", "1").package
    assert "kit" == Found("x", "tests.host.config.kit:FOUND", "d", "1").load().name
