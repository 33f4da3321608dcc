"""Each default plugin can be replaced by a stranger's that gives the same names."""

import sys
from types import ModuleType

import pytest

from argosy.hookspecs import hookimpl
from argosy.parts.registration import LABELS, Part, Register
from argosy.plugins.find import Found, find_plugins
from argosy.plugins.host import PluginHost

OWN = [found for found in find_plugins() if found.is_own]
STRANGER = Found("stranger", "argosy_stranger", "argosy-stranger", "1.0")


@pytest.fixture
def stranger(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType(STRANGER.module)
    monkeypatch.setitem(sys.modules, STRANGER.module, module)
    return module


def offer(module: ModuleType, parts: tuple[Part, ...]) -> None:
    """Let a module register parts of the same kinds and names."""
    for kind in {part.kind for part in parts}:
        names = [part.name for part in parts if part.kind == kind]

        def hook(register: Register, names: list[str] = names) -> None:
            for name in names:
                register(name, lambda *_: "the stranger's")

        setattr(module, f"register_{kind}", hookimpl(hook))


@pytest.mark.parametrize("found", OWN, ids=lambda found: found.name)
def test_a_stranger_takes_the_place_of_a_default_plugin(found: Found, stranger: ModuleType) -> None:
    parts = PluginHost(OWN).parts_of(found.name)
    assert len(parts) > 0
    offer(stranger, parts)
    host = PluginHost([*OWN, STRANGER], disable=[found.name])
    assert {None} == {plugin.error for plugin in host.plugins}
    assert () == host.duplicates
    for part in parts:
        replaced = host.part(part.kind, part.name)
        assert ("stranger", "the stranger's") == (replaced.plugin, replaced.factory())


def test_the_host_itself_registers_nothing() -> None:
    host = PluginHost(OWN, disable=[found.name for found in OWN])
    assert {} == {name: host.parts(kind) for kind in LABELS for name in host.parts(kind)}
