"""``argosy catalog`` and ``argosy sql``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from argosy_catalog.catalog import ParquetDataCatalog

_FOLDER = click.option(
    "--catalog",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ARGOSY_CATALOG",
    default="data/catalog",
    show_default=True,
    show_envvar=True,
    help="The folder of the catalog.",
)
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How rows are printed.",
)


def _pairs(_: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Take FIELD=TEXT apart."""
    pairs = {}
    for each in given:
        name, equals, text = each.partition("=")
        if not equals:
            raise click.BadParameter(f"{each!r} has no '='", param=option)
        pairs[name] = text
    return pairs


def _open(folder: Path, *, read_only: bool) -> "ParquetDataCatalog":
    from argosy_catalog.catalog import ParquetDataCatalog

    return ParquetDataCatalog(folder, read_only=read_only)


@click.group()
def catalog() -> None:
    """Load data into a catalog, and see what it holds."""


@catalog.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_FOLDER
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
    with _open(folder, read_only=False) as opened:
        for each in opened.ingest_csv(files, mapping):
            span = f"{text_of(each.first_ns)} to {text_of(each.last_ns)}"
            click.echo(f"{each.key}: {each.rows:,} {mapping.kind.name} from {span}")


@catalog.command("ls")
@_FOLDER
@_FORMAT
def list_holdings(folder: Path, form: str) -> None:
    """List what market data the catalog holds."""
    import pyarrow as pa

    from argosy_catalog.printing import print_rows

    with _open(folder, read_only=True) as opened:
        rows = [
            {
                "type": each.kind,
                "name": each.key,
                "first": each.first_ns,
                "last": each.last_ns,
                "rows": each.rows,
                "files": each.files,
                "bytes": each.size_bytes,
                "price_precision": each.price_precision,
                "size_precision": each.size_precision,
            }
            for each in opened.holdings()
        ]
    schema = pa.schema(
        [
            ("type", pa.string()),
            ("name", pa.string()),
            ("first", pa.timestamp("ns")),
            ("last", pa.timestamp("ns")),
            *((name, pa.int64()) for name in ("rows", "files", "bytes")),
            *((f"{name}_precision", pa.int64()) for name in ("price", "size")),
        ]
    )
    print_rows(pa.Table.from_pylist(rows, schema), form)


@click.command()
@click.argument("query")
@_FOLDER
@_FORMAT
def sql(query: str, folder: Path, form: str) -> None:
    """Run one QUERY over quotes, trades, bars, deltas, instruments and runs."""
    from argosy_catalog.printing import print_rows

    with _open(folder, read_only=True) as opened:
        print_rows(opened.sql(query), form)
