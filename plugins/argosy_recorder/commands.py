"""``argosy record``: look at records, and load them into a catalog."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from argosy.parts.registration import Parts
    from argosy_recorder.record import Record

_RECORD = click.argument("folder", metavar="RECORD", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def record() -> None:
    """Look at records of runs, and load them into a catalog."""


@record.command("ls")
@click.argument("place", default="data/records", type=click.Path(path_type=Path))
@_JSON
def list_records(place: Path, *, as_json: bool) -> None:
    """List the records in a folder, the newest last."""
    from argosy.errors import ArgosyError, DataError
    from argosy_recorder.record import Record

    if not place.is_dir():
        raise DataError("there is no folder here", place=str(place), cure="Name that of [[sinks]]")
    found: list[dict[str, Any]] = []
    for folder in sorted(each for each in place.iterdir() if each.is_dir()):
        try:
            found.append(_facts(Record(folder)))
        except ArgosyError as error:
            found.append({"run_id": folder.name, "state": "broken", "error": str(error)})
    if as_json:
        click.echo(json.dumps({"records": found}))
        return
    for each in found:
        rows = sum(channel["rows"] for channel in each.get("channels", ()))
        text = each["error"] if each["state"] == "broken" else f"{rows:,} rows"
        click.echo(f"{each['run_id']}: {each['state']}, {text}")


@record.command()
@_RECORD
@_JSON
def show(folder: Path, *, as_json: bool) -> None:
    """Print what a RECORD holds, and what its writer lost."""
    from argosy_recorder.record import Record

    opened = Record(folder)
    if as_json:
        click.echo(json.dumps(_facts(opened)))
        return
    manifest = opened.manifest
    click.echo(f"{manifest.run_id}: {manifest.name} ({manifest.mode}), {_state(opened)}")
    for channel in opened.channels:
        click.echo(f"{channel.type} {channel.key}: {opened.rows(channel):,} rows")
    click.echo(_loss(opened))


@record.command()
@_RECORD
@click.option(
    "--catalog",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ARGOSY_CATALOG",
    default="data/catalog",
    show_default=True,
    show_envvar=True,
    help="The folder of the catalog; made where it is missing.",
)
@click.option("--remove", is_flag=True, help="Remove the record once the catalog has it.")
@_JSON
@click.pass_obj
def convert(parts: "Parts", folder: Path, target: Path, *, remove: bool, as_json: bool) -> None:
    """Write a RECORD into a catalog, in one transaction.

    A record whose writer died gives everything up to its last flush. A second time does nothing.
    """
    from argosy.config.data_kinds import kinds_of
    from argosy.config.usual_catalog import usual_catalog
    from argosy_recorder.convert import convert
    from argosy_recorder.record import Record

    opened = Record(folder)
    facts = _facts(opened)
    lost = _loss(opened)
    with usual_catalog(parts, target).keeping(kinds_of(parts)) as catalog:
        done = convert(opened, catalog, removes=remove)
    if as_json:
        told = {"is_new": done.is_new, "written": done.rows, "left_out": done.left_out}
        click.echo(json.dumps({**facts, **told, "empty": done.empty}))
        return
    if not done.is_new:
        click.echo(f"{done.record}: {target} has it already, nothing was done")
        return
    for name, rows in done.rows.items():
        click.echo(f"{name}: {rows:,} rows")
    for name, rows in done.left_out.items():
        click.echo(f"{name}: {rows:,} objects stay in the record; catalogs do not hold their type")
    for name in done.empty:
        click.echo(f"{name}: no row was recorded; leave it out of [[data]] when you replay")
    click.echo(lost)


def _facts(opened: "Record") -> dict[str, Any]:
    from argosy_recorder.recorder import EVENTS, MESSAGES

    manifest, reels = opened.manifest, opened.marks.reels
    return {
        "run_id": manifest.run_id,
        "name": manifest.name,
        "mode": manifest.mode,
        "seed": manifest.seed,
        "snapshot": manifest.snapshot,
        "state": opened.state,
        "error": opened.marks.error,
        "before_ns": opened.marks.before_ns,
        "channels": [
            {"type": each.type, "key": each.key, "rows": opened.rows(each)}
            for each in opened.channels
        ],
        "events": reels[EVENTS].rows if EVENTS in reels else 0,
        "messages": reels[MESSAGES].rows if MESSAGES in reels else 0,
        "lost_rows": opened.loss.rows,
        "lost_bytes": opened.loss.size_bytes,
    }


def _state(opened: "Record") -> str:
    from argosy.strategy.component import iso_time

    if opened.marks.before_ns is None:
        return f"{opened.state}, nothing was flushed"
    return f"{opened.state}, whole before {iso_time(opened.marks.before_ns)}"


def _loss(opened: "Record") -> str:
    if opened.state != "torn":
        return "nothing was lost"
    lost = opened.loss
    return (
        f"its writer died: {lost.rows:,} rows ({lost.size_bytes:,} bytes) behind the last flush"
        " are left out, and what it had not written"
    )
