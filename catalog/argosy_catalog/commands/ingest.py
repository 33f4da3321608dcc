"""``argosy catalog ingest``."""

from pathlib import Path
from typing import Any

import click

from argosy_catalog.commands.options import FOLDER, open_catalog


def _pairs(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Take FIELD=TEXT apart."""
    pairs = {}
    for each in given:
        name, equals, text = each.partition("=")
        if not equals:
            raise click.BadParameter(f"{each!r} has no '='", param=option)
        pairs[name] = text
    return pairs


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@FOLDER
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    help="TOML or JSON that says what the columns mean; options go before it.",
)
@click.option("--type", "type_", help="quote, trade, bar or delta.")
@click.option("--instrument", help="Whose rows they are, such as EUR/USD.SIM.")
@click.option("--bar-type", help="Of bars, such as EUR/USD.SIM-1-MINUTE-BID-EXTERNAL.")
@click.option("--price-precision", type=int, help="Decimals of prices.")
@click.option("--size-precision", type=int, help="Decimals of sizes and volumes.")
@click.option("--time-format", help="iso, s, ms, us, ns, or a pattern of %Y %m %d %H %M %S %f.")
@click.option("--zone", help="Time zone of times that name none.")
@click.option("--stamp", help="open or close: which moment of a bar its time is.")
@click.option("--column", "columns", multiple=True, callback=_pairs, metavar="FIELD=NAME")
@click.option("--constant", "constants", multiple=True, callback=_pairs, metavar="FIELD=VALUE")
def ingest(files: tuple[Path, ...], folder: Path, map_file: Path | None, **options: Any) -> None:
    """Load CSV FILES, the earliest first: all of them, or none if one is wrong."""
    from argosy_catalog.mapping import read_mapping
    from argosy_catalog.times import text_of

    given = {name.rstrip("_"): value for name, value in options.items() if value not in (None, {})}
    mapping = read_mapping(map_file, given)
    with open_catalog(folder, read_only=False) as opened:
        for each in opened.ingest_csv(files, mapping):
            span = f"{text_of(each.first_ns)} to {text_of(each.last_ns)}"
            click.echo(f"{each.key}: {each.rows:,} {mapping.kind.name} from {span}")
