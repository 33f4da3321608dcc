"""What a query may do: read the catalog, and nothing else.

DuckDB's own parser says what a query consists of, so that no comment, quote or spelling hides a
call. A table function is allowed by name, every other one is refused; views and macros that
somebody else stored in the lake are read in the same way before they run.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import duckdb

from argosy.errors import CatalogError
from argosy_catalog.lake.duck import NAME
from argosy_catalog.lake.sql import identifier, literal
from argosy_catalog.macros import MACROS

READERS = frozenset(
    {
        "duckdb_columns",
        "duckdb_functions",
        "duckdb_keywords",
        "duckdb_schemas",
        "duckdb_tables",
        "duckdb_types",
        "duckdb_views",
        "generate_series",
        "icu_calendar_names",
        "json_each",
        "json_tree",
        "pg_timezone_names",
        "pragma_table_info",
        "pragma_version",
        "range",
        "repeat",
        "repeat_row",
        "summary",
        "unnest",
        # of DuckLake, also as functions of the lake
        "current_snapshot",
        "ducklake_current_snapshot",
        "ducklake_last_committed_snapshot",
        "ducklake_list_files",
        "ducklake_snapshots",
        "ducklake_table_changes",
        "ducklake_table_deletions",
        "ducklake_table_info",
        "ducklake_table_insertions",
        "last_committed_snapshot",
        "snapshots",
        "table_changes",
        "table_deletions",
        "table_info",
        "table_insertions",
    }
    | {macro.name for macro in MACROS if macro.is_table}
)
"""Table functions that read the catalog, or nothing; tried with DuckDB 1.5.5."""

_STORED_READERS = READERS | {"query_table"}
"""A macro may take the name of a table; DuckDB itself opens no file by that name here."""

REFUSED_VALUES = frozenset({"current_setting", "getenv", "write_log"})
"""Functions of values that tell or do what has nothing to do with the catalog."""

REFUSED_VIEWS = frozenset({"duckdb_databases", "duckdb_logs", "pragma_database_list"})
"""Views of DuckDB that tell where the metadata lies, perhaps with a password."""

_READS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
_FILE = re.compile(
    r"[/\\]\w|\.(csv|tsv|txt|json|jsonl|ndjson|parquet|arrow|db|duckdb|sqlite)\b", re.I
)
_PLACE = "the query"
_REMEMBERED = 1_000

_STORED = """
SELECT sql FROM {meta}.ducklake_view WHERE lower(view_name) IN ({names})
UNION ALL
SELECT CASE i.type WHEN 'scalar' THEN 'SELECT ' || i.sql ELSE i.sql END
FROM {meta}.ducklake_macro m JOIN {meta}.ducklake_macro_impl i USING (macro_id)
WHERE lower(m.macro_name) IN ({names})
"""


@dataclass(slots=True)
class Guard:
    """Refuse queries that do anything but read.

    Parameters
    ----------
    connection : with the lake attached
    """

    connection: duckdb.DuckDBPyConnection
    _approved: set[str] = field(default_factory=set)

    def check(self, query: str) -> None:
        """Refuse a query that writes, reads anything else, or is more than one.

        Raises
        ------
        CatalogError : says what is refused
        duckdb.Error : the query cannot be parsed
        """
        statement = self._only_statement(query)
        if statement is not None and statement.type == duckdb.StatementType.EXPLAIN:
            # EXPLAIN ANALYZE runs what it explains.
            query = _explained(query)
            statement = self._only_statement(query)
            if statement is not None and statement.type == duckdb.StatementType.EXPLAIN:
                raise _refused("EXPLAIN of EXPLAIN")
        if statement is None:
            self._approve_stored(self._names_of_tokens(query))
        else:
            self._approve(statement.query)  # that of a PRAGMA is the SELECT which it stands for

    def _only_statement(self, query: str) -> Any:
        """Return the one statement of a query, None for a PIVOT over values that it does not name.

        That is made of two statements, which have no text.
        """
        statements = self.connection.extract_statements(query)
        found = [each for each in statements if each.query]
        if not statements:
            raise CatalogError("it is empty", place=_PLACE, cure="Ask with SELECT")
        for each in found:
            if each.type not in _READS:
                raise CatalogError(
                    f"{each.type.name} is refused: the catalog is read-only here",
                    place=_PLACE,
                    cure="Ask with SELECT; write with ParquetDataCatalog or "
                    "`argosy catalog ingest`",
                )
        if len(found) > 1 or (found and len(found) < len(statements)):
            raise CatalogError(
                "there is more than one statement", place=_PLACE, cure="Give them one by one"
            )
        return found[0] if found else None

    def _approve(self, text: str, readers: frozenset[str] = READERS) -> None:
        """Look at every call and every name, and at what stands behind names of the lake."""
        if text not in self._approved:
            names = self._names(text, readers)
            if len(self._approved) > _REMEMBERED:
                self._approved.clear()
            self._approved.add(text)
            try:
                self._approve_stored(names)
            except BaseException:
                self._approved.discard(text)
                raise

    def _approve_stored(self, names: set[str]) -> None:
        for text in self._stored(names):
            self._approve(text, _STORED_READERS)

    def _names(self, query: str, readers: frozenset[str]) -> set[str]:
        tree = self._tree(query)
        names = set()
        for node in _nodes(tree):
            if node.get("type") == "TABLE_FUNCTION":
                names.add(_check_reader(node["function"]["function_name"], readers))
            elif node.get("type") == "BASE_TABLE":
                names.add(_check_table(node["table_name"]))
            elif node.get("class") == "FUNCTION":
                names.add(_check_value(node["function_name"]))
        return names

    def _tree(self, query: str) -> Any:
        """Return what a SELECT consists of."""
        text = f"SELECT json_serialize_sql({literal(query)}, skip_default := true)"
        row = self.connection.execute(text).fetchone()
        found = json.loads(row[0]) if row else {}
        if "statements" not in found:
            raise _refused("what cannot be taken apart")
        return found["statements"]

    def _names_of_tokens(self, query: str) -> set[str]:
        """Look at each word before a parenthesis, where there is no tree."""
        words = ["", *_words(query), ""]
        functions = self._table_functions()
        names = set()
        for before, word, after in zip(words, words[1:], words[2:], strict=False):
            if after == "(" and word in functions:
                _check_reader(word)
            if not word.startswith("'"):
                names.add(_check_value(_check_table(word)))
            elif before in {"from", "join", "pivot", "unpivot"}:
                _check_table(word.strip("'"))
        return names

    def _table_functions(self) -> set[str]:
        rows = self.connection.execute(
            "SELECT DISTINCT lower(function_name) FROM duckdb_functions() "
            "WHERE function_type IN ('table', 'table_macro', 'pragma')"
        ).fetchall()
        return {row[0] for row in rows}

    def _stored(self, names: set[str]) -> list[str]:
        """Return the text of views and macros of the lake that have one of the names."""
        if not names:
            return []
        listed = ", ".join(map(literal, sorted(names)))
        meta = identifier(f"__ducklake_metadata_{NAME}")
        query = _STORED.format(meta=meta, names=listed)
        return [row[0] for row in self.connection.execute(query).fetchall()]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _check_reader(name: str, readers: frozenset[str] = READERS) -> str:
    if name.lower() not in readers:
        raise _refused(name)
    return name.lower()


def _check_table(name: str) -> str:
    if _FILE.search(name) or name.lower() in REFUSED_VIEWS:
        raise _refused(repr(name))
    return name.lower()


def _check_value(name: str) -> str:
    if name.lower() in REFUSED_VALUES:
        raise _refused(name)
    return name.lower()


def _refused(what: str) -> CatalogError:
    return CatalogError(
        f"{what} is refused: a query reads the catalog and nothing else",
        place=_PLACE,
        cure="Ask the views (`SHOW TABLES` lists them); load files with `argosy catalog ingest`",
    )


def _explained(query: str) -> str:
    """Return what stands behind EXPLAIN and its options."""
    starts = [start for start, _ in duckdb.tokenize(query)]
    words = [*_words(query), ""]
    skipped = 1
    if words[1] == "analyze":
        skipped = 2
    elif words[1] == "(":
        skipped = words.index(")") + 1
    return query[starts[skipped] :] if skipped < len(starts) else ""


def _words(query: str) -> Iterator[str]:
    """Yield the tokens of a query in lower case; quotes stay on text, names lose theirs."""
    tokens = duckdb.tokenize(query)
    ends = [start for start, _ in tokens[1:]] + [len(query)]
    for (start, _), end in zip(tokens, ends, strict=True):
        text = query[start:end].strip()
        if text[:1] == '"':
            text = text[1 : text.rfind('"')]
        elif text[:1] != "'":
            text = text.split("--")[0].split("/*")[0].strip()  # a comment hangs on a token
        yield text.lower()
