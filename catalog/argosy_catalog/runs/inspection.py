"""What a query reads and calls, from its syntax tree: one that feeds a run must be repeatable.

A run is reproduced from its receipt. Its queries therefore read market data and definitions alone,
and call nothing that answers differently tomorrow.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

import duckdb

from argosy.errors import CatalogError, suggest
from argosy_catalog.lake.kinds import SCHEMA, STORED
from argosy_catalog.lake.tables import INSTRUMENTS, REFERENCE_SCHEMA, RUN_TABLES

INPUTS = (*(kind.name for kind in STORED), INSTRUMENTS)
"""The views that a query of a run reads, beside those of the kinds of plugins."""

_SOURCES = {(REFERENCE_SCHEMA, INSTRUMENTS)}
_TABLE_FUNCTIONS = {"generate_series", "range", "unnest"}
_REPEAT = "A run must be repeatable: bind a value with params instead"
_HARMLESS = {"error"}  # it gives no value
_UNSETTLED = {
    "current_localtime",
    "current_localtimestamp",
    "current_setting",
    "getenv",
    "getvariable",
    "version",
}
"""Functions that depend on the clock or the process although DuckDB calls them consistent."""
_WORDS = {"localtime", "localtimestamp", "session_user", "user"}
"""Names without brackets that mean the clock or the process, beside those with ``current_``."""

_FUNCTIONS = """
SELECT lower(function_name), stability <> 'CONSISTENT', macro_definition FROM duckdb_functions()
WHERE stability <> 'CONSISTENT' OR macro_definition IS NOT NULL
"""
_VIEWS = "SELECT lower(view_name), sql FROM duckdb_views() WHERE database_name = current_database()"

Node = dict[str, Any]


class Inspector:
    """Look at queries before they are asked.

    Parameters
    ----------
    connection : of a lake at one snapshot, which knows views, functions and macros
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        functions = connection.execute(_FUNCTIONS).fetchall()
        unstable = {name for name, is_unstable, _ in functions if is_unstable}
        self.unsettled = unstable - _HARMLESS | _UNSETTLED
        self.macros: dict[str, list[str]] = {}
        for name, _, definition in functions:
            if definition is not None:
                self.macros.setdefault(name, []).append(definition)
        self.views = {
            name: sql.partition(" AS ")[2] for name, sql in connection.execute(_VIEWS).fetchall()
        }

    def check(self, query: str, names: Collection[str] = ()) -> None:
        """Refuse a query that cannot be repeated.

        Parameters
        ----------
        query : one SELECT
        names : the parameters for which there are values

        Raises
        ------
        CatalogError : with what is wrong; `place` is what to blame, query or params
        """
        tree = _tree(self.connection, query)
        _check_parameters(tree, names)
        _Reading(self).check(tree)


def _tree(connection: duckdb.DuckDBPyConnection, query: str) -> Node:
    row = connection.execute("SELECT json_serialize_sql($1)", [query]).fetchone()
    found = json.loads(row[0]) if row else {}
    if found.get("error"):
        if found.get("error_type") == "not implemented":
            raise _refusal("it does something else than SELECT", "Write it as one SELECT")
        raise _refusal(str(found["error_message"]), "Correct the SQL; `argosy sql` tries it")
    statements = found.get("statements", [])
    if len(statements) != 1:
        message = "there is more than one statement" if statements else "it is empty"
        raise _refusal(message, "Write it as one SELECT")
    tree: Node = statements[0]
    return tree


def _nodes(tree: Any) -> Iterator[Node]:
    """Yield every node of the tree, the outer ones first."""
    if isinstance(tree, dict):
        yield tree
        for each in tree.values():
            yield from _nodes(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from _nodes(each)


def _check_parameters(tree: Node, names: Collection[str]) -> None:
    wanted = {str(node["identifier"]) for node in _nodes(tree) if node.get("class") == "PARAMETER"}
    if any(name.isdigit() for name in wanted):
        raise _refusal("it has parameters without names", "Write $name in the place of ?")
    for name in sorted(wanted.difference(names)):
        message = f"the query wants a value for ${name}"
        raise CatalogError(message, place="params", cure=f"Give {name} = ...")
    for name in sorted(set(names) - wanted):
        hint = suggest(name, wanted)
        cure = hint[:1].upper() + hint[1:] or "Remove it"
        raise CatalogError(f"the query has no ${name}", place="params", cure=cure)


class _Reading:
    """One look through a query, and through the views and macros that it uses."""

    def __init__(self, known: Inspector) -> None:
        self._connection = known.connection
        self._unsettled = known.unsettled
        self._views = known.views
        self._macros = known.macros
        self._seen: set[str] = set()

    def check(self, tree: Node, inside: str = "") -> None:
        """Refuse what a tree reads or calls beyond what it may.

        Parameters
        ----------
        inside : the name of the view or macro whose definition the tree is
        """
        nodes = list(_nodes(tree))
        own = {
            str(each["key"]).lower()
            for node in nodes
            for each in (node.get("cte_map") or {}).get("map", ())
        }
        for node in nodes:
            if isinstance(node.get("sample"), dict):
                raise _refusal("a random sample is refused", "Choose rows with WHERE")
            if node.get("type") == "BASE_TABLE":
                self._check_table(node, own, inside)
            elif node.get("type") == "TABLE_FUNCTION":
                self._check_table_function(str(node["function"]["function_name"]).lower(), inside)
            elif node.get("type") == "SHOW_REF":
                raise _refusal("it does something else than SELECT", "Write it as one SELECT")
            elif node.get("class") == "FUNCTION":
                self._check_function(node, inside)
            elif node.get("class") == "COLUMN_REF":
                _check_word(node, inside)

    def _check_table(self, node: Node, own: set[str], inside: str) -> None:
        name, schema = str(node["table_name"]).lower(), str(node["schema_name"]).lower()
        if node.get("at_clause"):
            raise _refusal("AT is refused: the run has one snapshot", "Remove it")
        if not schema and name in own:
            return
        if inside and (schema == SCHEMA or (schema, name) in _SOURCES):
            return
        known = name in self._views and schema in ("", "main") and not node["catalog_name"]
        if name in RUN_TABLES and (known or schema):
            message = f"it reads {name}, which runs write: the next run would get other rows"
            raise _refusal(_within(message, inside), f"Read {', '.join(INPUTS)}")
        if not known:
            full = ".".join(filter(None, (node["catalog_name"], schema, name)))
            hint = suggest(name, INPUTS)
            cure = hint[:1].upper() + hint[1:]
            raise _refusal(_within(f"it cannot read {full!r}", inside), cure)
        self._expand(name, [self._views[name]])

    def _check_table_function(self, name: str, inside: str) -> None:
        if name not in _TABLE_FUNCTIONS and name not in self._macros:
            message = f"{name}() is refused: a query of a run reads market data alone"
            raise _refusal(_within(message, inside), f"Read {', '.join(INPUTS)}")
        self._expand(name, self._macros.get(name, ()))

    def _check_function(self, node: Node, inside: str) -> None:
        name = str(node["function_name"]).lower()
        is_clock = name == "age" and len(node.get("children", ())) == 1
        if name in self._unsettled or is_clock:
            message = f"{name}() is refused: it may answer differently later"
            raise _refusal(_within(message, inside), _REPEAT)
        self._expand(name, self._macros.get(name, ()))

    def _expand(self, name: str, definitions: Collection[str]) -> None:
        """Look into the definitions of a view or macro."""
        if name in self._seen:
            return
        self._seen.add(name)
        for definition in definitions:
            start = definition.lstrip("( \n").lower()
            is_rows = start.startswith(("select", "with", "from", "values"))
            text = definition if is_rows else f"SELECT {definition}"
            self.check(_tree(self._connection, text), name)


def _check_word(node: Node, inside: str) -> None:
    names = node["column_names"]
    word = str(names[-1]).lower()
    if len(names) == 1 and (word.startswith("current_") or word in _WORDS):
        message = f"{word} is refused: it may answer differently later"
        raise _refusal(_within(message, inside), _REPEAT)


def _within(message: str, inside: str) -> str:
    return f"{message} (within {inside})" if inside else message


def _refusal(message: str, cure: str) -> CatalogError:
    return CatalogError(message, place="query", cure=cure or None)
