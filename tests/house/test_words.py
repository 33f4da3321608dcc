"""What is never written in this project, and how long a file may grow."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import relative, source_files, text_files

LONGEST = 500  # lines

FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.~-])/(?:home|root|tmp|work|Users)/\w"),
    "a to-do without its issue": re.compile(r"\b(?:TODO|FIXME|XXX)\b(?!\(#\d+\))"),
}
FORBIDDEN_IN_SOURCE = {
    "a placeholder": re.compile(r"\bNotImplementedError\b"),
    "an empty class name": re.compile(r"^\s*(?:cdef )?class \w+(?:Manager|Helpers?|Utils?|Impl)\b"),
    "a star import": re.compile(r"^\s*from \S+ c?import \*"),
}
EMPTY_MODULE_NAMES = {"common", "helper", "helpers", "misc", "util", "utils"}


@cache
def text_of(path: Path) -> str:
    return path.read_text()


def places(pattern: re.Pattern[str], paths: Iterable[Path]) -> list[str]:
    """List the lines with a match; most files have none and are not taken apart."""
    anywhere = re.compile(pattern.pattern, re.M)
    return [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in paths
        if anywhere.search(text_of(path))
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_contains(what: str) -> None:
    paths = [path for path in text_files() if relative(path) != "tests/house/test_words.py"]
    assert [] == places(FORBIDDEN[what], paths)


@pytest.mark.parametrize("what", FORBIDDEN_IN_SOURCE)
def test_no_source_contains(what: str) -> None:
    paths = source_files(".py", ".pyx", ".pxd", ".pyi")
    assert [] == places(FORBIDDEN_IN_SOURCE[what], paths)


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [] == [relative(p) for p in text_files() if p.stem in EMPTY_MODULE_NAMES]


def test_no_file_outgrows_a_reader() -> None:
    lengths = {
        relative(path): len(text_of(path).splitlines())
        for path in text_files()
        if path.suffix in {".py", ".pyi", ".pyx", ".pxd"}
    }
    assert {} == {name: length for name, length in lengths.items() if length >= LONGEST}
