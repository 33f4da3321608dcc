"""``argosy sql``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argosy.errors import InputError
from argosy_catalog.commands.options import FOLDER, open_catalog

if TYPE_CHECKING:
    from argosy_catalog.lake.objects import ObjectPath

FORMATS = ("table", "csv", "json", "arrow", "parquet")


def _values(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{each!r} is no NAME=VALUE")
        if name in values:
            raise click.BadParameter(f"{name!r} has two values")
        values[name.removeprefix("$")] = value
    return values


@click.command()
@click.argument("query", required=False)
@FOLDER
@click.option(
    "--file",
    "source",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Read the query from a file.",
)
@click.option(
    "--param",
    "values",
    multiple=True,
    callback=_values,
    metavar="NAME=VALUE",
    help="The value of $NAME in the query; may be given often.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How rows are written: as the name of --output ends, else table.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write into this file, which appears when it is complete.",
)
@click.option("--save", metavar="NAME", help="Keep the query as a view of your own instead.")
@click.option("--drop", metavar="NAME", help="Forget such a view instead.")
@click.option("--macros", is_flag=True, help="List the macros instead.")
def sql(
    query: str | None,
    folder: "Path | ObjectPath",
    source: Path | None,
    values: dict[str, str],
    form: str | None,
    output: Path | None,
    save: str | None,
    drop: str | None,
    *,
    macros: bool,
) -> None:
    """Run one QUERY over market data, instruments and runs; - reads it from stdin.

    `argosy sql "SHOW TABLES"` lists the views, `argosy sql --macros` the macros.
    """
    if macros:
        _list_macros(form)
        return
    if drop is not None:
        with open_catalog(folder, read_only=False) as opened:
            opened.drop_view(drop)
        return
    from argosy_catalog.show.output import format_of, write_rows

    text = _query(query, source)
    form = format_of(form, output)
    _refuse_inside(folder, output)
    if save is not None:
        with open_catalog(folder, read_only=False) as opened:
            opened.save_view(save, text)
        return
    with open_catalog(folder, read_only=True) as opened:
        write_rows(opened.sql_batches(text, values or None), form, output)


def _query(query: str | None, source: Path | None) -> str:
    if (query is None) == (source is None):
        raise click.UsageError("Give one query: as QUERY, as - for stdin, or with --file.")
    if source is not None:
        try:
            return source.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"the file cannot be read ({error})", place=str(source)) from error
    return sys.stdin.read() if query == "-" else str(query)


def _refuse_inside(folder: "Path | ObjectPath", output: Path | None) -> None:
    if output is None or not isinstance(folder, Path):
        return
    if output.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            "the file would lie inside the catalog", place=str(output), cure="Name another"
        )


def _list_macros(form: str | None) -> None:
    from argosy_catalog.macros import MACROS

    if form in {None, "table"}:
        for group in dict.fromkeys(macro.group for macro in MACROS):
            click.secho(f"\n{group}", bold=True)
            for macro in MACROS:
                if macro.group == group:
                    click.echo(f"  {macro.signature}\n      {macro.doc}\n      -> {macro.returns}")
        return
    import pyarrow as pa

    from argosy_catalog.show.output import write_rows

    columns: dict[str, Any] = {
        "group": [macro.group for macro in MACROS],
        "macro": [macro.signature for macro in MACROS],
        "returns": [macro.returns for macro in MACROS],
        "meaning": [macro.doc for macro in MACROS],
    }
    write_rows(pa.table(columns).to_reader(), str(form))
