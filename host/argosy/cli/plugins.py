"""``argosy plugins``: what is installed, what it brings, and what is wrong with it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argosy.cli.options import echo_json, json_option
from argosy.cli.strategy_files import load_files

if TYPE_CHECKING:
    from argosy.plugins.host import Plugin, PluginHost


@click.command()
@click.argument("system", type=click.Path(path_type=Path), required=False)
@json_option
def plugins(system: Path | None, *, as_json: bool) -> None:
    """List plugins and strategy files, as a SYSTEM file uses them if one is given."""
    from argosy.config.system import PluginSettings
    from argosy.config.system_file import SystemFile
    from argosy.plugins.host import PluginHost

    if system is None:
        project, asked = Path(), PluginSettings()
    else:
        file = SystemFile.read(system)
        project, asked = file.project, file.plugins
    host = PluginHost.installed(disable=asked.disable, allow=asked.allow)
    rows = [_plugin(host, each) for each in host.plugins]
    files = _files(project, asked.folders)
    conflicts = [str(each) for each in host.duplicates]
    if as_json:
        echo_json({"plugins": rows, "strategy_files": files, "conflicts": conflicts})
    else:
        _print(rows, files, conflicts)


def _plugin(host: "PluginHost", plugin: "Plugin") -> dict[str, Any]:
    parts: dict[str, list[str]] = {}
    if plugin.is_usable:
        for part in host.parts_of(plugin.found.name):
            parts.setdefault(part.kind, []).append(part.name)
    return {
        "name": plugin.found.name,
        "distribution": plugin.found.distribution,
        "version": plugin.found.version,
        "enabled": plugin.is_enabled,
        "hooks": list(plugin.hooks),
        "parts": parts,
        "error": None if plugin.error is None else str(plugin.error),
    }


def _files(project: Path, folders: tuple[str, ...]) -> list[dict[str, Any]]:
    parts, errors = load_files(project, folders)
    found = [{"name": each.name, "file": each.plugin, "error": None} for each in parts]
    broken = [{"name": name, "file": None, "error": str(e)} for name, e in errors.items()]
    return sorted([*found, *broken], key=lambda each: str(each["name"]))


def _print(rows: list[dict[str, Any]], files: list[dict[str, Any]], conflicts: list[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("plugin", "version", "from", "state", "parts", box=None, pad_edge=False)
    for row in rows:
        state = "broken" if row["error"] else "enabled" if row["enabled"] else "disabled"
        parts = "\n".join(f"{kind}: {', '.join(each)}" for kind, each in row["parts"].items())
        hooks = ", ".join(hook for hook in row["hooks"] if hook.startswith("on_"))
        shown = "\n".join(filter(None, [parts, hooks]))
        table.add_row(row["name"], row["version"], row["distribution"], state, shown)
    Console(highlight=False).print(table)
    for each in files:
        click.echo(f"strategy file  {each['file'] or each['name']}")
    for row in [*rows, *files]:
        if row["error"]:
            click.echo(f"broken  {row['name']}: {row['error']}", err=True)
    for conflict in conflicts:
        click.echo(f"conflict  {conflict}", err=True)
