"""DuckDB with its extensions, and nothing from the network."""

from pathlib import Path

import duckdb
import pytest

from argosy.errors import CatalogError
from argosy_catalog.lake import duck
from argosy_catalog.lake.duck import Transaction, connect, errors


def test_nothing_is_ever_downloaded() -> None:
    with connect() as connection:
        settings = connection.execute(
            "SELECT value FROM duckdb_settings() WHERE name IN "
            "('autoinstall_known_extensions', 'autoload_known_extensions')"
        ).fetchall()
    assert [("false",), ("false",)] == settings


def test_a_missing_wheel_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(duck, "find_spec", lambda _: None)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(CatalogError) as caught:
        connect()
    wheel = f"pip install duckdb-extension-sqlite-scanner=={duckdb.__version__}"
    assert wheel in str(caught.value)
    assert "INSTALL sqlite_scanner" in str(caught.value)


def test_errors_of_duckdb_name_the_catalog(tmp_path: Path) -> None:
    with (
        connect() as connection,
        pytest.raises(CatalogError, match=f"{tmp_path}: Catalog Error"),
        errors(tmp_path),
    ):
        Transaction(connection).execute("SELECT * FROM nothing")
