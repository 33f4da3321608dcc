"""What every plugin keeps to: it loads, says what it brings, and its settings have a schema."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import msgspec

from argosy.plugins.find import Found
from argosy.plugins.host import Plugin, PluginHost

if TYPE_CHECKING:
    from argosy.parts.registration import Part

HEAVY = ("duckdb", "numpy", "pandas", "pyarrow", "pydantic")
"""Packages that loading a plugin must not load: they cost every command a part of a second."""


def check_plugin(name: str) -> None:
    """Check an installed plugin: that it is usable, light, and describes its parts.

    Parameters
    ----------
    name : of its entry point

    Raises
    ------
    AssertionError : says what is wrong, and with which part
    """
    host = PluginHost.installed()
    plugin = _find(host, name)
    assert plugin.error is None, f"plugin {name!r} is broken: {plugin.error}"
    parts = host.parts_of(name)
    told = [hook for hook in plugin.hooks if hook.startswith("on_")]
    assert parts or told, f"plugin {name!r} brings no part and hears of nothing"
    for conflict in host.duplicates:
        assert repr(name) not in str(conflict), str(conflict)
    for part in parts:
        _check_part(part)
    _check_weight(plugin)


def registered(module: str, kind: str, name: str) -> Part:
    """Load one plugin, installed or not, and return a part that it registers.

    Parameters
    ----------
    module : of the plugin
    kind, name : of the part, such as "fee_models" and "ticket"

    Raises
    ------
    AssertionError : the plugin is broken, or registers no such part
    """
    host = PluginHost([Found(name, module, module, "0")])
    (plugin,) = host.plugins
    assert plugin.error is None, f"{module} is broken: {plugin.error}"
    parts = host.parts(kind)
    assert name in parts, f"{module} registers no {name!r} among its {kind}, but {list(parts)}"
    return parts[name]


def _find(host: PluginHost, name: str) -> Plugin:
    found = {plugin.found.name: plugin for plugin in host.plugins}
    assert name in found, f"no plugin {name!r} is installed; there are {', '.join(found)}"
    return found[name]


def _check_part(part: Part) -> None:
    assert part.doc, f"{part.label} has no doc: give one sentence for `argosy plugins`"
    model: Any = part.settings_model()
    if model is None:
        return
    if hasattr(model, "model_json_schema"):
        model.model_json_schema()
        assert model.model_config.get("extra") == "forbid", (
            f"{part.label} takes settings that it does not know: derive them from"
            " argosy.config.settings.Settings"
        )
    else:
        assert issubclass(model, msgspec.Struct), f"{part.label} has settings of no known kind"
        assert model.__struct_config__.forbid_unknown_fields, (
            f"{part.label} takes settings that it does not know: forbid_unknown_fields=True"
        )


def _check_weight(plugin: Plugin) -> None:
    """Import the plugin in a fresh process and see what came with it."""
    module = plugin.found.module.partition(":")[0]
    code = f"import sys, {module}; print(*sorted(sys.modules.keys() & {set(HEAVY)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{module} cannot be imported by itself: {done.stderr}"
    loaded = done.stdout.split()
    assert not loaded, f"importing {module} loads {', '.join(loaded)}: import them in factories"
