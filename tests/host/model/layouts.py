"""What holds for each layout by which compiled code reads structs."""

import ctypes
import re
from types import ModuleType
from typing import Any

from tests.pure import PROJECT

HEAD = object.__basicsize__
POINTER = ctypes.sizeof(ctypes.c_void_p)


def text(layout: ModuleType) -> str:
    """Return the .pxd of a layout."""
    path = PROJECT / "host" / layout.__name__.replace(".", "/")
    return path.with_suffix(".pxd").read_text()


def check_places(layout: ModuleType, kind: Any) -> None:
    """Look into the memory of an object: each field lies at its place."""
    made = kind(**{field: object() for field in kind.__struct_fields__})
    names = layout.PLACES[kind]
    assert sorted(kind.__struct_fields__) == sorted(names)
    for place, name in enumerate(names):
        found = ctypes.c_void_p.from_address(id(made) + HEAD + POINTER * place).value
        assert id(getattr(made, name)) == found, name


def check_declared(layout: ModuleType, kind: Any) -> None:
    """Read the .pxd: it declares each field, with its place and its own name."""
    source = text(layout)
    head = f"cdef extern class {kind.__module__}.{kind.__name__} "
    body = source[source.index(head) + 1 :].partition("\n\n\n")[0]
    found = re.findall(
        r"    @property\n    cdef inline object (\w+)\(self\):\n"
        r"        return <object>argosy_at\(self, (\d+)\) "
        r"if as_built\(\w+\) else \(<object>self\)\.(\w+)\n",
        f"{body}\n",
    )
    expected = [(name, str(place), name) for place, name in enumerate(layout.PLACES[kind])]
    assert expected == found
    assert len(expected) == body.count("@property")


def check_kinds(layout: ModuleType) -> None:
    """Read the .pxd: each class asks for its own verdict, and there is one for each."""
    source = text(layout)
    words = re.search(r"cdef enum Kind:\n((?:    \w+\n)+)", source)
    assert words is not None
    asked = re.findall(r"cdef extern class [\w.]+\.(\w+) .*\n.*\n.*\n.*as_built\((\w+)\)", source)
    assert words[1].split() == [word for _, word in asked]
    assert [kind.__name__ for kind in layout.PLACES] == [name for name, _ in asked]
    assert len(layout.PLACES) == source.count("cdef extern class")
    assert {str(len(asked))} == set(re.findall(r"signed char \w+\[(\d+)\]", source))
