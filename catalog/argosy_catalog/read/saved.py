"""Queries that people keep: views of their own, beside those of the catalog.

This is all that SQL may write. A view is one row of metadata, made in a transaction like any
other; tables would bring files that no check of the catalog knows.
"""

import re
from typing import TYPE_CHECKING

from argosy.errors import CatalogError, InputError
from argosy_catalog.lake.kinds import STORED, Stored
from argosy_catalog.lake.sql import identifier
from argosy_catalog.lake.tables import INSTRUMENTS, RUN_TABLES
from argosy_catalog.lake.views import ordered

if TYPE_CHECKING:
    from argosy_catalog.lake.lake import Lake
    from argosy_catalog.read.session import SqlSession

RESERVED = frozenset(
    {*RUN_TABLES, INSTRUMENTS, "coverage"}
    | {name for kind in STORED for name in (kind.name, ordered(kind))}
)
"""Names of the views that each catalog has."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def save_view(lake: "Lake", session: "SqlSession", name: str, query: str) -> None:
    """Keep a query as a view, in the place of one that had the name.

    Parameters
    ----------
    session : which has to allow the query
    name : of letters, digits and underscores; not one of the catalog's own

    Raises
    ------
    InputError : the name is taken or malformed
    CatalogError : the query is wrong or not allowed, or the catalog is read-only
    """
    view = _checked(name, lake.kinds)
    session.check(query)
    select = query.strip().rstrip(";")
    with lake.write() as transaction:
        transaction.execute(f"CREATE OR REPLACE VIEW main.{view} AS\n" + select)


def drop_view(lake: "Lake", name: str) -> None:
    """Forget a view that `save_view` made.

    Raises
    ------
    CatalogError : there is none of that name
    """
    view = _checked(name, lake.kinds)
    with lake.write() as transaction:
        known = transaction.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal")
        if name not in {row[0] for row in known.fetchall()}:
            raise CatalogError(f"there is no view {name!r}", cure="`SHOW TABLES` lists the views")
        transaction.execute(f"DROP VIEW main.{view}")


def _checked(name: str, kinds: Stored) -> str:
    """Return a name quoted, if it may be that of somebody's own view."""
    market = {view for kind in kinds for view in (kind.name, ordered(kind))}
    if name.lower() in RESERVED or name.lower() in market:
        raise InputError(f"{name!r} is a view of the catalog", cure="Take another name")
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r} is no name", cure="Give letters, digits and underscores")
    return identifier(name)
