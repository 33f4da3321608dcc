"""Object stores are set up by the environment, and their keys are never shown."""

import pytest

from argosy.errors import CatalogError
from argosy_catalog.lake.objects import ObjectPath, access

PLAIN = {"AWS_ACCESS_KEY_ID": "me", "AWS_SECRET_ACCESS_KEY": "hu'sh"}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENDPOINT_URL", "ENDPOINT_URL_S3", "REGION", "DEFAULT_REGION", "SESSION_TOKEN"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    for name, value in PLAIN.items():
        monkeypatch.setenv(name, value)


def test_the_usual_variables_say_which_store(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ("us-east-1", "", True) == (access().region, access().endpoint, access().is_encrypted)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9000")
    found = access()
    assert ("eu-west-1", "127.0.0.1:9000", False) == (
        found.region,
        found.endpoint,
        found.is_encrypted,
    )
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://objects.example.com")
    assert "eu-north-1" == access().region
    assert "objects.example.com" == access().endpoint


@pytest.mark.parametrize("name", PLAIN)
def test_a_missing_key_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(CatalogError, match=f"{name} is not set"):
        access()


def test_a_wrong_endpoint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "objects.example.com")
    with pytest.raises(CatalogError, match="AWS_ENDPOINT_URL is no address"):
        access()


def test_keys_are_not_shown_but_quoted_for_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", "t")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9000")
    assert "Access('127.0.0.1:9000')" == repr(access())
    expected = (
        "CREATE OR REPLACE SECRET store (TYPE s3, KEY_ID 'me', SECRET 'hu''sh', "
        "REGION 'us-east-1', SESSION_TOKEN 't', ENDPOINT '127.0.0.1:9000', URL_STYLE 'path', "
        "USE_SSL false)"
    )
    secret, *hidden = access().statements("store")
    assert expected == secret
    assert "SET GLOBAL s3_secret_access_key = ''" in hidden


def test_a_place_in_a_bucket_is_like_a_path() -> None:
    place = ObjectPath.parse("s3://lake/fx/")
    file = place / "data/market" / "x.parquet"
    assert "s3://lake/fx/data/market/x.parquet" == str(file)
    assert ["x.parquet", "s3://lake/fx/data/market"] == [file.name, str(file.parent)]
    assert place < file


@pytest.mark.parametrize("text", ["s3://", "s3:///x", "s3://lake//x"])
def test_a_place_needs_a_bucket_and_plain_names(text: str) -> None:
    with pytest.raises(CatalogError, match="names no bucket"):
        ObjectPath.parse(text)
