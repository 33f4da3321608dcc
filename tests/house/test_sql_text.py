"""No name, path or value is spliced into SQL: only what `identifier` or `literal` has quoted.

An f-string that is executed may hold constants of the module (in capitals), whole numbers (``:d``),
calls of the functions that quote, and names that the function made of these.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import source_files
from tests.pure import PROJECT

RUNS_SQL = {"execute", "executemany", "executescript", "sql", "select"}
QUOTES = {"identifier", "literal", "sql_type", "_checked"}

SAFE_OTHERWISE = {
    ("cover.py", "select"): "columns and integers, quoted where it is made",
    ("coverage.py", "rows"): "kinds and keys are quoted, the rest are integers",
    ("expiry.py", "versions"): "integers: numbers of snapshots",
    ("lake.py", "options"): "quoted by the databases that give them",
    ("layout.py", "schema"): "constants of the modules that call",
    ("ledger.py", "values"): "placeholders for the columns of a constant table",
    ("saved.py", "select"): "a query of the user, taken apart by the guard before",
}
"""Module of the catalog and name, and what makes it safe."""

MODULES = [
    path
    for path in source_files(".py")
    if path.is_relative_to(PROJECT / "catalog") or "sql" in path.name
]


class Function:
    """Tell where the names of one function come from."""

    def __init__(self, node: ast.AST, place: str) -> None:
        self.place = place
        self.sources: dict[str, list[ast.expr]] = {}
        self.integers = {
            argument.arg
            for each in ast.walk(node)
            if isinstance(each, ast.arguments)
            for argument in (*each.posonlyargs, *each.args, *each.kwonlyargs)
            if isinstance(argument.annotation, ast.Name) and argument.annotation.id == "int"
        }
        for each in ast.walk(node):
            self._note(each)

    def _note(self, node: ast.AST) -> None:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and node.value:
            self._bind(node.target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            self._bind(node.target, node.iter)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"append", "extend"}
            and isinstance(node.func.value, ast.Name)
        ):
            self.sources.setdefault(node.func.value.id, []).extend(node.args)

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.sources.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for each, part in zip(target.elts, value.elts, strict=True):
                self._bind(each, part)

    def is_safe(  # noqa: C901, PLR0911 - a case for each kind of node
        self, node: ast.expr, seen: frozenset[str] = frozenset()
    ) -> bool:
        """Tell whether a text holds nothing that somebody else chose."""
        match node:
            case ast.Constant():
                return True
            case ast.Name(id=name):
                return self._is_safe_name(name, seen)
            case ast.Attribute(attr=name):
                return name.strip("_").isupper()
            case ast.JoinedStr(values=values):
                return all(self.is_safe(each, seen) for each in values)
            case ast.FormattedValue(value=value, format_spec=spec):
                return _is_integer(spec) or self.is_safe(value, seen)
            case ast.Call(func=ast.Name(id=name)):
                return name in QUOTES
            case ast.Call(func=ast.Attribute(attr="join"), args=[of]):
                return self.is_safe(of, seen)
            case ast.BinOp(left=left, right=right):
                return self.is_safe(left, seen) and self.is_safe(right, seen)
            case ast.IfExp(body=body, orelse=other):
                return self.is_safe(body, seen) and self.is_safe(other, seen)
            case ast.List(elts=elts) | ast.Tuple(elts=elts):
                return all(self.is_safe(each, seen) for each in elts)
            case ast.ListComp(elt=elt) | ast.GeneratorExp(elt=elt):
                return self.is_safe(elt, seen)
            case ast.Starred(value=value):
                return self.is_safe(value, seen)
        return False

    def _is_safe_name(self, name: str, seen: frozenset[str]) -> bool:
        if name.strip("_").isupper() or name in self.integers or name in seen:
            return True
        if (self.place.rpartition("/")[2], name) in SAFE_OTHERWISE:
            return True
        sources = self.sources.get(name, [])
        return bool(sources) and all(self.is_safe(each, seen | {name}) for each in sources)


def _is_integer(spec: ast.expr | None) -> bool:
    return isinstance(spec, ast.JoinedStr) and ast.unparse(spec) == "f'd'"


def spliced(text: str, place: str) -> Iterator[str]:
    """Yield the lines that run SQL with something in it that nobody has quoted."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            function = Function(node, place)
            for call in ast.walk(node):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Attribute)
                    and call.func.attr in RUNS_SQL
                    and call.args
                    and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
                    and not function.is_safe(call.args[0])
                ):
                    yield f"{place}:{call.lineno}: {ast.unparse(call.args[0])}"


def test_nothing_is_spliced_into_sql() -> None:
    found = [
        line
        for path in MODULES
        for line in spliced(path.read_text(), str(path.relative_to(PROJECT)))
    ]
    assert [] == found
    assert MODULES


@pytest.mark.parametrize(
    "code",
    [
        "def f(c, name): c.execute(f'SELECT {name}')",
        "def f(c, name): c.execute('SELECT ' + name)",
        "def f(c, name): c.sql(f'FROM {name.lower()}')",
        "def f(c, names):\n    for n in names:\n        c.execute(f'FROM {n}')",
        "def f(c, a):\n    b = f'{a}'\n    c.execute(f'FROM {b}')",
        "def f(c, a):\n    b = literal(a)\n    b = a\n    c.execute(f'FROM {b}')",
        "def f(c, a):\n    c.execute(f\"FROM {', '.join(a)}\")",
    ],
)
def test_what_is_spliced_is_found(code: str) -> None:
    assert 1 == len(list(spliced(code, "x.py")))


@pytest.mark.parametrize(
    "code",
    [
        "def f(c, name): c.execute(f'SELECT {identifier(name)}')",
        "def f(c, n): c.execute(f'SET threads = {n:d}')",
        "def f(c, n: int): c.execute(f'SELECT {n}')",
        "def f(c): c.execute(f'USE {NAME}')",
        "def f(c, a):\n    b = literal(a)\n    c.execute(f'FROM {b}')",
        "def f(c, a):\n    b = [identifier(x) for x in a]\n    c.execute(f\"FROM {', '.join(b)}\")",
        "def f(c, a): c.execute('SELECT $a', {'a': a})",
    ],
)
def test_what_is_quoted_may_stand(code: str) -> None:
    assert [] == list(spliced(code, "x.py"))
