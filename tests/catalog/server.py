"""A real PostgreSQL server for tests, reached through a socket in a folder of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "hu'sh hu\\sh"
"""Of the role that owns the catalogs."""

START_TIMEOUT_S = 120.0

_QUOTED = PASSWORD.replace("'", "''")


class PostgresServer:
    """A server with the role ``quant``, which must give its password.

    Parameters
    ----------
    folder : of the server's data; a user of its own must be able to go there
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="argosy-pg-"))
        self._server = self._start()
        self.host = self._server.get_postmaster_info().socket_dir
        self.tell(f"CREATE ROLE quant LOGIN PASSWORD '{_QUOTED}'")
        rules = self.folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all quant scram-sha-256\n{rules.read_text()}")
        self.tell("ALTER SYSTEM SET fsync = off")  # processes are killed here, not the machine
        self.tell("SELECT pg_reload_conf()")

    def _start(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pgserver = pytest.importorskip("pgserver", reason="no PostgreSQL for this Python")
            return pgserver.get_server(self.folder / "data", cleanup_mode="stop")

    def tell(self, statement: str, database: str = "postgres") -> str:
        """Run a statement as the owner of the server."""
        return str(self._server.psql(f"\\c {database}\n{statement}"))

    def database(self, name: str) -> str:
        """Make a database, and return its address for a catalog."""
        self.tell(f"CREATE DATABASE {name} OWNER quant;")
        return f"postgres:host={self.host} dbname={name} user=quant password=env:LAKE_PASSWORD"

    def stop(self) -> None:
        """Stop it at once, as if it were unplugged."""
        process = self._server.get_postmaster_info().process
        os.kill(process.pid, signal.SIGQUIT)
        process.wait(30)

    def start(self) -> Any:
        """Start it again, with what it had committed."""
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                return self._server.ensure_postgres_running()
            except (AssertionError, subprocess.SubprocessError):  # 10 s were too few
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def close(self) -> None:
        """Stop it for good, and remove its data."""
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)
