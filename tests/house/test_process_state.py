"""What a process keeps beyond a run is listed, with why no run can disturb another by it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import dotted, folders, source_files

CHANGES = {"add", "append", "clear", "extend", "insert", "pop", "popitem", "setdefault", "update"}

ALLOWED = {
    "argosy.config.folder._numbers": "numbers the modules of strategy files, for no two to be one",
    "argosy.engine.rates.EXACT": "how to divide; what it notes of a division nobody reads",
    "argosy.kernel.bus._compiled": "a pattern says the same in each run",
    "argosy.model.bar_type._known": "equal texts are one value, which never changes",
    "argosy.model.codec.instrument_id_of_text": "equal texts are one value, which never changes",
    "argosy.model.codec._DECODERS": "types that the user's own code registers for all",
    "argosy.model.codec._ENCODERS": "types that the user's own code registers for all",
    "argosy.model.currency._REGISTRY": "currencies that the user's own code registers for all",
    "argosy.model.enums._members": "the members of a closed set",
    "argosy.model.identifiers._split": "equal texts are one value, which never changes",
    "argosy.model.instruments.formula.compile_formula": "a formula says the same in each run",
    "argosy.model.instruments.tick_scheme._SCHEMES": "schemes that the user's own code registers",
    "argosy.model.terms._known": "what never changes, by the definition it was worked out from",
    "argosy.run.garbage._before": "the collector is the process's: the last run restores it",
    "argosy.run.garbage._under_way": "counts the runs that share the collector",
    "argosy.serialization.registry._ADDED": "types that the user's own code registers for all",
    "argosy.serialization.registry._BASES": "found in the registry beside it",
    "argosy.serialization.registry._NAMES": "types that the user's own code registers for all",
    "argosy.serialization.registry._TYPES": "types that the user's own code registers for all",
    "argosy.testing.bar_aggregations._rows": "rows of a kit, which never change",
    "argosy.testing.bar_aggregations.market": "a market of a kit",
    "argosy_stats.curve._CURVES": "by the results of a run, as long as somebody holds them",
}
"""Each piece of state of a process -> why one run cannot change another's outcome by it."""


def is_cache(node: ast.expr) -> bool:
    return any(
        isinstance(each, ast.Name) and each.id in {"cache", "lru_cache"} for each in ast.walk(node)
    )


def named(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def changed(function: ast.AST) -> Iterator[str]:
    """Yield the names whose objects a function changes in place, or binds anew."""
    for node in ast.walk(function):
        if isinstance(node, ast.Global):
            yield from node.names
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            yield named(node.value)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CHANGES
        ):
            yield named(node.func.value)
        elif isinstance(node, ast.Call) and named(node.func) == "next":
            yield from map(named, node.args[:1])


def local(function: ast.FunctionDef) -> set[str]:
    """Return the names that a function has for itself."""
    own = {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
    stored = {
        each.id
        for each in ast.walk(function)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
    shared = {
        name for each in ast.walk(function) if isinstance(each, ast.Global) for name in each.names
    }
    return own | (stored - shared)


def bound(module: ast.Module) -> set[str]:
    """Return the names that a module itself binds to values."""
    found: set[str] = set()
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        found |= {named(target) for target in targets}
    return found


def state(text: str) -> set[str]:
    """Return the names of a module that hold what outlives a call."""
    module = ast.parse(text)
    found = {
        node.name
        for node in module.body
        if isinstance(node, ast.FunctionDef) and any(map(is_cache, node.decorator_list))
    }
    for node in module.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and is_cache(node.value.func)
        ):
            found |= set(map(named, node.targets))
    own = bound(module)
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef):
            found |= (set(changed(function)) - local(function) - {""}) & own
    return found


def kept(path: Path) -> Iterator[str]:
    for name in state(path.read_text()):
        yield f"{dotted(path)}.{name}"


def test_state_of_the_process_is_listed_with_its_reason() -> None:
    paths = [path for path in source_files(".py") if "catalog" not in folders(path)]
    assert sorted(ALLOWED) == sorted(name for path in paths for name in kept(path))


def test_state_is_found_however_it_is_kept() -> None:
    text = """
from functools import cache, lru_cache
SETTLED = {1: 2}
known = {}
last = None
seen: list[int] = []
spelled = lru_cache(maxsize=5)(str)
@cache
def doubled(n): return 2 * n
def ask(key, given):
    global last
    last = known.setdefault(key, SETTLED[1])
    seen[0] = key
    given[key] = given
    mine = {}
    mine[key] = 1
"""
    assert {"doubled", "known", "last", "seen", "spelled"} == state(text)
