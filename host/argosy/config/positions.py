"""Where each key of a TOML or JSON text stands.

The parsers of the standard library give values without positions. These scanners read the same text
a second time, after the parser accepted it, and therefore check nothing.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import ClassVar

KeyPath = tuple[str | int, ...]
"""A way into a document: names of tables, numbers of list members."""


def json_lines(text: str) -> Mapping[KeyPath, int]:
    """Give the line, from 1, of every key and list member of a valid JSON text."""
    scanner = _Json(text)
    scanner.value(())
    return scanner.lines()


def toml_lines(text: str) -> Mapping[KeyPath, int]:
    """Give the line, from 1, of every key and list member of a valid TOML text."""
    scanner = _Toml(text)
    scanner.scan()
    return scanner.lines()


class _Json:
    """A place in a text, and the offset of every path met so far."""

    filler: ClassVar = re.compile(r"\s+")
    string: ClassVar = re.compile(r'"(?:\\.|[^"\\])*"')
    bare: ClassVar = re.compile(r"[^,\]}\s]+")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.offsets: dict[KeyPath, int] = {}

    def lines(self) -> Mapping[KeyPath, int]:
        ends = [match.start() for match in re.finditer("\n", self.text)]
        return {path: bisect_right(ends, at - 1) + 1 for path, at in self.offsets.items()}

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()

    def peek(self) -> str:
        """Return the next character that says something, "" at the end."""
        self.skip(self.filler)
        return self.text[self.at : self.at + 1]

    def value(self, path: KeyPath) -> None:
        match self.peek():
            case "[":
                self.members(path)
            case "{":
                self.table(path)
            case '"' | "'":
                self.skip(self.string)
            case _:
                self.skip(self.bare)

    def members(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while (char := self.peek()) != "]":
            if char == ",":
                self.at += 1
                continue
            self.note((*path, index), self.at)
            self.value((*path, index))
            index += 1
        self.at += 1

    def table(self, path: KeyPath) -> None:
        self.at += 1
        while (char := self.peek()) != "}":
            if char == ",":
                self.at += 1
            else:
                self.pair(path)
        self.at += 1

    def pair(self, path: KeyPath) -> None:
        start = self.at
        for part in self.key():
            path = (*path, part)
            self.note(path, start)
        self.at += 1  # the colon or the equals sign
        self.value(path)

    def key(self) -> list[str]:
        """Read a key and the space behind it."""
        name = json.loads(self.skip(self.string))
        self.peek()
        return [name]

    def note(self, path: KeyPath, offset: int) -> None:
        self.offsets.setdefault(path, offset)


class _Toml(_Json):
    """The same for TOML, whose keys may be dotted and whose tables may have headers."""

    filler = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)+")
    string = re.compile(
        r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
        r"|'''.*?'''(?:'{0,2})"
        r'|"(?:\\.|[^"\\])*"'
        r"|'[^']*'",
        re.DOTALL,
    )
    bare = re.compile(r"[^,\]}\n#]+")
    bare_key: ClassVar = re.compile(r"[A-Za-z0-9_-]+")

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.lengths: dict[KeyPath, int] = {}  # of the lists written as [[...]], so far

    def scan(self) -> None:
        base: KeyPath = ()
        while char := self.peek():
            if char == "[":
                base = self.header()
            else:
                self.pair(base)

    def header(self) -> KeyPath:
        start = self.at
        is_list = self.text.startswith("[[", start)
        width = 2 if is_list else 1
        self.at += width
        *outer, last = self.key()
        path: KeyPath = ()
        for part in outer:
            path = (*path, part)
            self.note(path, start)
            if path in self.lengths:  # a list of tables: its last member is meant
                path = (*path, self.lengths[path] - 1)
        path = (*path, last)
        self.note(path, start)
        if is_list:
            index = self.lengths.get(path, 0)
            self.lengths[path] = index + 1
            path = (*path, index)
            self.note(path, start)
        self.at += width
        return path

    def key(self) -> list[str]:
        parts = []
        while True:
            if self.peek() in ('"', "'"):
                import tomllib  # late: whoever only describes parts comes past here

                token = self.skip(self.string)
                parts.append(str(tomllib.loads(f"k = {token}")["k"]))
            else:
                parts.append(self.skip(self.bare_key))
            if self.peek() != ".":
                return parts
            self.at += 1
