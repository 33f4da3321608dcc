from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

import build_kernel
from argosy.errors import PluginError
from argosy.plug import ABI
from argosy.plugins.abi import abi_of, check_files, check_module, extension_modules
from argosy.plugins.find import Found
from argosy.plugins.host import PluginHost
from tests.host.plugins.kit import Make, fees

SUFFIX = EXTENSION_SUFFIXES[0]
STALE = f"plugin 'old' was compiled for ABI {ABI + 1}; this host has ABI {ABI}. Rebuild 'old'"


def mark(abi: int) -> bytes:
    return b"\x7fELF" + bytes(5_000) + f"ARGOSY_ABI={abi};".encode() + bytes(500)


def test_the_mark_of_the_c_surface_is_the_number_of_the_host(project: Path) -> None:
    text = (project / "host/argosy/plug/abi.pxd").read_text()
    assert f'"ARGOSY_ABI={ABI};"' in text


def test_every_file_of_the_c_surface_leaves_the_mark(project: Path) -> None:
    surface = project / "host/argosy/plug"
    files = {each.stem: each.read_text() for each in surface.glob("*.pxd")}
    without = [name for name, text in files.items() if "from argosy.plug cimport abi" not in text]
    assert {"__init__", "abi"} == set(without)


def test_a_module_with_the_mark_is_stale_once_the_mark_changes(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    (bars,) = (each for each in build_kernel.find(project) if each.name == "argosy_bars.tick_bars")
    assert "host/argosy/plug/abi.pxd" in build_kernel._inputs(bars)


def test_a_stale_plugin_is_refused_before_its_code_runs(make: Make, tmp_path: Path) -> None:
    found = make("old", 'raise SystemExit("it ran")')
    (tmp_path / found.module / "inner").mkdir()
    (tmp_path / found.module / f"inner/fast{SUFFIX}").write_bytes(mark(ABI + 1))
    (plugin,) = PluginHost([found]).plugins
    assert str(plugin.error).startswith(STALE)


def test_a_plugin_of_this_abi_is_used(make: Make, tmp_path: Path) -> None:
    found = make("new", fees("free"))
    (tmp_path / found.module / f"fast{SUFFIX}").write_bytes(mark(ABI))
    assert None is PluginHost([found]).plugins[0].error


def test_an_extension_module_without_the_mark_uses_nothing_of_the_surface(tmp_path: Path) -> None:
    (tmp_path / "x.so").write_bytes(b"\x7fELF")
    (tmp_path / "empty.so").touch()
    assert [None, None] == [abi_of(tmp_path / each) for each in ("x.so", "empty.so")]


def test_a_plugin_may_be_one_extension_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    file = tmp_path / f"made_alone{SUFFIX}"
    file.write_bytes(mark(ABI + 1))
    assert [file] == list(extension_modules("made_alone"))
    with pytest.raises(PluginError, match="compiled for ABI"):
        check_files(Found("alone", "made_alone", "argosy-alone", "1"))


def test_a_module_may_declare_its_abi(make: Make) -> None:
    found = make("old", f"ARGOSY_ABI = {ABI + 1}\n{fees('free')}")
    (plugin,) = PluginHost([found]).plugins
    assert str(plugin.error).startswith(STALE)
    check_module(found, object())


def test_what_is_not_installed_has_no_extension_modules() -> None:
    assert [] == list(extension_modules("nowhere_at_all"))
    assert [] == list(extension_modules(""))


def test_the_plugins_of_the_host_are_built_with_it() -> None:
    check_files(Found("bars", "nowhere_at_all", "argosy", "0"))
