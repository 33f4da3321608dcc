"""``argosy reasons``: the codes with which orders are refused and ended, and what helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from argosy.cli.options import echo_json, json_option
from argosy.errors import UnknownNameError

if TYPE_CHECKING:
    from argosy.model.reasons import Reason
    from argosy.plugins.host import PluginHost

HOST = "the host"
INTRODUCTION = """\
# Reasons

Why an order, or a change or a cancel of one, was refused or ended, stands in the `reason` of its
event: `CODE: key=value, ...`. `argosy reasons` prints this table with the codes of everything that
is installed, `argosy reasons CODE` one of them.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A declared reason, and the parts that give it."""

    reason: "Reason"
    given_by: tuple[str, ...]


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the whole reference.")
@json_option
def reasons(codes: Sequence[str], *, as_markdown: bool, as_json: bool) -> None:
    """Explain the coded reasons of refused and ended orders, all or those named."""
    from argosy.plugins.host import PluginHost

    found = _chosen(entries(PluginHost.installed()), codes)
    if as_json:
        echo_json({"reasons": [_plain(each) for each in found]})
    elif as_markdown:
        click.echo(_markdown(found), nl=False)
    else:
        click.echo("\n\n".join(map(_text, found)))


def entries(host: "PluginHost") -> list[Entry]:
    """Return the reasons of the host and of all usable plugins, by code."""
    from argosy.engine.reasons import REASONS

    givers: dict[Reason, list[str]] = {each: [HOST] for each in REASONS}
    for plugin in host.plugins:
        for part in host.parts_of(plugin.found.name) if plugin.is_usable else ():
            for each in part.reasons:
                givers.setdefault(each, []).append(part.label)
    found = [Entry(reason, tuple(names)) for reason, names in givers.items()]
    return sorted(found, key=lambda each: (each.reason.name, each.given_by))


def _chosen(found: list[Entry], codes: Sequence[str]) -> list[Entry]:
    known = {each.reason.name for each in found}
    for code in codes:
        if code not in known:
            raise UnknownNameError("reason", code, known)
    return [each for each in found if not codes or each.reason.name in codes]


def _plain(entry: Entry) -> dict[str, object]:
    reason = entry.reason
    return {
        "name": reason.name,
        "given_by": list(entry.given_by),
        "meaning": reason.meaning,
        "cure": reason.cure,
    }


def _text(entry: Entry) -> str:
    reason = entry.reason
    by = ", ".join(entry.given_by)
    return f"{reason.name}  ({by})\n    {reason.meaning}\n    {reason.cure}"


def _markdown(found: list[Entry]) -> str:
    rows = (
        f"| `{each.reason.name}` | {', '.join(each.given_by)} |"
        f" {each.reason.meaning} | {each.reason.cure} |"
        for each in found
    )
    head = ("| code | given by | what was the case | what helps |", "|---|---|---|---|")
    return "\n".join([INTRODUCTION, *head, *rows, ""])
