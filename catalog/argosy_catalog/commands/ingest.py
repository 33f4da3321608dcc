"""``argosy catalog ingest``."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argosy_catalog.commands.options import FOLDER, open_catalog

if TYPE_CHECKING:
    from argosy.parts.registration import Parts
    from argosy_catalog.write.choice import Guess


OWN = {
    "catalog": "--catalog",
    "loader": "--loader",
    "map": "--map",
    "metadata": "--metadata",
    "on_duplicate": "--on-duplicate",
    "on_overlap": "--on-overlap",
    "sort": "--sort",
    "use": "--loader",
}
"""Names that are no settings of a loader, and the options that are meant."""


def _pairs(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, Any]:
    """Take NAME=TEXT apart; a name that is given more than once has a list."""
    found: dict[str, list[str]] = {}
    for each in given:
        name, equals, text = each.partition("=")
        if not equals:
            raise click.BadParameter(f"{each!r} has no '='", param=option)
        found.setdefault(name, []).append(text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items()}


def _single(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> Any:
    """Take NAME=TEXT apart, each name once."""
    pairs = _pairs(context, option, given)
    for name, text in pairs.items():
        if isinstance(text, list):
            raise click.BadParameter(f"{name} is given {len(text)} times", param=option)
    return pairs


def _settings(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> Any:
    """Take SETTING=VALUE apart; what is no setting of a loader is told its option."""
    from argosy_catalog.write.choice import Typed

    pairs = _single(context, option, given)
    for name in pairs:
        own = OWN.get(name.replace("-", "_"))
        if own is not None:
            raise click.BadParameter(f"{name} has an option of its own, {own}", param=option)
    return {name: Typed(text) for name, text in pairs.items()}


def _merged(others: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """Return settings given by --set and by options of their own, which may not be the same."""
    given = {name.rstrip("_"): value for name, value in options.items()}
    given = {name: value for name, value in given.items() if value not in (None, {})}
    for name in others.keys() & given.keys():
        raise click.UsageError(f"{name} is given twice: by --set, and by an option of its own.")
    return {**others, **given}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@FOLDER
@click.option("--loader", "use", help="Which format it is; guessed where it is not said.")
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    help="TOML or JSON with the settings of the loader; options go before it.",
)
@click.option("--type", "type_", help="Declare columns: quote, trade, bar or delta.")
@click.option("--instrument", help="Whose rows they are, such as EUR/USD.SIM.")
@click.option("--venue", help="Of the symbols in the files.")
@click.option("--bar-type", help="Of bars, such as EUR/USD.SIM-1-MINUTE-BID-EXTERNAL.")
@click.option("--price-precision", type=int, help="Decimals of prices.")
@click.option("--size-precision", type=int, help="Decimals of sizes and volumes.")
@click.option("--rounding", help="Of decimals beyond the precision: half_even or half_away.")
@click.option("--time-format", help="iso, s, ms, us, ns, or a pattern such as '%d.%m.%Y %H:%M'.")
@click.option("--zone", help="Of times that name none: America/New_York, UTC or +02.")
@click.option("--stamp", help="open or close: which moment of a bar its time is.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_pairs,
    metavar="FIELD=NAME",
    help="Which column a field is; a time may have two, its day and its clock.",
)
@click.option("--constant", "constants", multiple=True, callback=_single, metavar="FIELD=VALUE")
@click.option(
    "--skip-rows",
    multiple=True,
    callback=_pairs,
    metavar="COLUMN=VALUE",
    help="Leave out rows with this value; may be given often.",
)
@click.option(
    "--only-rows",
    multiple=True,
    callback=_pairs,
    metavar="COLUMN=VALUE",
    help="Leave out rows without this value, or another that is given.",
)
@click.option(
    "--set",
    "others",
    multiple=True,
    callback=_settings,
    metavar="SETTING=VALUE",
    help="Any setting of the loader.",
)
@click.option(
    "--on-overlap",
    type=click.Choice(["refuse", "keep", "replace"]),
    default="refuse",
    show_default=True,
    help="What becomes of rows in a time that the catalog holds.",
)
@click.option(
    "--on-duplicate",
    type=click.Choice(["allow", "refuse", "drop"]),
    default="allow",
    show_default=True,
    help="What becomes of rows that equal another row in every column.",
)
@click.pass_obj
def ingest(
    parts: "Parts",
    /,
    files: tuple[Path, ...],
    folder: Path,
    use: str | None,
    map_file: Path | None,
    others: dict[str, Any],
    on_overlap: Any,
    on_duplicate: Any,
    **options: Any,
) -> None:
    """Load FILES, the earliest first: all of them, or none if one is wrong."""
    from argosy_catalog.lake.times import text_of
    from argosy_catalog.write.choice import plan_ingest

    given = _merged(others, options)
    plan = plan_ingest(files, parts, use=use, settings=map_file, options=given, told=_tell)
    with open_catalog(folder, read_only=False) as opened, _progress(files) as on_read:
        loaded = opened.writing.load(
            plan, on_read=on_read, on_note=_note, on_overlap=on_overlap, on_duplicate=on_duplicate
        )
    for each in loaded:
        if each.kind == "instruments":
            click.echo(f"{each.key}: defined")
            continue
        span = f"{text_of(each.first_ns)} to {text_of(each.last_ns)}"
        taken = "" if each.written == each.rows else f"{each.written:,} of "
        gone = f", {each.removed:,} made way" if each.removed else ""
        click.echo(f"{each.key}: {taken}{each.rows:,} {each.kind} from {span}{gone}")


def _tell(guess: "Guess") -> None:
    """Say what was guessed, and why."""
    click.echo(f"{guess.path}: read as {guess.part.name}, since {guess.why}", err=True)


def _note(text: str) -> None:
    """Say what was done with a file that its user may not expect."""
    click.echo(text, err=True)


@contextmanager
def _progress(files: tuple[Path, ...]) -> Iterator[Callable[[int], None] | None]:
    """Show on a terminal how far the files are read."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    total = sum(path.stat().st_size for path in files if path.is_file())
    look = (TextColumn("loading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*look, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("loading", total=total)
        yield lambda count: shown.advance(task, count)
