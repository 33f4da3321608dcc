"""The durable catalog: DuckDB over Parquet, as a plugin of the host.

`ParquetDataCatalog` writes and reads it from Python; ``argosy catalog``, ``argosy runs`` and
``argosy sql`` do so from the command line.
"""

from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    import click

    from argosy.hookspecs import Register
    from argosy.parts.catalog import Catalog
    from argosy.parts.command import Command
    from argosy_catalog.catalog import ParquetDataCatalog
    from argosy_catalog.read.inventory import Holding
    from argosy_catalog.read.stream import CatalogStream
    from argosy_catalog.runs.ledger import RunLedger
    from argosy_catalog.settings import CatalogSettings
    from argosy_catalog.write.writer import MarketWriter

__all__ = ["CatalogStream", "Holding", "MarketWriter", "ParquetDataCatalog", "RunLedger"]

_MODULES = {
    "CatalogStream": "read.stream",
    "Holding": "read.inventory",
    "MarketWriter": "write.writer",
    "ParquetDataCatalog": "catalog",
    "RunLedger": "runs.ledger",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: DuckDB and pyarrow are heavy."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


@hookimpl
def register_catalogs(register: "Register[Catalog]") -> None:
    """Offer the catalog to system files."""
    register(
        "ducklake",
        _open,
        settings=_settings,
        doc="Parquet files that DuckDB reads, with transactions and history.",
    )


@hookimpl
def register_commands(register: "Register[Command, []]") -> None:
    """Offer ``argosy catalog``, ``argosy runs`` and ``argosy sql``."""
    register("catalog", _catalog_command, doc="Load data, and see what there is.")
    register("runs", _runs_command, doc="List the newest runs of a catalog.")
    register("sql", _sql_command, doc="Query data, instruments and runs.")


def _open(settings: "CatalogSettings") -> "ParquetDataCatalog":
    from argosy_catalog.catalog import ParquetDataCatalog

    return ParquetDataCatalog(settings.path, metadata=settings.metadata)


def _settings() -> type:
    from argosy_catalog.settings import CatalogSettings

    return CatalogSettings


def _catalog_command() -> "click.Command":
    from argosy_catalog.commands import catalog

    return catalog


def _runs_command() -> "click.Command":
    from argosy_catalog.commands import runs

    return runs


def _sql_command() -> "click.Command":
    from argosy_catalog.commands import sql

    return sql
