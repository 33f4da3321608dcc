"""The ``argosy`` command: finds the host's commands and those of plugins, and reports errors."""

import importlib
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any, NoReturn

import click

from argosy.cli.report import Report
from argosy.errors import PluginError, UnknownNameError, suggest
from argosy.plugins.host import PluginHost

COMMANDS = ("check", "hooks", "new", "plugins", "reasons", "run", "schema")
"""The host's own commands; each is in the module of its name."""


class CommandLine(click.Group):
    """The host's commands and those of plugins, which are loaded only when one is asked for."""

    def __init__(self, **attributes: Any) -> None:
        options = [
            click.Option(
                ["--debug"], is_flag=True, help="Show tracebacks; may stand anywhere on the line."
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help="Show the version and exit.",
            ),
        ]
        super().__init__(**attributes, params=[*options], no_args_is_help=True)

    @cached_property
    def host(self) -> PluginHost:
        """The installed plugins."""
        return PluginHost.installed(reserved=COMMANDS)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return sorted({*COMMANDS, *self.host.parts("commands")})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command of the host, else of a plugin, which gets the plugin host with `ctx`."""
        if cmd_name in COMMANDS:
            module = importlib.import_module(f"argosy.cli.{cmd_name}")
            command: click.Command = getattr(module, cmd_name)
            return command
        try:
            part = self.host.part("commands", cmd_name)
        except UnknownNameError:
            return None
        ctx.obj = self.host
        made = part.factory()
        if not isinstance(made, click.Command):
            raise PluginError(f"plugin {part.plugin!r} gives no click.Command as {cmd_name!r}")
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a line, or say which was probably meant."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            hint = suggest(name, self.list_commands(ctx))
            ctx.fail(f"no command {name!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading those of plugins."""
        own = [
            (name, command.get_short_help_str(60))
            for name in COMMANDS
            if (command := self.get_command(ctx, name)) is not None
        ]
        others = [
            (name, part.doc or f"from plugin {part.plugin}")
            for name, part in sorted(self.host.parts("commands").items())
        ]
        for title, rows in (("Commands", own), ("Commands of plugins", others)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run a line; end the process with the exit code that fits what happened."""
        line = list(sys.argv[1:] if args is None else args)
        split = line.index("--") if "--" in line else len(line)
        is_debug = "--debug" in line[:split]
        line = [each for each in line[:split] if each != "--debug"] + line[split:]
        report = Report(is_debug=is_debug, is_json="--json" in line[:split])
        extra["standalone_mode"] = False
        try:
            code = super().main(line, **extra)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except (click.Abort, Exception) as error:
            sys.exit(report.show(error))
        sys.exit(code if isinstance(code, int) else 0)


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value and not ctx.resilient_parsing:
        click.echo(f"argosy {version('argosy')}")
        ctx.exit()
