"""Each code of a reason is declared once, by the registration of what gives it, and given."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from argosy.engine.reasons import REASONS
from argosy.model import enums
from argosy.plugins.find import find_plugins
from argosy.plugins.host import PluginHost
from tests.house.sources import folders, packages, source_files

TEXT = re.compile(r"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*): ")
WORD = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
HOST = PluginHost([each for each in find_plugins() if each.is_own])
PARTS = {each.found.package: HOST.parts_of(each.found.name) for each in HOST.plugins}
DECLARED = {
    "argosy": {each.name for each in REASONS},
    **{
        package: {reason.name for part in parts for reason in part.reasons}
        for package, parts in PARTS.items()
    },
}
"""Package -> the codes that its registrations declare; the host's own stand in a table."""
NO_CODES = {
    *(name for each in vars(enums).values() for name in getattr(each, "__members__", ())),
    *(part.name for parts in PARTS.values() for part in parts),
}
"""Words in capitals that name something else."""


def texts(source: str) -> Iterator[str]:
    """Yield what each text in a source begins with, those that declare reasons left out."""
    nodes = [ast.parse(source)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Reason"):
            continue
        if isinstance(node, ast.JoinedStr):
            node = node.values[0]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        nodes.extend(ast.iter_child_nodes(node))


def codes(source: str, *, alone: bool) -> set[str]:
    """Return the codes that a source spells: before a colon, or alone as well."""
    found = {match[1] for text in texts(source) if (match := TEXT.match(text))}
    words = {text for text in texts(source) if WORD.fullmatch(text)} if alone else set()
    return found | words - NO_CODES


def spelled(package: str) -> set[str]:
    """Return every code in the source of a package."""
    gives = bool(DECLARED[package]) and package != "argosy"
    return {
        code
        for path in source_files(".py")
        if package in (inside := folders(path))
        for code in codes(path.read_text(), alone=gives or "engine" in inside)
    }


@pytest.mark.parametrize("package", sorted(DECLARED))
def test_no_code_is_spelled_that_nobody_declared(package: str) -> None:
    assert set() == spelled(package) - DECLARED[package]


@pytest.mark.parametrize("package", sorted(DECLARED))
def test_no_code_is_declared_that_nobody_gives(package: str) -> None:
    assert set() == DECLARED[package] - spelled(package)


def test_no_code_is_declared_twice() -> None:
    written = Counter(
        str(ast.literal_eval(node.args[0]))
        for path in source_files(".py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Reason"
    )
    assert set().union(*DECLARED.values()) == set(written)
    assert {} == {code: count for code, count in written.items() if count > 1}


def test_every_package_is_looked_at() -> None:
    assert {path.name for path in packages()} == set(DECLARED)


def test_a_code_is_seen_wherever_it_is_spelled() -> None:
    source = """
def refusal(self, order):
    if order.is_lost:
        return f"ORDER_LOST: id={order.id}"
    if order.is_late:
        return "LATE"
    return self.text("TOO_MUCH", "Less: it is STOP_LOSS") if order.is_large else "MID_POINT"
KNOWN = Reason("KNOWN_CODE", "It is known.", "None.")
"""
    assert {"ORDER_LOST"} == codes(source, alone=False)
    assert {"ORDER_LOST", "TOO_MUCH"} == codes(source, alone=True)
