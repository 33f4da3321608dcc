"""Metadata in PostgreSQL: addresses; with a real server, all that a catalog does."""

import pytest

from argosy.errors import CatalogError
from argosy_catalog.postgres import PostgresMetadata


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgres:host=db dbname=lake", "postgres:host=db dbname=lake"),
        ("postgres:dbname='my lake' password=env:PW", "postgres:dbname='my lake'"),
        (
            "postgresql://quant@db:5433/lake?sslmode=require&password=env:PW",
            "postgres:host=db port=5433 dbname=lake user=quant sslmode=require",
        ),
        ("postgres://db/it%27s", "postgres:host=db dbname='it\\'s'"),
    ],
)
def test_an_address_is_shown_without_the_password(address: str, expected: str) -> None:
    assert expected == str(PostgresMetadata(address))


@pytest.mark.parametrize(
    "address", ["postgres:host=db password=hush", "postgresql://quant:hush@db/lake"]
)
def test_a_written_password_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(CatalogError, match="is named, not written down") as caught:
        PostgresMetadata(address)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("address", ["postgres:hush", "postgres:a='hush", "postgres://db:hush/x"])
def test_an_address_that_cannot_be_read_is_not_repeated(address: str) -> None:
    with pytest.raises(CatalogError, match="cannot be read") as caught:
        PostgresMetadata(address)
    assert "hush" not in str(caught.value)
