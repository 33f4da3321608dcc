"""Object stores that speak S3, set up by the variables that every tool for them knows."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from argosy.errors import CatalogError

SCHEME = "s3://"

CONNECT_TIMEOUT_S = 10.0

_SEEN = ("access_key_id", "secret_access_key", "session_token")


class Access(NamedTuple):
    """How a store is reached.

    Parameters
    ----------
    endpoint : host and port of a store that is not Amazon's, else empty
    """

    key: str
    secret: str
    token: str
    region: str
    endpoint: str
    is_encrypted: bool

    def __repr__(self) -> str:
        return f"Access({self.endpoint or self.region!r})"

    def statements(self, name: str) -> list[str]:
        """Return the SQL that lets DuckDB reach the store, with the settings as a secret.

        Its extension also puts what it finds in the environment where any query can see it.
        """
        from argosy_catalog.lake.sql import literal

        values = {
            "KEY_ID": literal(self.key),
            "SECRET": literal(self.secret),
            "REGION": literal(self.region),
        }
        if self.token:
            values["SESSION_TOKEN"] = literal(self.token)
        if self.endpoint:
            values |= {"ENDPOINT": literal(self.endpoint), "URL_STYLE": "'path'"}
            values["USE_SSL"] = str(self.is_encrypted).lower()
        settings = ", ".join(f"{key} {value}" for key, value in values.items())
        return [
            f"CREATE OR REPLACE SECRET {name} (TYPE s3, {settings})",
            *(f"SET GLOBAL s3_{each} = ''" for each in _SEEN),
        ]


def access() -> Access:
    """Return what the environment says.

    Raises
    ------
    CatalogError : a key is missing
    """
    url = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    parts = urlsplit(url)
    if url and not (parts.scheme in {"http", "https"} and parts.netloc):
        raise CatalogError(
            "AWS_ENDPOINT_URL is no address", cure="Give one such as https://objects.example.com"
        )
    return Access(
        key=_required("AWS_ACCESS_KEY_ID"),
        secret=_required("AWS_SECRET_ACCESS_KEY"),
        token=os.environ.get("AWS_SESSION_TOKEN", ""),
        region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1",
        endpoint=parts.netloc,
        is_encrypted=parts.scheme != "http",
    )


def _required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise CatalogError(
            f"the environment variable {name} is not set",
            cure="An object store needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
            "AWS_REGION and AWS_ENDPOINT_URL say which store",
        )
    return value


@lru_cache(maxsize=4)
def _store(reached: Access) -> Any:
    """Return pyarrow's view of a store; it holds the connections."""
    from pyarrow.fs import S3FileSystem

    return S3FileSystem(
        access_key=reached.key,
        secret_key=reached.secret,
        session_token=reached.token or None,
        region=reached.region,
        endpoint_override=reached.endpoint or None,
        scheme="https" if reached.is_encrypted else "http",
        connect_timeout=CONNECT_TIMEOUT_S,
    )


@dataclass(frozen=True, slots=True, order=True)
class ObjectPath:
    """The place of an object, or of all objects whose names begin so.

    Parameters
    ----------
    address : bucket and key, with slashes between, none at the ends
    """

    address: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the place that ``s3://bucket/key`` names.

        Raises
        ------
        CatalogError : there is no bucket in it
        """
        address = text.removeprefix(SCHEME).rstrip("/")
        if "" in address.split("/"):
            raise CatalogError(f"{text} names no bucket", cure="Give s3://BUCKET/PREFIX")
        return cls(address)

    def __str__(self) -> str:
        """Return the address as DuckDB and other tools write it."""
        return SCHEME + self.address

    def __truediv__(self, name: str) -> "ObjectPath":
        """Return the place of a name below this one."""
        return ObjectPath(f"{self.address}/{name.strip('/')}")

    @property
    def name(self) -> str:
        """The last part of the key."""
        return self.address.rpartition("/")[2]

    @property
    def parent(self) -> "ObjectPath":
        """What the last part lies in."""
        return ObjectPath(self.address.rpartition("/")[0])

    def open_output(self) -> Any:
        """Return a stream that makes the object when it is closed."""
        return _store(access()).open_output_stream(self.address)

    def open_input(self) -> Any:
        """Return the object as a file that can be read anywhere."""
        return _store(access()).open_input_file(self.address)

    def is_file(self) -> bool:
        """Tell whether there is an object of this name."""
        return bool(_store(access()).get_file_info(self.address).is_file)

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Remove the object."""
        try:
            _store(access()).delete_file(self.address)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def listing(self) -> Iterator[tuple["ObjectPath", int, int]]:
        """Yield the objects below with their size in bytes and when they were made (ns)."""
        from pyarrow.fs import FileSelector

        below = FileSelector(self.address, allow_not_found=True, recursive=True)
        for found in _store(access()).get_file_info(below):
            if found.is_file:
                yield ObjectPath(found.path), found.size, found.mtime_ns
