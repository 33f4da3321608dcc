"""DuckDB: its extensions, and one transaction on a lake. Only who writes or runs SQL loads it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
from duckdb import Error

from argosy.errors import CatalogError
from argosy_catalog.lake.kinds import STORED, Stored
from argosy_catalog.lake.metadata import Select, cure_of
from argosy_catalog.lake.sql import bound
from argosy_catalog.lake.storage import Place

__all__ = ["Error", "Transaction", "connect", "errors"]

NAME = "lake"
"""The name under which a lake is attached; nothing stored in it mentions this name."""

EXTENSIONS = ("sqlite_scanner",)
"""What a catalog in a folder needs beside DuckLake itself."""

_verified: set[Path] = set()
"""Extension files whose signature DuckDB has checked in this process: that reads all of them."""


def connect(extensions: Sequence[str] = EXTENSIONS) -> duckdb.DuckDBPyConnection:
    """Open an empty DuckDB in memory that never downloads anything, with the extensions loaded.

    Parameters
    ----------
    extensions : needed beside DuckLake

    Raises
    ------
    CatalogError : an extension is missing; says how to get it
    """
    binaries = {name: _binary(name) for name in (*extensions, "ducklake")}
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_unsigned_extensions": _verified.issuperset(binaries.values()),
        },
    )
    for name, binary in binaries.items():
        try:
            # Without a wheel it may be one that the user installed into DuckDB.
            connection.load_extension(str(binary) if binary.is_file() else name)
        except duckdb.Error as error:
            connection.close()
            raise _missing(name) from error
        _verified.add(binary)
    connection.execute("SET enable_progress_bar = false")  # it is printed on stdout
    return connection


def _binary(name: str) -> Path:
    """Return where the wheel of an extension has its binary for this DuckDB."""
    found = find_spec(f"duckdb_extension_{name}")
    folder = Path(found.origin).parent if found and found.origin else Path(name)
    return folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


def _missing(name: str) -> CatalogError:
    version = duckdb.__version__
    return CatalogError(
        f"DuckDB {version} cannot load its extension {name}",
        cure=f"pip install duckdb-extension-{name.replace('_', '-')}=={version}, "
        f"or run INSTALL {name} once in a DuckDB {version}",
    )


@contextmanager
def errors(place: Place | str) -> Iterator[None]:
    """Turn what DuckDB raises into errors that name the catalog."""
    try:
        yield
    except duckdb.Error as error:
        text, cure = str(error).strip(), cure_of(error)
        raise CatalogError(text, place=str(place), cure=cure) from error


class Transaction:
    """What may be done to a lake before it is committed.

    Parameters
    ----------
    connection : with the lake attached as the default database
    kinds : of data that it keeps

    Attributes
    ----------
    select : asks DuckLake's metadata
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, kinds: Stored = STORED) -> None:
        self.connection = connection
        self.select = Select(self._ask, kinds)

    def execute(
        self, query: str, parameters: Mapping[str, str | int | None] | None = None
    ) -> duckdb.DuckDBPyConnection:
        """Run a statement with values for its ``$names``."""
        return self.connection.execute(bound(query, parameters) if parameters else query)

    def _ask(self, query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        text = query.format(meta=f"__ducklake_metadata_{NAME}.")
        return self.execute(text, parameters).fetchall()

    def add_file(self, schema: str, table: str, path: Place) -> None:
        """Register a complete Parquet file as part of a table; columns that it lacks are NULL."""
        self.execute(
            "CALL ducklake_add_data_files($lake, $table, $path, schema => $schema, "
            "allow_missing => true)",
            {"lake": NAME, "table": table, "path": str(path), "schema": schema},
        )
