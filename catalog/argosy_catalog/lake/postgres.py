"""Metadata in PostgreSQL, for a catalog that machines share: one database holds one catalog."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from argosy.config.secret import PREFIX, Secret
from argosy.errors import CatalogError
from argosy_catalog.lake import metadata
from argosy_catalog.lake.metadata import Ask
from argosy_catalog.lake.sql import literal

if TYPE_CHECKING:
    import duckdb

PREFIXES = ("postgres:", "postgresql:")

LOCK_KEY = int.from_bytes(b"ARGOSY")
"""The advisory lock that a writer holds in the database of the catalog."""

_SECRET = "argosy_metadata"
_TURN = "argosy_turn"
"""A second way to the same server, in whose transaction the lock is held."""

_EXAMPLE = "postgres:host=db.example.com dbname=lake user=quant password=env:LAKE_PASSWORD"
_HAS_LAKE = "SELECT to_regclass('public.ducklake_schema') IS NOT NULL"
_HAS_MARK = "SELECT to_regclass('public.argosy_catalog') IS NOT NULL"
_IS_COMPLETE = "SELECT coalesce(bool_and(is_complete), false) FROM public.argosy_catalog"
_BEGIN = (
    "CREATE TABLE IF NOT EXISTS public.argosy_catalog (is_complete boolean NOT NULL)",
    "INSERT INTO public.argosy_catalog VALUES (false)",
    """DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename LIKE 'ducklake\\_%'
        LOOP EXECUTE format('DROP TABLE public.%I', name); END LOOP;
    END $$""",
)
_COMPLETE = ("UPDATE public.argosy_catalog SET is_complete = true",)
_KEYWORD = re.compile(
    r"\s*(?P<key>\w+)\s*=\s*"
    r"(?:'(?P<quoted>(?:[^'\\]|\\.)*)'|(?P<plain>(?:[^\s'\\]|\\.)*))(?:\s+|$)"
)
_ESCAPED = re.compile(r"\\(.)")
_LOCK = f"SELECT pg_try_advisory_xact_lock({LOCK_KEY})"


class PostgresMetadata:
    """Metadata in a database of a PostgreSQL server.

    Writers of all machines take turns through an advisory lock, which the server frees when their
    connection ends.

    Parameters
    ----------
    address : ``postgres:`` and libpq's keywords, or a ``postgresql://`` URI; a password is named
        as ``env:NAME``, or left to PGPASSWORD and the password file of libpq
    may_say_password : whether the address comes from where secrets are kept
    """

    extensions = ("postgres_scanner",)
    options = (f"META_SECRET {_SECRET}",)

    def __init__(self, address: str, *, may_say_password: bool = False) -> None:
        settings = _settings(address)
        password = settings.pop("password", None)
        is_named = password is not None and password.startswith(PREFIX)
        if password is not None and not (is_named or may_say_password):
            raise CatalogError(
                "the password of the metadata is named, not written down",
                cure=f"Put it into an environment variable: {_EXAMPLE}",
            )
        self._password = Secret(password) if password and is_named else password
        self._keywords = " ".join(f"{key}={_quoted(value)}" for key, value in settings.items())
        self._found = False

    def __str__(self) -> str:
        """Return the address without the password."""
        return f"postgres:{self._keywords}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    @property
    def source(self) -> str:
        """What DuckDB attaches."""
        return f"ducklake:postgres:{self._keywords}"

    @property
    def exists(self) -> bool:
        """Whether the database holds a catalog that was made completely."""
        if not self._found:
            from argosy_catalog.lake import duck

            with duck.errors(str(self)), duck.connect(self.extensions) as connection:
                self.prepare(connection)
                self._attach_turn(connection)
                self._found = _ask(connection, _HAS_MARK) and _ask(connection, _IS_COMPLETE)
        return self._found

    def prepare(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """Give a connection the password, where queries cannot see it."""
        said = self._password
        text = said.reveal() if isinstance(said, Secret) else said
        password = f", PASSWORD {literal(text)}" if text else ""
        connection.execute(f"CREATE OR REPLACE SECRET {_SECRET} (TYPE postgres{password})")

    def attaching(self) -> AbstractContextManager[None]:
        """Count nothing: a server takes any number of connections."""
        return nullcontext()

    def detached(self) -> None:
        """Count nothing."""

    def reading(self) -> AbstractContextManager[Ask | None]:
        """Lend nothing: DuckDB must be asked."""
        return nullcontext()

    @contextmanager
    def locked(self, connection: "duckdb.DuckDBPyConnection") -> Iterator[Callable[[], None]]:
        """Hold the advisory lock in a transaction of its own."""
        from argosy_catalog.lake import duck

        with closing(connection.cursor()) as turn:
            self._attach_turn(turn)
            turn.execute("BEGIN")
            try:
                deadline = time.monotonic() + metadata.LOCK_TIMEOUT_S
                while not _ask(turn, _LOCK):
                    if time.monotonic() > deadline:
                        raise metadata.refuse_to_wait()
                    time.sleep(0.02)
                yield lambda: _confirm(turn)
            finally:
                with suppress(duck.Error):  # a lost connection has ended it already
                    turn.execute("ROLLBACK")

    def create(
        self,
        connection: "duckdb.DuckDBPyConnection",
        fill: Callable[["duckdb.DuckDBPyConnection", str], None],
    ) -> None:
        """Make the tables; what a process that died here has left is made anew."""
        with self.locked(connection):
            if self.exists:
                return  # another process was faster
            if _ask(connection, _HAS_LAKE) and not _ask(connection, _HAS_MARK):
                raise CatalogError(
                    "the database holds a DuckLake that is no Argosy catalog",
                    place=str(self),
                    cure="Give the catalog a database of its own",
                )
            _tell(connection, _BEGIN)
            fill(connection, self.source)
            _tell(connection, _COMPLETE)

    def _attach_turn(self, connection: "duckdb.DuckDBPyConnection") -> None:
        options = f"TYPE postgres, SECRET {_SECRET}"
        connection.execute(f"ATTACH IF NOT EXISTS {literal(self._keywords)} AS {_TURN} ({options})")


def _ask(connection: "duckdb.DuckDBPyConnection", question: str) -> bool:
    """Ask the server itself, in the transaction of the connection."""
    query = f"SELECT * FROM postgres_query({literal(_TURN)}, {literal(question)})"
    row = connection.execute(query).fetchone()
    return bool(row and row[0])


def _tell(connection: "duckdb.DuckDBPyConnection", statements: tuple[str, ...]) -> None:
    """Have the server do something, all of it or nothing."""
    connection.execute("BEGIN")
    try:
        for statement in statements:
            connection.execute(f"CALL postgres_execute({literal(_TURN)}, {literal(statement)})")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(Exception):  # a lost connection has ended it already
            connection.execute("ROLLBACK")
        raise


def _confirm(turn: "duckdb.DuckDBPyConnection") -> None:
    """Raise unless the connection that holds the lock is alive; the lock is its transaction's."""
    _ask(turn, "SELECT true")


def _settings(address: str) -> dict[str, str]:
    """Take keywords or a URI apart."""
    if address.startswith(("postgres://", "postgresql://")):
        return _of_uri(address)
    try:
        return _of_keywords(address.partition(":")[2])
    except ValueError:
        # The text may hold a password: it is not repeated.
        raise CatalogError(
            "the address of the metadata cannot be read", cure=f"Write it as {_EXAMPLE}"
        ) from None


def _of_keywords(text: str) -> dict[str, str]:
    """Take ``key=value`` and ``key='a value'`` apart, as libpq does."""
    found, at = {}, 0
    for match in _KEYWORD.finditer(text):
        if match.start() != at:
            break
        found[match["key"]] = _ESCAPED.sub(r"\1", match["quoted"] or match["plain"] or "")
        at = match.end()
    if at != len(text):
        raise ValueError
    return found


def _of_uri(address: str) -> dict[str, str]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise CatalogError(
            "the address of the metadata cannot be read", cure=f"Write it as {_EXAMPLE}"
        ) from None
    found = {
        "host": parts.hostname,
        "port": port and str(port),
        "dbname": parts.path.strip("/"),
        "user": parts.username,
        "password": parts.password,
    }
    query = dict(parse_qsl(parts.query))
    return {key: unquote(value) for key, value in found.items() if value} | query


def _quoted(value: str) -> str:
    """Write a value as libpq reads it."""
    text = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'" if not text or set(text) & set(" '\\") else text
